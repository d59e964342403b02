"""The tab of kept conversations: Gradio's parts around the chronicle. Each event asks whose browser it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.web.http.limits import MAX_NEEDLE
from qa.web.http.visitors import visitor
from qa.web.render.conversation import conversation_html
from qa.web.render.parts import html, sent
from qa.web.wording.languages import words

if TYPE_CHECKING:
    from qa.web.history.chronicle import Chronicle

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

    def wire(
        self,
        *,
        tabs: gr.Tabs,
        chat: gr.HTML,
        source: gr.HTML,
        exchanges: gr.State,
        place: gr.State,
        language: gr.State,
        quick: dict[str, Any],
    ) -> None:
        """What the tab's buttons do, and what the conversation's do that lead here."""
        chronicle = self.chronicle

        def listed(needle: str, here: str, tongue: str, request: gr.Request) -> str:
            return chronicle.listing(who(request), needle[:MAX_NEEDLE], here, words(tongue))

        def opened(event: gr.EventData, tongue: str, request: gr.Request) -> tuple[Any, ...]:
            said, wanted = words(tongue), sent(event, "conversation", str)
            found = chronicle.reopen(who(request), wanted, said)
            here = wanted if found else ""
            return conversation_html(found, said, chronicle.desk.examples, here), found, here, "", gr.update(selected="ask")

        def fresh(tongue: str) -> tuple[Any, ...]:
            return conversation_html((), words(tongue), chronicle.desk.examples), (), "", "", gr.update(selected="ask")

        def renamed(event: gr.EventData, needle: str, here: str, tongue: str, request: gr.Request) -> str:
            chronicle.rename(who(request), sent(event, "conversation", str), sent(event, "name", str))
            return listed(needle, here, tongue, request)

        def forgot(event: gr.EventData, needle: str, here: str, tongue: str, request: gr.Request) -> tuple[Any, ...]:
            gone = sent(event, "conversation", str)
            chronicle.forget(who(request), gone)
            left = listed(needle, here, tongue, request)
            if gone != here:
                return left, gr.skip(), gr.skip(), gr.skip(), gr.skip()
            html_, none, nowhere, closed, _ = fresh(tongue)
            return left, html_, none, nowhere, closed

        whole = [chat, exchanges, place, source, tabs]
        looking = [self.needle, place, language]
        chat.fresh(fresh, language, whole, **quick)
        chat.reopen(opened, language, whole, **quick)
        self.listing.open(opened, language, whole, **quick)
        self.listing.rename(renamed, looking, self.listing, **quick)
        self.listing.forget(forgot, looking, [self.listing, chat, exchanges, place, source], **quick)
        self.tab.select(listed, looking, self.listing, **quick)
        self.needle.input(listed, looking, self.listing, trigger_mode="always_last", **quick)

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [self.tab, self.needle, self.listing]

    def switched(self, tongue: str, needle: str, here: str, request: gr.Request) -> tuple[Any, ...]:
        """The same in the other language."""
        said = words(tongue)
        return (
            gr.update(label=said.tab_past),
            gr.update(label=said.past_filter, placeholder=said.past_placeholder),
            self.chronicle.listing(who(request), needle[:MAX_NEEDLE], here, said),
        )
