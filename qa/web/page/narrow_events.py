"""What the chips do, above the question and above the list, with the boxes in the list and the button below an article."""

from __future__ import annotations

from typing import Any

import gradio as gr

from qa.web.archive.article_table import Order  # Gradio reads the types of an event's inputs
from qa.web.narrowing.filters import WHOLE, Narrowing, changed
from qa.web.page.archive_tab import ArchiveTab
from qa.web.page.ask_tab import AskTab
from qa.web.page.shared import QUICK, Shared, chips, shelf
from qa.web.render.parts import sent
from qa.web.wording.languages import words


def narrowing(shared: Shared, ask: AskTab, archive: ArchiveTab) -> None:
    """The chips and their fields, above the question and above the list, and the boxes in the list."""
    desks = shared.desks

    def narrow(place: str) -> Any:
        def narrow_(  # noqa: PLR0917 - by place
            event: gr.EventData, only: Narrowing, wanted: str, tongue: str, index: str, order: Order
        ) -> tuple[Any, ...]:
            desk, wording = desks.at(index), words(tongue)
            after = changed(only, sent(event, "what", str), sent(event, "value", str), desk.assistant)
            return after, *chips(desk, after, wording, opened=place), shelf(desk, wanted, wording, after, order)

        return narrow_

    def pick(event: gr.EventData, wanted: str, tongue: str, index: str, order: Order) -> tuple[Any, ...]:
        desk, wording = desks.at(index), words(tongue)
        after = changed(WHOLE, "article", sent(event, "id", str), desk.assistant)
        return after, *chips(desk, after, wording), shelf(desk, wanted, wording, after, order), gr.update(selected="ask")

    looking = [archive.needle, shared.language, shared.index, shared.order]
    outputs = [shared.only, ask.chips, archive.chips, archive.listing]
    ask.chips.narrow(narrow("ask"), [shared.only, *looking], outputs, **QUICK)
    archive.chips.narrow(narrow("archive"), [shared.only, *looking], outputs, **QUICK)
    archive.listing.narrow(narrow(""), [shared.only, *looking], outputs, **QUICK)
    for panel in (ask.source, archive.opened):
        panel.pick(pick, looking, [*outputs, archive.tabs], **QUICK)
