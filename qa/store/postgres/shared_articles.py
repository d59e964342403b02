"""The store of articles in PostgreSQL, as qa/index writes to it and reads from it."""

from __future__ import annotations

import hashlib
import os
import uuid
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.index.store.article_tables import FILE, FILES, REFERENCE, NewTables, Tables
from qa.index.store.lock import FILE as LOCK
from qa.store.postgres.connections import PostgresServer
from qa.store.postgres.location import location
from qa.store.postgres.segment_rows import NewRows, Reference, Rows

if TYPE_CHECKING:
    from qa.settings import ArticleDatabase


class SharedArticles:
    """See qa.index.store.article_tables.ArticleStore. Segments that lie in files are read from these: `qa compact` brings them here."""

    file = REFERENCE

    def __init__(self, server: PostgresServer) -> None:
        self.server = server

    def open(self, folder: Path) -> Tables:
        """The tables of a segment."""
        return FILES.open(folder) if (folder / FILE).exists() else Rows(self.server, folder)

    def create(self, folder: Path) -> NewTables:
        """Empty tables for a segment."""
        index = folder.parent.parent  # of a generation that is being written
        return NewRows(self.server, folder, uuid.uuid4().hex, index=index.name, home=_home(index))

    def amend(self, folder: Path) -> NewTables:
        """The finished tables of a segment that is in no generation yet."""
        return NewRows(self.server, folder, Reference.read(folder).key)

    def forget(self, folder: Path) -> None:
        """Free the rows that are named below `folder` and nowhere else in the index, where they were written from this folder."""
        index = next((each for each in folder.parents if (each / LOCK).exists()), None)
        if index and (keys := _named(folder)):
            others = (path for path in index.rglob(REFERENCE) if not path.is_relative_to(folder))
            if gone := keys - set(filter(None, map(_key, others))):
                self.server.free(sorted(gone), _home(index))


def _named(folder: Path) -> set[str]:
    """The keys of the segments that the files below a folder name."""
    return set(filter(None, map(_key, folder.rglob(REFERENCE)))) if folder.is_dir() else set()


def _key(path: Path) -> str:
    """The segment that a file names; "" for a damaged one, for which nothing is freed."""
    try:
        return Reference.read(path.parent).key
    except QaError:
        return ""


def _home(index: Path) -> str:
    """Which folder it is that rows are written from: a copy of it is another one, and frees nothing of the first."""
    try:
        number = (index / LOCK).stat().st_ino
    except OSError:
        number = 0
    return hashlib.sha256(f"{number}:{os.path.realpath(index)}".encode()).hexdigest()[:16]


def shared_articles(settings: ArticleDatabase) -> SharedArticles:
    """The store that the settings name; its connections are shared in a process. Raises StoreError where there is no answer."""
    return _shared(settings.url, settings.password.get_secret_value(), settings.seconds, os.getpid())


def opened() -> list[SharedArticles]:
    """The stores that this process has connections to."""
    return list(_opened)


_opened: list[SharedArticles] = []


@cache
def _shared(url: str, password: str, seconds: float, _process: int) -> SharedArticles:
    made = SharedArticles(PostgresServer(location(url), password=password, seconds=seconds))
    _opened.append(made)
    return made
