"""axe-core in every state of the page, both languages and both lights: nothing serious; targets of 44 px; the switch of light is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

SMALL = """() => [...document.querySelectorAll('button:not(.chip), summary, select, input:not([type=checkbox]), label:has(input[type=checkbox]), textarea')]
    .filter(b => b.checkVisibility() && !b.closest('.visually-hidden, .unseen')).filter(b => { const h = b.getBoundingClientRect().height; return h > 1 && h < 43.5; })
    .map(b => b.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def axe():
    playwright_axe = pytest.importorskip("axe_playwright_python")
    return (Path(playwright_axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def looked(axe, picture):
    """Runs axe-core over the page as it stands, and asserts that nothing serious is found."""

    def look(page, state: str):
        picture(page, state)
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(axe)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        serious = [
            (one["id"], [node["html"][:140] for node in one["nodes"]][:4])
            for one in found["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == [], state
        assert page.evaluate(SMALL) == [], state

    return look


@pytest.mark.parametrize("shape", [("light", 1440, 900), ("dark", 390, 844)], ids=["light, wide", "dark, phone"])
def test_nothing_serious_is_found_in_any_state(trial_page, open_page, ask, looked, shape):
    scheme, width, height = shape
    page = open_page(trial_page, color_scheme=scheme, width=width, height=height)
    looked(page, "welcome")
    page.locator("#narrow-ask summary").click()
    page.locator("#ask-outlet").select_option("KABAR FLORES")
    page.locator("#narrow-ask .narrow-chip").wait_for()
    looked(page, "narrowed")
    page.locator("#narrow-ask .narrow-chip").click()
    exchange = ask(page, "Berapa panjang dermaga Bolo?")
    exchange.locator(".chip").first.click()
    page.locator("#mark-1").wait_for()
    page.locator("#beside details.extra summary").first.click()
    exchange.locator(".correcting summary").click()
    exchange.locator(".saving summary").click()
    looked(page, "answer")
    ask(page, "Berapa harga tiket konser Coldplay di Jakarta?")
    looked(page, "abstention")
    page.locator("[data-keys]").click()
    looked(page, "keys")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Arsip").click()
    page.locator("#add button.label-wrap").first.click()
    page.locator("#add-text button.label-wrap").click()
    page.locator("#add-address button.label-wrap").click()
    page.locator("#paste textarea").wait_for()
    page.locator("#months summary").click()
    page.locator("#narrow-archive summary").click()
    looked(page, "archive")
    page.locator("[data-article]").first.click()
    page.locator("#opened .changing > summary").click()
    page.locator("#opened .removing > summary").click()
    looked(page, "reader")
    page.get_by_role("tab", name="Linimasa").click()
    page.locator("#line-name textarea, #line-name input").first.fill("Bogor")
    page.locator("#line-show").click()
    page.locator(".timeline tbody tr").first.wait_for()
    looked(page, "timeline")
    page.get_by_role("tab", name="Riwayat").click()
    page.locator(".past .changing summary").first.click()
    looked(page, "history")
    page.locator("[data-language]").click()
    page.get_by_role("tab", name="History").wait_for()
    looked(page, "english")


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
