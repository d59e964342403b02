"""The tab of kept conversations is there where conversations are kept, and its events are asked whose browser they come from."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import gradio as gr
import pytest

from qa.web.app import build
from qa.web.history.past_tab import who
from qa.web.http.visitors import COOKIE


@pytest.mark.parametrize("kept", [True, False])
def test_the_tab_is_seen_only_where_conversations_are_kept(fake, tmp_path, kept):
    async def made() -> gr.Blocks:  # outside of a running loop Gradio makes one that nobody closes
        return build(fake, history=tmp_path if kept else None)

    page = asyncio.run(made())
    (tab,) = [block for block in page.blocks.values() if isinstance(block, gr.Tab) and block.id == "past"]
    assert bool(tab.visible) is kept


def test_a_visitor_is_known_by_the_cookie_alone():
    number = "a" * 43
    assert who(SimpleNamespace(cookies={COOKIE: number})) != who(SimpleNamespace(cookies={COOKIE: "b" * 43}))
    assert who(SimpleNamespace(cookies={})) == ""
