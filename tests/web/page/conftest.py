"""The parts of one page, made as the page makes them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest


@pytest.fixture
def page_of():
    """Builds the page over an assistant, inside a running loop, and gives its tabs."""

    def built(assistant, **allowed):
        import gradio as gr

        from qa.web.archive.allowed import Allowed
        from qa.web.history.chronicle import Chronicle
        from qa.web.page.archive_tab import ArchiveTab
        from qa.web.page.ask_tab import AskTab
        from qa.web.page.controller import Desk
        from qa.web.page.desks import Desks
        from qa.web.page.narrow_events import narrowing
        from qa.web.page.shared import Shared
        from qa.web.page.timeline_tab import TimelineTab
        from qa.web.render.parts import html
        from qa.web.wording.languages import words

        first = words("id")

        async def make():
            desk = Desk(assistant)
            with gr.Blocks(analytics_enabled=False) as blocks:
                shared = Shared(Desks(desk), Allowed(**allowed))
                masthead = html(shared.masthead(desk, first), "masthead", None)
                leaving = html("", "leaving", None)
                with gr.Tabs() as tabs:
                    ask = AskTab(shared, Chronicle(desk, None), first, leaving)
                    archive = ArchiveTab(shared, first, tabs)
                    line = TimelineTab(shared, first)
                ask.wire(archive.chips, archive.listing, archive.needle)
                narrowing(shared, ask, archive)
                archive.wire(ask, masthead)
                line.wire(tabs, [])
            return SimpleNamespace(blocks=blocks, shared=shared, ask=ask, archive=archive, line=line)

        return asyncio.run(make())

    return built
