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
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import quote

from qa.errors import CorpusError, IndexBrokenError
from qa.index.entities.name_lookup import Entities
from qa.index.store.damage import REBUILD, broken, reading
from qa.index.store.writer import FILE, ArticleWriter, digest
from qa.schema import Article, Mask, Passage

__all__ = ["FILE", "ArticleWriter", "Articles", "Listing"]

_COLUMNS = "number, id, source, sha256, title, outlet, author, published, url, masks, first_row, passages, digest, text"
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
            raise IndexBrokenError(f"{path} is missing. {REBUILD}")
        # One connection behind a lock and not one a thread: it must not have to open the file again after the generation was
        # replaced and deleted. Reads take well under a millisecond.
        self._lock = threading.Lock()
        self._path = path
        with reading(path):
            self._connection = sqlite3.connect(
                f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._n_articles = int(self._all("SELECT count(*) FROM articles")[0][0])
            self._n_passages = int(self._all("SELECT count(*) FROM passages")[0][0])
            self.entities = Entities(self._all)
            self.content = str(self._all("SELECT sha256 FROM content")[0][0])  # see ArticleWriter.content
        self._vocabulary: Mapping[str, int] | None = None
        self._outlets: tuple[str, ...] | None = None
        self._rows: tuple[list[int], list[int]] | None = None
        self._last_day: tuple[date | None] | None = None

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
            if 0 <= missing[0] < self._n_passages:
                raise broken(self._path, f"passage {missing[0]} of {self._n_passages} is not there")
            raise IndexError(f"row {missing[0]} is not among the {self._n_passages} passages of {self._path}")
        articles: dict[int, _Stored] = {}
        with reading(self._path):
            for batch in _batches(sorted({number for number, *_ in spans.values()})):
                marks = ", ".join("?" * len(batch))
                for row in self._all(f"SELECT {_COLUMNS} FROM articles WHERE number IN ({marks})", batch):  # noqa: S608 - as above
                    articles[row[0]] = _Stored(row)
            return [articles[spans[int(row)][0]].passage(int(row), *spans[int(row)][1:]) for row in rows]

    def article(self, article_id: str) -> Article:
        """The whole article, held against its hashes. Raises CorpusError for an unknown id, IndexBrokenError for altered text."""
        with reading(self._path):
            return _Stored(self._one(_COLUMNS, article_id)).article()

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
            with reading(self._path):
                stored = _Stored(self._all(f"SELECT {_COLUMNS} FROM articles WHERE number = ?", (number,))[0])  # noqa: S608 - a constant
                spans = self._all(_SPANS, (stored.first, stored.first + stored.count))
                whole = stored.article(), [stored.passage(*span) for span in spans]
            yield whole

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

    def undated_rows(self) -> Sequence[int]:
        """The rows of articles without a day of publication."""
        found = self._all("SELECT first_row, passages FROM articles WHERE published IS NULL")
        return [row for first, count in found for row in range(first, first + count)]

    def rows_beside(self, rows: Sequence[int]) -> set[int]:
        """Every row of the articles that these rows are of."""
        firsts, counts = self._starts()
        places = {bisect_right(firsts, row) - 1 for row in rows}
        return {row for place in places for row in range(firsts[place], firsts[place] + counts[place])}

    def _starts(self) -> tuple[list[int], list[int]]:
        """First row and number of passages of each article, by row. Read once, then kept."""
        if self._rows is None:
            found = self._all("SELECT first_row, passages FROM articles WHERE passages > 0 ORDER BY first_row")
            self._rows = [first for first, _ in found], [count for _, count in found]
        return self._rows

    def last_day(self) -> date | None:
        """The latest day of publication, None where no article has one."""
        if self._last_day is None:
            [(found,)] = self._all("SELECT MAX(published) FROM articles")
            self._last_day = (date.fromisoformat(found) if found else None,)
        return self._last_day[0]

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
        sound = article_id.encode(errors="ignore").decode() == article_id  # half a character stands in no id, and breaks no index
        query = f"SELECT {columns} FROM articles WHERE id = ?"  # noqa: S608 - one of two constants
        found = self._all(query, (article_id,)) if sound else []
        if not found:
            raise CorpusError(
                f"no article with the id {article_id!r} in {self._path.parent.parent.name!r}. Cure: take an id from Assistant.articles()"
            )
        return found[0]

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with reading(self._path), self._lock, closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()


_SPANS = 'SELECT row, start, "end", story FROM passages WHERE row >= ? AND row < ? ORDER BY row'


def _batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class _Stored:
    """A row of the table of articles, held against its hashes: one flipped bit of a text would be cited word for word.

    Raises ValueError when it is not what was written. Hashing costs some 9 µs for an article of usual length.
    """

    def __init__(self, row: Sequence[Any]) -> None:
        *facts, checked, text = row
        _, self.id, source, sha256, self.title, outlet, author, published, url, masks, self.first, self.count = facts
        if digest(facts) != checked or hashlib.sha256(text.encode()).hexdigest() != sha256:
            raise ValueError(f"article {self.id!r} was altered: it does not have the hash that it was written with")
        self._published = _day(published)
        self._text = text
        self._rest = {"source": source, "sha256": sha256, "outlet": outlet, "author": author, "url": url}
        self._masks = masks

    def article(self) -> Article:
        masks = tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in json.loads(self._masks))
        return Article(
            id=self.id, text=self._text, title=self.title, published=self._published, masks=masks, **self._rest
        )  # fmt: skip

    def passage(self, row: int, start: int, end: int, story: str) -> Passage:
        if not (self.first <= row < self.first + self.count and 0 <= start < end <= len(self._text)):
            raise ValueError(f"passage {row} was altered: article {self.id!r} has no such passage")
        return Passage(
            id=f"{self.id}:{start}-{end}",
            article_id=self.id,
            start=start,
            end=end,
            text=self._text[start:end],
            title=self.title,
            outlet=self._rest["outlet"],
            published=self._published,
            story=story,
        )
