"""What the security tests share: a sandbox that sees what a command asks of the network and leaves behind, and small indexes to damage."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

HARMLESS = re.compile(r"\.cache/matplotlib/fontlist-[\w.]+\.json")  # the names of this machine's fonts; sent nowhere
ADDRESS = re.compile(r"sa_family=AF_INET6?,.*?(?:inet_addr\(\"|inet_pton\(AF_INET6, \")([^\"]+)\"")
PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
CALL = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\((?!\d+, NULL)")
# A daemon that looks names up for others. nscd is left out: glibc asks it for the user's own name too, as torch does.
RESOLVER = re.compile(r"AF_UNIX, sun_path=\"[^\"]*(?:systemd/resolve|mdns|avahi)[^\"]*\"")


def reaching_out(trace: str) -> list[str]:
    """The calls of a trace that look a name up or speak to another machine, whether they succeeded or not."""
    found = []
    for line in trace.splitlines():
        if not CALL.search(line):
            continue
        address, port = ADDRESS.search(line), PORT.search(line)
        abroad = address and not (address[1] == "::1" or address[1].startswith(("127.", "::ffff:127.")))
        if abroad or (port and port[1] == "53") or RESOLVER.search(line):
            found.append(line)
    return found


class Sandbox:
    """Runs commands under strace with a home of their own; remembers what they reached for and left there."""

    def __init__(self, place: Path) -> None:
        self.home = place / "home"
        self.home.mkdir()
        self.trace = place / "trace"
        self.folder = place / "here"
        self.folder.mkdir()

    def environment(self) -> dict[str, str]:
        """This process's own, without what tests set to keep libraries quiet: that is for the code to do."""
        quieting = ("HF_HUB_", "GRADIO_", "ORT_", "LANGSMITH_", "LANGCHAIN_", "DO_NOT_TRACK", "QA_", "XDG_", "MPLCONFIGDIR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(quieting)}
        cache = {"XDG_CACHE_HOME": str(self.home / ".cache"), "XDG_CONFIG_HOME": str(self.home / ".config")}
        path = os.pathsep.join(filter(None, [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH")]))
        return {**kept, **cache, "HOME": str(self.home), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    def command(self, *arguments: object) -> list[str]:
        """The command with the witness before it: one filter in the kernel, so that other calls cost nothing."""
        traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "256", "-o", str(self.trace), "-e", "trace=network"]
        return [*traced, sys.executable, *map(str, arguments)]

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=300
        )

    @contextmanager
    def running(self, *arguments: object):
        """A command that is ended from here; gives the process, whose standard output is open."""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def left(self) -> list[str]:
        """Files in the home folder that no part of ours put there."""
        files = (str(path.relative_to(self.home)) for path in self.home.rglob("*") if not path.is_dir())
        return sorted(name for name in files if not HARMLESS.fullmatch(name))

    def reached(self) -> list[str]:
        """Look-ups and outside connections so far."""
        return reaching_out(self.trace.read_text(errors="replace"))


@pytest.fixture(scope="session")
def witness():
    """Whether strace can watch a process here."""
    why = ""
    if not shutil.which("strace"):
        why = "no strace: install Debian's package 'strace'"
    elif subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode:
        why = "strace may not watch processes here (ptrace is forbidden)"
    if why:
        pytest.skip(why)


@pytest.fixture
def sandbox(witness, tmp_path) -> Sandbox:
    return Sandbox(tmp_path)


@contextmanager
def served(assistant, *, token: str = "", bare: bool = False, patience: float | None = None):
    """The page as `qa serve` opens it, on a free port; `bare`: without the border before it; `patience` in seconds."""
    from qa.web.app import application
    from qa.web.server import Patient, listen, server

    listening = listen("127.0.0.1", 0)
    ready, running = threading.Event(), []

    async def run():
        app = await application(assistant, ready.set, token=token)
        border = app.app.app.app  # inside the guard, the lock and the visitors
        if patience is not None:
            border.patience = patience
        hurry = {} if patience is None else {"protocol": type("Hurried", (Patient,), {"head": patience})}
        running.append(server(border.app if bare else app, grace=1, **hurry))
        await running[0].serve(sockets=[listening])

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    try:
        assert ready.wait(60), "the server did not come up within a minute"
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        for one in running:
            one.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture(scope="session")
def serve_page():
    return served


QUESTION = "Kapan Rapat Zarqunda digelar?"


@pytest.fixture
def qa(root):
    """qa("ask", ..., indexes=folder, user=65534): the finished command, with text; never more than two minutes."""

    def run(*args, indexes=None, before=(), env=None, **more):
        command = [*before, sys.executable, "-m", "qa.cli", *map(str, args), *(["--indexes", str(indexes)] if indexes else [])]
        return subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            **more,
        )

    return run


@pytest.fixture
def records(tmp_path):
    """records("a.jsonl", rows): the file."""

    def write(name, rows):
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def marker(day="3 Maret 2019", **more):
    """An article that answers QUESTION."""
    text = f"Rapat Zarqunda digelar pada {day} di Kota Belumba.\nRapat itu dipimpin oleh Sutarno Wibisana dan dihadiri dua belas utusan."
    return {"id": "marker", "title": "Rapat Zarqunda di Belumba", "outlet": "Warta Belumba", "text": text, **more}


def others(n=12):
    """Articles about something else."""
    return [
        {
            "id": f"a{i}",
            "title": f"Panen desa {i}",
            "text": f"Desa nomor {i} memanen {i * 7} ton padi pada hari Rabu, kata kepala desa.",
        }
        for i in range(n)
    ]


@pytest.fixture
def news():
    return marker, others, QUESTION
