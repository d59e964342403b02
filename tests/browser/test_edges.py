"""What goes otherwise than wished: no question, a very long one, many sources, a server that goes and comes back, a judgement taken back."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from qa.evaluation.review.pending import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

QUESTION = "Berapa panjang dermaga Bolo?"


class Many:
    """The real assistant, whose answer cites its words two hundred times, and under a title that goes on and on."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def tell(self, question, history=(), **only):
        for event in self.inner.tell(question, history, **only):
            if hasattr(event, "citations") and event.citations:
                first = replace(event.citations[0], title="Judul yang panjang sekali " * 12)
                many = tuple(replace(first, n=n) for n in range(1, 201))
                yield replace(event, citations=many, text=" ".join(f"[{n}]" for n in range(1, 201)))
            else:
                yield event


def test_no_question_and_a_very_long_one_and_two_hundred_sources(trial, serve_assistant, open_page, ask, picture):
    with serve_assistant(Many(trial)) as url:
        page = open_page(url, width=390, height=844)
        page.locator("#question textarea").press("Enter")
        page.locator("#sitasi-note", has_text="Tulis dulu pertanyaannya.").wait_for()
        page.locator("#send").click()
        assert page.locator(".exchange").count() == 0
        long = f"{QUESTION} {'Saya ingin tahu sebelum berangkat ke sana. ' * 40}"
        exchange = ask(page, long)
        assert len(exchange.locator(".asked").text_content()) < 400
        exchange.locator(".whole-question summary").click()
        assert long.strip() in exchange.locator(".whole-question p").text_content()
        exchange = ask(page, QUESTION)
        assert exchange.locator(".cards > li").count() == 200
        assert exchange.locator(".card:visible").count() == 12
        exchange.locator(".more-cards summary").click()
        assert exchange.locator(".card:visible").count() == 200
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        picture(page, "many")


def test_a_judgement_is_taken_back_and_given_again(trial, serve_assistant, open_page, ask, tmp_path):
    with serve_assistant(trial, feedback=tmp_path / "kept") as url:
        page = open_page(url)
        exchange = ask(page, QUESTION)
        exchange.locator('[data-judge="bad"]').click()
        exchange.locator("[data-undo]").click()
        exchange.locator('[data-judge="bad"]').wait_for()
        assert read(tmp_path / "kept").waiting == ()
        exchange.locator('[data-judge="bad"]').click()
        exchange.locator("[data-undo]").wait_for()
        assert [one.verdict for one in read(tmp_path / "kept").waiting] == ["bad"]


def test_a_server_that_goes_is_told_and_one_that_comes_back_brings_the_conversation(trial_page, open_page, ask, picture):
    page = open_page(trial_page)
    ask(page, QUESTION)
    page.wait_for_url("**#c=*")
    page.route("**/healthz", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.locator("#sitasi-gone:visible", has_text="Server tidak menjawab").wait_for()
    picture(page, "gone")
    assert page.locator(".answer").is_visible()  # what was shown can still be read
    page.evaluate("window.before = true")
    page.unroute("**/healthz")
    page.wait_for_function("window.before === undefined && document.documentElement.dataset.ready")
    page.locator(".asked", has_text=QUESTION).wait_for()
    assert not page.locator("#sitasi-gone").is_visible()


class Slow:
    """The real assistant, whose first stage waits until it is let go."""

    def __init__(self, inner):
        self.inner, self.gate = inner, threading.Event()

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def tell(self, question, history=(), **only):
        yield "understand"
        yield "search"
        self.gate.wait(30)
        yield from self.inner.tell(question, history, **only)


def test_a_first_answer_that_is_slow_says_why(trial, serve_assistant, open_page):
    slow = Slow(trial)
    with serve_assistant(slow) as url:
        page = open_page(url)
        slow.gate.clear()
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#question textarea").press("Enter")
        page.locator(".slow").wait_for()
        page.wait_for_function("getComputedStyle(document.querySelector('.slow')).opacity > 0.9")
        slow.gate.set()
        page.locator(".answer").wait_for()
        assert page.locator(".slow").count() == 0
