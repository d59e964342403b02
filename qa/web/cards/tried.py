"""Which questions an assistant answers: each is put to it once for a generation of its index, so that an offer costs little."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qa.web.protocol import Assisting

MOST = 500  # questions remembered

_log = logging.getLogger(__name__)


class Tried:
    """What came of questions that were put to the assistant that `opened` gives, asked again for each generation. Safe from many threads."""

    def __init__(self, opened: Callable[[], Assisting]) -> None:
        self._opened = opened
        self._assistant: Assisting | None = None
        self._generation = ""
        self._found: OrderedDict[str, str | None] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, question: str, generation: str) -> bool:
        """Whether asking costs nothing."""
        with self._lock:
            return generation == self._generation and question in self._found

    def answer(self, question: str, generation: str) -> str | None:
        """The short answer ("" where there is a sentence alone), or None where it is withheld or fails.

        `generation` is that of the answer that the question is to follow: what was found in another one is forgotten.
        """
        with self._lock:
            if generation != self._generation:
                self._generation, self._assistant = generation, None
                self._found.clear()
            if question in self._found:
                return self._found[question]
            if self._assistant is None:
                self._assistant = self._opened()
            assistant = self._assistant
        found = _asked(assistant, question)
        with self._lock:
            if generation == self._generation:
                self._found[question] = found
                while len(self._found) > MOST:
                    self._found.popitem(last=False)
        return found


def _asked(assistant: Assisting, question: str) -> str | None:
    try:
        answer = assistant.ask(question)
    except Exception as error:  # noqa: BLE001 - an offer: what cannot be answered is not offered, and the page works without it
        _log.info("not offered: %s", question, exc_info=error)
        return None
    return None if answer.abstained or not answer.citations else answer.short
