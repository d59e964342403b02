"""The page as a person uses it: ask, click a number, see the words; every window closes without a request abroad."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from qa.schema import Answer

pytestmark = [
    pytest.mark.browser,
    # The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
    pytest.mark.filterwarnings("ignore"),
]

QUESTION = "Satelit apa yang diorbitkan roket Soyuz-2.1a?"
UNANSWERED = "Berapa harga tiket konser Coldplay di Jakarta?"
HOSTILE = (
    "Jembatan Ampera ditutup\n\n"
    "Wali Kota Palembang menutup Jembatan Ampera pada Senin (4/3/2024) karena retak <script>window.hacked=1</script> di tiang ketiga.\n\n"
    '</div></article><mark id="mark-1">palsu</mark> <img src="https://elsewhere.example/x.png" onerror="window.hacked=2"> [1] {{value}} ${1+1}\n'
)

IN_VIEW = """mark => {
    const box = mark.getBoundingClientRect();
    const panel = mark.closest('.source').getBoundingClientRect();
    return box.top >= Math.max(0, panel.top) && box.bottom <= Math.min(innerHeight, panel.bottom);
}"""


def open_citation(page, exchange):
    exchange.locator(".chip").first.click()
    mark = page.locator("#mark-1")
    mark.wait_for()
    page.wait_for_function(f"mark => ({IN_VIEW})(mark)", arg=mark.element_handle())
    return mark


def test_a_question_is_answered_and_its_citation_opens_the_article_at_the_very_words(seeds_page, open_page, ask, assistant):
    page = open_page(seeds_page)
    exchange = ask(page, QUESTION)
    citation = assistant.ask(QUESTION).citations[0]
    assert citation.quote in exchange.locator(".card-quote").first.text_content()
    mark = open_citation(page, exchange)
    assert mark.text_content() == citation.quote
    assert mark.evaluate("mark => document.activeElement === mark")
    assert (
        page.locator("#beside .source-text").evaluate("node => node.textContent") == assistant.article(citation.article_id).text
    )


def test_a_citation_is_opened_and_closed_by_keyboard_and_the_focus_comes_back(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    chip = ask(page, QUESTION).locator(".chip").first
    chip.focus()
    page.keyboard.press("Enter")
    page.locator("#mark-1").wait_for()
    page.wait_for_function("document.activeElement.id === 'mark-1'")
    page.keyboard.press("Escape")
    page.locator("#mark-1").wait_for(state="detached")
    assert chip.evaluate("chip => document.activeElement === chip")


def test_the_same_citation_clicked_again_is_brought_into_view_again(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    exchange = ask(page, QUESTION)
    open_citation(page, exchange)
    page.locator("#beside .source").evaluate("panel => panel.scrollTo({top: panel.scrollHeight, behavior: 'instant'})")
    open_citation(page, exchange)


def test_an_example_is_asked_by_a_click_and_answered(seeds_page, open_page):
    page = open_page(seeds_page)
    example = page.locator(".example").first
    question = example.text_content()
    example.click()
    page.locator(".answer").wait_for()
    assert question in page.locator(".asked").text_content()


def test_an_abstention_looks_like_none_and_offers_the_nearest_passages(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    exchange = ask(page, UNANSWERED)
    assert "Tidak ada dalam artikel-artikel ini" in exchange.locator(".abstention h3").text_content()
    assert exchange.locator(".chip, [data-cite], .answer").count() == 0
    near = exchange.locator("[data-hit]")
    if near.count():
        near.first.click()
        page.locator("#beside mark.near").first.wait_for()
        assert page.locator("#beside mark.cited").count() == 0


def test_the_conversation_keeps_its_history_and_a_new_question_closes_the_old_source(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    open_citation(page, ask(page, QUESTION))
    ask(page, UNANSWERED)
    assert page.locator(".asked").count() == 2
    page.locator("#beside .source").wait_for(state="detached")


def test_no_window_is_too_narrow_for_the_page(seeds_page, open_page, ask):
    page = open_page(seeds_page, width=320, height=640)

    def overflows(state: str):
        found = []
        for width, height in ((1280, 800), (390, 844), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
                found.append((state, width))
        return found

    assert overflows("welcome") == []
    exchange = ask(page, QUESTION)
    assert overflows("answer") == []
    open_citation(page, exchange)
    assert overflows("citation") == []
    page.get_by_role("tab", name="Arsip").click()
    page.locator("[data-article]").first.click()
    page.locator("#opened .source").wait_for()
    assert overflows("archive") == []


def test_on_a_phone_the_article_lies_below_the_conversation_and_every_button_is_large_enough(seeds_page, open_page, ask):
    page = open_page(seeds_page, width=390, height=844, has_touch=True)
    exchange = ask(page, QUESTION)
    open_citation(page, exchange)
    assert page.evaluate(
        "document.querySelector('#beside .source').getBoundingClientRect().top >= document.querySelector('#talk').getBoundingClientRect().bottom"
    )
    small = page.evaluate(
        """() => [...document.querySelectorAll('button:not(.chip)')].filter(b => b.checkVisibility() && !b.closest('.visually-hidden'))
        .filter(b => b.getBoundingClientRect().height < 44 && b.getBoundingClientRect().height > 1).map(b => b.outerHTML.slice(0, 80))"""
    )
    assert small == []
    reach = exchange.locator(".chip").first.evaluate(
        "chip => chip.getBoundingClientRect().height - 2 * parseFloat(getComputedStyle(chip, '::after').top)"
    )
    assert reach >= 44


def test_dark_and_light_text_stand_out_from_their_ground(seeds_page, open_page, ask):
    page = open_page(seeds_page, color_scheme="light")
    open_citation(page, ask(page, QUESTION))
    ask(page, UNANSWERED)
    assert page.evaluate(FAINT) == []
    page.locator("[data-theme]").click()
    page.wait_for_function("document.body.classList.contains('dark')")
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
    assert page.evaluate(FAINT) == []


FAINT = """() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const ground = node => { for (; node; node = node.parentElement) { const c = parts(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > .99) return c; } return [255, 255, 255]; };
    const seen = [...document.querySelectorAll('.gradio-container *')].filter(n => n.checkVisibility() && [...n.childNodes].some(c => c.nodeType === 3 && c.data.trim()));
    return seen.map(n => { const a = light(parts(getComputedStyle(n).color)), b = light(ground(n)); return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), n.outerHTML.slice(0, 90)]; })
        .filter(([ratio]) => ratio < 4.5);
}"""


def test_the_archive_lists_filters_and_opens_every_article_with_its_masks(seeds_page, open_page, assistant):
    page = open_page(seeds_page)
    page.get_by_role("tab", name="Arsip").click()
    page.locator("[data-article]").first.wait_for()
    assert page.locator("[data-article]").count() == len(assistant.articles())
    page.locator("#needle textarea").press_sequentially("004")
    page.wait_for_function("document.querySelectorAll('[data-article]').length === 1")
    page.locator("#needle textarea").fill("")  # as what is deleted or pasted, without a key that writes a letter
    page.wait_for_function("count => document.querySelectorAll('[data-article]').length === count", arg=len(assistant.articles()))
    page.locator("#needle textarea").fill("004")
    page.wait_for_function("document.querySelectorAll('[data-article]').length === 1")
    page.locator("[data-article]").click()
    page.locator("#opened .source").wait_for()
    (row,) = [row for row in assistant.articles() if "004" in row.source]
    masks = assistant.article(row.id).masks
    assert masks
    assert page.locator("#opened .source-text .masked").count() >= len(masks)
    assert masks[0].rule in page.locator("#opened .source-text .masked").first.get_attribute("title")


def test_the_page_speaks_english_after_one_click_and_says_so_in_its_language(seeds_page, open_page, ask):
    page = open_page(seeds_page)
    assert page.evaluate("document.documentElement.lang") == "id"
    ask(page, UNANSWERED)
    page.get_by_role("button", name="English").click()
    page.locator(".abstention h3", has_text="Not in these articles").wait_for()
    page.get_by_role("tab", name="Archive").wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.reload()  # it stays the language of this browser
    page.get_by_role("tab", name="Archive").wait_for()


def test_motion_is_spared_to_those_who_ask_for_it(seeds_page, open_page, ask):
    page = open_page(seeds_page, reduced_motion="reduce")
    page.evaluate(
        "() => { window.moved = []; const own = Element.prototype.scrollIntoView; Element.prototype.scrollIntoView = function (how) { window.moved.push(how.behavior); own.call(this, how); }; }"
    )
    open_citation(page, ask(page, QUESTION))
    assert set(page.evaluate("window.moved")) == {"auto"}


@pytest.fixture
def own(tmp_path, seeds_settings):
    """An assistant of this test's own over one hostile article, free to be added to."""
    from qa.assistant import Assistant

    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "<b>jembatan.txt").write_text(HOSTILE, encoding="utf-8")
    return Assistant.build([folder], "own", settings=seeds_settings.model_copy(update={"indexes": tmp_path / "indexes"}))


