"""What a server does that is away, deaf, too old, or does not know us, is told in words with the cure, in seconds."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time

import pytest

from qa.errors import MissingExtraError, StoreError
from qa.store.postgres import connections
from qa.store.postgres.connections import PostgresServer
from qa.store.postgres.location import location

NEEDED = [pytest.mark.extra("psycopg"), pytest.mark.integration]


def test_without_its_client_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'sitasi\[postgres\]'"):
        PostgresServer(location("postgresql://db/news"))


@pytest.fixture
def served(postgres, database):
    server = PostgresServer(location(database), password=postgres.password, seconds=2)
    yield server
    server.close()


class TestReal:
    pytestmark = NEEDED

    def test_nobody_listens(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"postgresql://127.0.0.1:{free.getsockname()[1]}/news"
            with pytest.raises(StoreError, match=r"gave no answer in 2 s when connecting .*Cure: is it running"):
                PostgresServer(location(url), seconds=2)

    @pytest.mark.parametrize(
        ("change", "password", "said"),
        [
            (lambda url: url + "x", None, "no such database. Cure: createdb"),
            (lambda url: url, "falsch-und-lang", "password is wrong or missing. Cure: QA_ARTICLES__PASSWORD"),
            (lambda url: url, "", "password is wrong or missing"),
            (lambda url: url.replace("sitasi@", "nobody@"), None, "password is wrong or missing|may not log in"),
        ],
        ids=["database", "password", "no password", "user"],
    )
    def test_who_is_refused_reads_why(self, postgres, database, *, change, password, said):
        with pytest.raises(StoreError, match=said) as failed:
            PostgresServer(location(change(database)), password=postgres.password if password is None else password)
        assert postgres.password not in str(failed.value)
        assert not password or password not in str(failed.value)

    def test_who_may_not_make_tables_reads_which_right_is_missing(self, postgres, database):
        name = database.rpartition("/")[2]
        with postgres.connect("postgres") as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{postgres.password}'")
        server = PostgresServer(location(database.replace("sitasi@", f"{name}@")), password=postgres.password)
        with pytest.raises(StoreError, match=r"has not the right\. Cure: who builds needs GRANT CREATE"):
            server.session("writing articles")
        server.close()

    def test_a_server_that_is_too_old_is_named(self, postgres, database, monkeypatch):
        monkeypatch.setattr(connections, "OLDEST", 990000)
        with pytest.raises(StoreError, match=r"is version \d+; the articles need 99 or later"):
            PostgresServer(location(database), password=postgres.password)

    def test_a_server_that_stops_in_the_middle_keeps_nobody_waiting(self, postgres, served):
        assert served.reading(lambda each: each.execute("SELECT 1").fetchone()) == (1,)
        stopped = [postgres.process.pid, *postgres.children()]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        begun = time.monotonic()
        try:
            with pytest.raises(StoreError, match="gave no answer in 2 s"):
                served.reading(lambda each: each.execute("SELECT 1").fetchone())
            assert time.monotonic() - begun < 12
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        assert served.reading(lambda each: each.execute("SELECT 2").fetchone()) == (2,)

    def test_a_connection_that_was_lost_is_made_anew_and_holds_what_was_held(self, postgres, database, served):
        assert served.hold(7)
        name = database.rpartition("/")[2]
        with postgres.connect("postgres") as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            assert served.reading(lambda each: each.execute("SELECT 3").fetchone()) == (3,)
            held = other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7").fetchone()
        assert held == (1,)

    def test_a_fault_of_the_query_is_not_tried_again(self, served):
        calls = []

        def wrong(connection):
            calls.append(1)
            connection.execute("SELECT nothing_of_the_kind")

        with pytest.raises(StoreError, match="SQLSTATE 42703"):
            served.reading(wrong)
        assert len(calls) == 1
