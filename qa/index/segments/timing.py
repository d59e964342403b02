"""Where the time of a build goes: wall seconds by stage."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


class Clock:
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
