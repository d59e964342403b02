"""The indexes that a reader may choose among: each opened when it is first chosen, then kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from qa.web.page.controller import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qa.web.protocol import Assisting


class Desks:
    """The desk of the index that is served, and of the `others` by name, which `opened` opens. Safe from many threads."""

    def __init__(self, first: Desk, others: Sequence[str] = (), opened: Callable[[str], Assisting] | None = None) -> None:
        self.first = first
        self.names = tuple(dict.fromkeys((first.assistant.name, *(others if opened else ()))))
        self._opened = opened
        self._desks = {first.assistant.name: first}
        self._lock = threading.Lock()

    def at(self, name: str) -> Desk:
        """The desk of an index; of a name that is not offered the first one's. Raises QaError where the index cannot be opened."""
        if name not in self.names or self._opened is None:
            return self.first
        with self._lock:
            if name not in self._desks:
                self._desks[name] = Desk(self._opened(name), self.first.feedback)
            return self._desks[name]
