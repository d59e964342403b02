"""The lock in a browser: who types the token gets the page, who types another one gets a message."""

from __future__ import annotations

import pytest

TOKEN = "ruang-arsip-nomor-17"

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_who_types_the_token_gets_the_page_and_may_ask(chromium, serve_assistant, assistant, ask):
    with serve_assistant(assistant, token=TOKEN) as url:
        page = chromium.new_page()
        page.set_default_timeout(60_000)
        for typed, seen in (("bukan-token-yang-benar", "[role=alert]"), (TOKEN, "html[data-ready]")):
            page.goto(url)
            page.fill("input[name=token]", typed)
            page.click("button")
            page.locator(seen).first.wait_for()
        assert ask(page, "Siapa presiden Rusia?").locator(".answer, .abstention").count()
        page.close()
