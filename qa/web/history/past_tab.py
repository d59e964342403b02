"""The tab of kept conversations: Gradio's parts around the chronicle. Each event asks whose browser it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.web.http.limits import MAX_NEEDLE
from qa.web.http.visitors import visitor
from qa.web.page.shared import QUICK
from qa.web.render.conversation import conversation_html
from qa.web.render.parts import html, sent
from qa.web.render.source import escape
from qa.web.wording.languages import words

if TYPE_CHECKING:
    from qa.web.history.chronicle import Chronicle
    from qa.web.page.shared import Shared

_PAST = "sitasi.past(element, trigger); // 'open' 'rename' 'forget'"


def who(request: gr.Request) -> str:
    """Whose browser an event comes from."""
    return visitor(dict(request.cookies))


class PastTab:
    """The search and the list; made inside the page's tabs, wired once the rest of the page is there."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle
        first = words("id")
        with gr.Tab(first.tab_past, id="past", visible=chronicle.on) as self.tab, gr.Column(elem_id="pasts"):
            self.needle = gr.Textbox(
                "",
                label=first.past_filter,
                placeholder=first.past_placeholder,
                elem_id="past-needle",
                elem_classes="needle",
                max_length=MAX_NEEDLE,
            )
            self.listing = html("", "past", _PAST)

    def wire(self, *, shared: Shared, tabs: gr.Tabs, chat: gr.HTML, source: gr.HTML) -> None:
        """What the tab's buttons do, and what the conversation's do that lead here."""
        chronicle, desks = self.chronicle, shared.desks

        def listed(needle: str, here: str, tongue: str, request: gr.Request) -> str:
            return chronicle.listing(who(request), needle[:MAX_NEEDLE], here, words(tongue))

        def opened(event: gr.EventData, tongue: str, index: str, request: gr.Request) -> tuple[Any, ...]:
            wording, wanted, desk = words(tongue), sent(event, "conversation", str), desks.at(index)
            asked = chronicle.index(who(request), wanted)
            if asked != desk.assistant.name and asked in desks.names:  # page.js goes there, and opens it again
                there = f'<div class="elsewhere" data-index="{escape(asked)}" data-place="{escape(wanted)}"></div>'
                return there, (), "", "", gr.skip()
            found = chronicle.reopen(who(request), wanted, wording, desk)
            here = wanted if found else ""
            where = gr.update(selected="ask") if found else gr.skip()  # a link to what is not there moves nobody
            return conversation_html(found, wording, desk.examples, here), found, here, "", where

        def fresh(tongue: str, index: str) -> tuple[Any, ...]:
            return conversation_html((), words(tongue), desks.at(index).examples), (), "", "", gr.update(selected="ask")

        def renamed(event: gr.EventData, needle: str, here: str, tongue: str, request: gr.Request) -> str:
            chronicle.rename(who(request), sent(event, "conversation", str), sent(event, "name", str))
            return listed(needle, here, tongue, request)

        # Gradio hands its inputs over by place.
        def forgot(  # noqa: PLR0917
            event: gr.EventData, needle: str, here: str, tongue: str, index: str, request: gr.Request
        ) -> tuple[Any, ...]:
            gone = sent(event, "conversation", str)
            chronicle.forget(who(request), gone)
            left = listed(needle, here, tongue, request)
            if gone != here:
                return left, gr.skip(), gr.skip(), gr.skip(), gr.skip()
            html_, none, nowhere, closed, _ = fresh(tongue, index)
            return left, html_, none, nowhere, closed

        exchanges, place, language = shared.exchanges, shared.place, shared.language
        there = [language, shared.index]
        whole = [chat, exchanges, place, source, tabs]
        looking = [self.needle, place, language]
        chat.fresh(fresh, there, whole, **QUICK)
        chat.reopen(opened, there, whole, **QUICK)
        self.listing.open(opened, there, whole, **QUICK)
        self.listing.rename(renamed, looking, self.listing, **QUICK)
        self.listing.forget(forgot, [*looking, shared.index], [self.listing, chat, exchanges, place, source], **QUICK)
        self.tab.select(listed, looking, self.listing, **QUICK)
        self.needle.change(listed, looking, self.listing, trigger_mode="always_last", **QUICK)

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [self.tab, self.needle, self.listing]

    def switched(self, tongue: str, needle: str, here: str, request: gr.Request) -> tuple[Any, ...]:
        """The same in the other language."""
        wording = words(tongue)
        return (
            gr.update(label=wording.tab_past),
            gr.update(label=wording.past_filter, placeholder=wording.past_placeholder),
            self.chronicle.listing(who(request), needle[:MAX_NEEDLE], here, wording),
        )
