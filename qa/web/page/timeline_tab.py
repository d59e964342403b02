"""The tab of the timeline: a name, its dated events, and beside them the article of the one that was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.web.cards.events_table import events, timeline_html
from qa.web.http.limits import MAX_NEEDLE
from qa.web.page.ask_tab import SOURCE
from qa.web.page.shared import ASKING, QUICK, Shared
from qa.web.render.parts import html, renewed, sent
from qa.web.wording.card_words import CARDS
from qa.web.wording.languages import Words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVENTS = "sitasi.list(element, trigger); // 'follow'"


class TimelineTab:
    """Made inside the page's tabs; wired once the rest of the page is there."""

    def __init__(self, shared: Shared, first: Words) -> None:
        self.shared = shared
        labels = CARDS[first.language]
        with gr.Tab(labels.tab_timeline, id="timeline") as self.tab, gr.Row(elem_id="line", elem_classes="pair"):
            with gr.Column(elem_id="events", elem_classes="main"):
                with gr.Row(elem_id="line-bar"):
                    self.name = gr.Textbox(
                        "",
                        label=labels.timeline_label,
                        placeholder=labels.timeline_place,
                        elem_id="line-name",
                        elem_classes="needle",
                        max_length=MAX_NEEDLE,
                    )
                    self.show = gr.Button(labels.timeline_button, elem_id="line-show", variant="primary")
                self.table = html(timeline_html("", (), first), "line-table", _EVENTS)
            with gr.Column(elem_id="line-beside", elem_classes="beside"):
                self.opened = html("", "line-article", SOURCE)

    def wire(self, tabs: gr.Tabs, names: Sequence[gr.HTML]) -> None:
        """What its events do; a click on a name in one of `names` leads here."""
        desks = self.shared.desks

        def shown(name: str, tongue: str, index: str) -> str:
            wanted = " ".join(name[:MAX_NEEDLE].split())
            return timeline_html(wanted, events(desks.at(index).assistant, wanted), words(tongue))

        def named(event: gr.EventData, tongue: str, index: str) -> tuple[Any, ...]:
            name = sent(event, "name", str)[:MAX_NEEDLE]
            return gr.update(selected="timeline"), name, shown(name, tongue, index)

        def follow(event: gr.EventData, tongue: str, index: str) -> str:
            place = sent(event, "start", int), sent(event, "end", int)
            return renewed(desks.at(index).span(sent(event, "article", str), *place, words(tongue)))

        here = [self.shared.language, self.shared.index]
        gr.on([self.name.submit, self.show.click], shown, [self.name, *here], self.table, **ASKING)
        for component in names:
            component.timeline(named, here, [tabs, self.name, self.table], **ASKING)
        for component in (self.table, self.opened):
            component.follow(follow, here, self.opened, **QUICK)
        self.opened.close(lambda: "", None, self.opened, **QUICK)

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [self.tab, self.name, self.show, self.table, self.opened]

    def switched(self, words_: Words, index: str, name: str) -> tuple[Any, ...]:
        """The same in the other language."""
        labels = CARDS[words_.language]
        wanted = " ".join(name[:MAX_NEEDLE].split())
        return (
            gr.update(label=labels.tab_timeline),
            gr.update(label=labels.timeline_label, placeholder=labels.timeline_place),
            gr.update(value=labels.timeline_button),
            timeline_html(wanted, events(self.shared.desks.at(index).assistant, wanted), words_),
            "",
        )
