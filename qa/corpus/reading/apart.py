"""Pages, PDF and Word files are opened in a process of their own: bounded in time and memory, and what it dies of is one file's.

    us ── {"ending", "source", "size", "most"} and the bytes ──▶ worker ── {"text", "about", "encoding"} or {"why"} ──▶ us

One worker reads file after file. The processor time of a file and the memory of the process are the system's own limits
(setrlimit), so that no library has to keep them; a worker that breaks one is gone, its file is reported, the next gets a new
worker. It is started with the first file that needs it.
"""

from __future__ import annotations

import json
import math
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Self

from qa.corpus.reading.encodings import Encoding
from qa.corpus.reading.formats import FORMATS, Read, plain
from qa.corpus.reading.layout import About
from qa.errors import ReadError

SECONDS = 20
"""Of processor time for one file."""

WAIT = 10 * SECONDS
"""Seconds on the clock after which a worker that says nothing is given up, however little the processor gave it."""

MEMORY = 1 << 30
"""Bytes of memory for the worker, its libraries included."""


class Apart:
    """Reads one file after the other; used by one thread. Text of more than `most` characters is refused."""

    def __init__(self, most: int, program: Sequence[str] = ("-m", "qa.corpus.reading.apart")) -> None:
        self._most = most
        self._program = program
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, ending: str, data: bytes, source: str) -> Read:
        """The text of `data`, a file of this `ending`. Plain text is read here. Raises ReadError."""
        if FORMATS[ending] is plain:
            return plain(data, source)
        worker = self._worker = self._worker or _started(self._program)
        header = {"ending": ending, "source": source, "size": len(data), "most": self._most}
        reply = _answer(worker, json.dumps(header).encode() + b"\n" + data)
        if reply is None:
            raise ReadError(source, self._end())
        if "why" in reply:
            raise ReadError(source, reply["why"])
        about = reply["about"]
        published = date.fromisoformat(about["published"]) if about["published"] else None
        return reply["text"], About(**{**about, "published": published}), Encoding(*reply["encoding"])

    def _end(self) -> str:
        """Let the worker go; says what it died of."""
        worker, self._worker = self._worker, None
        if worker is None:
            return ""
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                pipe.close()
        try:
            status = worker.wait(timeout=1)
        except subprocess.TimeoutExpired:
            status = None
            worker.kill()
            worker.wait()
        if status is None:
            return f"was not read within {WAIT} seconds"
        if status == -signal.SIGXCPU:
            return f"takes more than {SECONDS} seconds of processor time to read"
        return f"ended the process that read it (status {status}): damaged, or made to do harm"


def _started(program: Sequence[str]) -> subprocess.Popen[bytes]:
    home = str(Path(__file__).resolve().parents[3])  # the worker must import the same qa, installed or not
    path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-P", *program],  # -P: no module of the folder we happen to be in
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
    )


def _answer(worker: subprocess.Popen[bytes], request: bytes) -> dict[str, Any] | None:
    """The worker's line; None when it died or was silent too long."""
    if worker.stdin is None or worker.stdout is None:  # both are pipes, see above
        raise TypeError("a worker was started without pipes")
    until = time.monotonic() + WAIT
    os.set_blocking(worker.stdin.fileno(), False)
    pending, got = memoryview(request), bytearray()
    while not got.endswith(b"\n"):
        left = until - time.monotonic()
        writing = [worker.stdin] if pending else []
        readable, writable, _ = select.select([worker.stdout], writing, [], max(left, 0))
        if not readable and not writable:
            return None
        try:
            if writable:
                pending = pending[os.write(worker.stdin.fileno(), pending[: 1 << 16]) :]
        except BlockingIOError:
            continue
        except BrokenPipeError:
            return None
        if readable:
            part = os.read(worker.stdout.fileno(), 1 << 20)
            if not part:
                return None
            got += part
    answer: dict[str, Any] = json.loads(got)
    return answer


def _extracted(ending: str, data: bytes, source: str, most: int) -> dict[str, Any]:
    try:
        text, about, encoding = FORMATS[ending](data, source)
        if len(text) > most:
            return {"why": f"holds {len(text):,} characters of text, and at most {most:,} are read (setting corpus.max_bytes)"}
    except ReadError as error:
        return {"why": error.why}
    except MemoryError:
        return {"why": f"takes more than {MEMORY >> 20:,} MB of memory to read"}
    except RecursionError:
        return {"why": "is nested too deeply to be read"}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a damaged file, it is this file's alone
        return {"why": f"cannot be read ({type(error).__name__}): damaged, or made to do harm"}
    facts = asdict(about)
    return {
        "text": text,
        "about": {**facts, "published": about.published.isoformat() if about.published else ""},
        "encoding": encoding,
    }


def _work() -> None:
    """Until the input ends: a file in, what it holds out."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(answers, "wb", buffering=0) as out:  # noqa: PTH123 - a descriptor
        while header := sys.stdin.buffer.readline():
            asked = json.loads(header)
            data = sys.stdin.buffer.read(asked["size"])
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = math.ceil(used.ru_utime + used.ru_stime) + SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
            line = json.dumps(_extracted(asked["ending"], data, asked["source"], asked["most"])).encode() + b"\n"
            view = memoryview(line)
            while view:
                view = view[out.write(view) :]


if __name__ == "__main__":
    _work()
