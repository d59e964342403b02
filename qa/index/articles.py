"""Articles and passages on disk: one SQLite file, written once, then only read.

A passage is stored as its span; its text is cut from its article when it is fetched, so the two cannot drift apart. Rows
count from 0 without a hole, in the order of writing: row r here is row r of the lexical index and of the vectors.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import quote

from qa.errors import CorpusError, IndexBrokenError
from qa.index.writer import FILE, ArticleWriter
from qa.schema import Article, Mask, Passage

__all__ = ["FILE", "ArticleWriter", "Articles", "Listing"]

_COLUMNS = "id, source, sha256, title, outlet, author, published, url, masks, text"
_BATCH = 500  # values bound to one statement; SQLite's own limit has been as low as 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An article without its text."""

    id: str
    title: str
    outlet: str
    published: date | None
    source: str
    passages: int


class Articles:
    """The file, read. Safe from many threads; goes on working when its generation is deleted behind it."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        if not path.is_file():
            raise IndexBrokenError(f"{path} is missing. Cure: build the index again with 'qa build'")
        # One connection behind a lock and not one a thread: it must not have to open the file again after the generation was
        # replaced and deleted. Reads take well under a millisecond.
        self._lock = threading.Lock()
        self._path = path
        try:
            self._connection = sqlite3.connect(
                f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._n_articles = int(self._all("SELECT count(*) FROM articles")[0][0])
            self._n_passages = int(self._all("SELECT count(*) FROM passages")[0][0])
        except sqlite3.DatabaseError as error:
            raise IndexBrokenError(f"{path}: {error}. Cure: build the index again with 'qa build'") from error
        self._vocabulary: Mapping[str, int] | None = None
        self._outlets: tuple[str, ...] | None = None

    @classmethod
    def write(cls, folder: Path, items: Iterable[tuple[Article, Sequence[Passage]]]) -> Articles:
        """Write `items` into `folder` and open it."""
        with ArticleWriter(folder) as writer:
            for article, passages in items:
                writer.add(article, passages)
        return cls(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def __del__(self) -> None:
        if hasattr(self, "_connection"):  # not when opening failed
            self._connection.close()

    def __len__(self) -> int:
        return self._n_articles

    @property
    def n_passages(self) -> int:
        """How many rows there are."""
        return self._n_passages

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()

    def passage(self, row: int) -> Passage:
        """The passage of `row`. Raises IndexError outside of 0 ≤ row < n."""
        return self.passages([row])[0]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of `rows`, in that order, fetched together."""
        spans: dict[int, tuple[int, int, int, str]] = {}
        wanted = sorted({int(row) for row in rows})
        for batch in _batches(wanted):
            marks = ", ".join("?" * len(batch))
            found = self._all(f'SELECT row, article, start, "end", story FROM passages WHERE row IN ({marks})', batch)  # noqa: S608 - only question marks are put in
            spans.update({row: (number, start, end, story) for row, number, start, end, story in found})
        if missing := [row for row in wanted if row not in spans]:
            raise IndexError(f"row {missing[0]} is not among the {self._n_passages} passages of {self._path}")
        articles: dict[int, tuple[Any, ...]] = {}
        for batch in _batches(sorted({number for number, *_ in spans.values()})):
            marks = ", ".join("?" * len(batch))
            found = self._all(f"SELECT number, id, title, published, text FROM articles WHERE number IN ({marks})", batch)  # noqa: S608 - as above
            articles.update({number: rest for number, *rest in found})
        return [_passage(articles[spans[int(row)][0]], spans[int(row)]) for row in rows]

    def article(self, article_id: str) -> Article:
        """The whole article. Raises CorpusError for an unknown id."""
        return _article(self._one(_COLUMNS, article_id))

    def articles(self) -> tuple[Listing, ...]:
        """Every article in the order of writing, without its text."""
        found = self._all("SELECT id, title, outlet, published, source, passages FROM articles ORDER BY number")
        return tuple(
            Listing(id=id_, title=title, outlet=outlet, published=_day(published), source=source, passages=passages)
            for id_, title, outlet, published, source, passages in found
        )

    def stream(self) -> Iterator[tuple[Article, list[Passage]]]:
        """Every article whole with its passages, in the order of the rows, one at a time in memory."""
        for number in range(self._n_articles):
            article = _article(self._all(f"SELECT {_COLUMNS} FROM articles WHERE number = ?", (number,))[0])  # noqa: S608 - a constant
            published = article.published.isoformat() if article.published else None
            spans = self._all(_SPANS, (article.id,))
            yield article, [_passage((article.id, article.title, published, article.text), span) for span in spans]

    def rows_of(self, article_id: str) -> range:
        """The rows of one article. Raises CorpusError for an unknown id."""
        first, count = self._one("first_row, passages", article_id)
        return range(first, first + count)

    def rows_in(self, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()) -> Sequence[int] | None:
        """The rows of articles published in `window` (both days included) by one of `outlets`; None: no filter was given.

        Case of an outlet's name does not matter. An article without a day of publication is in no window.
        """
        if window is None and not outlets:
            return None
        wanted = {outlet.casefold() for outlet in outlets}
        where, values = ("WHERE published BETWEEN ? AND ?", [day.isoformat() for day in window]) if window else ("", [])
        found = self._all(f"SELECT first_row, passages, outlet FROM articles {where} ORDER BY first_row", values)  # noqa: S608 - one of two constants
        rows = array("q")
        for first, count, outlet in found:
            if not wanted or outlet.casefold() in wanted:
                rows.extend(range(first, first + count))
        return rows

    def outlets(self) -> tuple[str, ...]:
        """Every outlet that has an article, in alphabetical order."""
        if self._outlets is None:
            self._outlets = tuple(
                name for (name,) in self._all("SELECT DISTINCT outlet FROM articles WHERE outlet != '' ORDER BY outlet")
            )
        return self._outlets

    def vocabulary(self) -> Mapping[str, int]:
        """Each word of the passages -> in how many it stands. Read once, then kept."""
        if self._vocabulary is None:
            self._vocabulary = MappingProxyType(dict(self._all("SELECT word, passages FROM words")))
        return self._vocabulary

    def stories(self) -> dict[str, str]:
        """Article id -> id of its earliest near-copy, for the articles that share a story."""
        return dict(self._all("SELECT id, story FROM articles JOIN passages ON row = first_row WHERE story != ''"))

    def fingerprint(self) -> str:
        """SHA-256, hex, over the ids and the texts' hashes in the order of writing."""
        digest = hashlib.sha256()
        for id_, sha256 in self._all("SELECT id, sha256 FROM articles ORDER BY number"):
            digest.update(f"{id_}\0{sha256}\n".encode())
        return digest.hexdigest()

    def _one(self, columns: str, article_id: str) -> tuple[Any, ...]:
        found = self._all(f"SELECT {columns} FROM articles WHERE id = ?", (article_id,))  # noqa: S608 - one of two constants
        if not found:
            raise CorpusError(
                f"no article with the id {article_id!r} in {self._path.parent.parent.name!r}. Cure: take an id from Assistant.articles()"
            )
        return found[0]

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()


_SPANS = """
SELECT article, start, "end", story FROM passages JOIN articles ON row >= first_row AND row < first_row + articles.passages
WHERE id = ? ORDER BY row
"""


def _batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _article(row: tuple[Any, ...]) -> Article:
    id_, source, sha256, title, outlet, author, published, url, masks, text = row
    return Article(
        id=id_,
        text=text,
        source=source,
        sha256=sha256,
        title=title,
        outlet=outlet,
        author=author,
        published=_day(published),
        url=url,
        masks=tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in json.loads(masks)),
    )


def _passage(article: Sequence[Any], span: Sequence[Any]) -> Passage:
    """`article` = id, title, published, text; `span` = article's number, start, end, story."""
    id_, title, published, text = article
    _, start, end, story = span
    return Passage(
        id=f"{id_}:{start}-{end}",
        article_id=id_,
        start=start,
        end=end,
        text=text[start:end],
        title=title,
        published=_day(published),
        story=story,
    )
