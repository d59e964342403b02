"""One segment, opened: its articles and vectors, and which of them were removed or replaced since it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import IndexBrokenError
from qa.index import vectors
from qa.index.store import manifest
from qa.index.store.article_tables import FILES, ArticleStore, unmarked
from qa.index.store.articles import ArticlePlace, Articles
from qa.index.store.damage import REBUILD, broken, reading
from qa.index.store.manifest import SegmentEntry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.protocols import VectorStore

    Rows = NDArray[np.int64]

SKETCHES = "sketches.npy"
"""(stories.BANDS, articles) uint32: what near-copies share, see qa.corpus.stories."""


class Segment:
    """Never changes: what dies in it dies in a new Segment over the same opened files, see `after`."""

    def __init__(
        self,
        folder: Path,
        entry: SegmentEntry,
        opened: tuple[Articles, VectorStore] | None = None,
        *,
        articles: ArticleStore = FILES,
    ) -> None:
        self.folder = folder
        self.entry = entry
        self.articles, self.store = opened or _opened(folder, entry, articles)
        self.dead = frozenset(number for number, _, _ in entry.dead)
        """Numbers of the articles that are no more."""
        self.n_articles = entry.articles - len(self.dead)
        self.n_passages = entry.passages - sum(count for _, _, count in entry.dead)

    def after(self, folder: Path, entry: SegmentEntry) -> Segment:
        """The same files, linked into a later generation, where more of the articles may be dead."""
        return Segment(folder, entry, (self.articles, self.store))

    def place(self, article_id: str) -> ArticlePlace | None:
        """Where a living article is; None where it is not here."""
        place = self.articles.place(article_id)
        return None if place is None or place.number in self.dead else place

    def places(self) -> Iterator[ArticlePlace]:
        """Of every living article, in their order."""
        return (place for place in self.articles.places() if place.number not in self.dead)

    def alive(self, rows: Sequence[int] | Rows) -> Rows:
        """Those of `rows` that are a living article's of this segment."""
        import numpy as np

        own = np.asarray(rows, dtype=np.int64)
        own = own[(own >= self.entry.first_row) & (own < self.entry.end_row)] if self.entry.passages else own[:0]
        starts, stops = self._dead_rows
        if len(starts) and len(own):
            before = np.searchsorted(starts, own, side="right") - 1
            own = own[(before < 0) | (own >= stops[before])]
        if self._blocks is not None and len(own):
            starts, stops, _ = self._blocks
            block = np.searchsorted(starts, own, side="right") - 1
            own = own[(block >= 0) & (own < stops[block])]
        return own

    def positions(self, rows: Rows) -> Rows:
        """Where the vectors of `rows` lie in the store."""
        import numpy as np

        if self._blocks is None:
            return rows - self.entry.first_row
        starts, _, before = self._blocks
        block = np.searchsorted(starts, rows, side="right") - 1
        return before[block] + rows - starts[block]

    def rows(self, positions: Rows) -> Rows:
        """The rows whose vectors lie at `positions`."""
        import numpy as np

        if self._blocks is None:
            return positions + self.entry.first_row
        starts, _, before = self._blocks
        block = np.searchsorted(before, positions, side="right") - 1
        return starts[block] + positions - before[block]

    @cached_property
    def sketches(self) -> NDArray[np.uint32]:
        """(stories.BANDS, articles), mapped into memory."""
        import numpy as np

        path = self.folder / SKETCHES
        with reading(path):
            found: NDArray[np.uint32] = np.load(path, mmap_mode="r", allow_pickle=False)
        if found.ndim != 2 or found.shape[1] != self.entry.articles:
            raise broken(path, f"shape {found.shape} for {self.entry.articles} articles")
        return found

    @cached_property
    def _dead_rows(self) -> tuple[Rows, Rows]:
        """First row and the row behind the last, of each dead article that has passages."""
        import numpy as np

        spans = sorted((first, first + count) for _, first, count in self.entry.dead if count)
        both = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    @cached_property
    def _blocks(self) -> tuple[Rows, Rows, Rows] | None:
        """(first row, the row behind the last, vectors before it) of each article; None where no row between them is nobody's."""
        import numpy as np

        if self.entry.end_row - self.entry.first_row == self.entry.passages:
            return None
        places = [place for place in self.articles.places() if place.passages]
        starts = np.asarray([place.first for place in places], dtype=np.int64)
        counts = np.asarray([place.passages for place in places], dtype=np.int64)
        return starts, starts + counts, np.cumsum(counts) - counts


def _opened(folder: Path, entry: SegmentEntry, kept: ArticleStore) -> tuple[Articles, VectorStore]:
    """The files. Raises IndexBrokenError for one that belongs to another segment or has another number of rows."""
    articles, store = Articles(folder, kept), vectors.store(entry.store).open(folder)
    carried = {unmarked(folder).name: articles.content, store.file: manifest.signature(folder / store.file)}
    for file, content in carried.items():
        if content != entry.content:
            raise broken(folder / file, "it belongs to another generation")
    if (rows := (articles.n_passages, len(store))) != (entry.passages,) * 2:
        raise IndexBrokenError(f"{folder} has {rows} passages and vectors instead of {entry.passages}. {REBUILD}")
    return articles, store
