"""The tab of the archive: its list, its months, what is added, and an article with the ways to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.web.archive.article_table import Order, listing_html
from qa.web.archive.changing import correct, remove
from qa.web.archive.months import months_html
from qa.web.cards.brief_card import brief_html
from qa.web.http.limits import MAX_NEEDLE
from qa.web.narrowing.filters import WHOLE, Narrowing, standing
from qa.web.page.add_panel import AddPanel
from qa.web.page.ask_tab import NARROW, SOURCE
from qa.web.page.shared import OFFERING, QUICK, QUIET, Shared, chips, shelf
from qa.web.render.parts import html, renewed, sent
from qa.web.wording.languages import Words, words

if TYPE_CHECKING:
    from qa.web.page.ask_tab import AskTab

_BRIEF = "sitasi.names(element, trigger); // 'timeline'"
_LIST = "sitasi.list(element, trigger); // 'article' 'sort' 'narrow'"


class ArchiveTab:
    """Made inside the page's tabs; wired once the rest of the page is there."""

    def __init__(self, shared: Shared, first: Words, tabs: gr.Tabs) -> None:
        self.shared, self.tabs = shared, tabs
        assistant = shared.desks.first.assistant
        with gr.Tab(first.tab_archive, id="archive") as self.tab, gr.Row(elem_id="stacks", elem_classes="pair"):
            with gr.Column(elem_id="shelf", elem_classes="main"):
                self.brief = html(brief_html(assistant, first), "brief", _BRIEF)
                self.adding = AddPanel(shared, first)
                self.report = html("", "report", "sitasi.report(element, watch);")
                self.needle = gr.Textbox(
                    "",
                    label=first.filter_label,
                    placeholder=first.filter_placeholder,
                    elem_id="needle",
                    elem_classes="needle",
                    container=True,
                    max_length=MAX_NEEDLE,
                )
                self.chips = html(chips(shared.desks.first, WHOLE, first)[1], "narrow-archive", NARROW)
                self.months = html(months_html(assistant.articles(), first), "months", None)
                self.listing = html(listing_html(assistant, "", first), "listing", _LIST)
            with gr.Column(elem_id="opened", elem_classes="beside"):
                self.opened = html("", "article", SOURCE)

    def wire(self, ask: AskTab, masthead: gr.HTML) -> None:
        """What its events do."""
        shared, desks = self.shared, self.shared.desks

        def article(event: gr.EventData, tongue: str, index: str) -> str:
            return renewed(desks.at(index).article(sent(event, "id", str), words(tongue), edit=shared.allowed.edit))

        def follow(event: gr.EventData, tongue: str, index: str) -> str:
            place = sent(event, "start", int), sent(event, "end", int)
            return renewed(desks.at(index).span(sent(event, "article", str), *place, words(tongue), edit=shared.allowed.edit))

        def narrow(wanted: str, tongue: str, index: str, only: Narrowing, order: Order) -> str:
            return shelf(desks.at(index), wanted[:MAX_NEEDLE], words(tongue), only, order)

        def sort(  # noqa: PLR0917 - by place
            event: gr.EventData, wanted: str, tongue: str, index: str, only: Narrowing, order: Order
        ) -> tuple[Any, ...]:
            after = order.after(sent(event, "column", str))
            return after, narrow(wanted, tongue, index, only, after)

        def change(event: gr.EventData, tongue: str, index: str) -> tuple[Any, ...]:
            """A correction, or without facts a removal; the article is shown as it is now, or closed."""
            desk, wording, wanted = desks.at(index), words(tongue), sent(event, "id", str)
            if not shared.allowed.edit:
                return gr.skip(), gr.skip()
            try:
                facts = event.facts
            except AttributeError:
                facts = None
            if isinstance(facts, dict):
                return renewed(correct(desk.assistant, wanted, facts, wording)), renewed(desk.article(wanted, wording, edit=True))
            message = remove(desk.assistant, wanted, wording)
            return renewed(message), "" if 'role="status"' in message else gr.skip()

        def shown(wanted: str, tongue: str, index: str, only: Narrowing, order: Order) -> tuple[Any, ...]:
            """Everything that a change of the archive changes."""
            desk, wording = desks.at(index), words(tongue)
            kept = standing(only, desk.assistant)
            return (
                kept,
                *chips(desk, kept, wording),
                shelf(desk, wanted, wording, kept, order),
                months_html(desk.assistant.articles(), wording),
                brief_html(desk.assistant, wording),
                shared.masthead(desk, wording),
            )

        def examples(index: str) -> None:
            """Questions for the next welcome; asked once everything else is shown, one archive after the other."""
            desks.at(index).refresh()

        here = [shared.language, shared.index]
        looking = [self.needle, *here, shared.only, shared.order]
        everything = [shared.only, ask.chips, self.chips, self.listing, self.months, self.brief, masthead]
        self.listing.article(article, here, self.opened, **QUICK)
        self.listing.sort(sort, looking, [shared.order, self.listing], **QUICK)
        self.opened.article(article, here, self.opened, **QUICK)
        self.opened.follow(follow, here, self.opened, **QUICK)
        self.opened.close(lambda: "", None, self.opened, **QUICK)
        for event in (self.opened.correct, self.opened.remove):
            event(change, here, [self.report, self.opened], **QUIET).then(shown, looking, everything, **QUICK).then(
                examples, shared.index, None, **OFFERING
            )
        self.needle.change(narrow, looking, self.listing, trigger_mode="always_last", **QUICK)
        self.adding.wire(
            self.report,
            lambda event: event.then(shown, looking, everything, **QUICK).then(examples, shared.index, None, **OFFERING),
        )

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [
            self.tab,
            self.needle,
            self.chips,
            self.months,
            self.brief,
            self.listing,
            self.opened,
            self.report,
            *self.adding.outputs(),
        ]

    def switched(self, wording: Words, index: str, wanted: str, only: Narrowing, order: Order) -> tuple[Any, ...]:
        """The same in the other language."""
        desk = self.shared.desks.at(index)
        return (
            gr.update(label=wording.tab_archive),
            gr.update(label=wording.filter_label, placeholder=wording.filter_placeholder),
            chips(desk, only, wording)[1],
            months_html(desk.assistant.articles(), wording),
            brief_html(desk.assistant, wording),
            shelf(desk, wanted, wording, only, order),
            "",
            "",
            *self.adding.switched(wording),
        )
