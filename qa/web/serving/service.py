"""An assistant as a server asks it: kept answers first, then whoever answers, each question counted and logged.

The page and the endpoints hold one Service as they would hold an Assistant. It alone writes to the index; the processes beside it
open what it has published.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from qa.errors import QaError
from qa.schema import Answer, Hit, Sentence, Turn
from qa.web.serving import log
from qa.web.serving.budget import Engine, Here, seconds_of
from qa.web.serving.kept import KeptAnswers
from qa.web.serving.metrics import Metrics
from qa.web.serving.served_archive import ServedArchive

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.retrieve.narrowing import Only
    from qa.web.serving.budget import Event

WATCH = 2.0  # seconds between two looks whether another program has published a generation
ARRIVED: ContextVar[float | None] = ContextVar("arrived", default=None)
"""When a question came to its endpoint, by time.monotonic(): what it waits for its turn counts against its budget."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Record:
    """What is known of one question for the figures and the log."""

    question: str
    turns: int
    arrived: float
    begun: float | None = None
    kept: bool = False
    counted: bool = True
    answer: Answer | None = None
    error: str = ""
    cheap: bool = field(default=False)


class Service(ServedArchive):
    """Assisting (qa/web/protocol.py) over one assistant and whoever answers for it; `close` it at the end."""

    def __init__(self, assistant: Assistant, engine: Engine | None = None) -> None:
        super().__init__(assistant, self._moved)
        self.engine = engine or Here(assistant)
        self.kept = KeptAnswers(assistant.settings.web.cache)
        self.metrics = Metrics()
        self.stopping = False
        self.open = 0  # questions that are being answered or wait for it
        self._budget = seconds_of(assistant.settings)
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._folder = assistant.settings.indexes / assistant.name
        self._seen = _changed(self._folder)
        self.metrics.watch("questions_open", "Questions that are being answered or wait", lambda: self.open)
        self.metrics.watch("questions_waiting", "Questions that wait for a process", lambda: self.engine.waiting)
        self.metrics.watch("processes", "Processes that answer, beside this one", lambda: len(self.engine.processes()))
        self.metrics.watch("kept", "Answers that are kept", lambda: len(self.kept))
        self.metrics.watch("articles", "Articles in the index", lambda: assistant.generation.n_articles)
        self.metrics.watch("passages", "Passages in the index", lambda: assistant.generation.n_passages)
        self.metrics.watch_processes(self.engine.processes)
        threading.Thread(target=self._watch, name="generations", daemon=True).start()

    @property
    def ready(self) -> bool:
        """Whether a new question should be sent here."""
        return self.engine.ready and not self.stopping

    def close(self) -> None:
        """End the processes that answer."""
        self._end.set()
        self.engine.close()

    # -- asking ------------------------------------------------------------------------------------------------------------

    def ask(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Answer:
        """As Assistant.ask."""
        return _last(self.tell(question, history, **only))

    def stream(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[str | Answer]:
        """As Assistant.stream; a kept answer comes at once, without stages."""
        yield from (event for event in self.tell(question, history, **only) if not isinstance(event, Sentence))

    def tell(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[Event]:
        """As Assistant.tell; a kept answer comes at once, without stages."""
        return self._tell(_Record(question, len(history), ARRIVED.get() or time.monotonic()), tuple(history), only)

    @property
    def plain(self) -> _Plain:
        """The same without a chat model, neither counted nor logged: what the page asks of itself."""
        return _Plain(self)

    def search(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> tuple[Hit, ...]:
        """As Assistant.search."""
        return self.engine.search(question, history, only, generation=self.assistant.generation.id)

    def _tell(self, record: _Record, history: tuple[Turn, ...], only: Only) -> Iterator[Event]:
        with self._lock:
            self.open += 1
        try:
            yield from self._answered(record, history, only)
        except Exception as error:
            record.error = type(error).__name__
            raise
        finally:
            with self._lock:
                self.open -= 1
            if record.counted:
                self._count(record)

    def _answered(self, record: _Record, history: tuple[Turn, ...], only: Only) -> Iterator[Event]:
        generation = self.assistant.generation.id
        key = (generation, record.question, history, repr(sorted(only.items())))
        end = record.arrived + self._budget if self._budget else None
        if record.counted and (kept := self.kept.find(key, self._budget or 60.0)) is not None:
            record.kept, record.answer = True, kept
            yield kept
            return
        try:
            answering = self.engine.tell(record.question, history, only, generation=generation, until=end, cheap=record.cheap)
            with contextlib.closing(answering) as events:
                for event in events:
                    record.begun = record.begun or time.monotonic()
                    if isinstance(event, Answer):
                        record.answer = event
                    yield event
        finally:
            if record.counted:
                self.kept.done(key, _worth(record.answer, generation))

    def _count(self, record: _Record) -> None:
        now, answer, figures = time.monotonic(), record.answer, self.metrics
        outcome = "failed" if record.error else "left" if answer is None else "abstained" if answer.abstained else "answered"
        waited = (record.begun or now) - record.arrived
        figures.questions.labels(outcome).inc()
        figures.kept.labels("hit" if record.kept else "miss").inc()
        fields: dict[str, Any] = {"outcome": outcome, "seconds": round(now - record.arrived, 4), "waited": round(waited, 4)}
        if answer is not None:
            figures.seconds.observe(now - record.arrived)
            if answer.abstained:
                figures.abstentions.labels(answer.reason).inc()
            if not record.kept:
                figures.queue_seconds.observe(waited)
                for stage, seconds in answer.trace.seconds:
                    figures.stages.labels(stage).observe(seconds)
                fields["stages"] = {stage: round(seconds, 4) for stage, seconds in answer.trace.seconds}
                if cheaper(answer):
                    figures.over.inc()
            fields |= {"reason": answer.reason, "generation": answer.trace.index, "note": answer.trace.note}
        fields |= {"error": record.error, "kept": record.kept, "characters": len(record.question), "turns": record.turns}
        if self.assistant.settings.web.log == "questions":
            fields["question"] = record.question
        log.event("question", **{name: value for name, value in fields.items() if value != ""})

    # -- the corpus: see ServedArchive -------------------------------------------------------------------------------------

    def _moved(self, added: int) -> None:
        self.metrics.added.inc(max(0, added))
        self._seen = _changed(self._folder)
        self.kept.forget(self.assistant.generation.id)

    def _watch(self) -> None:
        """Follow what other programs publish: `qa build` of the same index needs no restart."""
        while not self._end.wait(WATCH):
            if (seen := _changed(self._folder)) == self._seen:
                continue
            try:
                if self.assistant.reopen():
                    log.event("generation", generation=self.assistant.generation.id)
                    self.kept.forget(self.assistant.generation.id)
                self._seen = seen
            except (QaError, OSError) as error:
                self._seen = seen
                _log.warning("what is published now cannot be opened, the old generation answers on: %s", error)


class _Plain(ServedArchive):
    """See Service.plain."""

    def __init__(self, service: Service) -> None:
        super().__init__(service.assistant, service._moved)  # noqa: SLF001 - one thing in two classes
        self._service = service
        self._cheap = bool(service.settings.chat.model)
        self.search = service.search

    def ask(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Answer:
        """As Assistant.ask."""
        return _last(self.tell(question, history, **only))

    def stream(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[Any]:
        """As Assistant.stream."""
        yield from (event for event in self.tell(question, history, **only) if not isinstance(event, Sentence))

    def tell(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[Any]:
        """As Assistant.tell."""
        record = _Record(question, len(history), time.monotonic(), counted=False, cheap=self._cheap)
        return self._service._tell(record, tuple(history), only)  # noqa: SLF001 - one thing in two classes


def cheaper(answer: Answer) -> bool:
    """Whether the cheaper path gave this answer."""
    return "the question's time (" in answer.trace.note


def _worth(answer: Answer | None, generation: str) -> Answer | None:
    """An answer that may be given again: of this generation, with nothing gone otherwise than configured."""
    return answer if answer is not None and answer.trace.index == generation and not answer.trace.note else None


def _last(events: Iterator[Event]) -> Answer:
    *_, answer = events
    if not isinstance(answer, Answer):
        raise TypeError("stream ended without an answer")
    return answer


def _changed(folder: Path) -> int:
    """When something was last published in an index's folder: publishing renames a file into it."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
