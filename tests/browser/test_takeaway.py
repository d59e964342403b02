"""Answers leave the page by a click, and links lead back to the question and to the very words."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Satelit apa yang diorbitkan roket Soyuz-2.1a?"
UNANSWERED = "Berapa harga tiket konser Coldplay di Jakarta?"
ALLOWED = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_an_answer_is_copied_with_its_footnotes_and_saved_in_every_form(seeds_page, open_page, ask, assistant):
    page = open_page(seeds_page, accept_downloads=True, **ALLOWED)
    exchange = ask(page, QUESTION)
    answer = assistant.ask(QUESTION)
    exchange.locator('[data-take="copy"]').click()
    page.locator("#sitasi-note", has_text="Disalin").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(answer.text)
    assert f"[1] “{' '.join(answer.citations[0].quote.split())}”" in copied
    ask(page, UNANSWERED)
    for form in ("md", "html", "docx", "json"):
        page.locator(".whole .saving summary").click()
        with page.expect_download() as coming:
            page.locator(f'.whole [data-take="{form}"]').click()
        assert coming.value.suggested_filename.endswith(f".{form}")
        data = Path(coming.value.path()).read_bytes()
        assert data.startswith(b"PK") if form == "docx" else b"Coldplay" in data
    assert [one["abstained"] for one in json.loads(data)] == [False, True]
    assert not page.locator(".whole .saving").evaluate("node => node.open")


def test_a_link_to_a_question_asks_it_once(seeds_page, open_page):
    for link in (f"?q={quote(QUESTION)}", f"#q={quote(QUESTION)}"):
        page = open_page(seeds_page + link)
        page.locator(".answer").wait_for()
        assert page.locator(".asked").count() == 1
        assert QUESTION in page.locator(".asked").text_content()
        assert page.evaluate("location.href") == seeds_page


def test_a_link_narrows_its_question_and_the_copied_link_does_so_again(trial_page, open_page):
    page = open_page(
        f"{trial_page}?q={quote('Berapa kerugian akibat dermaga ambruk?')}&since=2024-05-01&outlet=kabar+flores", **ALLOWED
    )
    exchange = page.locator(".exchange")
    exchange.locator(".answer").wait_for()
    assert "910" in exchange.locator(".short").text_content()
    assert page.locator("#narrow-ask .narrow-chip").all_text_contents() == [
        "sejak 1 Mei 2024 \N{MULTIPLICATION SIGN}",
        "KABAR FLORES \N{MULTIPLICATION SIGN}",
    ]
    exchange.locator(".taking [data-link]").click()
    page.locator("#sitasi-note", has_text="Tautan disalin").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("&since=2024-05-01&outlet=KABAR%20FLORES")
    page.get_by_role("tab", name="Arsip").click()
    page.wait_for_function("document.querySelectorAll('[data-article]').length === 1")


def test_a_link_that_cannot_be_followed_says_why_and_its_question_waits(trial_page, open_page, ask):
    page = open_page(trial_page)
    page.evaluate("location.hash = '#q=Berapa+panjang+dermaga+Bolo%3F&until=besok&outlet=Tempo&articles=tidak-ada'")
    told = page.locator("#chat .problem[role=alert]")
    told.wait_for()
    assert all(value in told.text_content() for value in ("besok", "Tempo", "tidak-ada", "belum diajukan"))
    assert page.locator(".exchange").count() == 0
    box = page.locator("#question textarea")
    page.wait_for_function("box => box.value === 'Berapa panjang dermaga Bolo?'", arg=box.element_handle())
    exchange = ask(page, box.input_value())
    assert exchange.locator(".answer").count() == 1
    assert told.count() == 0


def test_a_link_to_a_span_is_copied_beside_the_words_and_opens_them_in_another_window(seeds_page, open_page, ask, assistant):
    page = open_page(seeds_page, **ALLOWED)
    ask(page, QUESTION).locator(".chip").first.click()
    page.locator("#mark-1").wait_for()
    page.locator("#beside [data-link]").click()
    page.locator("#sitasi-note", has_text="Tautan disalin").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    citation = assistant.ask(QUESTION).citations[0]
    assert link == f"{seeds_page}#article={quote(citation.article_id, safe='')}&span={citation.start}-{citation.end}"
    other = open_page(link)
    mark = other.locator("#mark-0")
    mark.wait_for()
    assert mark.text_content() == citation.quote
    other.evaluate("location.hash = '#article=tidak-ada&span=1-2'")
    other.locator("#beside .problem", has_text="tidak ada di arsip ini").wait_for()


def test_on_paper_there_are_the_answer_and_the_whole_quote_and_no_buttons(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    exchange = ask(page, QUESTION)
    page.emulate_media(media="print")
    for part in ("#composer", ".taking", ".whole", ".switch"):
        assert not page.locator(part).first.is_visible(), part
    assert exchange.locator(".said").is_visible()
    quoted = exchange.locator(".card-quote").first
    assert quoted.evaluate("node => node.scrollHeight <= node.clientHeight + 1")
