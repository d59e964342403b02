"""Many questions at once: worker processes, each with the index opened once and one thread, given one case at a time.

The results are those of asking one after the other: a case's answer depends on nothing but the case. A worker that dies takes the
case that it was at with it, and no other: that case is a crash, a new worker continues. Nothing waits for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.evaluation.suite.eval_case import EvalCase
from qa.schema import Trace

if TYPE_CHECKING:
    from qa.evaluation.run.results import Answerer, CaseResult
    from qa.evaluation.suite.archive import Archive
    from qa.settings import Settings

Opener = Callable[[], "tuple[Answerer, Archive]"]
"""Called once in each worker; must be importable there (a function of a module, or a partial of one)."""

Done = tuple[int, "CaseResult", Trace | None]

LIMIT = 600.0  # seconds for one question; a chat model has its own, shorter limit
_LOST = 3  # workers that may die before their first question; then the machine is at fault, not the question
_GOING = 5.0  # seconds that a process has to go when it is asked to
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    case: int | None = None  # the place of the case it is at
    since: float = 0.0


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_assistant(settings: Settings, cases: tuple[EvalCase, ...]) -> tuple[Answerer, Archive]:
    """The usual Opener, with its arguments bound by functools.partial."""
    from qa.assistant import Assistant
    from qa.evaluation.suite.archive import archive_of

    assistant = Assistant.open(settings=settings)
    return assistant, archive_of(assistant, cases)


def ask_all(
    opener: Opener,
    cases: Sequence[EvalCase],
    *,
    workers: int,
    progress: bool = False,
    limit: float = LIMIT,
    done: Callable[[], object] = lambda: None,
) -> list[tuple[CaseResult, Trace | None]]:
    """Every case asked and scored, in the order of `cases`; `done` is called after each. Raises QaError when no worker can open
    the assistant.
    """
    from tqdm import tqdm

    found: dict[int, tuple[CaseResult, Trace | None]] = {}
    bar = tqdm(total=len(cases), desc="asking", unit="question", file=sys.stderr, disable=not progress)
    with bar:
        for place, result, trace in _asked(opener, cases, max(1, min(workers, len(cases))), limit):
            found[place] = (result, trace)
            bar.update()
            done()
    return [found[place] for place in range(len(cases))]


def _asked(opener: Opener, cases: Sequence[EvalCase], workers: int, limit: float) -> Iterator[Done]:
    """Results as they come."""
    waiting = list(range(len(cases)))[::-1]  # the next one is the last
    team = [_start(opener) for _ in range(workers)]
    lost = 0
    try:
        while waiting or any(worker.case is not None for worker in team):
            if not team:
                while waiting:
                    yield _crash(waiting.pop(), cases, "no worker lived to its first question")
                return
            heard = wait([worker.pipe for worker in team], timeout=_patience(team, limit))
            for worker in [each for each in team if each.pipe in heard]:
                done = _hear(worker)
                if isinstance(done, str):
                    lost += worker.case is None
                    if worker.case is not None:
                        yield _crash(worker.case, cases, done, time.perf_counter() - worker.since)
                    _replace(team, worker, opener if waiting and lost < _LOST else None)
                    continue
                if done:
                    yield done
                _give(worker, cases, waiting)
            for worker in [each for each in team if each.case is not None and time.perf_counter() - each.since > limit]:
                yield _crash(worker.case or 0, cases, f"gave no answer in {limit:g} seconds", limit)
                _replace(team, worker, opener if waiting else None)
    finally:
        for worker in team:
            _stop(worker)


def _start(opener: Opener) -> _Worker:
    # A fresh interpreter, not a copy of this one: copies of a process with threads (encoders, search engines) may hang.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, opener), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process=process, pipe=ours)


def _hear(worker: _Worker) -> Done | str | None:
    """What a worker says: a result, None for "ready", or why it is gone. Raises QaError when it could not open the assistant."""
    try:
        message = worker.pipe.recv()
    except (EOFError, ConnectionError):
        worker.process.join(_GOING)
        code = worker.process.exitcode
        how = f"killed by signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        return f"the worker process died ({how})"
    if isinstance(message, str):
        raise QaError(f"a worker cannot open what is to be asked: {message}")
    worker.ready = True
    worker.case = None
    done: Done | None = message
    return done


def _give(worker: _Worker, cases: Sequence[EvalCase], waiting: list[int]) -> None:
    """The next case, where there is one."""
    if not waiting:
        return
    place = waiting[-1]
    with suppress(ConnectionError):  # it died meanwhile: its end of the pipe tells us at the next wait
        worker.pipe.send((place, cases[place]))
    waiting.pop()
    worker.case, worker.since = place, time.perf_counter()


def _replace(team: list[_Worker], worker: _Worker, opener: Opener | None) -> None:
    _stop(worker)
    team.remove(worker)
    if opener is not None:
        team.append(_start(opener))


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.case is None:  # an idle one hears that and goes by itself, which lets it put away what it holds
        worker.process.join(_GOING)
    for end in (worker.process.terminate, worker.process.kill):
        if worker.process.is_alive():
            end()
            worker.process.join(_GOING)
    if not worker.process.is_alive():
        worker.process.close()


def _patience(team: Sequence[_Worker], limit: float) -> float | None:
    """Seconds until the first of those at work has taken too long."""
    since = [worker.since for worker in team if worker.case is not None]
    return max(0.0, min(since) + limit - time.perf_counter()) + 0.01 if since else None


def _crash(place: int, cases: Sequence[EvalCase], why: str, seconds: float = 0.0) -> Done:
    from qa.evaluation.run.results import CaseResult

    return place, CaseResult(case=cases[place], outcome="crash", error=f"WorkerDied: {why}", seconds=seconds), None


def _work(pipe: Connection, opener: Opener) -> None:
    """What runs in a worker: open, then answer what comes until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is interrupted is the parent, and it ends its workers
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    from qa.evaluation.run.one_case import ask

    try:
        assistant, archive = opener()
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent tells it
        with suppress(ConnectionError):
            pipe.send(f"{type(error).__name__}: {error}")
        return
    with suppress(EOFError, ConnectionError):  # the other end has closed: nothing is left to ask
        pipe.send(None)
        while True:
            place, case = pipe.recv()
            pipe.send((place, *ask(assistant, case, archive)))
