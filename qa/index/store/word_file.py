"""The words of a whole build in a file of their own, looked up one by one: a question has ten, an archive a million.

Each part of a build has the counts of its own passages. Adding them up whenever an index is opened takes longer than the answer, so
a large build does it once. What is added later is not in here: segments behind it say what they change.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qa.errors import IndexBrokenError
from qa.index.store.article_tables import FILE as ARTICLES
from qa.index.store.damage import REBUILD, broken, reading, writing_to
from qa.language.text.corpus_words import can_be_meant, consonants_of

FILE = "vocabulary.sqlite"

_TOP = 64
"""So many of the commonest words are known without a look at all of them."""

_SCHEMA = """
CREATE TABLE words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE lengths (letters INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (letters, word)) WITHOUT ROWID;
CREATE TABLE consonants (left TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (left, word)) WITHOUT ROWID;
CREATE TABLE commonest (word TEXT NOT NULL, passages INTEGER NOT NULL);
CREATE TABLE build (end_row INTEGER NOT NULL);
"""


def write(folder: Path, parts: Sequence[Path], end_row: int) -> None:
    """Write the file into `folder`: the sum of the words of the parts, the folders of the segments up to `end_row`."""
    with writing_to(folder), ExitStack() as opened:
        connection = opened.enter_context(closing(sqlite3.connect(folder / FILE, isolation_level=None)))
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        connection.executescript(_SCHEMA)
        streams = []
        for part in parts:
            source = opened.enter_context(closing(_connected(part / ARTICLES)))
            streams.append(source.execute("SELECT word, passages FROM words ORDER BY word"))
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO words VALUES (?, ?)", _summed(streams))
        # read again for each table: of a million passages' words lists in memory are two hundred megabytes
        connection.executemany("INSERT INTO lengths VALUES (?, ?)", ((len(word), word) for word in _meant(connection)))
        connection.executemany(
            "INSERT INTO consonants VALUES (?, ?)", ((consonants_of(word), word) for word in _meant(connection))
        )
        connection.execute("INSERT INTO commonest SELECT word, passages FROM words ORDER BY passages DESC, word LIMIT ?", (_TOP,))
        connection.execute("INSERT INTO build VALUES (?)", (end_row,))
        connection.execute("COMMIT")


def _meant(connection: sqlite3.Connection) -> Iterator[str]:
    """The words that a typing error may be mended to."""
    return (word for (word,) in connection.execute("SELECT word FROM words") if can_be_meant(word))


def _summed(streams: Sequence[Iterator[tuple[str, int]]]) -> Iterator[tuple[str, int]]:
    """Streams in the order of their words, as one. SQLite orders by bytes of UTF-8, and so by code points, as Python does."""
    for word, counts in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        yield word, sum(count for _, count in counts)


class WordFile:
    """The file, read. Safe from many threads; keeps working when its generation is deleted behind it."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        if not path.is_file():
            raise IndexBrokenError(f"{path} is missing. {REBUILD}")
        self._path, self._lock = path, threading.Lock()
        with reading(path):
            self._connection = _connected(path)
            self.end_row = int(self._all("SELECT end_row FROM build")[0][0])
            """The rows of the build end before this one."""
            self.commonest: dict[str, int] = dict(self._all("SELECT word, passages FROM commonest"))
            """The commonest words with their counts, the commonest first."""
            if not self.commonest:
                raise broken(path, "it holds no word")

    def __del__(self) -> None:
        if hasattr(self, "_connection"):  # not when opening failed
            self._connection.close()

    @property
    def whole(self) -> bool:
        """Whether `commonest` has every word."""
        return len(self.commonest) < _TOP

    def count(self, word: str) -> int:
        """How many passages of the build have the word."""
        found = self._all("SELECT passages FROM words WHERE word = ?", (word,)) if sound(word) else []
        return int(found[0][0]) if found else 0

    def words(self) -> Iterator[tuple[str, int]]:
        """Every word with its count."""
        return iter(self._all("SELECT word, passages FROM words"))

    def of_length(self, letters: int) -> list[str]:
        """The words of so many letters, see qa.language.text.corpus_words."""
        return [word for (word,) in self._all("SELECT word FROM lengths WHERE letters = ?", (letters,))]

    def with_consonants(self, consonants: str) -> list[str]:
        """The words with these consonants, see there."""
        found = self._all("SELECT word FROM consonants WHERE left = ?", (consonants,)) if sound(consonants) else []
        return [word for (word,) in found]

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with reading(self._path), self._lock, closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()


def sound(word: str) -> bool:
    """Whether it is text that a file can hold: half a character (a lone surrogate) is none."""
    return word.encode(errors="ignore").decode() == word


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
