"""What the attacks share: an index over the seeds, `qa serve` over it in a process of its own, and one request.

Everything is on 127.0.0.1 and in a temporary folder; the server is ended when the attack is.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "Kapan peluncuran pertama dari Vostochny?"
SHORT = "28 April 2016"


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url.rstrip("/")
        self.place = urlsplit(url)

    def ask(self, question: str = QUESTION, timeout: float = 120, **more: Any) -> httpx.Response:
        """One question."""
        return httpx.post(f"{self.url}/ask", json={"question": question, **more}, timeout=timeout)

    def event(self, name: str) -> int:
        """The number of the page's event of that name ("submit", "upload")."""
        events = httpx.get(f"{self.url}/config", timeout=60).json()["dependencies"]
        return next(one["id"] for one in events if any(target == name for _, target in one["targets"]))

    def said(self, fn: int, data: list[Any]) -> str:
        """What the page says to an event, to its end."""
        session = f"s{time.monotonic_ns()}"
        body = {"data": data, "fn_index": fn, "session_hash": session, "event_data": None}
        said = httpx.post(f"{self.url}/gradio_api/queue/join", json=body, timeout=60).text
        with httpx.stream("GET", f"{self.url}/gradio_api/queue/data?session_hash={session}", timeout=120) as stream:
            for line in stream.iter_lines():
                said += line
                if "close_stream" in line:
                    break
        return said

    def memory(self) -> int:
        """MB of memory that the server holds."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0


@contextmanager
def served(*options: str) -> Iterator[Served]:
    """`qa serve` over the seeds on a free port."""
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QA_WEB__FEEDBACK": ""}
        indexes = ["--indexes", f"{place}/indexes"]
        command = [sys.executable, "-m", "qa.cli"]
        subprocess.run(
            [*command, "build", str(ROOT / "seeds"), *indexes], check=True, env=environment, cwd=place, stdout=subprocess.DEVNULL
        )
        with subprocess.Popen(
            [*command, "serve", "--port", "0", *indexes, *options], env=environment, cwd=place, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                line = process.stdout.readline() if process.stdout else ""
                yield Served(process, line.split()[-1])
            finally:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()


def done(*, held: bool, told: dict[str, Any]) -> int:
    """Print the figures and give the exit status: 0 held, 1 broken."""
    print(json.dumps({"held": held, **told}, ensure_ascii=False))
    return 0 if held else 1
