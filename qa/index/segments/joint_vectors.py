"""The vectors of all segments, compared as if they lay in one store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.index.segments.segment import Segment

if TYPE_CHECKING:
    from qa.protocols import Matrix, Vector


class SegmentedVectors:
    """Each segment gives its nearest, and the nearest of these are the nearest of all."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self._n = sum(segment.n_passages for segment in segments)

    def __len__(self) -> int:
        return self._n

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return self._segments[0].store.dim

    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first; ties go to the lower row. Nothing for a vector of zeros."""
        found = [hit for segment in self._segments for hit in _nearest(segment, vector, k, allowed)]
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
