"""Where a segment's tables of articles lie: in an SQLite file of the segment's folder, or wherever another store keeps them.

A store writes the tables of a segment once, all or nothing, and from then on gives the same rows to whoever holds them open. What it
puts into the segment's folder is listed in the manifest like every other file, so that the law of generations holds for it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from qa.errors import IndexBrokenError, StoreError
from qa.index.entities.name_tables import INDEXES as NAME_INDEXES
from qa.index.entities.name_tables import SCHEMA as NAME_SCHEMA
from qa.index.store.damage import REBUILD, reading, writing_to

FILE = "articles.sqlite"
REFERENCE = "articles.postgresql"
"""The file in the place of FILE where the tables are in a database: which rows of it are the segment's."""
_TOGETHER = 500  # rows of a table that are written together
_WHOLE = 32  # articles that are, for each has its text with it

_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL,
    outlet TEXT NOT NULL, author TEXT NOT NULL, published TEXT, url TEXT NOT NULL, masks TEXT NOT NULL,
    first_row INTEGER NOT NULL, passages INTEGER NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, story TEXT NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pairs (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE retold (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE content (sha256 TEXT NOT NULL);
CREATE TABLE dated (article INTEGER PRIMARY KEY, sentences TEXT NOT NULL);
"""

_INDEXES = (
    "CREATE INDEX published ON articles (published)",
    "CREATE INDEX outlet ON articles (outlet)",
    "CREATE INDEX pair ON pairs (b)",
    *NAME_INDEXES,
)


class Tables(Protocol):
    """The tables of one segment, read. Safe from many threads; the rows are the same for as long as it is open."""

    def select(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query in the words that SQLite and PostgreSQL share, with ? for values."""
        ...

    def has(self, table: str) -> bool:
        """Whether there is such a table: files that older programs wrote lack some."""
        ...

    def verify(self) -> None:
        """Compare every row with what was written. Raises IndexBrokenError. A file is compared by its manifest, not here."""
        ...

    def close(self) -> None:
        """Let them go."""
        ...


class NewTables(Protocol):
    """The tables of one segment while they are written. Nobody reads them before `finish`."""

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows behind those of a table; a pair of near-copies that is there already is left out."""
        ...

    def tell(self, originals: Mapping[str, str]) -> None:
        """Give the passages of each article its story (article id -> id of the earliest near-copy), and the others none."""
        ...

    def finish(self) -> None:
        """Make everything that was written one whole."""
        ...

    def abandon(self) -> None:
        """Leave nothing of it."""
        ...


class ArticleStore(Protocol):
    """Keeps the tables of segments."""

    @property
    def file(self) -> str:
        """The name of what it puts into a segment's folder."""
        ...

    def open(self, folder: Path) -> Tables:
        """The tables of the segment in `folder`. Raises IndexBrokenError where they are not there or are not whole."""
        ...

    def create(self, folder: Path) -> NewTables:
        """Empty tables for the segment in `folder`."""
        ...

    def amend(self, folder: Path) -> NewTables:
        """The finished tables of a segment that is in no generation yet, to be written to once more."""
        ...

    def forget(self, folder: Path) -> None:
        """The files below `folder` are about to go: free what it keeps for these and no other folder of the index names. Raises
        StoreError where it cannot be reached; the folder should stay then, so that it is tried again.
        """
        ...


class _File:
    """An SQLite file, read. Goes on working when its generation is deleted behind it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        if not self._path.is_file():
            if (folder / REFERENCE).is_file():
                raise IndexBrokenError(
                    f"{folder.parent} has its articles in PostgreSQL (see {folder / REFERENCE}). Cure: --articles postgresql://HOST/DATABASE"
                )
            raise IndexBrokenError(f"{self._path} is missing. {REBUILD}")
        # One connection behind a lock and not one a thread: it must not have to open the file again after the generation was
        # replaced and deleted. Reads take well under a millisecond.
        self._lock = threading.Lock()
        with reading(self._path):
            self._connection = sqlite3.connect(
                f"file:{quote(str(self._path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )

    def select(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with reading(self._path), self._lock, closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def has(self, table: str) -> bool:
        return bool(self.select("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)))

    def verify(self) -> None:
        """Its bytes are in the manifest."""

    def close(self) -> None:
        with self._lock:
            self._connection.close()


class _NewFile:
    """An SQLite file, written."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._folder = folder
        self._fresh = fresh
        self._waiting: dict[str, list[Sequence[object]]] = defaultdict(list)
        with writing_to(folder):
            self._connection = sqlite3.connect(folder / FILE, isolation_level=None)
            if fresh:
                # The file becomes visible only when the whole generation is renamed, after a sync of its own: a journal would
                # guard nothing.
                self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
                self._connection.executescript(_SCHEMA + NAME_SCHEMA)
            self._connection.execute("BEGIN")

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        waiting, most = self._waiting[table], _WHOLE if table == "articles" else _TOGETHER
        for row in rows:
            waiting.append(row)
            if len(waiting) >= most:
                self._write(table)
                waiting = self._waiting[table]

    def _write(self, table: str) -> None:
        """Put the rows that wait behind those of their table."""
        if rows := self._waiting.pop(table, None):
            either = "OR IGNORE " if table == "pairs" else ""
            places = ", ".join("?" * len(rows[0]))
            with writing_to(self._folder):
                self._connection.executemany(f"INSERT {either}INTO {table} VALUES ({places})", rows)  # noqa: S608 - names of ours and question marks

    def tell(self, originals: Mapping[str, str]) -> None:
        for table in ("articles", "passages"):
            self._write(table)
        with writing_to(self._folder):
            self._connection.execute("UPDATE passages SET story = '' WHERE story != ''")
            self._connection.executemany(
                "UPDATE passages SET story = ? WHERE row IN (SELECT row FROM articles JOIN passages ON row >= first_row "
                "AND row < first_row + articles.passages WHERE articles.id = ?)",
                [(story, id_) for id_, story in originals.items()],
            )

    def finish(self) -> None:
        with writing_to(self._folder), closing(self._connection):
            for table in list(self._waiting):
                self._write(table)
            for statement in _INDEXES if self._fresh else ():  # one by one: a script would end the transaction
                self._connection.execute(statement)
            self._connection.execute("COMMIT")

    def abandon(self) -> None:
        self._connection.close()


class Files:
    """The store of an index that lies in files alone: one SQLite file a segment, written once, then only read."""

    file = FILE

    def open(self, folder: Path) -> Tables:
        return _File(folder)

    def create(self, folder: Path) -> NewTables:
        return _NewFile(folder, fresh=True)

    def amend(self, folder: Path) -> NewTables:
        return _NewFile(folder, fresh=False)

    def forget(self, folder: Path) -> None:
        """Nothing of its own lies elsewhere; what a database keeps is not its to free."""
        if any(folder.rglob(REFERENCE)):
            raise StoreError(f"{folder} has its articles in PostgreSQL. Cure: --articles postgresql://HOST/DATABASE")


FILES: ArticleStore = Files()


def unmarked(folder: Path) -> Path:
    """The file of a segment's folder that its articles are in, or that names where they are."""
    return folder / (FILE if (folder / FILE).exists() or not (folder / REFERENCE).exists() else REFERENCE)
