"""Every state of the page, in both languages: nothing serious for axe-core, targets of 44 px, nothing wider than the window.

`states` is the list: each state is made here and nowhere else. With QA_PICTURES=FOLDER each is also kept as a picture, dark and light, at
1440 and 390 pixels; without it nothing is kept.

    QA_PICTURES=/tmp/pictures python -m pytest tests/browser/test_states.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

SMALL = """() => [...document.querySelectorAll('button:not(.chip), summary, select, input:not([type=checkbox]), label:has(input[type=checkbox]), textarea')]
    .filter(b => b.checkVisibility() && !b.closest('.visually-hidden, .unseen')).filter(b => { const h = b.getBoundingClientRect().height; return h > 1 && h < 43.5; })
    .map(b => b.outerHTML.slice(0, 90))"""
ROWS = "new Set([...document.querySelectorAll('.edition > *')].map(one => Math.round(one.getBoundingClientRect().top + one.offsetHeight / 2))).size"
DRAWN = "new Promise(done => { let frames = 3; (function next() { frames-- ? requestAnimationFrame(next) : done() })() })"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHAPES = {"id": ("light", 1440, 900), "en": ("dark", 390, 844)}
TABS = {"id": ("Tanya", "Arsip", "Linimasa", "Riwayat"), "en": ("Ask", "Archive", "Timeline", "History")}
ANSWERED = {
    "id": "Berapa panjang dermaga Bolo?",
    "en": "How many mangrove seedlings did the people of Timbulsloko plant?",  # of Indonesian articles: with a gloss
}
SIDES = "Kapan dermaga Bolo dibangun?"
DEGREES = {
    "none": "Berapa harga tiket konser Coldplay di Jakarta?",
    "perhaps": "Siapa bupati Bima?",
    "no-such-outlet": "Menurut Tempo, berapa harga tiket konser Coldplay?",
}
TRIAL = Path(__file__).parents[2] / "evals" / "bench" / "trial" / "articles"


def states(page, ask, language, *, many, tmp_path):
    """Brings the page from one state to the next, and yields the name of each."""
    ask_tab, archive, timeline, history = TABS[language]

    def tab(name):
        page.get_by_role("tab", name=name, exact=True).click()

    def asked_in_a_new_conversation(question):
        if page.locator("[data-new]").count():
            page.locator("[data-new]").click()
            page.locator(".welcome").wait_for()
        return ask(page, question)

    yield "welcome"
    page.locator("[data-keys]").click()
    page.locator("#sitasi-keys[open]").wait_for()
    yield "keys"
    page.keyboard.press("Escape")
    page.locator("#narrow-ask summary").click()
    page.locator("#ask-outlet").select_option("KABAR FLORES")
    page.locator("#narrow-ask .narrow-chip", has_text="KABAR FLORES").wait_for()
    page.locator("#ask-since").fill("2024-05-01")
    page.locator("#narrow-ask .narrow-clear").wait_for()
    yield "narrowing"
    ask(page, "Berapa kerugian akibat dermaga ambruk?")
    yield "narrowed"
    page.locator("#narrow-ask .narrow-clear").click()
    page.locator("#narrow-ask .narrow-chip").first.wait_for(state="detached")
    page.locator("#narrow-ask summary").click()
    exchange = asked_in_a_new_conversation(ANSWERED[language])
    page.locator("#next .offer").wait_for(state="attached")
    exchange.locator(".correcting summary").click()
    exchange.locator(".saving summary").click()
    yield "answer"
    page.emulate_media(media="print")
    yield "print"
    page.emulate_media(media="screen")
    exchange.locator(".chip").first.click()
    page.locator("#mark-1").wait_for()
    page.locator("#beside details.extra summary").first.click()
    yield "article"
    page.locator("#beside [data-close]").click()
    page.locator("#beside .source").wait_for(state="detached")
    assert asked_in_a_new_conversation(SIDES).locator(".agreement.contradict").count() == 1
    yield "sides"
    for degree, question in DEGREES.items():
        asked_in_a_new_conversation(question).locator(".abstention").wait_for()
        yield degree
    asked_in_a_new_conversation(many)
    yield "many-sources"
    asked_in_a_new_conversation(
        f"{ANSWERED[language]} {'Saya ingin tahu sebelum berangkat ke sana. ' * 40}"
    )  # last: axe-core need not walk the 200 in every tab
    yield "long-question"
    tab(archive)
    page.locator("#months summary").click()
    page.locator("[data-sort=day]").click()
    page.locator("[aria-sort=ascending] [data-sort=day]").wait_for()
    yield "archive"
    page.locator("#add button.label-wrap").first.click()
    page.locator("#add-text button.label-wrap").click()
    page.locator("#add-address button.label-wrap").click()
    page.locator("#paste textarea").wait_for()
    yield "adding"
    picture = tmp_path / "foto.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    page.locator("#drop input[type=file]").set_input_files([str(TRIAL / "03-kopi-takengon.txt"), str(picture)])
    page.locator("#report :is(.report.good, .report.none)").wait_for()
    yield "added"
    page.locator("#add button.label-wrap").first.click()
    page.locator("[data-article]").first.click()
    page.locator("#opened .changing > summary").click()
    page.locator("#opened .removing > summary").click()
    yield "changing"
    tab(timeline)
    name = page.locator("#line-name :is(input, textarea)")
    name.wait_for()
    page.evaluate(DRAWN)  # nobody types sooner: Gradio empties a new box once, in the frame after its first
    name.fill("Bogor")
    page.locator("#line-show").click()
    page.locator(".timeline tbody tr").first.wait_for()
    yield "timeline"
    tab(history)
    page.locator(".past .changing summary").first.click()
    yield "history"
    tab(ask_tab)
    page.route("**/healthz", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.locator("#sitasi-gone:visible").wait_for()
    yield "gone"


@pytest.fixture(scope="module")
def axe():
    playwright_axe = pytest.importorskip("axe_playwright_python")
    return (Path(playwright_axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def keep(page, folder: Path, name: str) -> None:
    """Pictures of the page as it is, in both lights and both widths; then it is as it was."""
    before, was_dark = page.viewport_size, page.evaluate("document.body.classList.contains('dark')")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for light in ("light", "dark"):
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", light == "dark")
            page.screenshot(path=str(folder / f"{name}-{light}-{width}.png"), full_page=True, animations="disabled")
    page.set_viewport_size(before)
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", was_dark)
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")  # colours half-way are nobody's


@pytest.fixture(params=list(TABS))
def walk(request, trial_page, open_page, *, ask, many, tmp_path):
    """(the page, its language, its states)."""
    language = request.param
    scheme, width, height = SHAPES[language]
    page = open_page(trial_page, color_scheme=scheme, width=width, height=height)
    if language != "id":
        page.locator("[data-language]").click()
        page.get_by_role("tab", name=TABS[language][0], exact=True).wait_for()
        page.wait_for_function("language => document.documentElement.lang === language", arg=language)
    return page, language, states(page, ask, language, many=many, tmp_path=tmp_path)


def test_nothing_serious_is_found_in_any_state(walk, axe):
    page, language, names = walk
    page.evaluate(axe)
    found = {}
    for state in names:
        if folder := os.environ.get("QA_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            keep(page, Path(folder), f"{state}-{language}")
        seen = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
        wrong = [
            (one["id"], [(node["html"][:140], [why["message"] for why in node["any"]]) for node in one["nodes"]][:4])
            for one in seen
            if one["impact"] in {"serious", "critical"}
        ]
        if state == "welcome":
            assert page.evaluate(ROWS) == 1, "the buttons of the header stand in one row"
        small = [] if state == "print" else page.evaluate(SMALL)
        over = page.evaluate(WIDE)
        if wrong or small or over > 0:
            found[state] = (wrong, small, over)
    assert not found, json.dumps(found, indent=1)


def test_dark_and_light_are_switched_by_a_click_and_kept_in_this_browser(trial_page, open_page):
    page = open_page(trial_page, color_scheme="light")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme]").click()
    page.wait_for_function("document.body.classList.contains('dark')")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    page.locator("html[data-ready]").wait_for()
    page.wait_for_function("document.body.classList.contains('dark')")
    page.locator("[data-theme]").click()
    page.wait_for_function("!document.body.classList.contains('dark')")
