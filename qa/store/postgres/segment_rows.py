"""The tables of a segment in PostgreSQL: read, written, and hashed row by row."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import IndexBrokenError
from qa.index.store.article_tables import REFERENCE
from qa.index.store.damage import REBUILD, broken, writing_to
from qa.store.postgres.connections import WRITING
from qa.store.postgres.dialect import ORDER, SCHEMA, TABLES, columns, translated

if TYPE_CHECKING:
    from qa.store.postgres.connections import PostgresServer

_TOGETHER = 1_000  # rows of a table that are sent together
_NO_TEXT = "\ufffe\uffff"  # for a text with NUL in a query: it is in no table, and the client would not send it


class Reference:
    """What a segment's folder says of its rows: `key` names them, `seal` is SHA-256 over all of them."""

    def __init__(self, key: str, seal: str) -> None:
        self.key = key
        self.seal = seal

    @classmethod
    def read(cls, folder: Path) -> Reference:
        """Of a segment's folder. Raises IndexBrokenError."""
        path = folder / REFERENCE
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(str(values["key"]), str(values["seal"]))
        except FileNotFoundError:
            raise IndexBrokenError(f"{path} is missing. {REBUILD}") from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise broken(path, f"{type(error).__name__}: {error}") from error

    def write(self, folder: Path) -> None:
        """Into a segment's folder, whole or not at all."""
        with writing_to(folder):
            fresh = folder / f".{REFERENCE}-{os.getpid()}"
            fresh.write_text(json.dumps({"key": self.key, "seal": self.seal}) + "\n", encoding="utf-8")
            fresh.replace(folder / REFERENCE)


class Rows:
    """The tables of one segment, read. Nobody frees the rows while they are open here."""

    def __init__(self, server: PostgresServer, folder: Path) -> None:
        self._server = server
        self._path = folder / REFERENCE
        self._reference = Reference.read(folder)
        self._closed = True
        self._segment = self._number()
        if not server.hold(self._segment):
            raise self._gone()
        self._closed = False
        self._number()  # still there, now that nobody frees them

    def select(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See qa.index.store.article_tables."""
        query = translated(sql, self._segment)
        given = [_NO_TEXT if isinstance(value, str) and "\0" in value else value for value in values]
        return self._server.reading(lambda connection: connection.execute(query, given).fetchall())

    def has(self, table: str) -> bool:
        """Every layout so far has all tables."""
        return table in TABLES

    def verify(self) -> None:
        """Hash every row."""
        if (
            self._server.reading(lambda each: sealed(each, self._segment), "hashing rows", seconds=WRITING)
            != self._reference.seal
        ):
            raise broken(self._path, f"rows of segment {self._segment} in PostgreSQL at {self._server.where} were altered")

    def close(self) -> None:
        """Let the rows go."""
        if not self._closed:
            self._closed = True
            self._server.let_go(self._segment)

    def _number(self) -> int:
        query = f"SELECT id, (SELECT max(version) FROM {SCHEMA}.layout) FROM {SCHEMA}.segments WHERE key = %s"  # noqa: S608 - constants
        found = self._server.reading(lambda connection: connection.execute(query, (self._reference.key,)).fetchone())
        if found is None:
            raise self._gone()
        self._server.check_layout(found[1])
        return int(found[0])

    def _gone(self) -> IndexBrokenError:
        return IndexBrokenError(
            f"{self._path}: PostgreSQL at {self._server.where} has not the rows of this segment. Cure: the address of the database that the "
            "index was built with, a backup of it (pg_restore), the folder as it is now on the machine that writes, or 'qa build' again"
        )


class NewRows:
    """The tables of one segment while they are written: one transaction, and the segment's file just before its end."""

    def __init__(self, server: PostgresServer, folder: Path, key: str, *, index: str = "", home: str = "") -> None:
        self._server, self._folder, self._key = server, folder, key
        self._waiting: dict[str, list[Sequence[object]]] = {table: [] for table in TABLES}
        self._connection = server.session("writing articles")
        with self._words():
            self._connection.autocommit = False
            if index:
                made = f"INSERT INTO {SCHEMA}.segments (key, index, home) VALUES (%s, %s, %s) RETURNING id"  # noqa: S608 - a constant
                (self._segment,) = self._connection.execute(made, (key, index, home)).fetchone()
                self._pairs: set[tuple[object, ...]] = set()
            else:
                known = f"SELECT id FROM {SCHEMA}.segments WHERE key = %s"  # noqa: S608 - a constant
                (self._segment,) = self._connection.execute(known, (key,)).fetchone()
                self._pairs = set(self._connection.execute(translated("SELECT a, b FROM pairs", self._segment)).fetchall())

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """See qa.index.store.article_tables."""
        waiting = self._waiting[table]
        for row in rows:
            if table == "pairs":
                if (pair := tuple(row)) in self._pairs:
                    continue
                self._pairs.add(pair)
            waiting.append(row)
        if len(waiting) >= _TOGETHER:
            self._send(table)

    def tell(self, originals: Mapping[str, str]) -> None:
        """See qa.index.store.article_tables."""
        for table in TABLES:
            self._send(table)
        segment = self._segment
        with self._words(), self._connection.cursor() as cursor:
            cursor.execute(f"UPDATE {SCHEMA}.passages SET story = '' WHERE segment = {segment} AND story != ''")  # noqa: S608 - constants
            cursor.executemany(
                f"UPDATE {SCHEMA}.passages p SET story = %s FROM {SCHEMA}.articles a WHERE a.segment = {segment} AND a.id = %s "  # noqa: S608 - constants
                f'AND p.segment = {segment} AND p."row" >= a.first_row AND p."row" < a.first_row + a.passages',
                [(story, id_) for id_, story in originals.items()],
            )

    def finish(self) -> None:
        """See qa.index.store.article_tables. Whoever is killed between the file and the commit leaves a file that names nothing."""
        for table in TABLES:
            self._send(table)
        try:
            with self._words():
                Reference(self._key, sealed(self._connection, self._segment)).write(self._folder)
                self._connection.commit()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """See qa.index.store.article_tables."""
        with contextlib.suppress(Exception):
            self._connection.close()

    def _send(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        if rows:
            into = f"COPY {SCHEMA}.{table} (segment, {columns(table)}) FROM STDIN"
            with self._words(), self._connection.cursor() as cursor, cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row((self._segment, *row))

    @contextlib.contextmanager
    def _words(self) -> Any:
        try:
            with self._server.words("writing articles"):
                yield
        except BaseException:
            self.abandon()
            raise


def sealed(connection: Any, segment: int) -> str:
    """SHA-256, hex, over every row of a segment, table by table in a fixed order, as the server writes them out."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            digest.update(f"{table}\n".encode())
            rows = f"SELECT {columns(table)} FROM {SCHEMA}.{table} WHERE segment = {segment} ORDER BY {ORDER[table]}"  # noqa: S608 - constants
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
                for data in copy:
                    digest.update(data)
    return digest.hexdigest()
