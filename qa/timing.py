"""Wall seconds of the stages of a question."""

from __future__ import annotations

import time


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
