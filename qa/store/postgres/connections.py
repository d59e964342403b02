"""Connections to one database: a few a process, each call with a deadline, tried once more where the connection was lost.

psycopg_pool is not used: it waits for a connection without saying why there is none, and a lost one is noticed only by a call a time.
"""

from __future__ import annotations

import atexit
import contextlib
import math
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from qa.errors import CorpusError, MissingExtraError, StoreError
from qa.store.postgres.dialect import LAYOUT, OLDEST, SCHEMA, layout

if TYPE_CHECKING:
    from qa.store.postgres.location import Location

T = TypeVar("T")

AT_ONCE = 8  # connections of a process that are used together; who wants another waits
_PAUSE = 0.1  # seconds before the second attempt
WRITING = 60.0  # seconds without a sign of life while much is written or hashed
_KEEPING = 0x51415349  # the first half of the advisory locks' numbers; the second is the segment's
_LAYING = (_KEEPING + 1, 1)  # the lock under which tables are made

_LOST = {"", "08", "57"}
"""Classes of SQLSTATE after which the same call may succeed on a new connection; the client gives none where it could not connect."""

_CURES = (
    ("28P01", r"password authentication failed|no password supplied", "the password is wrong or missing. Cure: QA_ARTICLES__PASSWORD, or a line in ~/.pgpass"),
    ("28000", r"no pg_hba.conf entry|role \".*\" does not exist|[Pp]eer authentication", "this user may not log in. Cure: another user in the address, or a line in the server's pg_hba.conf"),
    ("3D000", r"database \".*\" does not exist", "there is no such database. Cure: createdb makes one; is the name in the address right?"),
    ("42501", r"permission denied", "this user has not the right. Cure: who builds needs GRANT CREATE ON DATABASE, who asks USAGE ON SCHEMA sitasi and SELECT on its tables"),
    ("53300", r"too many (clients|connections)|remaining connection slots", "the server has no connection left. Cure: a higher max_connections, or fewer processes (web.workers)"),
    ("53100", r"No space left on device", "the disk of the server is full; what was served before is served still. Cure: free some space there"),
    ("25006", r"read-only transaction", "the server takes no writes. Cure: the address of the primary, not of a standby"),
    ("42P01", r"$^", "it has no tables of Sitasi. Cure: qa build PATH… --articles URL, or the right address"),
    ("3F000", r"$^", "it has no tables of Sitasi. Cure: qa build PATH… --articles URL, or the right address"),
)  # fmt: skip
"""(SQLSTATE, what the client says where a connection is refused, which has no code, what to do)."""


