"""What goes otherwise than wished: no question, a very long one, many sources, a server that goes and comes back, a judgement taken back."""

from __future__ import annotations

import pytest

from qa.evaluation.review.pending import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Berapa panjang dermaga Bolo?"


def test_no_question_and_a_very_long_one_and_two_hundred_sources(trial_page, open_page, ask, many):
    page = open_page(trial_page, width=390, height=844, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#question textarea").press("Enter")
    page.locator("#sitasi-note", has_text="Tulis dulu pertanyaannya.").wait_for()
    page.locator("#send").click()
    assert page.locator(".exchange").count() == 0
    long = f"{QUESTION} {'Saya ingin tahu sebelum berangkat ke sana. ' * 40}"
    exchange = ask(page, long)
    assert len(exchange.locator(".asked").text_content()) < 400
    exchange.locator(".whole-question summary").click()
    assert long.strip() in exchange.locator(".whole-question p").text_content()
    page.evaluate("navigator.clipboard.writeText('Berapa? '.repeat(625))")  # 5,000 characters
    page.locator("#question textarea").press("Control+v")
    page.locator("#sitasi-note", has_text="paling banyak 4.000 huruf").wait_for()
    assert len(page.locator("#question textarea").input_value()) == 4000
    exchange = ask(page, many)
    assert exchange.locator(".cards > li").count() == 200
    assert exchange.locator(".card:visible").count() == 12
    exchange.locator(".more-cards summary").click()
    assert exchange.locator(".card:visible").count() == 200
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_judgement_is_taken_back_and_given_again(trial_page, said, open_page, ask):
    page = open_page(trial_page)
    exchange = ask(page, QUESTION)
    exchange.locator('[data-judge="bad"]').click()
    exchange.locator("[data-undo]").click()
    exchange.locator('[data-judge="bad"]').wait_for()
    assert read(said).waiting == ()
    exchange.locator('[data-judge="bad"]').click()
    exchange.locator("[data-undo]").wait_for()
    assert [one.verdict for one in read(said).waiting] == ["bad"]


def test_a_server_that_goes_gives_a_message_and_one_that_comes_back_brings_the_conversation(trial_page, open_page, ask):
    page = open_page(trial_page)
    ask(page, QUESTION)
    page.wait_for_url("**#c=*")
    page.route("**/healthz", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.locator("#sitasi-gone:visible", has_text="Server tidak menjawab").wait_for()
    assert page.locator(".answer").is_visible()  # what was shown can still be read
    page.evaluate("window.before = true")
    page.unroute("**/healthz")
    page.wait_for_function("window.before === undefined && document.documentElement.dataset.ready")
    page.locator(".asked", has_text=QUESTION).wait_for()
    assert not page.locator("#sitasi-gone").is_visible()


def test_a_first_answer_that_is_slow_says_why(trial_page, staged, open_page, slow):
    page = open_page(trial_page)
    staged.gate.clear()
    page.locator("#question textarea").fill(slow)
    page.locator("#question textarea").press("Enter")
    page.locator(".slow").wait_for()
    page.wait_for_function("getComputedStyle(document.querySelector('.slow')).opacity > 0.9")
    staged.gate.set()
    page.locator(".answer").wait_for()
    assert page.locator(".slow").count() == 0


def test_a_question_that_is_sent_while_the_stream_before_it_ends_is_answered(trial_page, open_page):
    """The server has ended that stream when it accepts the question; the browser reads of the end only afterwards."""
    page = open_page(trial_page)
    page.get_by_role("tab", name="Arsip").click()
    late = []
    page.route("**/queue/data?*", lambda route: late.append((route, route.fetch())), times=1)
    page.locator(".brief [data-timeline]").first.click()
    while not late:
        page.wait_for_timeout(50)
    page.get_by_role("tab", name="Tanya").click()
    page.locator("#question textarea").fill(QUESTION)
    with page.expect_request_finished(lambda request: "/queue/join" in request.url):
        page.locator("#question textarea").press("Enter")
    route, response = late.pop()
    route.fulfill(response=response)
    page.locator(".timeline tbody tr").first.wait_for()  # what was clicked first
    page.get_by_role("tab", name="Tanya").click()
    page.locator(".exchange .answer").wait_for()


def test_a_question_that_no_server_took_is_in_its_box_when_the_server_is_back(trial_page, open_page):
    page = open_page(trial_page)
    page.route("**/*", lambda route: route.abort())
    box = page.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator("#sitasi-gone:visible", has_text="Server tidak menjawab").wait_for(
        timeout=5000
    )  # at once, not when it is looked for next
    assert not page.locator(".toast-wrap").is_visible()  # where Gradio says the same in English
    page.evaluate("window.before = true")
    page.unroute("**/*")
    page.wait_for_function("window.before === undefined && document.documentElement.dataset.ready")
    page.wait_for_function("question => document.querySelector('#question textarea').value === question", arg=QUESTION)
    box.press("Enter")
    page.locator(".exchange .answer").wait_for()
