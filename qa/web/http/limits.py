"""What one caller may take: so much text, and a turn among a bounded number of questions. Bodies are bounded in qa/web/http/inlet.py."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Generator
from inspect import GEN_RUNNING, getgeneratorstate
from typing import Any, TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread
from fastapi import HTTPException

from qa.web.serving.service import ARRIVED

MAX_NEEDLE = 200  # characters of what the list of the archive is filtered by
MAX_BODY = 4 * 1024 * 1024  # bytes; the longest conversation that the endpoints take is shorter
AT_ONCE = 4  # questions answered at the same time, for all endpoints together; the page has its own turns
WAITING = 64  # questions that may wait for a turn; the next one gets 429
_TICK = 0.02  # seconds between two looks at work that is to end

T = TypeVar("T")


class Turnstile:
    """Turns for work in threads, so that no crowd of callers takes the threads that the page lives on."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, on_refusal: Callable[[], object] = lambda: None) -> None:
        self._turns = CapacityLimiter(at_once)
        self._threads = CapacityLimiter(at_once)
        self._waiting = waiting
        self._on_refusal = on_refusal

    @property
    def waiting(self) -> int:
        """Questions that wait for their turn."""
        return self._turns.statistics().tasks_waiting

    def admit(self) -> None:
        """Raises HTTPException 429 when too many wait already."""
        if self.waiting >= self._waiting:
            self._on_refusal()
            raise HTTPException(429, "too many questions at once. Cure: ask again in a moment", headers={"Retry-After": "1"})

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` gives, done in a thread when its turn comes. Raises HTTPException 429, and what `work` raises."""
        self.admit()
        ARRIVED.set(time.monotonic())
        async with self._turns:
            return await to_thread.run_sync(work, limiter=self._threads)

    async def each(self, items: Generator[T]) -> AsyncIterator[T]:
        """The items as they come, each made in a thread, one turn for them all; a caller who leaves ends the work."""
        ARRIVED.set(time.monotonic())
        async with self._turns:
            try:
                while (item := await to_thread.run_sync(next, items, None, limiter=self._threads)) is not None:
                    yield item
            finally:
                with CancelScope(shield=True):
                    await to_thread.run_sync(_close, items)


def _close(items: Generator[Any]) -> None:
    while getgeneratorstate(items) == GEN_RUNNING:  # a cancelled caller does not stop the thread that is making its next item
        time.sleep(_TICK)
    items.close()
