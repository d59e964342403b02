"""The tab where questions are asked: the conversation, the question box with its chips, and an article beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from qa.schema import MAX_QUESTION
from qa.web.archive.article_table import Order
from qa.web.cards.suggestions import next_html
from qa.web.history.chronicle import Chronicle, marked
from qa.web.history.past_tab import who
from qa.web.narrowing.chips import faults_html
from qa.web.narrowing.filters import WHOLE, Narrowing
from qa.web.narrowing.narrowing_link import from_link
from qa.web.page.shared import ASKING, OFFERING, QUICK, Shared, chips, shelf
from qa.web.render.conversation import Exchange, conversation_html
from qa.web.render.parts import html, renewed, sent, texts
from qa.web.wording.languages import Words, words

# Names of the events that page.js sends; Gradio offers a listener for each name that it finds quoted in a component's script.
_CHAT = "sitasi.chat(element, trigger, watch); // 'cite' 'near' 'example' 'judge' 'take' 'follow' 'fresh' 'reopen' 'wide' 'undo' 'timeline' 'linked'"
SOURCE = "sitasi.source(element, trigger, watch); // 'close' 'follow' 'article' 'pick' 'correct' 'remove'"
NARROW = "sitasi.chips(element, trigger, watch); // 'narrow'"
_NEXT = "sitasi.next(element, watch);"
PARCEL = "sitasi.parcel(element, watch);"

Exchanges = tuple[Exchange, ...]


class AskTab:
    """Made inside the page's tabs; wired once the rest of the page is there."""

    def __init__(self, shared: Shared, chronicle: Chronicle, first: Words, leaving: gr.HTML) -> None:
        self.shared, self.chronicle, self.leaving = shared, chronicle, leaving
        desk = shared.desks.first
        with gr.Tab(first.tab_ask, id="ask") as self.tab, gr.Row(elem_id="desk", elem_classes="pair"):
            with gr.Column(elem_id="talk", elem_classes="main"):
                self.chat = html(conversation_html((), first, desk.examples), "chat", _CHAT)
                self.chips = html(chips(desk, WHOLE, first)[0], "narrow-ask", NARROW)
                with gr.Row(elem_id="composer"):
                    self.box = gr.Textbox(
                        "",
                        label=first.ask_label,
                        placeholder=first.ask_placeholder,
                        elem_id="question",
                        container=False,
                        lines=1,
                        max_lines=5,
                        max_length=MAX_QUESTION,
                        autofocus=True,
                    )
                    self.send = gr.Button(first.ask_button, elem_id="send", variant="primary")
            with gr.Column(elem_id="beside", elem_classes="beside"):
                self.source = html("", "source", SOURCE)
            self.next = html("", "next", _NEXT)

    def wire(self, chips_of_list: gr.HTML, listing: gr.HTML, needle: gr.Textbox) -> None:
        """What its events do; what narrows a question narrows the list of the archive too, whose parts are given."""
        shared, desks, chronicle = self.shared, self.shared.desks, self.chronicle

        # Gradio hands its inputs over by place.
        def ask(  # noqa: PLR0917
            question: str, before: Exchanges, tongue: str, here: str, index: str, only: Narrowing, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            wording, desk = words(tongue), desks.at(index)
            if not isinstance(question, str) or not question.strip():
                yield (gr.skip(),) * 5
                return
            emptied: Any = ""  # once: what is typed and opened while the answer comes is left alone
            row = -1
            for now in desk.answer(question.strip(), before, wording, only):
                if row < 0:
                    here, row = chronicle.begin(who(request), here, now[-1], desk.assistant.name)
                    if chronicle.on and not row:
                        gr.Warning(wording.unkept)
                now = marked(now, row)  # noqa: PLW2901 - the same, with its row
                if not now[-1].working:
                    chronicle.finish(who(request), now[-1], desk.assistant.name)
                yield conversation_html(now, wording, desk.examples, here), now, emptied, emptied, here
                emptied = gr.skip()

        # What a browser sends is checked by the desk: numbers that fit no answer open nothing.
        def example(  # noqa: PLR0917
            event: gr.EventData, before: Exchanges, tongue: str, here: str, index: str, only: Narrowing, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            yield from ask(sent(event, "question", str), before, tongue, here, index, only, request)

        def within(  # noqa: PLR0917
            only: Narrowing,
            question: str,
            before: Exchanges,
            tongue: str,
            here: str,
            index: str,
            wanted: str,
            order: Order,
            request: gr.Request,
        ) -> Iterator[tuple[Any, ...]]:
            """Asked within what is not set on the page yet: the chips and the list follow."""
            desk, wording = desks.at(index), words(tongue)
            after: tuple[Any, ...] = (only, *chips(desk, only, wording), shelf(desk, wanted, wording, only, order))
            if not question.strip():
                yield *(gr.skip(),) * 5, *after
                return
            for steps in ask(question, before, tongue, here, index, only, request):
                yield *steps, *after
                after = (gr.skip(),) * 4

        def wide(  # noqa: PLR0917
            event: gr.EventData,
            before: Exchanges,
            tongue: str,
            here: str,
            index: str,
            wanted: str,
            order: Order,
            request: gr.Request,
        ) -> Iterator[tuple[Any, ...]]:
            yield from within(WHOLE, sent(event, "question", str), before, tongue, here, index, wanted, order, request)

        def linked(  # noqa: PLR0917
            event: gr.EventData,
            before: Exchanges,
            tongue: str,
            here: str,
            index: str,
            wanted: str,
            order: Order,
            request: gr.Request,
        ) -> Iterator[tuple[Any, ...]]:
            """What a link asks, within what it narrows to; where that cannot be done the page says so, and the question waits in its box."""
            wording, desk, question = words(tongue), desks.at(index), sent(event, "question", str)
            days, lists = (
                (sent(event, "since", str), sent(event, "until", str)),
                (texts(event, "outlets"), texts(event, "articles")),
            )
            only, faults = from_link(days, *lists, desk.assistant, wording)
            if not faults:
                yield from within(only, question, before, tongue, here, index, wanted, order, request)
                return
            answer = faults_html(faults, wording, asking=bool(question.strip())) + conversation_html(
                before, wording, desk.examples, here
            )
            seen = (only, *chips(desk, only, wording), shelf(desk, wanted, wording, only, order))
            yield answer, gr.skip(), question[:MAX_QUESTION], gr.skip(), gr.skip(), *seen

        def cite(event: gr.EventData, now: Exchanges, tongue: str, index: str) -> str:
            return renewed(desks.at(index).citation(now, sent(event, "turn", int), sent(event, "n", int), words(tongue)))

        def near(event: gr.EventData, now: Exchanges, tongue: str, index: str) -> str:
            return renewed(desks.at(index).near(now, sent(event, "turn", int), sent(event, "place", int), words(tongue)))

        def judge(  # noqa: PLR0917
            event: gr.EventData, now: Exchanges, tongue: str, here: str, index: str, request: gr.Request
        ) -> tuple[Any, ...]:
            turn, desk = sent(event, "turn", int), desks.at(index)
            return shown(
                now,
                desk.judge(now, turn, sent(event, "verdict", str), sent(event, "correction", str)),
                turn,
                tongue,
                here,
                index,
                request,
            )

        def undo(  # noqa: PLR0917
            event: gr.EventData, now: Exchanges, tongue: str, here: str, index: str, request: gr.Request
        ) -> tuple[Any, ...]:
            turn = sent(event, "turn", int)
            return shown(now, desks.at(index).unjudge(now, turn), turn, tongue, here, index, request)

        def shown(  # noqa: PLR0917
            now: Exchanges, after: Exchanges, turn: int, tongue: str, here: str, index: str, request: gr.Request
        ) -> tuple[Any, ...]:
            desk = desks.at(index)
            if after != now:
                chronicle.finish(who(request), after[turn], desk.assistant.name)
            return conversation_html(after, words(tongue), desk.examples, here), after

        def take(event: gr.EventData, now: Exchanges, tongue: str, index: str) -> str:
            return renewed(desks.at(index).take(now, sent(event, "turn", int), sent(event, "form", str), words(tongue)))

        def follow(event: gr.EventData, tongue: str, index: str) -> str:
            desk = desks.at(index)
            return renewed(
                desk.span(sent(event, "article", str), sent(event, "start", int), sent(event, "end", int), words(tongue))
            )

        def article(event: gr.EventData, tongue: str, index: str) -> str:
            return renewed(desks.at(index).article(sent(event, "id", str), words(tongue)))

        def follow_up(now: Exchanges, tongue: str, index: str) -> str:
            """What could be asked next; page.js puts it below the answer, if that is still the last one."""
            wording, desk = words(tongue), desks.at(index)
            offered = next_html(desk.next(now, wording), wording)
            return renewed(f'<div class="offer" data-turn="{len(now) - 1}">{offered}</div>')

        here = [shared.language, shared.index]
        talk = [shared.exchanges, shared.language, shared.place, shared.index]
        beyond = [*talk, needle, shared.order]
        outputs = [self.chat, shared.exchanges, self.box, self.source, shared.place]
        narrowed = [shared.only, self.chips, chips_of_list, listing]
        for answered in (
            gr.on([self.box.submit, self.send.click], ask, [self.box, *talk, shared.only], outputs, **ASKING),
            self.chat.example(example, [*talk, shared.only], outputs, **ASKING),
            self.chat.wide(wide, beyond, [*outputs, *narrowed], **ASKING),
            self.chat.linked(linked, beyond, [*outputs, *narrowed], **ASKING),
        ):
            answered.then(follow_up, [shared.exchanges, *here], self.next, **OFFERING)
        self.chat.cite(cite, [shared.exchanges, *here], self.source, **QUICK)
        self.chat.near(near, [shared.exchanges, *here], self.source, **QUICK)
        self.chat.judge(judge, talk, [self.chat, shared.exchanges], **QUICK)
        self.chat.undo(undo, talk, [self.chat, shared.exchanges], **QUICK)
        self.chat.take(take, [shared.exchanges, *here], self.leaving, **QUICK)
        self.chat.follow(follow, here, self.source, **QUICK)
        self.source.follow(follow, here, self.source, **QUICK)
        self.source.article(article, here, self.source, **QUICK)
        self.source.close(lambda: "", None, self.source, **QUICK)

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [self.tab, self.chat, self.box, self.send, self.source, self.chips]

    def switched(self, wording: Words, index: str, now: Exchanges, here: str, only: Narrowing) -> tuple[Any, ...]:
        """The same in the other language; an open article is closed, its labels being in the first."""
        desk = self.shared.desks.at(index)
        return (
            gr.update(label=wording.tab_ask),
            conversation_html(now, wording, desk.examples, here),
            gr.update(label=wording.ask_label, placeholder=wording.ask_placeholder),
            gr.update(value=wording.ask_button),
            "",
            chips(desk, only, wording)[0],
        )
