"""Conversations are kept on this machine: a reload loses nothing, a list finds them, and no other browser sees them."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Berapa panjang dermaga Bolo?"
UNANSWERED = "Berapa harga tiket konser Coldplay di Jakarta?"


def test_a_reload_loses_nothing_and_another_browser_sees_nothing(trial_page, open_page, ask):
    page, stranger = open_page(trial_page), open_page(trial_page)
    first = ask(page, QUESTION)
    first.locator('[data-judge="good"]').click()
    first.locator(".judged").wait_for()
    ask(page, UNANSWERED)
    said = page.locator(".said").text_content()
    page.reload()
    page.locator(".abstention").wait_for()
    assert page.locator(".asked").count() == 2
    assert page.locator(".said").text_content() == said
    assert page.locator(".judged").count() == 1
    page.locator(".chip").first.click()
    page.locator("#mark-1").wait_for()
    ask(page, QUESTION)
    assert page.locator(".asked").count() == 3
    # The very address in another browser opens nothing, and its list is empty.
    stranger.goto("about:blank")
    stranger.goto(page.url)
    stranger.locator("html[data-ready]").wait_for()
    stranger.get_by_role("tab", name="Riwayat").click()
    stranger.locator("#past .empty").wait_for()
    assert stranger.locator(".asked").count() == 0


def test_conversations_are_listed_searched_renamed_opened_and_deleted(trial_page, open_page, ask):
    page = open_page(trial_page)
    ask(page, QUESTION)
    page.locator("[data-new]").click()
    page.locator(".welcome").wait_for()
    assert "#c=" not in page.url
    ask(page, UNANSWERED)
    page.get_by_role("tab", name="Riwayat").click()
    rows = page.locator("#past li")
    page.wait_for_function("document.querySelectorAll('#past li').length === 2")
    page.locator("#past-needle textarea").press_sequentially("bolo")
    page.wait_for_function("document.querySelectorAll('#past li').length === 1")
    page.locator('#past [data-needle="bolo"]').wait_for()  # each letter asked for the list; this is the last one's
    page.locator("#past-needle textarea").fill("")
    page.locator('#past [data-needle=""]').wait_for()
    page.locator("#past-needle textarea").fill("bolo")
    page.locator('#past [data-needle="bolo"]').wait_for()
    rows.first.locator("summary").first.click()
    rows.first.locator("input").fill("Dermaga di Bima")
    rows.first.locator("input").press("Enter")
    page.locator("[data-open]", has_text="Dermaga di Bima").click()
    page.locator(".answer").wait_for()
    assert page.locator("#chat").is_visible()
    assert QUESTION in page.locator(".asked").text_content()
    page.get_by_role("tab", name="Riwayat").click()
    rows.first.locator("summary").last.click()
    rows.first.locator("[data-forget]").click()
    page.locator("#past .empty").wait_for()
    page.get_by_role("tab", name="Tanya").click()
    page.locator(".welcome").wait_for()
