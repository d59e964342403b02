"""The page by keyboard: a question, its citations one after another, the article closed, and the list of keys."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Satelit apa yang diorbitkan roket Soyuz-2.1a?"


def test_a_reader_needs_no_mouse(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    ask(page, QUESTION)
    ask(page, QUESTION)
    chips = page.locator("#chat .chip")
    page.keyboard.press("Escape")  # out of the box
    opened = ""
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        page.wait_for_function(f"document.querySelectorAll('#chat .chip')[{place}].getAttribute('aria-current') === 'true'")
        page.wait_for_function(
            "old => { const now = document.querySelector('#beside [data-renewed]'); return now && now.dataset.renewed !== old; }",
            arg=opened,
        )
        page.locator("#beside mark.active").first.wait_for()
        opened = page.locator("#beside [data-renewed]").get_attribute("data-renewed")
    assert chips.count() >= 2
    page.keyboard.press("Escape")
    page.locator("#beside .source").wait_for(state="detached")
    page.keyboard.press("/")
    page.keyboard.type("j/k?")  # in the box keys are letters
    assert page.locator("#question textarea").input_value() == "j/k?"
    assert page.locator("#beside .source").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "kutipan berikutnya" in page.locator("#sitasi-keys[open]").text_content()
    page.keyboard.press("Escape")
    page.locator("#sitasi-keys[open]").wait_for(state="detached")
    page.locator("[data-keys]").click()
    page.locator("#sitasi-keys .close").click()
    page.locator("#sitasi-keys[open]").wait_for(state="detached")
