"""A process that answers questions: it opens the index by itself, so that all share one memory map, and writes nothing.

It hears (what, generation, question, history, only, until, cheap) and says ("event", …) any number of times, then ("end", None) or
("failed", (kind, words)). Whatever comes while it answers calls the rest of that answer off. It ends with the other side's pipe.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from qa.errors import QaError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.retrieve.narrowing import Only
    from qa.schema import Turn
    from qa.settings import Settings
    from qa.web.serving.budget import Here

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
_WARM = "Siapa presiden Indonesia?"  # loads every model: the first visitor does not wait for them

_log = logging.getLogger(__name__)


def work(pipe: Connection, settings: Settings, threads: int) -> None:
    """What runs in a worker, `threads` of the machine's for itself."""
    for name in (signal.SIGINT, signal.SIGTERM):  # both reach the whole group; the server ends its workers when they are done
        signal.signal(name, signal.SIG_IGN)
    for variable in _THREADS:
        os.environ.setdefault(variable, str(threads))
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    from qa.web.serving.log import configure

    configure(settings.web.log)
    with suppress(EOFError, ConnectionError):  # the server has gone
        try:
            here = _opened(settings)
        except Exception as error:  # noqa: BLE001 - whatever it is, the server tells it
            pipe.send(("failed", as_message(error)))
            return
        pipe.send(("ready", here.assistant.generation.id))
        while True:
            if (asked := pipe.recv()) is not None:  # None: it was called off when it had been answered
                _answer(pipe, here, asked)


def as_message(error: Exception) -> tuple[str, str]:
    """(kind, words) of an error: ours by the name that qa.errors has for it, any other as "" with its kind alone."""
    if isinstance(error, QaError):
        from qa import errors

        known = [kind.__name__ for kind in type(error).__mro__ if hasattr(errors, kind.__name__)]
        return known[0], str(error)
    return "", type(error).__name__


def _opened(settings: Settings) -> Here:
    from qa.assistant import Assistant
    from qa.web.serving.budget import Here

    here = Here(Assistant.open(settings=settings))
    _warm(here.assistant)
    return here


def _warm(assistant: Assistant) -> None:
    for hit in assistant.search(_WARM)[:1]:
        assistant.article(hit.passage.article_id)


def _answer(pipe: Connection, here: Here, asked: tuple[Any, ...]) -> None:
    what, generation, question, history, only, until, cheap = asked
    try:
        if here.assistant.generation.id != generation:  # the server has another: the one that is published now
            here.assistant.reopen()
        for event in _events(here, what, question, history, only, until=until, cheap=cheap):
            pipe.send(("event", event))
            if pipe.poll():
                pipe.recv()
                break
    except QaError as error:
        pipe.send(("failed", as_message(error)))
    except ConnectionError:
        raise
    except Exception as error:  # noqa: BLE001 - the next question must be answered, whatever this one did
        _log.exception("a question failed")
        pipe.send(("failed", as_message(error)))
    else:
        pipe.send(("end", None))


def _events(
    here: Here, what: str, question: str, history: Sequence[Turn], only: Only, *, until: float | None, cheap: bool
) -> Iterator[Any]:
    if what == "search":
        yield here.search(question, history, only)
    else:
        yield from here.tell(question, history, only, until=until, cheap=cheap)