def test_a_hostile_article_is_shown_as_text_and_reaches_nobody(own, serve_assistant, open_page, ask):
    with serve_assistant(own) as url:
        page = open_page(url)
        page.get_by_role("tab", name="Arsip").click()
        page.locator("[data-article]").first.click()
        text = page.locator("#opened .source-text")
        text.wait_for()
        assert text.evaluate("node => node.textContent") == HOSTILE
        assert page.locator("#opened :is(script, img, mark)").count() == 0
        page.get_by_role("tab", name="Tanya").click()
        ask(page, "Mengapa Jembatan Ampera ditutup?")
        assert page.evaluate("window.hacked") is None
        assert page.locator("#chat :is(script, img)").count() == 0


def test_dropped_files_are_answered_about_and_skipped_ones_are_named(own, serve_assistant, open_page, ask, tmp_path):
    good = tmp_path / "gunung.txt"
    good.write_text(
        "Gunung Salak Meletus\n\nBOGOR - Gunung Salak meletus pada Kamis (7/3/2024) pagi.\n\nSebanyak 1.250 warga mengungsi ke Balai Desa Cidahu.\n",
        encoding="utf-8",
    )
    bad = tmp_path / "foto.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with serve_assistant(own) as url:
        page = open_page(url)
        page.get_by_role("tab", name="Arsip").click()
        page.locator("#add button.label-wrap").first.click()
        page.locator("#drop input[type=file]").set_input_files([str(good), str(bad)])
        page.locator("#report .good").wait_for()
        assert "foto.png" in page.locator("#report .skips").text_content()
        page.locator("[data-article]", has_text="Gunung Salak").wait_for()
        assert "2 artikel" in page.locator(".edition").text_content()
        page.get_by_role("tab", name="Tanya").click()
        exchange = ask(page, "Berapa warga yang mengungsi ke Balai Desa Cidahu?")
        assert "1.250" in exchange.locator(".said").text_content()
        assert open_citation(page, exchange).text_content() in Path(good).read_text(encoding="utf-8")


