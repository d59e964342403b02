"""The page: Gradio's blocks around the desk, and the application that shows them, with the endpoints for programs beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastapi
import gradio as gr

from qa.errors import UsageError
from qa.schema import MAX_QUESTION
from qa.web.history.chronicle import Chronicle, marked
from qa.web.history.past_tab import PastTab, who
from qa.web.http import uploads
from qa.web.http.auth import Lock
from qa.web.http.inlet import Inlet
from qa.web.http.limits import AT_ONCE, MAX_NEEDLE, WAITING
from qa.web.http.origin import Guard
from qa.web.http.routes import mount
from qa.web.http.visitors import Visitors
from qa.web.page.archive_tab import adding, listing_html
from qa.web.page.controller import Desk
from qa.web.render.conversation import Exchange, conversation_html
from qa.web.render.parts import anew, html, sent
from qa.web.serving.service import Service
from qa.web.wording.languages import Words, other, words

if TYPE_CHECKING:
    from qa.web.protocol import Assisting

_SERIF = ("Charter", "Source Serif 4", "Georgia", "Cambria", "Noto Serif", "DejaVu Serif", "serif")
_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
_MONO = ("ui-monospace", "Cascadia Mono", "DejaVu Sans Mono", "monospace")

# Names of the events that page.js sends; Gradio offers a listener for each name that it finds quoted in a component's script.
_CHAT = "sitasi.chat(element, trigger, watch); // 'cite' 'near' 'example' 'judge' 'take' 'follow' 'fresh' 'reopen'"
_SOURCE = "sitasi.source(element, trigger, watch); // 'close'"
_PARCEL = "sitasi.parcel(element, watch);"
_LIST = "sitasi.list(element, trigger); // 'article'"
_MASTHEAD = "sitasi.masthead(element, trigger, watch); // 'language'"

SESSIONS = 500  # conversations kept in memory: of more, those that were begun first are forgotten
SWEEP = 600  # seconds between two looks for uploads that nobody added

Exchanges = tuple[Exchange, ...]


def build(assistant: Assisting, feedback: Path | None = None, history: Path | None = None) -> gr.Blocks:
    """The page over one assistant, not yet served; with a folder for `feedback`, readers may judge its answers, with one for `history`
    each browser finds its conversations again.
    """
    desk = Desk(assistant, feedback)
    chronicle = Chronicle(desk, history)
    first = words("id")

    page: gr.Blocks
    uploads.folder()  # Gradio reads where uploads go when a component is made
    with gr.Blocks(title=f"Sitasi · {assistant.name}", analytics_enabled=False, delete_cache=(SWEEP, uploads.AGE)) as page:
        language = gr.State("id")
        exchanges = gr.State(())
        place = gr.State("")  # the id of the conversation, once it is kept
        masthead = html(desk.masthead(first), "masthead", _MASTHEAD)
        leaving = html("", "leaving", _PARCEL)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(first.tab_ask, id="ask") as tab_ask, gr.Row(elem_id="desk", elem_classes="pair"):
                with gr.Column(elem_id="talk", elem_classes="main"):
                    chat = html(conversation_html((), first, desk.examples), "chat", _CHAT)
                    with gr.Row(elem_id="composer"):
                        box = gr.Textbox(
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
                        send = gr.Button(first.ask_button, elem_id="send", variant="primary")
                with gr.Column(elem_id="beside", elem_classes="beside"):
                    source = html("", "source", _SOURCE)
            with gr.Tab(first.tab_archive, id="archive") as tab_archive, gr.Row(elem_id="stacks", elem_classes="pair"):
                with gr.Column(elem_id="shelf", elem_classes="main"):
                    needle = gr.Textbox(
                        "",
                        label=first.filter_label,
                        placeholder=first.filter_placeholder,
                        elem_id="needle",
                        elem_classes="needle",
                        container=True,
                        max_length=MAX_NEEDLE,
                    )
                    listing = html(listing_html(assistant, "", first), "listing", _LIST)
                    drop = gr.File(label=first.add_hint, file_count="multiple", type="filepath", elem_id="drop", height=150)
                    report = html("", "report", None)
                with gr.Column(elem_id="opened", elem_classes="beside"):
                    opened = html("", "article", _SOURCE)
            past = PastTab(chronicle)

        def ask(question: str, before: Exchanges, tongue: str, here: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
            said = words(tongue)
            if not isinstance(question, str) or not question.strip():
                yield (gr.skip(),) * 5
                return
            emptied: Any = ""  # once: what is typed and opened while the answer comes is left alone
            row = -1
            for now in desk.answer(question.strip(), before, said):
                if row < 0:
                    here, row = chronicle.begin(who(request), here, now[-1])
                    if chronicle.on and not row:
                        gr.Warning(said.unkept)
                now = marked(now, row)  # noqa: PLW2901 - the same, with its row
                if not now[-1].working:
                    chronicle.finish(who(request), now[-1])
                yield conversation_html(now, said, desk.examples, here), now, emptied, emptied, here
                emptied = gr.skip()

        # What a browser sends is checked by the desk: numbers that fit no answer open nothing.
        def example(
            event: gr.EventData, before: Exchanges, tongue: str, here: str, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            yield from ask(sent(event, "question", str), before, tongue, here, request)

        def cite(event: gr.EventData, now: Exchanges, tongue: str) -> str:
            return anew(desk.citation(now, sent(event, "turn", int), sent(event, "n", int), words(tongue)))

        def near(event: gr.EventData, now: Exchanges, tongue: str) -> str:
            return anew(desk.near(now, sent(event, "turn", int), sent(event, "place", int), words(tongue)))

        def judge(event: gr.EventData, now: Exchanges, tongue: str, here: str, request: gr.Request) -> tuple[Any, ...]:
            turn = sent(event, "turn", int)
            after = desk.judge(now, turn, sent(event, "verdict", str), sent(event, "correction", str))
            if after != now:
                chronicle.finish(who(request), after[turn])
            return conversation_html(after, words(tongue), desk.examples, here), after

        def take(event: gr.EventData, now: Exchanges, tongue: str) -> str:
            return anew(desk.take(now, sent(event, "turn", int), sent(event, "form", str), words(tongue)))

        def follow(event: gr.EventData, tongue: str) -> str:
            return anew(desk.span(sent(event, "article", str), sent(event, "start", int), sent(event, "end", int), words(tongue)))

        def article(event: gr.EventData, tongue: str) -> str:
            return anew(desk.article(sent(event, "id", str), words(tongue)))

        def narrow(wanted: str, tongue: str) -> str:
            return listing_html(assistant, wanted[:MAX_NEEDLE], words(tongue))

        def add(paths: list[str] | None, wanted: str, tongue: str) -> Iterator[tuple[Any, ...]]:
            said = words(tongue)
            sent = list(paths or ())
            if not all(map(uploads.inside, sent)):
                raise UsageError("this names a file that was not uploaded here. Cure: add files on the page")
            try:
                for step in adding(assistant, [Path(path) for path in sent], said):
                    yield step, gr.skip(), gr.skip(), gr.skip()
            finally:
                uploads.forget(sent)
            desk.refresh()
            yield gr.skip(), None, listing_html(assistant, wanted, said), desk.masthead(said)

        # Gradio hands its inputs over by place.
        def switch(  # noqa: PLR0917
            tongue: str, now: Exchanges, wanted: str, here: str, sought: str, request: gr.Request
        ) -> tuple[Any, ...]:
            said = words(other(words(tongue).language))
            return *_switched(desk, said, now, wanted, here), *past.switched(said.language, sought, here, request)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # What is quick is answered in its own request. Gradio's queue closes its stream after each event, and an event that
        # joins in that moment is lost: only what tells its progress goes through it.
        quick: dict[str, Any] = {**quiet, "queue": False}
        asking: dict[str, Any] = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
        gr.on([box.submit, send.click], ask, [box, exchanges, language, place], [chat, exchanges, box, source, place], **asking)
        chat.example(example, [exchanges, language, place], [chat, exchanges, box, source, place], **asking)
        chat.cite(cite, [exchanges, language], source, **quick)
        chat.near(near, [exchanges, language], source, **quick)
        chat.judge(judge, [exchanges, language, place], [chat, exchanges], **quick)
        chat.take(take, [exchanges, language], leaving, **quick)
        chat.follow(follow, language, source, **quick)
        past.wire(tabs=tabs, chat=chat, source=source, exchanges=exchanges, place=place, language=language, quick=quick)
        source.close(lambda: "", None, source, **quick)
        listing.article(article, language, opened, **quick)
        opened.close(lambda: "", None, opened, **quick)
        needle.input(narrow, [needle, language], listing, trigger_mode="always_last", **quick)
        drop.upload(add, [drop, needle, language], [report, drop, listing, masthead], **quiet)
        masthead.language(
            switch,
            [language, exchanges, needle, place, past.needle],
            [
                language,
                masthead,
                tab_ask,
                tab_archive,
                chat,
                box,
                send,
                source,
                needle,
                listing,
                opened,
                drop,
                report,
                *past.outputs(),
            ],
            **quick,
        )
        # The archive may have grown since this page was built, by another window or another program.
        page.load(lambda: (anew(desk.masthead(first)), listing_html(assistant, "", first)), None, [masthead, listing], **quick)
    page.queue(max_size=WAITING)
    page.state_session_capacity = SESSIONS
    # Gradio compares the paths that a request names with its upload folder for a page that has launched, and takes every
    # path of this machine for any other; a page that is mounted never launches by itself.
    page.has_launched = True
    return page


async def application(
    assistant: Assisting,
    ready: Callable[[], None] | None = None,
    feedback: Path | None = None,
    history: Path | None = None,
    *,
    token: str = "",
) -> Guard:
    """The page and the endpoints beside it as an ASGI application; `ready` is called when it starts to answer.

    With a token nobody passes without it; without one, only this machine's own names and pages do.

    A coroutine because Gradio opens event loops of its own, and never closes them, when none is running.
    """

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        if ready is not None:
            ready()
        yield

    package = files("qa.web")
    page = build(assistant, feedback, history)
    taking = [name for name, event in page.fns.items() if any(isinstance(block, gr.File) for block in event.inputs)]
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    endpoints = mount(app, assistant, token, assistant if isinstance(assistant, Service) else None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO, text_size="lg", radius_size="sm"),
        css=(package / "style.css").read_text(encoding="utf-8"),
        head=f"<script>{(package / 'page.js').read_text(encoding='utf-8')}</script>",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=uploads.MOST,
    )
    return Guard(Lock(Visitors(Inlet(app, endpoints, taking)), token), local=not token)


def _switched(desk: Desk, said: Words, now: Exchanges, wanted: str, here: str) -> tuple[Any, ...]:
    """Everything that is written on the page, in the other language; an open article is closed, its labels being in the first."""
    return (
        said.language,
        desk.masthead(said),
        gr.update(label=said.tab_ask),
        gr.update(label=said.tab_archive),
        conversation_html(now, said, desk.examples, here),
        gr.update(label=said.ask_label, placeholder=said.ask_placeholder),
        gr.update(value=said.ask_button),
        "",
        gr.update(label=said.filter_label, placeholder=said.filter_placeholder),
        listing_html(desk.assistant, wanted, said),
        "",
        gr.update(label=said.add_hint),
        "",
    )
