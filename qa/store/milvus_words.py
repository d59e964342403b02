"""LexicalIndex over a collection of Milvus: the server's BM25 over our terms, with the constants that the index here has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.errors import StoreError
from qa.store.collection import Collection, term
from qa.store.ranked import Places, ranked

if TYPE_CHECKING:
    from qa.protocols import LexicalIndex


MOST_FOUND = 2_000  # passages of one search that are asked of the server


class MilvusWords:
    """See qa/protocols.py. `here` is the same generation's index on this machine: it tells frequencies, of which a question asks a
    dozen, without a dozen calls.
    """

    def __init__(self, collection: Collection, places: Places, here: LexicalIndex) -> None:
        self._collection = collection
        self._places = places
        self._here = here

    def __len__(self) -> int:
        return self._places.articles.n_passages

    def search(self, tokens: Sequence[str], k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, BM25 score > 0), best first; ties go to the lower row. A term counts once, however often it is given."""
        if k > MOST_FOUND:  # every passage that holds a word: no server gives so many
            return self._here.search(tokens, k, allowed)
        terms = [word for word in dict.fromkeys(each for token in tokens for each in token.split()) if _can_stand(word)]
        if not terms:
            return []
        return ranked(lambda limit, where: self._collection.by_words(terms, limit, where), self._places, k, allowed)

    def terms(self, row: int) -> list[str]:
        """The terms that `row` was indexed with. Raises IndexError for a row that there is not, StoreError where Milvus lacks it."""
        (passage,) = self._places.ids([row])
        found = self._collection.rows([passage], "terms")
        if passage not in found:
            raise StoreError(f"Milvus has no passage {passage}. Cure: publish the index again: qa build … --store URL")
        return [term(word) for word in found[passage].split()]

    def document_frequency(self, term: str) -> int:
        """How many passages have `term`."""
        return self._here.document_frequency(term)


def _can_stand(word: str) -> bool:
    return word.encode(errors="ignore").decode() == word