class PostgresServer:
    """One database. `seconds` without an answer are the end of an attempt; there are two of these."""

    def __init__(self, where: Location, *, password: str = "", seconds: float = 3.0) -> None:
        try:
            import psycopg
            from psycopg.waiting import Ready
        except ImportError as error:
            raise MissingExtraError("psycopg", "postgres", f"the articles at {where}") from error

        class Deadlined(psycopg.Connection[tuple[Any, ...]]):
            """A server that is stopped, or behind a broken wire, keeps nobody waiting for longer than `patience` seconds."""

            patience = seconds

            def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
                return super().wait(_while_it_lives(gen, Ready.NONE, self.patience), *arguments, **options)

        self.where = where
        self.seconds = seconds
        self._password = password
        self._kind = Deadlined
        self._api: Any = psycopg
        self._free: deque[Any] = deque()
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._holding = threading.RLock()
        self._locks: dict[int, int] = {}
        self._let_go: deque[int] = deque()
        self._keeper: Any = None
        self.reading(lambda _: None, "connecting")
        atexit.register(self.close)

    def reading(self, call: Callable[[Any], T], doing: str = "reading", *, seconds: float | None = None) -> T:
        """What `call(connection)` gives; it may be called twice. Raises StoreError in words."""
        with self._places:
            try:
                return self._once(call, seconds, fresh=False)
            except (self._api.Error, TimeoutError) as error:
                if not self._is_lost(error):
                    raise self.failed(error, doing) from error
            time.sleep(_PAUSE)
            try:
                found = self._once(call, seconds, fresh=True)
                self._hold_again()
            except (self._api.Error, TimeoutError) as error:
                raise self.failed(error, doing) from error
            return found

    def _once(self, call: Callable[[Any], T], seconds: float | None, *, fresh: bool) -> T:
        connection = self._connected() if fresh else self._taken()
        connection.patience = self.seconds if seconds is None else seconds
        try:
            found = call(connection)
        except BaseException:  # nobody knows where the connection is, and the idle ones were made to the same server
            self._drop(connection, *self._free)
            raise
        self._free.append(connection)
        return found

    def _taken(self) -> Any:
        try:
            return self._free.pop()
        except IndexError:
            return self._connected()

    def _is_lost(self, error: BaseException) -> bool:
        state = getattr(error, "sqlstate", None) or ""
        lost = isinstance(error, (self._api.OperationalError, self._api.InterfaceError, TimeoutError))
        return (
            lost and state[:2] in _LOST and not (state == "" and any(re.search(refused, str(error)) for _, refused, _ in _CURES))
        )

    def session(self, doing: str) -> Any:
        """A connection of one's own, for a transaction; whoever asks for it closes it. Makes the tables where there are none."""
        try:
            connection = self._connected()
        except self._api.Error as error:
            if not self._is_lost(error):
                raise self.failed(error, "connecting") from error
            time.sleep(_PAUSE)
            with self.words("connecting"):
                connection = self._connected()
        connection.patience = WRITING
        try:
            with self.words(doing):
                self._lay(connection)
        except BaseException:
            self._drop(connection)
            raise
        return connection

    def _lay(self, connection: Any) -> None:
        """Make the tables where there are none."""
        found = connection.execute(f"SELECT to_regclass('{SCHEMA}.segments') IS NOT NULL").fetchone()
        if not found[0]:
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", _LAYING)
                for statement in layout():
                    connection.execute(statement)
        self.check_layout(connection.execute(f"SELECT max(version) FROM {SCHEMA}.layout").fetchone()[0])  # noqa: S608 - a constant

    @contextmanager
    def words(self, doing: str) -> Iterator[None]:
        """Whatever the client raises is a StoreError in words, or a CorpusError where it is the text's fault."""
        try:
            yield
        except (self._api.Error, TimeoutError) as error:
            raise self.failed(error, doing) from error

    def failed(self, error: BaseException, doing: str) -> StoreError | CorpusError:
        """An error of the client in words with the cure; the password is in none of them."""
        state = getattr(error, "sqlstate", None) or ""
        message = " ".join(str(getattr(getattr(error, "diag", None), "message_primary", None) or error).split())[:300]
        message = message.replace(self._password, "***") if self._password else message
        for code, refused, words in _CURES:
            if state == code or (not state and re.search(refused, message)):
                return StoreError(f"PostgreSQL at {self.where}: {doing} failed: {words} ({message})")
        if isinstance(error, self._api.DataError) and "NUL" in message:
            return CorpusError(
                f"PostgreSQL at {self.where}: {doing} failed: a text has a NUL character. Cure: take it out of the article"
            )
        if state[:2] in _LOST:
            return StoreError(
                f"PostgreSQL at {self.where} gave no answer in {self.seconds:g} s when {doing} ({message}). Cure: is it running, and is this "
                "its address? A longer articles.seconds for a slow one"
            )
        return StoreError(f"PostgreSQL at {self.where}: {doing} failed ({message}; SQLSTATE {state})")

    # -- what readers hold ---------------------------------------------------------------------------------------------------

    def hold(self, segment: int) -> bool:
        """From now on nobody frees this segment's rows, on whichever machine, until it is let go or this process ends.

        False: they are being freed just now.
        """
        with self._holding:
            self._settle()
            if segment not in self._locks and not self._locked(segment):
                return False
            self._locks[segment] = self._locks.get(segment, 0) + 1
            return True

    def let_go(self, segment: int) -> None:
        """Noted, and done with the next `hold`: this is called where an object is deleted, at any moment of any thread."""
        self._let_go.append(segment)

    def _settle(self) -> None:
        while self._let_go:
            segment = self._let_go.popleft()
            self._locks[segment] -= 1
            if not self._locks[segment]:
                del self._locks[segment]
                with contextlib.suppress(self._api.Error, TimeoutError):
                    self._keeper.execute("SELECT pg_advisory_unlock_shared(%s, %s)", (_KEEPING, segment))

    def _locked(self, segment: int) -> bool:
        query = "SELECT pg_try_advisory_lock_shared(%s, %s)"
        try:
            if self._keeper is not None:
                return bool(self._keeper.execute(query, (_KEEPING, segment)).fetchone()[0])
        except (self._api.Error, TimeoutError):
            self._drop(self._keeper)
        with self.words("holding what is read"):
            self._hold_again()
            return bool(self._keeper.execute(query, (_KEEPING, segment)).fetchone()[0])

    def _hold_again(self) -> None:
        """The server let go of its locks when the connection was lost: take them all again by a new one."""
        with self._holding:
            if self._keeper is not None:
                self._drop(self._keeper)
            self._keeper = self._connected()
            for segment in self._locks:
                self._keeper.execute("SELECT pg_try_advisory_lock_shared(%s, %s)", (_KEEPING, segment))

    def free(self, dropped: list[str], home: str) -> None:
        """Mark the segments of these keys that were written from the folder `home` as nobody's, and delete of all that are marked
        those which no reader holds.
        """
        with contextlib.closing(self.session("freeing rows")) as connection, self.words("freeing rows"), self._holding:
            self._settle()
            connection.execute(f"UPDATE {SCHEMA}.segments SET dropped = true WHERE key = ANY(%s) AND home = %s", (dropped, home))  # noqa: S608 - a constant
            for (segment,) in connection.execute(f"SELECT id FROM {SCHEMA}.segments WHERE dropped ORDER BY id").fetchall():  # noqa: S608 - a constant
                with connection.transaction():
                    (ours,) = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (_KEEPING, segment)).fetchone()
                    if ours:
                        connection.execute(f"DELETE FROM {SCHEMA}.segments WHERE id = %s", (segment,))  # noqa: S608 - a constant

    # -- connections ---------------------------------------------------------------------------------------------------------

    def _connected(self) -> Any:
        options: dict[str, Any] = self.where.parameters()
        if self._password:
            options["password"] = self._password
        connection = self._kind.connect(
            **options,
            autocommit=True,
            connect_timeout=max(2, math.ceil(self.seconds)),
            application_name="sitasi",
            client_encoding="UTF8",
            options=f"-c statement_timeout={int(WRITING * 1000)}",
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=2,
        )
        self.version = connection.info.server_version
        if self.version < OLDEST:
            connection.close()
            raise StoreError(
                f"PostgreSQL at {self.where} is version {self.version // 10000}; the articles need {OLDEST // 10000} or later. "
                "Cure: a newer server"
            )
        return connection

    def check_layout(self, found: int) -> None:
        """Raises StoreError for tables that this program does not know."""
        if found != LAYOUT:
            raise StoreError(
                f"PostgreSQL at {self.where} has tables of layout {found}; this version of qa has layout {LAYOUT}. Cure: another database"
            )

    def _drop(self, *connections: Any) -> None:
        for connection in connections:
            with contextlib.suppress(ValueError):
                self._free.remove(connection)
            with contextlib.suppress(Exception):
                connection.close()

    def close(self) -> None:
        """Let every connection go."""
        with self._holding:
            self._drop(*self._free, *([self._keeper] if self._keeper is not None else []))
            self._keeper = None


def _while_it_lives(gen: Generator[Any, Any, T], nothing: Any, patience: float) -> Generator[Any, Any, T]:
    """The client's own steps, given up when nothing came for `patience` seconds."""
    try:
        wanted = next(gen)
        heard = time.monotonic()
        while True:
            ready = yield wanted
            now = time.monotonic()
            if ready == nothing and now - heard > patience:
                gen.close()
                raise TimeoutError(f"nothing came for {patience:g} s")
            if ready != nothing:
                heard = now
            wanted = gen.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
