"""What the tabs of one page share: the desks, what a visitor's page remembers, and how its events are sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.web.archive.allowed import Allowed
from qa.web.archive.article_table import AS_IT_IS, listing_html
from qa.web.http.limits import AT_ONCE
from qa.web.narrowing.chips import narrowing_html
from qa.web.narrowing.filters import WHOLE

if TYPE_CHECKING:
    from qa.web.archive.article_table import Order
    from qa.web.narrowing.filters import Narrowing
    from qa.web.page.controller import Desk
    from qa.web.page.desks import Desks
    from qa.web.wording.languages import Words

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# What is quick is answered in its own request: only what tells its progress waits in Gradio's queue, and is read by stream.js.
QUICK: dict[str, Any] = {**QUIET, "queue": False}
ASKING: dict[str, Any] = {**QUIET, "concurrency_limit": AT_ONCE, "concurrency_id": "ask"}

# What is offered after an answer is asked of the engine one visitor after the other: an offer must not slow another's answer down.
OFFERING: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "concurrency_id": "offer"}


@dataclass(slots=True)
class Shared:
    """Made inside the page's blocks: its states belong to one visitor's page each."""

    desks: Desks
    allowed: Allowed
    language: gr.State = field(default_factory=lambda: gr.State("id"))
    index: gr.State = field(default_factory=lambda: gr.State(""))  # name of the chosen index, "" for the first
    exchanges: gr.State = field(default_factory=lambda: gr.State(()))
    place: gr.State = field(default_factory=lambda: gr.State(""))  # the id of the conversation, once it is kept
    only: gr.State = field(default_factory=lambda: gr.State(WHOLE))
    order: gr.State = field(default_factory=lambda: gr.State(AS_IT_IS))

    def masthead(self, desk: Desk, wording: Words) -> str:
        """The head of the page over one of the indexes."""
        return desk.masthead(wording, self.desks.names)


def chips(desk: Desk, only: Narrowing, wording: Words, *, opened: str = "") -> tuple[str, str]:
    """The chips above the question and those above the list; `opened` names the one whose fields are unfolded."""
    return (
        narrowing_html(only, desk.assistant, wording, "ask", opened=opened == "ask"),
        narrowing_html(only, desk.assistant, wording, "archive", opened=opened == "archive"),
    )


def shelf(desk: Desk, wanted: str, wording: Words, only: Narrowing, order: Order) -> str:
    """The list of the archive as it is to be shown now."""
    return listing_html(desk.assistant, wanted, wording, only, order)
