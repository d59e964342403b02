"""Debian's PostgreSQL, started by the tests for themselves: data and a socket in a folder of their own, loopback besides."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import pytest

from qa.index.store.article_tables import FILES
from qa.store.postgres.shared_articles import _shared

NEEDED = [pytest.mark.extra("psycopg"), pytest.mark.integration]


def programs():
    """The folder of the newest server that Debian has installed; None where there is none."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return max(found, key=lambda path: float(path.parts[4])).parent if found else None


def other_user():
    """Options with which a server runs as somebody else: it refuses to run as root."""
    if os.getuid() != 0:
        return [], None
    known = next(each for each in ("postgres", "nobody") if each in {entry.pw_name for entry in pwd.getpwall()})
    entry = pwd.getpwnam(known)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"], entry


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Postgres:
    """A server that can be stopped, killed and started again."""

    password = "geheim-und-lang"

    def __init__(self, folder):
        self.folder, self.port, self.bin = folder, free_port(), programs()
        self.prefix, entry = other_user()
        if entry:
            shutil.chown(folder, entry.pw_uid, entry.pw_gid)
        secret = folder / "password"
        secret.write_text(self.password + "\n", encoding="utf-8")
        secret.chmod(0o644)
        self.run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "sitasi",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--no-sync",
        )
        self.process = None
        self.start()

    def run(self, program, *arguments):
        command = [*self.prefix, str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, done.stderr[-2000:]

    def start(self):
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder, "fsync": "off"}
        given = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        command = [*self.prefix, str(self.bin / "postgres"), "-D", str(self.folder / "data"), *given]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        end = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")[-2000:]
            with contextlib.suppress(Exception), self.connect("postgres"):
                return
            assert time.monotonic() < end, "PostgreSQL did not answer within a minute"
            time.sleep(0.1)

    def kill(self):
        """As when the machine loses its power: nobody is told."""
        for child in self.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait(20)

    def children(self):
        """Of the server's own processes."""
        return [int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]

    def connect(self, database, user="sitasi"):
        import psycopg

        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=user,
            password=self.password,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def url(self, database):
        return f"postgresql://sitasi@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def postgres():
    if programs() is None:
        pytest.skip("not installed: postgresql (no /usr/lib/postgresql/*/bin/initdb). Cure: apt-get install postgresql")
    # Not below pytest's own folder: the server's user may not pass through it.
    folder = Path(tempfile.mkdtemp(prefix="sitasi-pg-", dir="/tmp"))
    server = Postgres(folder)
    yield server
    _shared.cache_clear()
    server.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres):
    """The address of an empty database."""
    name = f"d{uuid.uuid4().hex[:8]}"
    with postgres.connect("postgres") as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.url(name)


@pytest.fixture
def stored(database, postgres):
    """The settings under which an index has its articles there."""
    yield {"articles.url": database, "articles.password": postgres.password, "articles.seconds": 3}
    _closed()


def _closed():
    from qa.store.postgres import shared_articles as shared

    for each in shared.opened():
        each.server.close()
    _shared.cache_clear()


@pytest.fixture(params=["files", pytest.param("postgresql", marks=NEEDED)])
def places(request):
    """The settings of either store: the same test runs over both."""
    return {} if request.param == "files" else request.getfixturevalue("stored")


@pytest.fixture(params=["files", pytest.param("postgresql", marks=NEEDED)])
def article_tables(request):
    """Either store itself."""
    if request.param == "files":
        return FILES
    from qa.indexing import article_store
    from qa.settings import load

    return article_store(load(request.getfixturevalue("stored")))
