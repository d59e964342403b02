"""The archive in the browser: sorting, months, adding a text, correcting, removing, copies and quotations, another index."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.web.archive.allowed import Allowed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # the server runs in a thread of this process, as in test_page.py
]

TEXT = (
    "Pasar Terapung Lok Baintan Ditata Ulang\n\nSUARA BANUA, Banjar (2/9/2024) - Pasar terapung Lok Baintan ditata ulang dengan 64 lapak baru.\n\n"
    '"Pembeli kini lebih mudah lewat," kata kepala pasar, Hairunnisa.\n'
)


def archive(page):
    page.get_by_role("tab", name="Arsip").click()
    page.locator("[data-article]").first.wait_for()


def titles(page):
    return page.locator("[data-article]").all_text_contents()


def test_the_list_is_sorted_by_a_click_and_by_keyboard_and_the_months_are_announced(trial_page, open_page):
    page = open_page(trial_page)
    archive(page)
    page.locator("[data-sort=day]").click()
    page.locator("[aria-sort=ascending] [data-sort=day]").wait_for()
    assert titles(page)[0].startswith("Dermaga")
    page.locator("[data-sort=day]").press("Enter")
    page.locator("[aria-sort=descending] [data-sort=day]").wait_for()
    assert titles(page)[0].startswith("Warga Demak")
    page.locator("#months summary").click()
    assert "Mei 2024 sampai Desember 2024: 12 artikel" in page.locator("#months").text_content()
    assert page.locator("#months .bars li").count() == 8


def test_a_pasted_text_is_answered_about_and_the_result_is_where_the_eye_is(own, serve_assistant, open_page, ask):
    with serve_assistant(own, allowed=Allowed()) as url:
        page = open_page(url)
        archive(page)
        page.locator("#add button.label-wrap").first.click()
        page.locator("#add-text button.label-wrap").click()
        assert page.locator("#add-address").count() == 0 or not page.locator("#add-address").is_visible()
        page.locator("#add-paste").click()
        page.locator("#report .report.none").wait_for()
        page.locator("#paste textarea").fill(TEXT)
        page.locator("#add-paste").click()
        page.locator("#report .report.good").wait_for()
        page.wait_for_function("document.querySelectorAll('[data-article]').length === 4")
        page.wait_for_function(
            "(() => { const box = document.querySelector('#report .report').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; })()"
        )
        assert page.locator("#paste textarea").input_value() == ""
        assert "SUARA BANUA" in page.locator(".listing").text_content()
        page.get_by_role("tab", name="Tanya").click()
        assert "64" in ask(page, "Berapa lapak baru di pasar terapung Lok Baintan?").locator(".said").text_content()


def test_facts_are_corrected_and_an_article_is_removed_only_after_a_second_click(own, serve_assistant, open_page):
    with serve_assistant(own) as url:
        page = open_page(url)
        archive(page)
        page.locator("[data-article]").first.click()
        page.locator("#opened details.extra summary", has_text="Kutipan").click()
        page.locator("#opened .quote-row").first.click()
        page.locator("#opened #mark-0").wait_for()
        page.locator("#opened .changing > summary").click()
        page.locator("#opened [data-fact=outlet]").fill("Suara Timur Baru")
        page.locator("[data-correct]").click()
        page.locator("#report .report.good").wait_for()
        page.locator(".listing", has_text="Suara Timur Baru").wait_for()
        assert "Suara Timur Baru" in page.locator("#opened .kicker").text_content()
        page.locator("#opened .changing > summary").click()
        assert not page.locator("[data-remove]").is_visible()
        page.locator("#opened .removing > summary").click()
        page.locator("[data-remove]").click()
        page.wait_for_function("document.querySelectorAll('[data-article]').length === 2")
        assert "dihapus dari indeks" in page.locator("#report").text_content()
        assert page.locator("#opened .source").count() == 0


def test_where_readers_may_not_edit_nothing_is_offered(trial, serve_assistant, open_page):
    with serve_assistant(trial, allowed=Allowed(edit=False)) as url:
        page = open_page(url)
        archive(page)
        page.locator("[data-article]").first.click()
        page.locator("#opened .source").wait_for()
        assert page.locator("#opened .changing").count() == 0
        assert page.locator("#add").count() == 0 or not page.locator("#add").is_visible()


def test_another_index_is_chosen_and_a_conversation_finds_back_to_its_own(own, trial, serve_assistant, open_page, ask):
    def opened(name: str) -> Assistant:
        assert name == "trial"
        return trial

    with serve_assistant(own, others=("trial",), opened=opened, history=own.settings.indexes / "history") as url:
        page = open_page(url)
        page.locator("[data-index]").select_option("trial")
        page.locator(".edition", has_text="12 artikel").wait_for()
        page.locator("html[data-ready]").wait_for()
        assert "index=trial" in page.url
        ask(page, "Berapa karcis masuk Museum Batik Lasem?")
        page.wait_for_url("**#c=*")
        place = page.url.split("#c=")[1]
        page.goto(url)
        page.locator(".edition", has_text="3 artikel").wait_for()
        page.goto(f"{url}#c={place}")
        page.reload()
        page.locator(".asked", has_text="Museum Batik Lasem").wait_for()
        assert "index=trial" in page.url


def test_an_index_that_cannot_be_opened_is_named_and_the_first_one_is_shown(own, serve_assistant, open_page):
    from qa.errors import IndexBrokenError

    def opened(name: str) -> Assistant:
        raise IndexBrokenError(f"index '{name}' is broken. Cure: qa build")

    with serve_assistant(own, others=("rusak",), opened=opened) as url:
        page = open_page(f"{url}?index=rusak")
        page.get_by_text("Indeks rusak tidak dapat dibuka").wait_for()
        assert "3 artikel" in page.locator(".edition").text_content()
