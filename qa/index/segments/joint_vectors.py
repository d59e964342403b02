"""The vectors of all segments, compared as if they lay in one store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.index.cosines import best, chosen_rows, unit_query
from qa.index.segments.segment import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.index.inverted_lists import InvertedLists
    from qa.protocols import Matrix, Vector

    Rows = NDArray[np.int64]

CANDIDATES = 8
"""Rows that the lists propose for each that is wanted: of codes so short the order is rough."""

FEWEST = 800
"""Rows that they propose at least."""

PROBED = 4
"""One list of so many is looked into."""

COMPARED = 4_000
"""Up to so many allowed rows all of them are compared: no list need be looked into then."""


class SegmentedVectors:
    """Each segment gives its nearest, and the nearest of these are the nearest of all; many at once by the lists of a build."""

    def __init__(self, segments: Sequence[Segment], lists: InvertedLists | None = None) -> None:
        self._segments = tuple(segments)
        self._n = sum(segment.n_passages for segment in segments)
        self._lists = lists
        end = len(lists) if lists else 0
        # One that was joined with what came later is compared row by row.
        self._listed = [segment for segment in segments if segment.entry.end_row <= end]
        self._others = [segment for segment in segments if segment.entry.end_row > end]
        self._living: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return self._n

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return self._segments[0].store.dim

    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first; ties go to the lower row. Nothing for a vector of zeros."""
        found = [hit for segment in self._others for hit in _nearest(segment, vector, k, allowed)]
        found += self._by_lists(vector, k, allowed)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    def vectors(self, start: int, stop: int) -> Matrix:
        """(n, dim) float32: those of the rows from `start` to before `stop` that are somebody's, in their order."""
        import numpy as np

        parts: list[Matrix] = [np.zeros((0, self.dim), dtype=np.float32)]
        for segment in self._segments:
            first, last = max(start, segment.entry.first_row), min(stop, segment.entry.end_row)
            rows = segment.alive(np.arange(first, max(first, last), dtype=np.int64))
            if len(rows):
                places = segment.positions(rows)
                parts.append(segment.store.vectors(int(places[0]), int(places[-1]) + 1)[places - places[0]])
        return np.concatenate(parts)

    def _by_lists(self, vector: Vector, k: int, allowed: Sequence[int] | None) -> list[tuple[int, float]]:
        """The k best of the segments that the lists hold. Where fewer are found all lists are looked into, then all rows are compared:
        a filter may leave few, and codes of rows that are all alike tell nothing apart.
        """
        import numpy as np

        query = unit_query(vector, self.dim)
        if self._lists is None or not self._listed or query is None or k < 1:
            return []
        if (given := chosen_rows(allowed)) is None:
            n, only = sum(segment.n_passages for segment in self._listed), self._alive()
        else:
            rows = np.concatenate([segment.alive(given) for segment in self._listed])
            if len(rows) <= COMPARED:
                return self._compared(query, rows, k)
            n, only = len(rows), _bits(rows, len(self._lists))
        share = n / len(self._lists)  # of the rows of a list that count
        probes = max(1, round(self._lists.lists / PROBED / max(share, 1 / PROBED)))
        most = max(CANDIDATES * k, FEWEST)
        for probed, proposed in ((probes, most), (self._lists.lists, 4 * most)) if k < n else ():
            found = self._compared(query, self._lists.candidates(query, proposed, probed, only), k)
            if len(found) >= k:
                return found
        return [hit for segment in self._listed for hit in _nearest(segment, vector, k, allowed)]

    def _alive(self) -> NDArray[np.uint8] | None:
        """A bit for each row that the lists know and that is a living article's in a segment of theirs; None where all are."""
        import numpy as np

        if self._lists is None or sum(segment.n_passages for segment in self._listed) == len(self._lists):
            return None
        if self._living is None:
            every = (segment.alive(range(segment.entry.first_row, segment.entry.end_row)) for segment in self._listed)
            self._living = _bits(np.concatenate(list(every)), len(self._lists))
        return self._living

    def _compared(self, query: Vector, rows: Rows, k: int) -> list[tuple[int, float]]:
        """The k best of `rows`, by their own vectors."""
        import numpy as np

        living = ((segment, segment.alive(rows)) for segment in self._listed)
        parts = [(own, segment.store.at(segment.positions(own))) for segment, own in living if len(own)]
        if not parts:
            return []
        own, vectors = np.concatenate([own for own, _ in parts]), np.concatenate([vectors for _, vectors in parts])
        scores = vectors @ query
        zero = np.flatnonzero(scores == 0.0)
        scores[zero[~vectors[zero].any(axis=1)]] = -np.inf  # a row of zeros is never found
        return best(scores, own, k)


def _bits(rows: Rows, n: int) -> NDArray[np.uint8]:
    """A bit for each of n rows, low bits first: set for `rows`."""
    import numpy as np

    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return np.packbits(mask, bitorder="little")


def _nearest(segment: Segment, vector: Vector, k: int, allowed: Sequence[int] | None) -> list[tuple[int, float]]:
    import numpy as np

    if allowed is not None:
        rows = segment.alive(allowed)
        chosen = None if len(rows) == segment.entry.passages else segment.positions(rows)
        hits = segment.store.search(vector, k, None if chosen is None else chosen.tolist()) if len(rows) else []
        return _in_rows(segment, hits)
    buried = segment.entry.passages - segment.n_passages
    limit = k + min(buried, k)  # the dead are found too: take on until k of the living are
    while True:
        hits = segment.store.search(vector, limit)
        found = _in_rows(segment, hits)
        if buried and found:
            living = set(segment.alive(np.asarray([row for row, _ in found], dtype=np.int64)).tolist())
            found = [hit for hit in found if hit[0] in living]
        if len(found) >= k or len(hits) < limit:
            return found[:k]
        limit *= 2


def _in_rows(segment: Segment, hits: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    import numpy as np

    rows = segment.rows(np.asarray([place for place, _ in hits], dtype=np.int64))
    return [(int(row), score) for row, (_, score) in zip(rows, hits, strict=True)]
