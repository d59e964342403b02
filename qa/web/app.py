"""The page: Gradio's blocks around the desk, and the application that shows them, with the endpoints for programs beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastapi
import gradio as gr

from qa.errors import QaError
from qa.web.archive.allowed import Allowed
from qa.web.archive.article_table import Order, listing_html
from qa.web.archive.months import months_html
from qa.web.cards.brief_card import brief_html
from qa.web.history.chronicle import Chronicle
from qa.web.history.past_tab import PastTab
from qa.web.http import uploads
from qa.web.http.auth import Lock
from qa.web.http.inlet import Inlet
from qa.web.http.limits import WAITING
from qa.web.http.origin import Guard
from qa.web.http.routes import mount
from qa.web.http.visitors import Visitors
from qa.web.narrowing.filters import WHOLE, Narrowing
from qa.web.page.archive_tab import ArchiveTab
from qa.web.page.ask_tab import PARCEL, AskTab, Exchanges
from qa.web.page.controller import Desk
from qa.web.page.desks import Desks
from qa.web.page.narrow_events import narrowing
from qa.web.page.shared import QUICK, Shared, chips
from qa.web.page.timeline_tab import TimelineTab
from qa.web.render.conversation import conversation_html
from qa.web.render.parts import html, renewed
from qa.web.render.source import escape
from qa.web.serving.service import Service
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.languages import other, words

if TYPE_CHECKING:
    from qa.web.protocol import Assisting

_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
_MONO = ("ui-monospace", "Cascadia Mono", "DejaVu Sans Mono", "monospace")

_MASTHEAD = "sitasi.masthead(element, trigger, watch); // 'language'"

SESSIONS = 500  # conversations kept in memory: of more, those that were begun first are forgotten
SWEEP = 600  # seconds between two looks for uploads that nobody added


def build(
    assistant: Assisting,
    feedback: Path | None = None,
    history: Path | None = None,
    *,
    allowed: Allowed = Allowed(),  # noqa: B008 - frozen
    others: Sequence[str] = (),
    opened: Callable[[str], Assisting] | None = None,
) -> gr.Blocks:
    """The page over one assistant, not yet served; with a folder for `feedback`, readers may judge its answers, with one for `history`
    each browser finds its conversations again. `others` are further indexes by name, which `opened` opens when one is chosen.
    """
    desk = Desk(assistant, feedback)
    chronicle = Chronicle(desk, history)
    desks = Desks(desk, others, opened)
    first = words("id")

    page: gr.Blocks
    uploads.folder()  # Gradio reads where uploads go when a component is made
    with gr.Blocks(title=f"Sitasi · {assistant.name}", analytics_enabled=False, delete_cache=(SWEEP, uploads.AGE)) as page:
        shared = Shared(desks, allowed)
        masthead = html(shared.masthead(desk, first), "masthead", _MASTHEAD)
        leaving = html("", "leaving", PARCEL)
        with gr.Tabs(elem_id="tabs") as tabs:
            ask = AskTab(shared, chronicle, first, leaving)
            archive = ArchiveTab(shared, first, tabs)
            line = TimelineTab(shared, first)
            past = PastTab(chronicle)
        ask.wire(archive.chips, archive.listing, archive.needle)
        narrowing(shared, ask, archive)
        archive.wire(ask, masthead)
        line.wire(tabs, [ask.chat, archive.brief])
        past.wire(shared=shared, tabs=tabs, chat=ask.chat, source=ask.source)

        # Gradio hands its inputs over by place.
        def switch(  # noqa: PLR0917
            tongue: str,
            index: str,
            now: Exchanges,
            wanted: str,
            here: str,
            sought: str,
            only: Narrowing,
            order: Order,
            name: str,
            request: gr.Request,
        ) -> tuple[Any, ...]:
            wording = words(other(words(tongue).language))
            return (
                wording.language,
                shared.masthead(desks.at(index), wording),
                *ask.switched(wording, index, now, here, only),
                *archive.switched(wording, index, wanted, only, order),
                *line.switched(wording, index, name),
                *past.switched(wording.language, sought, here, request),
            )

        def arrive(request: gr.Request) -> tuple[Any, ...]:
            """The first look: at the index that the address names, and at what was added to it since this page was built."""
            name = str(request.query_params.get("index") or "")
            notice = ""
            try:
                here = desks.at(name)
            except QaError as error:
                message = ARCHIVE[first.language].unopened.format(name=name, shown=desk.assistant.name)
                notice = f'<p class="card-about" role="alert">{escape(message)} {escape(str(error))}</p>'
                name, here = "", desk
            chosen = here.assistant
            welcome = gr.skip() if here is desk and not notice else notice + conversation_html((), first, here.examples)
            return (
                name,
                renewed(shared.masthead(here, first)),
                welcome,
                *chips(here, WHOLE, first),
                listing_html(chosen, "", first),
                months_html(chosen.articles(), first),
                brief_html(chosen, first),
            )

        states = [
            shared.language,
            shared.index,
            shared.exchanges,
            archive.needle,
            shared.place,
            past.needle,
            shared.only,
            shared.order,
            line.name,
        ]
        masthead.language(
            switch,
            states,
            [shared.language, masthead, *ask.outputs(), *archive.outputs(), *line.outputs(), *past.outputs()],
            **QUICK,
        )
        page.load(
            arrive,
            None,
            [shared.index, masthead, ask.chat, ask.chips, archive.chips, archive.listing, archive.months, archive.brief],
            **QUICK,
        )
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
    allowed: Allowed = Allowed(),  # noqa: B008 - frozen
    others: Sequence[str] = (),
    opened: Callable[[str], Assisting] | None = None,
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
    page = build(assistant, feedback, history, allowed=allowed, others=others, opened=opened)
    taking = [name for name, event in page.fns.items() if any(isinstance(block, gr.File) for block in event.inputs)]
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    endpoints = mount(app, assistant, token, assistant if isinstance(assistant, Service) else None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO, text_size="lg", radius_size="sm"),
        css=(package / "style.css").read_text(encoding="utf-8"),
        head=f"<style>{(package / 'print.css').read_text(encoding='utf-8')}</style>"
        + "".join(f"<script>{(package / name).read_text(encoding='utf-8')}</script>" for name in ("stream.js", "page.js")),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=uploads.MOST,
    )
    return Guard(Lock(Visitors(Inlet(app, endpoints, taking)), token), local=not token)
