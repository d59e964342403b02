"""Conversations are kept on this machine: a reload loses nothing, a list finds them, and no other browser sees them."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Satelit apa yang diorbitkan roket Soyuz-2.1a?"
UNANSWERED = "Berapa harga tiket konser Coldplay di Jakarta?"


@pytest.fixture
def kept_page(serve_assistant, assistant, tmp_path):
    with serve_assistant(assistant, history=tmp_path / "kept", feedback=tmp_path / "said") as url:
        yield url


def test_a_reload_loses_nothing_and_another_browser_sees_nothing(kept_page, open_page, ask):
    page, stranger = open_page(kept_page), open_page(kept_page)
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
    empty = stranger.locator("#past .empty")
    for _ in range(20):  # what the address names is asked for meanwhile, and the answer shows the first tab
        stranger.get_by_role("tab", name="Riwayat").click()
        stranger.wait_for_timeout(1000)
        if empty.is_visible():
            break
    empty.wait_for()
    assert stranger.locator(".asked").count() == 0


def test_conversations_are_listed_searched_renamed_opened_and_deleted(kept_page, open_page, ask):
    page = open_page(kept_page)
    ask(page, QUESTION)
    page.locator("[data-new]").click()
    page.locator(".welcome").wait_for()
    assert "#c=" not in page.url
    ask(page, UNANSWERED)
    page.get_by_role("tab", name="Riwayat").click()
    rows = page.locator("#past li")
    page.wait_for_function("document.querySelectorAll('#past li').length === 2")
    page.locator("#past-needle textarea").press_sequentially("lomonosov")
    page.wait_for_function("document.querySelectorAll('#past li').length === 1")
    page.wait_for_timeout(1500)  # each letter asked for the list; the last one's answer draws it anew
    rows.first.locator("summary").first.click()
    rows.first.locator("input").fill("Satelit dari Vostochny")
    rows.first.locator("input").press("Enter")
    page.locator("[data-open]", has_text="Satelit dari Vostochny").click()
    page.locator(".answer").wait_for()
    assert page.locator("#chat").is_visible()
    assert QUESTION in page.locator(".asked").text_content()
    page.get_by_role("tab", name="Riwayat").click()
    rows.first.locator("summary").last.click()
    rows.first.locator("[data-forget]").click()
    page.locator("#past .empty").wait_for()
    page.get_by_role("tab", name="Tanya").click()
    page.locator(".welcome").wait_for()
