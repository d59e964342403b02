"""The page: Gradio's blocks around the desk, and the application that shows them, with the doors for programs beside them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import fastapi
import gradio as gr

from qa.errors import UsageError
from qa.schema import MAX_QUESTION
from qa.web import uploads
from qa.web.api import mount
from qa.web.conversation import Exchange, conversation_html
from qa.web.corpus import adding, listing_html
from qa.web.desk import Desk
from qa.web.guard import Guard
from qa.web.inlet import Inlet
from qa.web.limits import AT_ONCE, MAX_NEEDLE, WAITING
from qa.web.lock import Lock
from qa.web.words import Words, other, words

if TYPE_CHECKING:
    from qa.web.seam import Assisting

_SERIF = ("Charter", "Source Serif 4", "Georgia", "Cambria", "Noto Serif", "DejaVu Serif", "serif")
_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
_MONO = ("ui-monospace", "Cascadia Mono", "DejaVu Sans Mono", "monospace")

# Names of the events that page.js sends; Gradio offers a listener for each name that it finds quoted in a component's script.
_CHAT = "sitasi.chat(element, trigger, watch); // 'cite' 'near' 'example' 'judge'"
_SOURCE = "sitasi.source(element, trigger, watch); // 'close'"
_LIST = "sitasi.list(element, trigger); // 'article'"
_MASTHEAD = "sitasi.masthead(element, trigger, watch); // 'language'"

SESSIONS = 500  # conversations kept in memory: of more, those that were begun first are forgotten
SWEEP = 600  # seconds between two looks for uploads that nobody added

Exchanges = tuple[Exchange, ...]
Sent = TypeVar("Sent", int, str)


def build(assistant: Assisting, feedback: Path | None = None) -> gr.Blocks:
    """The page over one assistant, not yet served; with a folder for `feedback`, readers may judge its answers."""
    desk = Desk(assistant, feedback)
    first = words("id")

    page: gr.Blocks
    uploads.folder()  # Gradio reads where uploads go when a component is made
    with gr.Blocks(title=f"Sitasi · {assistant.name}", analytics_enabled=False, delete_cache=(SWEEP, uploads.AGE)) as page:
        language = gr.State("id")
        exchanges = gr.State(())
        masthead = _html(desk.masthead(first), "masthead", _MASTHEAD)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(first.tab_ask, id="ask") as tab_ask, gr.Row(elem_id="desk", elem_classes="pair"):
                with gr.Column(elem_id="talk", elem_classes="main"):
                    chat = _html(conversation_html((), first, desk.examples), "chat", _CHAT)
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
                    source = _html("", "source", _SOURCE)
            with gr.Tab(first.tab_archive, id="archive") as tab_archive, gr.Row(elem_id="stacks", elem_classes="pair"):
                with gr.Column(elem_id="shelf", elem_classes="main"):
                    needle = gr.Textbox(
                        "",
                        label=first.filter_label,
                        placeholder=first.filter_placeholder,
                        elem_id="needle",
                        container=True,
                        max_length=MAX_NEEDLE,
                    )
                    listing = _html(listing_html(assistant, "", first), "listing", _LIST)
                    drop = gr.File(label=first.add_hint, file_count="multiple", type="filepath", elem_id="drop", height=150)
                    report = _html("", "report", None)
                with gr.Column(elem_id="opened", elem_classes="beside"):
                    opened = _html("", "article", _SOURCE)

        def ask(question: str, before: Exchanges, tongue: str) -> Iterator[tuple[Any, ...]]:
            said = words(tongue)
            if not isinstance(question, str) or not question.strip():
                yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
                return
            emptied: Any = ""  # once: what is typed and opened while the answer comes is left alone
            for now in desk.answer(question.strip(), before, said):
                yield conversation_html(now, said, desk.examples), now, emptied, emptied
                emptied = gr.skip()

        # What a browser sends is checked by the desk: numbers that fit no answer open nothing.
        def example(event: gr.EventData, before: Exchanges, tongue: str) -> Iterator[tuple[Any, ...]]:
            yield from ask(_sent(event, "question", str), before, tongue)

        def cite(event: gr.EventData, now: Exchanges, tongue: str) -> str:
            return _anew(desk.citation(now, _sent(event, "turn", int), _sent(event, "n", int), words(tongue)))

        def near(event: gr.EventData, now: Exchanges, tongue: str) -> str:
            return _anew(desk.near(now, _sent(event, "turn", int), _sent(event, "place", int), words(tongue)))

        def judge(event: gr.EventData, now: Exchanges, tongue: str) -> tuple[Any, ...]:
            after = desk.judge(now, _sent(event, "turn", int), _sent(event, "verdict", str), _sent(event, "correction", str))
            return conversation_html(after, words(tongue), desk.examples), after

        def article(event: gr.EventData, tongue: str) -> str:
            return _anew(desk.article(_sent(event, "id", str), words(tongue)))

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

        def switch(tongue: str, now: Exchanges, wanted: str) -> tuple[Any, ...]:
            return _switched(desk, words(other(words(tongue).language)), now, wanted)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # What is quick is answered in its own request. Gradio's queue closes its stream after each event, and an event that
        # joins in that moment is lost: only what tells its progress goes through it.
        quick: dict[str, Any] = {**quiet, "queue": False}
        asking: dict[str, Any] = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
        gr.on([box.submit, send.click], ask, [box, exchanges, language], [chat, exchanges, box, source], **asking)
        chat.example(example, [exchanges, language], [chat, exchanges, box, source], **asking)
        chat.cite(cite, [exchanges, language], source, **quick)
        chat.near(near, [exchanges, language], source, **quick)
        chat.judge(judge, [exchanges, language], [chat, exchanges], **quick)
        source.close(lambda: "", None, source, **quick)
        listing.article(article, language, opened, **quick)
        opened.close(lambda: "", None, opened, **quick)
        needle.input(narrow, [needle, language], listing, trigger_mode="always_last", **quick)
        drop.upload(add, [drop, needle, language], [report, drop, listing, masthead], **quiet)
        masthead.language(
            switch,
            [language, exchanges, needle],
            [language, masthead, tab_ask, tab_archive, chat, box, send, source, needle, listing, opened, drop, report],
            **quick,
        )
        # The archive may have grown since this page was built, by another window or another program.
        page.load(lambda: (_anew(desk.masthead(first)), listing_html(assistant, "", first)), None, [masthead, listing], **quick)
    page.queue(max_size=WAITING)
    page.state_session_capacity = SESSIONS
    # Gradio compares the paths that a request names with its upload folder for a page that has launched, and takes every
    # path of this machine for any other; a page that is mounted never launches by itself.
    page.has_launched = True
    return page


async def application(
    assistant: Assisting, ready: Callable[[], None] | None = None, feedback: Path | None = None, *, token: str = ""
) -> Guard:
    """The page and the doors beside it as an ASGI application; `ready` is called when it starts to answer.

    With a token nobody passes without it; without one, only this machine's own names and pages do.

    A coroutine because Gradio opens event loops of its own, and never closes them, when none is running.
    """

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        if ready is not None:
            ready()
        yield

    room = files("qa.web")
    page = build(assistant, feedback)
    taking = [name for name, event in page.fns.items() if any(isinstance(block, gr.File) for block in event.inputs)]
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    doors = mount(app, assistant, token)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO, text_size="lg", radius_size="sm"),
        css=(room / "style.css").read_text(encoding="utf-8"),
        head=f"<script>{(room / 'page.js').read_text(encoding='utf-8')}</script>",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=uploads.MOST,
    )
    return Guard(Lock(Inlet(app, doors, taking), token), local=not token)


def _html(value: str, name: str, script: str | None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False, container=False, padding=False)


def _sent(event: gr.EventData, name: str, kind: type[Sent]) -> Sent:
    """What page.js sends with an event. Raises UsageError for anything else: such an event comes from no page of ours."""
    value = getattr(event, name, None)
    if type(value) is not kind:
        raise UsageError(f"the event has no {name}. Cure: use the page")
    return value


def _anew(html: str) -> str:
    """HTML that counts as a new value even when it says what it said: an open article's mark is brought into view again."""
    return f'<div data-anew="{time.monotonic_ns()}">{html}</div>'


def _switched(desk: Desk, said: Words, now: Exchanges, wanted: str) -> tuple[Any, ...]:
    """Everything that is written on the page, in the other language; an open article is closed, its labels being in the first."""
    return (
        said.language,
        desk.masthead(said),
        gr.update(label=said.tab_ask),
        gr.update(label=said.tab_archive),
        conversation_html(now, said, desk.examples),
        gr.update(label=said.ask_label, placeholder=said.ask_placeholder),
        gr.update(value=said.ask_button),
        "",
        gr.update(label=said.filter_label, placeholder=said.filter_placeholder),
        listing_html(desk.assistant, wanted, said),
        "",
        gr.update(label=said.add_hint),
        "",
    )
