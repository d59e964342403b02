"""The conversations of the page as they are kept: begun when a question is asked, finished with its answer, opened again.

Knows no Gradio. Without a folder nothing is kept, and neither is it for a browser that brings no number. A disk that fails costs the
history and never the answer.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.errors import StoreError
from qa.web.history.history import History
from qa.web.history.keeping import body, exchange, index_of, searchable
from qa.web.history.past import past_html
from qa.web.render.source import escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qa.web.page.controller import Desk
    from qa.web.render.conversation import Exchange
    from qa.web.wording.languages import Words

_log = logging.getLogger(__name__)


class Chronicle:
    """The history of one desk; `folder` None keeps nothing."""

    def __init__(self, desk: Desk, folder: Path | None) -> None:
        self.desk = desk
        self._history = None if folder is None else History(folder)

    @property
    def on(self) -> bool:
        """Whether conversations are kept."""
        return self._history is not None

    def begin(self, visitor: str, place: str, last: Exchange, index: str = "") -> tuple[str, int]:
        """Keep a question that is being asked of an index; gives the conversation's id and the row, ("", 0) where it is not kept."""
        if self._history is None or not visitor:
            return "", 0
        try:
            return self._history.begin(visitor, place, last.question, body(last, index))
        except StoreError as error:
            _log.warning("%s", error)
            return "", 0

    def finish(self, visitor: str, last: Exchange, index: str = "") -> None:
        """Keep what became of it, or of the reader's judgement."""
        if self._history is None or not visitor or not last.kept:
            return
        try:
            self._history.finish(visitor, last.kept, searchable(last), body(last, index))
        except StoreError as error:
            _log.warning("%s", error)

    def index(self, visitor: str, place: str) -> str:
        """The name of the index that a conversation asked last; "" where that is not known."""
        if self._history is None or not visitor:
            return ""
        try:
            return next((name for turned in reversed(self._history.turns(visitor, place)) if (name := index_of(turned.body))), "")
        except StoreError as error:
            _log.warning("%s", error)
            return ""

    def reopen(self, visitor: str, place: str, words: Words, desk: Desk | None = None) -> tuple[Exchange, ...]:
        """A conversation as it was, its citations checked again at the `desk` of its index; () where this visitor has none of that id."""
        if self._history is None or not visitor:
            return ()
        try:
            return tuple(exchange(turned, desk or self.desk, words) for turned in self._history.turns(visitor, place))
        except StoreError as error:
            _log.warning("%s", error)
            return ()

    def listing(self, visitor: str, needle: str, place: str, words: Words) -> str:
        """The visitor's conversations as HTML."""
        try:
            found = self._history.listed(visitor, needle) if self._history is not None and visitor else ()
        except StoreError as error:
            return f'<div class="problem" role="alert"><p>{escape(words.error(error))}</p><p>{escape(str(error))}</p></div>'
        return past_html(found, needle, place, words)

    def rename(self, visitor: str, place: str, name: str) -> None:
        """Another name for a conversation."""
        if self._history is not None:
            self._history.rename(visitor, place, name)

    def forget(self, visitor: str, place: str) -> None:
        """Delete a conversation."""
        if self._history is not None:
            self._history.forget(visitor, place)


def marked(exchanges: Sequence[Exchange], row: int) -> tuple[Exchange, ...]:
    """The conversation whose last exchange knows its row."""
    return (*exchanges[:-1], replace(exchanges[-1], kept=row)) if exchanges and row else tuple(exchanges)
