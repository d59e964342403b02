"""The table of dated sentences in the file of articles: one line of text an article that has any."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from qa.corpus.dated import Dated, dated_sentences, packed, unpacked
from qa.index.store.stored_article import COLUMNS, StoredArticle
from qa.schema import Article

SCHEMA = "CREATE TABLE dated (article INTEGER PRIMARY KEY, sentences TEXT NOT NULL);"

_TOGETHER = 500
_WHERE = {"id": "id IN ({})", "row": "number IN (SELECT article FROM passages WHERE row IN ({}))"}

Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


def keep(connection: sqlite3.Connection, number: int, line: str) -> None:
    """Keep what `packed` made of an article's dated sentences."""
    if line:
        connection.execute("INSERT INTO dated VALUES (?, ?)", (number, line))


def kept(select: Select) -> bool:
    """Has the file the table? One that was written before it has not."""
    return bool(select("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'dated'", ()))


def line_of(select: Select, article: Article) -> str:
    """The dated sentences of an article, packed; found anew where the file has no table."""
    if not kept(select):
        return packed(dated_sentences(article))
    found = select("SELECT sentences FROM dated JOIN articles ON article = number WHERE id = ?", (article.id,))
    return str(found[0][0]) if found else ""


def read(select: Select, by: str, values: Sequence[object]) -> Iterator[tuple[int, Article, tuple[Dated, ...]]]:
    """(number, article, its dated sentences) of the articles with one of the ids or rows; those without such a sentence are left out.

    by: "id" or "row". Where the file has no table every article is read whole. Raises ValueError for an altered article.
    """
    with_table = kept(select)
    join, column = ("JOIN dated ON dated.article = number", "dated.sentences") if with_table else ("", "''")
    done: set[int] = set()
    for start in range(0, len(values), _TOGETHER):
        batch = values[start : start + _TOGETHER]
        where = _WHERE[by].format(", ".join("?" * len(batch)))
        for *row, line in select(f"SELECT {COLUMNS}, {column} FROM articles {join} WHERE {where}", batch):  # noqa: S608 - constants and question marks
            if row[0] in done:
                continue
            done.add(row[0])
            article = StoredArticle(row).article()
            found = unpacked(line, article.text) if with_table else dated_sentences(article)
            if found:
                yield row[0], article, found
