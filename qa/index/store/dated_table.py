"""The table of dated sentences in the file of articles: one line of text an article that has any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.corpus.dated import Dated, dated_sentences, packed, unpacked
from qa.index.store.damage import reading
from qa.index.store.stored_article import COLUMNS, StoredArticle
from qa.schema import Article

_TOGETHER = 500
_WHERE = {"id": "id IN ({})", "row": "number IN (SELECT article FROM passages WHERE row IN ({}))"}

Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class DatedTable:
    """The table, read. A file that was written before it has none: its articles are read whole."""

    def __init__(self, select: Select, path: Path, *, kept: bool) -> None:
        self._select = select
        self._path = path
        self._kept = kept

    def line(self, article: Article) -> str:
        """The dated sentences of an article, packed."""
        if not self._kept:
            return packed(dated_sentences(article))
        found = self._select("SELECT sentences FROM dated JOIN articles ON article = number WHERE id = ?", (article.id,))
        return str(found[0][0]) if found else ""

    def of(self, by: str, values: Sequence[object]) -> Iterator[tuple[int, Article, tuple[Dated, ...]]]:
        """(number, article, its dated sentences) of the articles with one of the ids or rows; those without such a sentence are left out.

        by: "id" or "row". Raises IndexBrokenError for an altered article.
        """
        join, column = ("JOIN dated ON dated.article = number", "dated.sentences") if self._kept else ("", "''")
        done: set[int] = set()
        for start in range(0, len(values), _TOGETHER):
            batch = values[start : start + _TOGETHER]
            where = _WHERE[by].format(", ".join("?" * len(batch)))
            for *row, line in self._select(f"SELECT {COLUMNS}, {column} FROM articles {join} WHERE {where}", batch):  # noqa: S608 - constants and question marks
                if row[0] in done:
                    continue
                done.add(row[0])
                with reading(self._path):
                    article = StoredArticle(row).article()
                if found := unpacked(line, article.text) if self._kept else dated_sentences(article):
                    yield row[0], article, found
