"""Answers that are kept: a bounded number, of one generation, so that the same reading is not made twice."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.schema import Answer, Turn

Key = tuple[str, str, "tuple[Turn, ...]", str]
"""(generation, question, the turns before it, what it is narrowed to)."""


class KeptAnswers:
    """At most `most` answers; what was asked longest ago goes first. Safe from many threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._making: set[Key] = set()
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key, patience: float) -> Answer | None:
        """The answer, where it is kept; one that another thread is making is waited for, `patience` seconds at most.

        None: the caller makes it, and calls `done` whatever comes of it.
        """
        if not self.most:
            return None
        end = time.monotonic() + patience
        with self._changed:
            while True:
                if (answer := self._kept.get(key)) is not None:
                    self._kept.move_to_end(key)
                    return answer
                if key not in self._making:
                    self._making.add(key)
                    return None
                if not self._changed.wait(end - time.monotonic()):
                    return None

    def done(self, key: Key, answer: Answer | None) -> None:
        """Keep an answer, or say that there is none to keep: who waits for it makes its own."""
        if not self.most:
            return
        with self._changed:
            self._making.discard(key)
            if answer is not None:
                self._kept[key] = answer
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
            self._changed.notify_all()

    def forget(self, but: str) -> None:
        """Drop what is of another generation than `but`."""
        with self._changed:
            for key in [key for key in self._kept if key[0] != but]:
                del self._kept[key]
