"""Narrowing a question by days, outlet and chosen articles, above the question and in the archive."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

LOSS = "Berapa kerugian akibat dermaga ambruk?"


def test_an_outlet_above_the_question_narrows_it_and_one_click_asks_the_whole_archive(trial_page, open_page, ask):
    page = open_page(trial_page)
    page.locator("#narrow-ask summary").click()
    page.locator("#ask-outlet").select_option("KABAR FLORES")
    page.locator("#narrow-ask .narrow-chip", has_text="KABAR FLORES").wait_for()
    assert page.evaluate("document.activeElement.id") == "ask-outlet"
    exchange = ask(page, LOSS)
    assert "910" in exchange.locator(".short").text_content()
    assert "KABAR FLORES" in exchange.locator(".only").text_content()
    assert {about.split(" · ")[0] for about in exchange.locator(".card .card-about").all_text_contents()} == {"KABAR FLORES"}
    exchange.locator("[data-wide]").click()
    page.locator(".exchange").nth(1).locator(".answer, .abstention").first.wait_for()
    assert page.locator(".exchange").nth(1).locator(".only").count() == 0
    assert page.locator("#narrow-ask .narrow-chip").count() == 0


def test_days_narrow_the_archive_too_and_a_chip_takes_them_away(trial_page, open_page, ask):
    page = open_page(trial_page)
    page.get_by_role("tab", name="Arsip").click()
    page.locator("#narrow-archive summary").click()
    page.locator("#archive-since").fill("2024-12-01")
    page.wait_for_function("document.querySelectorAll('[data-article]').length === 2")
    page.locator("#archive-until").fill("2024-12-05")
    page.wait_for_function("document.querySelectorAll('[data-article]').length === 1")
    page.get_by_role("tab", name="Tanya").click()
    assert page.locator("#narrow-ask .narrow-chip").count() == 2
    assert ask(page, LOSS).locator(".abstention").count() == 1
    page.locator("#narrow-ask .narrow-clear").click()
    page.wait_for_function("document.querySelectorAll('#narrow-ask .narrow-chip').length === 0")


def test_chosen_articles_alone_are_asked_from_the_list_and_from_the_reader(trial_page, open_page, ask):
    page = open_page(trial_page)
    page.get_by_role("tab", name="Arsip").click()
    page.get_by_label("Pilih untuk ditanyai: Dermaga Ambruk di Bima, Kerugian Ditaksir Rp 910 Juta").check()
    page.locator("#narrow-archive .narrow-chip", has_text="artikel:").wait_for()
    page.locator("[data-article]", has_text="Dermaga Bolo").click()
    page.locator("#opened [data-ask-this]").click()
    page.locator("#narrow-ask .narrow-chip", has_text="Dermaga Bolo").wait_for()
    page.locator("#question textarea").wait_for()
    assert page.locator("#narrow-ask .narrow-chip").count() == 1
    exchange = ask(page, LOSS)
    assert exchange.locator(".answer, .abstention").count() == 1
    assert set(exchange.locator(".card .card-title").all_text_contents()) <= {"Dermaga Bolo Ambruk, Dua Kapal Nelayan Tertimpa"}
