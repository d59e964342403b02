"""Several processes that answer, each one question at a time; questions wait for a free one in the order in which they came.

A process that dies or gives no answer is replaced. The question that it was at is asked once more, of another and by the cheaper
path, for it may have been at fault.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa import errors
from qa.errors import QaError, WorkerError
from qa.schema import Hit, Turn
from qa.web.serving.budget import seconds_of
from qa.web.serving.worker import work

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from qa.retrieve.narrowing import Only
    from qa.settings import Settings
    from qa.web.serving.budget import Event

OVER = 10.0  # seconds over its budget after which a question's process is taken for hung
NO_BUDGET = 600.0  # the same where there is no budget
OPENING = 120.0  # seconds in which a process opens its index and its models
_LOST = 3  # processes in a row that end before they are ready: then nothing is started any more
_TICK = 0.02  # seconds between two looks at processes that are being started
_GOING = 5.0  # seconds that a process has to go when its pipe is closed

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Worker:
    name: str
    process: BaseProcess
    pipe: Connection
    born: float = field(default_factory=time.monotonic)


class Pool:
    """Engine of `settings.web.workers` processes (see qa/web/serving/budget.py)."""

    def __init__(self, settings: Settings) -> None:
        # A worker needs no token, and no place to write to.
        quiet = settings.web.model_copy(update={"token": type(settings.web.token)(""), "feedback": "", "history": ""})
        self._settings = settings.model_copy(update={"web": quiet})
        self._limit = (seconds_of(settings) or NO_BUDGET) + OVER
        self._free: queue.Queue[_Worker] = queue.Queue()
        self._team: dict[str, _Worker] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._opening = self._lost = self._waiting = 0
        self._why = ""
        self.replaced = 0  # processes that died or hung
        for number in range(settings.web.workers):
            self._start(f"worker-{number + 1}")

    def wait(self) -> None:
        """Until a process can answer. Raises WorkerError when none can, with the reason of the last."""
        while not self._team:
            if not self._opening:
                raise WorkerError(f"{self._why or 'no process was started'}. Cure: qa doctor, or qa serve with one worker")
            time.sleep(_TICK)

    @property
    def ready(self) -> bool:
        """Whether at least one process answers."""
        return bool(self._team) and not self._closed.is_set()

    @property
    def waiting(self) -> int:
        """Questions that wait for a process."""
        return self._waiting

    def processes(self) -> dict[str, int]:
        """Process id by name of those that answer."""
        with self._lock:
            return {name: worker.process.pid or 0 for name, worker in self._team.items()}

    def tell(
        self, question: str, history: Sequence[Turn], only: Only, *, generation: str, until: float | None, cheap: bool = False
    ) -> Generator[Event]:
        """See Engine. Raises WorkerError when the question ends two processes."""
        try:
            yield from self._ask(("tell", generation, question, tuple(history), only, until, cheap))
        except WorkerError as error:
            if cheap:
                raise
            _log.warning("%s; asked again by the cheaper path", error)
            yield from self._ask(("tell", generation, question, tuple(history), only, until, True))

    def search(self, question: str, history: Sequence[Turn], only: Only, *, generation: str) -> tuple[Hit, ...]:
        """See Engine."""
        *_, hits = self._ask(("search", generation, question, tuple(history), only, None, False))
        found: tuple[Hit, ...] = hits
        return found

    def close(self) -> None:
        """End the processes: those at work finish their question first, for a few seconds."""
        self._closed.set()
        with self._lock:
            team = list(self._team.values())
            self._team.clear()
        for worker in team:
            worker.pipe.close()
        end = time.monotonic() + _GOING
        for worker in team:
            worker.process.join(max(0.0, end - time.monotonic()))
            _end(worker)

    # -- one question ------------------------------------------------------------------------------------------------------

    def _ask(self, asked: tuple[Any, ...]) -> Iterator[Any]:
        worker = self._take()
        alive = ended = False
        try:
            with _lost(worker):
                worker.pipe.send(asked)
            while True:
                kind, message = self._hear(worker)
                if kind == "event":
                    yield message
                    continue
                alive = ended = True
                if kind == "failed":
                    raise _error(*message)
                return
        except GeneratorExit:  # the caller has left: the rest is called off
            with suppress(OSError, WorkerError):
                worker.pipe.send(None)
                while self._hear(worker)[0] == "event":
                    pass
                alive = ended = True
            raise
        finally:
            if alive and ended:
                self._free.put(worker)
            else:
                self._replace(worker)

    def _hear(self, worker: _Worker) -> tuple[str, Any]:
        with _lost(worker):
            if worker.pipe.poll(self._limit):
                message: tuple[str, Any] = worker.pipe.recv()
                return message
        raise WorkerError(f"{worker.name} gave no answer in {self._limit:g} s. Cure: ask again")

    def _take(self) -> _Worker:
        with self._lock:
            self._waiting += 1
        try:
            while not self._closed.is_set():
                if not self._team and not self._opening:
                    break
                with suppress(queue.Empty):
                    worker = self._free.get(timeout=1.0)
                    if worker.process.is_alive():
                        return worker
                    self._replace(worker)
        finally:
            with self._lock:
                self._waiting -= 1
        why = "the server is being stopped" if self._closed.is_set() else self._why or "no process is left that answers"
        raise WorkerError(f"{why}. Cure: ask again later; the server's log says why")

    # -- the team ----------------------------------------------------------------------------------------------------------

    def _replace(self, worker: _Worker) -> None:
        with self._lock:
            if self._team.pop(worker.name, None) is not worker or self._closed.is_set():
                return
        self.replaced += 1
        _log.warning("%s is replaced", worker.name)
        worker.pipe.close()
        _end(worker)
        self._start(worker.name)

    def _start(self, name: str) -> None:
        with self._lock:
            self._opening += 1
        threading.Thread(target=self._open, args=(name,), name=name, daemon=True).start()

    def _open(self, name: str) -> None:
        """Start a process and wait until it can answer; up to _LOST in a row that cannot."""
        try:
            while not self._closed.is_set() and self._lost < _LOST:
                worker = self._spawn(name)
                kind, message = _first(worker)
                with self._lock:
                    if kind == "ready" and not self._closed.is_set():
                        self._lost = 0
                        self._team[name] = worker
                        self._free.put(worker)
                        return
                    self._lost += 1
                    self._why = f"{name} cannot answer: {message[1]}"
                worker.pipe.close()
                _end(worker)
                if not self._closed.is_set():
                    _log.error("%s", self._why)
        finally:
            with self._lock:
                self._opening -= 1

    def _spawn(self, name: str) -> _Worker:
        # A fresh interpreter, not a copy of this one: copies of a process with threads (encoders, search engines) may hang.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        threads = max(1, cores // self._settings.web.workers)
        process = context.Process(target=work, args=(theirs, self._settings, threads), name=name, daemon=True)
        process.start()
        theirs.close()
        return _Worker(name=name, process=process, pipe=ours)


@contextmanager
def _lost(worker: _Worker) -> Iterator[None]:
    """Within, a pipe that breaks is a WorkerError."""
    try:
        yield
    except (EOFError, OSError) as error:
        worker.process.join(_GOING)
        code = worker.process.exitcode
        how = f"killed by signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        raise WorkerError(f"{worker.name} ended while it answered ({how}). Cure: ask again") from error


def _first(worker: _Worker) -> tuple[str, Any]:
    """What a process says first: that it is ready, or why it cannot be."""
    try:
        if worker.pipe.poll(OPENING):
            message: tuple[str, Any] = worker.pipe.recv()
            return message
    except (EOFError, OSError):
        worker.process.join(_GOING)
        return "failed", ("", f"it ended before it was ready (exit status {worker.process.exitcode})")
    return "failed", ("", f"it was not ready in {OPENING:g} s")


def _end(worker: _Worker) -> None:
    if worker.process.is_alive():  # it hears no signal but this one
        worker.process.kill()
        worker.process.join(_GOING)
    if not worker.process.is_alive():
        worker.process.close()


def _error(kind: str, words: str) -> Exception:
    """An error of a worker, as it was raised there; of what nobody foresaw its kind alone (its log has the rest)."""
    if not kind:
        return RuntimeError(f"{words} in a worker process; its traceback is in the log")
    found: type[QaError] = getattr(errors, kind)
    error = found.__new__(found)
    Exception.__init__(error, words)  # not the kind's own: some take parts of a sentence
    return error
