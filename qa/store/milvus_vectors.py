"""The part of VectorStore that answers, over a collection of Milvus. What is added or removed goes by articles: qa/store/publish.py."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from qa.errors import StoreError
from qa.store.calls import PAUSE
from qa.store.collection import Collection
from qa.store.ranked import Places, ranked

if TYPE_CHECKING:
    from qa.protocols import Matrix, Vector

_LOOKED_AT = 100  # passages that are asked for by id where a search finds none


class MilvusVectors:
    """Nearest rows by cosine; a row of zeros is never found. See qa/protocols.py."""

    backend: ClassVar[str] = "milvus"
    file: ClassVar[str] = ""

    def __init__(self, collection: Collection, places: Places, dim: int) -> None:
        self._collection = collection
        self._places = places
        self._dim = dim

    def __len__(self) -> int:
        return self._places.articles.n_passages

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return self._dim

    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first; ties go to the lower row. Nothing for a vector of zeros."""
        import numpy as np

        query = np.asarray(vector, dtype=np.float32)
        if query.shape != (self._dim,) or not np.isfinite(query).all():
            raise StoreError(
                f"the question's vector has the shape {query.shape}, or NaN; this index has ({self._dim},). "
                "Cure: ask with the encoder that built it"
            )
        length = float(np.linalg.norm(query))
        if length == 0.0:
            return []
        unit = query / np.float32(length)
        end, pause = time.monotonic() + self._collection.calls.seconds, PAUSE
        while True:
            found = ranked(lambda limit, where: self._collection.by_vector(unit, limit, where), self._places, k, allowed)
            if found or k < 1 or not (missing := self._missing(range(len(self)) if allowed is None else allowed)):
                return found
            if time.monotonic() + pause > end:
                raise StoreError(
                    f"Milvus at {self._collection.calls.address} finds none of {missing} passages that it holds: a query node is loading "
                    "them. Cure: ask again in a minute; a build with store.replicas=2 has another node that answers"
                )
            time.sleep(pause)
            pause *= 2

    def _missing(self, rows: Sequence[int]) -> int:
        """How many of the first of these rows should have been found where none was. A query node that takes over for a lost one
        answers with nothing, and no error, until it has loaded what it answers for: some seconds of Milvus 2.3.5.
        """
        ids = self._places.ids(rows[:_LOOKED_AT])
        known = self._collection.rows(ids, "known")
        return len(ids) - len(known) + sum(map(bool, known.values()))

    def vectors(self, start: int, stop: int) -> Matrix:
        """(stop - start, dim) float32, as Milvus has them."""
        import numpy as np

        start, stop, _ = slice(start, stop).indices(len(self))
        ids = self._places.ids(range(start, stop))
        found = self._collection.rows(ids, "vector")
        if missing := [each for each in ids if each not in found]:
            raise StoreError(f"Milvus has no passage {missing[0]}. Cure: publish the index again: qa build … --store URL")
        return np.asarray([found[each] for each in ids], dtype=np.float32).reshape(len(ids), self._dim)
