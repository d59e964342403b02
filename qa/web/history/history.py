"""Conversations kept on this machine: one SQLite file, each conversation its visitor's own and invisible to every other.

Every statement names the visitor: an id alone opens nothing. What is deleted is overwritten on disk (secure_delete).
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa.errors import StoreError

FILE = "conversations.db"
NAMED = 120  # characters of a conversation's name
LISTED = 200  # conversations listed at once; the search reaches the rest
MOST_OWN = 500  # conversations of one visitor; the one that was used longest ago goes first
MOST = 20_000  # of all visitors together
MOST_TURNS = 500  # of one conversation that are shown again; the latest ones

_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, visitor TEXT NOT NULL, name TEXT NOT NULL, changed REAL NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS by_visitor ON conversations (visitor, changed);
CREATE TABLE IF NOT EXISTS turns (
    n INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, said TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS by_conversation ON turns (conversation, n);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One conversation in the list."""

    id: str
    name: str
    changed: float  # seconds since 1970
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One turn as it was kept: its row, the question, and what became of it as JSON (qa/web/history/keeping.py)."""

    n: int
    question: str
    body: str


def _name(question: str) -> str:
    """What a conversation is called: its first question, cut after a word where it is longer than NAMED."""
    name = " ".join(question.split())
    if len(name) <= NAMED:
        return name
    cut = name[: NAMED - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,.;:')}…"


class History:
    """The conversations in a folder. Raises StoreError where the file cannot be used; safe from many threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def begin(self, visitor: str, conversation: str, question: str, body: str) -> tuple[str, int]:
        """Keep a question that was just asked; gives the conversation, a new one where the visitor has none of that id, and the row."""
        with self._open() as base:
            mine = base.execute("SELECT 1 FROM conversations WHERE id = ? AND visitor = ?", (conversation, visitor)).fetchone()
            if not mine:
                conversation = secrets.token_urlsafe(12)
                name = _name(question)
                base.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", (conversation, visitor, name, time.time()))
                self._bound(base, visitor)
            base.execute("UPDATE conversations SET changed = ? WHERE id = ?", (time.time(), conversation))
            row = base.execute(
                "INSERT INTO turns (conversation, question, said, body) VALUES (?, ?, '', ?)", (conversation, question, body)
            )
            return conversation, int(row.lastrowid or 0)

    def finish(self, visitor: str, n: int, searchable: str, body: str) -> None:
        """Keep what became of a turn: what was said (to be searched), and the whole as JSON."""
        with self._open() as base:
            base.execute(
                "UPDATE turns SET said = ?, body = ? WHERE n = ? AND conversation IN (SELECT id FROM conversations WHERE visitor = ?)",
                (searchable, body, n, visitor),
            )

    def turns(self, visitor: str, conversation: str) -> tuple[Turned, ...]:
        """The turns of a conversation in order; () where the visitor has none of that id."""
        with self._open() as base:
            rows = base.execute(
                "SELECT n, question, body FROM turns WHERE conversation = (SELECT id FROM conversations WHERE id = ? AND visitor = ?) "
                "ORDER BY n DESC LIMIT ?",
                (conversation, visitor, MOST_TURNS),
            ).fetchall()
        return tuple(Turned(n=n, question=question, body=body) for n, question, body in reversed(rows))

    def listed(self, visitor: str, needle: str = "") -> tuple[Past, ...]:
        """The visitor's conversations, the latest first; with words only those that have each of them in name, questions or answers."""
        wanted = [f"%{_like(word)}%" for word in needle.split()[:10]]
        one = "(c.name LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id AND (t.question LIKE ? ESCAPE '\\' OR t.said LIKE ? ESCAPE '\\')))"
        where = " AND ".join(["c.visitor = ?", *(one for _ in wanted)])
        with self._open() as base:
            rows = base.execute(
                "SELECT c.id, c.name, c.changed, (SELECT count(*) FROM turns t WHERE t.conversation = c.id) FROM conversations c "  # noqa: S608 - only our own words are joined
                f"WHERE {where} ORDER BY c.changed DESC LIMIT ?",
                (visitor, *(word for word in wanted for _ in range(3)), LISTED),
            ).fetchall()
        return tuple(Past(id=id_, name=name, changed=changed, turns=turns) for id_, name, changed, turns in rows)

    def rename(self, visitor: str, conversation: str, name: str) -> None:
        """Give a conversation another name; an empty one changes nothing."""
        if name := " ".join(name.split())[:NAMED]:
            with self._open() as base:
                base.execute("UPDATE conversations SET name = ? WHERE id = ? AND visitor = ?", (name, conversation, visitor))

    def forget(self, visitor: str, conversation: str) -> None:
        """Delete a conversation for good."""
        with self._open() as base:
            base.execute("DELETE FROM conversations WHERE id = ? AND visitor = ?", (conversation, visitor))

    @staticmethod
    def _bound(base: sqlite3.Connection, visitor: str) -> None:
        oldest = "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations {} ORDER BY changed DESC, rowid DESC LIMIT -1 OFFSET ?)"
        base.execute(oldest.format("WHERE visitor = ?"), (visitor, MOST_OWN))
        base.execute(oldest.format(""), (MOST,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction. The folder and the file are made for their owner alone."""
        try:
            new = not self.path.exists()
            if new:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self.path, timeout=10)) as base:
                base.execute("PRAGMA foreign_keys = ON")
                base.execute("PRAGMA secure_delete = ON")
                with base:
                    if new or not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'turns'").fetchone():
                        for statement in _statements():
                            base.execute(statement)
                    yield base
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self.path}: conversations cannot be kept or read ({error}). Cure: a folder that can be written, room on the disk, "
                "another file where this one is damaged (qa serve --set web.history=FOLDER; empty: keep none)"
            ) from error


def _statements() -> Sequence[str]:
    return [statement for statement in _TABLES.split(";") if statement.strip()]


def _like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
