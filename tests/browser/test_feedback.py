"""Judging an answer in the browser: one click, kept on this machine, said aloud, and the page stays where it is."""

from __future__ import annotations

import threading

import pytest

from qa.evaluation.review.pending import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Berapa panjang dermaga Bolo?"
UNANSWERED = "Berapa harga tiket konser Coldplay di Jakarta?"


def test_answers_are_judged_by_a_click_and_by_keyboard_and_what_was_said_is_on_disk(trial_page, said, open_page, ask):
    page = open_page(trial_page)
    first, second = ask(page, QUESTION), ask(page, UNANSWERED)
    first.locator('[data-judge="good"]').click()
    first.locator(".judged").wait_for()
    assert first.locator("[data-judge]").count() == 0
    assert first.locator(".judged").evaluate("node => document.activeElement === node")
    assert "disimpan" in page.locator("#sitasi-says").text_content()
    second.locator(".correcting summary").click()
    field = second.locator(".correcting input")
    field.fill("Rp 1 juta")
    field.press("Enter")
    second.locator(".judged").wait_for()
    held = read(said)
    assert held.faults == ()
    assert [(one.verdict, one.case.question, one.correction) for one in held.waiting] == [
        ("good", QUESTION, ""),
        ("corrected", UNANSWERED, "Rp 1 juta"),
    ]
    assert first.locator(".answer").count() == 1  # the first judgement outlives the second
    assert first.locator(".judged").count() == 1


def test_an_empty_correction_is_not_sent_and_an_older_answer_keeps_its_place(trial_page, said, open_page, ask):
    page = open_page(trial_page)
    first = ask(page, QUESTION)
    ask(page, UNANSWERED)
    first.locator(".correcting summary").click()
    first.locator('[data-judge="corrected"]').click()
    assert first.locator(".correcting input").evaluate("node => document.activeElement === node")
    assert not said.exists()
    first.locator('[data-judge="should-abstain"]').scroll_into_view_if_needed()
    before = page.locator("#chat").evaluate("node => node.scrollTop")
    first.locator('[data-judge="should-abstain"]').click()
    first.locator(".judged").wait_for()
    assert abs(page.locator("#chat").evaluate("node => node.scrollTop") - before) < 200
    threading.Event().wait(0.6)  # a scroll that was started would have got somewhere by now
    assert abs(page.locator("#chat").evaluate("node => node.scrollTop") - before) < 200


def test_nobody_is_asked_where_nothing_is_kept(seeds_page, open_page, ask):
    assert ask(open_page(seeds_page), QUESTION).locator("[data-judge]").count() == 0
