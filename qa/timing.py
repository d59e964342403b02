"""Wall seconds of the stages of a question and of a build."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


class Clock:
    """Wall seconds of each stage."""

    def __init__(self) -> None:
        self._done: list[tuple[str, float]] = []
        self._running: tuple[str, float] | None = None

    def start(self, stage: str) -> str:
        self._done = list(self.stop())
        self._running = (stage, time.perf_counter())
        return stage

    @property
    def stage(self) -> str:
        """The stage that is running, "" before the first."""
        return self._running[0] if self._running else ""

    def stop(self) -> tuple[tuple[str, float], ...]:
        """Every stage so far, the running one up to now."""
        if self._running is None:
            return tuple(self._done)
        stage, began = self._running
        return (*self._done, (stage, time.perf_counter() - began))


class Stages:
    """Wall seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = time.perf_counter()

    def elapsed(self) -> float:
        return time.perf_counter() - self._began

    @contextmanager
    def at(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - began, 4)

    def over(self, stage: str, items: Iterable[Any]) -> Iterator[Any]:
        """`items`, with the time of waiting for each booked on `stage`."""
        stream = iter(items)
        while True:
            with self.at(stage):
                item = next(stream, None)
            if item is None:
                return
            yield item
