from __future__ import annotations

from datetime import date

from qa.answer.brief.overview import Gap, days_of, gaps_between, outlets_of, overview
from qa.index.store.articles import Listing


def row(id_, outlet, day):
    return Listing(id=id_, title="", outlet=outlet, published=day, source=id_, passages=1)


ROWS = [
    row("a", "Harian Pagi", date(2024, 3, 1)),
    row("b", "HARIAN PAGI", date(2024, 3, 1)),
    row("c", "Harian Pagi", date(2024, 3, 3)),
    row("d", "Sore", date(2024, 3, 7)),
    row("e", "", None),
]


def test_outlets_count_whatever_their_case():
    assert [(one.name, one.articles) for one in outlets_of(ROWS)] == [("Harian Pagi", 3), ("", 1), ("Sore", 1)]


def test_days_and_the_days_without_articles_between_them():
    days = days_of(ROWS)
    assert [(one.day.day, one.articles) for one in days] == [(1, 2), (3, 1), (7, 1)]
    assert gaps_between(days) == (
        Gap(first=date(2024, 3, 2), last=date(2024, 3, 2)),
        Gap(first=date(2024, 3, 4), last=date(2024, 3, 6)),
    )
    assert [gap.days for gap in gaps_between(days)] == [1, 3]
    assert gaps_between(days[:1]) == ()


def test_the_overview_of_the_seeds_has_their_main_names(assistant):
    brief = overview(assistant.generation)
    assert (brief.articles, brief.undated, brief.first, brief.last) == (5, 1, date(2023, 9, 13), date(2023, 9, 13))
    assert sum(one.articles for one in brief.outlets) == 5
    people = [one for one in brief.names if one.kind == "person"]
    assert {one.name for one in people[:2]} == {"Vladimir Putin", "Kim Jong Un"}
    (kim,) = [one for one in people if one.name == "Kim Jong Un"]
    assert set(kim.spellings) >= {"Kim Jong-un", "Kim"}
    assert brief.questions == ()
