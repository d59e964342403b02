"""The timeline tab, names that lead to it, what to ask next, and an English reader's gloss."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]


def test_a_name_from_the_brief_has_a_timeline_whose_rows_lead_to_their_words(trial_page, open_page):
    page = open_page(trial_page)
    page.get_by_role("tab", name="Arsip").click()
    name = page.locator(".brief [data-timeline]").first
    wanted = name.get_attribute("data-timeline")
    name.click()
    page.locator("#line-table .count, #line-table .empty").first.wait_for()
    assert page.locator("#line-name textarea, #line-name input").first.input_value() == wanted
    page.locator("#line-name textarea, #line-name input").first.fill("Bogor")
    page.locator("#line-show").click()
    page.locator("#line-table .count", has_text="Bogor").wait_for()  # not the table of the name before
    row = page.locator(".timeline .quote-row").first
    told = row.text_content()
    row.click()
    page.locator("#line-beside #mark-0").wait_for()
    assert " ".join(page.locator("#line-beside #mark-0").text_content().split()) == told
    page.locator("[data-language]").click()
    page.get_by_role("tab", name="Timeline").wait_for()
    page.locator(".timeline th", has_text="September 2024").first.wait_for()


def test_a_question_is_offered_next_and_answered_by_a_click(trial_page, open_page, ask):
    page = open_page(trial_page)
    ask(page, "Berapa kerugian akibat dermaga ambruk menurut Kabar Flores?")
    offered = page.locator(".next .example").first
    offered.wait_for()
    question = offered.text_content()
    offered.click()
    page.locator(".exchange").nth(1).locator(".answer").wait_for()
    assert question in page.locator(".asked").nth(1).text_content()


def test_an_english_reader_sees_that_the_articles_are_indonesian_and_a_gloss(trial_page, open_page, ask):
    page = open_page(trial_page)
    page.locator("[data-language]").click()
    page.get_by_role("tab", name="Ask").wait_for()
    exchange = ask(page, "How many mangrove seedlings did the people of Timbulsloko plant?")
    gloss = exchange.locator(".gloss")
    assert "from Indonesian articles" in gloss.text_content()
    assert "plant 26.000" in gloss.text_content()
    assert "not a translation" in gloss.text_content()
    page.locator(".next .example").first.wait_for()
    assert page.locator(".next .example").first.text_content().startswith(("What", "Who"))
    assert ask(page, "How many visitors a day will Komodo National Park admit?").locator(".gloss").count() == 0