class Scripted:
    """The real assistant, with a stop between two stages and with answers that go wrong on request."""

    def __init__(self, assistant):
        self._assistant = assistant
        self.go = threading.Event()

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def tell(self, question, history=()):
        if "meledak" in question:
            raise ZeroDivisionError("rahasia dalam")
        for event in self._assistant.tell(question, history):
            if event == "read":
                self.go.wait(15)
            yield misplaced(event) if isinstance(event, Answer) and "tunggu" in question else event


def misplaced(answer: Answer) -> Answer:
    """The answer with its first citation one letter off."""
    first, *rest = answer.citations
    return replace(answer, citations=(replace(first, start=first.start + 1), *rest))


def test_stages_failures_and_broken_citations_are_shown_and_the_next_question_works(
    assistant, serve_assistant, open_page, ask, caplog
):
    scripted = Scripted(assistant)
    with serve_assistant(scripted) as url:
        page = open_page(url)
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#send").click()
        page.locator(".stages .now", has_text="Mencari artikel").wait_for()
        assert page.locator(".stages .done").count() == 1
        scripted.go.set()
        page.locator(".answer").wait_for()
        failed = ask(page, "apakah ini meledak")
        assert "ZeroDivisionError" in failed.locator(".problem").text_content()
        assert "rahasia" not in page.content()
        assert "Traceback" not in page.content()
        broken = ask(page, f"tunggu, {QUESTION[0].lower()}{QUESTION[1:]}")
        assert "tidak cocok lagi" in broken.locator(".problem").text_content()
        assert broken.locator(".chip").count() == 0
        assert ask(page, QUESTION).locator(".chip").count() >= 1
