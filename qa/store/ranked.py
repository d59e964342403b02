"""Passages that Milvus found, as rows of the index here: ordered, ties to the lower row, `k` filled up under filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.errors import CorpusError
from qa.index.allowed_rows import AllowedRows
from qa.store.collection import MOST, narrowed, quoted

if TYPE_CHECKING:
    from qa.index.segments.joint_articles import SegmentedArticles
    from qa.store.collection import Found

_NAMED = 1_000  # up to so many rows are named to the server one by one; of more, its results are filtered here
_MORE = 8  # results beyond the k-th that are asked for at once, in case of a tie


class Places:
    """Where (article, part) is among the rows of an opened index."""

    def __init__(self, articles: SegmentedArticles) -> None:
        self.articles = articles
        self._rows_of = lru_cache(100_000)(self._rows)

    def row(self, article: str, part: int) -> int | None:
        """The row; None for a passage that this generation has not (the store may be ahead of it, or behind)."""
        rows = self._rows_of(article)
        return rows[part] if part < len(rows) else None

    def ids(self, rows: Sequence[int]) -> list[str]:
        """The ids of passages by row."""
        return [passage.id for passage in self.articles.passages(rows)]

    def _rows(self, article: str) -> range:
        try:
            return self.articles.rows_of(article)
        except CorpusError:
            return range(0)


def ranked(
    ask: Callable[[int, str], list[Found]], places: Places, k: int, allowed: Sequence[int] | None
) -> list[tuple[int, float]]:
    """The k best (row, score) of what `ask(limit, filter)` finds, best first; only rows in `allowed` where it is given."""
    n = places.articles.n_passages
    if k < 1 or n == 0 or (allowed is not None and len(allowed) == 0):
        return []
    where, only = "", None
    if isinstance(allowed, AllowedRows):
        where = narrowed(allowed)
    elif allowed is not None and len(allowed) <= _NAMED:
        where = f"id in [{', '.join(map(quoted, places.ids(allowed)))}]"
    elif allowed is not None:
        only = frozenset(allowed)
    limit = min(k + _MORE, MOST)
    while True:
        found = ask(limit, where)
        hits = []
        for article, part, score in found:
            row = places.row(article, part)
            if row is not None and (only is None or row in only):
                hits.append((row, score))
        hits.sort(key=lambda hit: (-hit[1], hit[0]))
        if len(found) < limit or limit == MOST or (len(hits) >= k and found[-1][2] < hits[k - 1][1]):
            return hits[:k]
        limit = min(limit * 4, MOST)
