"""A question that outlasts its budget is answered by the cheaper path, and its trace says so."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from qa.answer.verify.verify import with_note
from qa.deadline import until
from qa.errors import OutOfTimeError
from qa.schema import Answer, Hit, Turn

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.retrieve.narrowing import Only
    from qa.schema import Sentence
    from qa.settings import Settings

    Event = str | Sentence | Answer

NOTE = "answered from one passage: the question's time ({budget:g} s) was over"
_NEWEST = 0.2  # weight of the newest question in what a question is expected to take
_FORGET = 0.9  # what stays of that expectation each time that it sends a question the cheaper way, lest it send all for ever


class Engine(Protocol):
    """What answers for a service: this process, or several beside it."""

    @property
    def ready(self) -> bool:
        """Whether a question that comes now is begun soon."""
        ...

    @property
    def waiting(self) -> int:
        """Questions that wait for somebody to answer them."""
        ...

    def tell(
        self, question: str, history: Sequence[Turn], only: Only, *, generation: str, until: float | None, cheap: bool = False
    ) -> Generator[Event]:
        """As Assistant.tell, from `generation` or a newer one; by the cheaper path after `until` (time.monotonic()) or where `cheap`."""
        ...

    def search(self, question: str, history: Sequence[Turn], only: Only, *, generation: str) -> tuple[Hit, ...]: ...

    def processes(self) -> dict[str, int]:
        """Name and process id of each process beside this one."""
        ...

    def close(self) -> None: ...


def seconds_of(settings: Settings) -> float:
    """What a question may take: the budget, and the chat model's own time beside it. 0: for ever."""
    return settings.web.budget + settings.chat.seconds * bool(settings.chat.model) if settings.web.budget else 0.0


class Here:
    """Engine of this process: the assistant itself within the budget, and the cheaper path after it."""

    ready = True
    waiting = 0

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.expected = 0.0  # seconds that a question takes of late
        self._cheaper = (assistant.generation.id, assistant.cheaper())

    def tell(
        self,
        question: str,
        history: Sequence[Turn],
        only: Only,
        *,
        generation: str = "",
        until: float | None,
        cheap: bool = False,
    ) -> Generator[Event]:
        """See Engine. The generation is the one that the assistant has."""
        del generation
        began = time.monotonic()
        if not cheap and (until is None or until - began > self.expected):
            try:
                yield from _until(until, self.assistant.tell(question, history, **only))
            except OutOfTimeError:
                pass
            else:
                self.expected += _NEWEST * (time.monotonic() - began - self.expected)
                return
        else:
            self.expected *= _FORGET
        note = NOTE.format(budget=seconds_of(self.assistant.settings))
        for event in self._less().tell(question, history, **only):
            yield with_note(event, note) if isinstance(event, Answer) else event

    def search(self, question: str, history: Sequence[Turn], only: Only, *, generation: str = "") -> tuple[Hit, ...]:
        """See Engine."""
        del generation
        return self.assistant.search(question, history, **only)

    def processes(self) -> dict[str, int]:
        """None beside this one."""
        return {}

    def close(self) -> None:
        """Nothing is open."""

    def _less(self) -> Assistant:
        made, cheaper = self._cheaper
        if made != (now := self.assistant.generation.id):
            cheaper = self.assistant.cheaper()
            self._cheaper = (now, cheaper)
        return cheaper


def _until(moment: float | None, events: Iterator[Event]) -> Iterator[Event]:
    """The events, each made before `moment`. The bound is set around each, for a thread that makes one may not make the next."""
    while True:
        with until(moment):
            event = next(events, None)
        if event is None:
            return
        yield event
