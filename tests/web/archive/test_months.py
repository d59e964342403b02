"""Counts by month, with the months that have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.web.archive.months import LABELLED, LONGEST, counted, months_html
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def test_every_month_between_the_first_and_the_last_is_counted_and_gaps_are_named():
    found = counted([date(2023, 11, 3), date(2023, 11, 30), date(2024, 2, 1), None])
    assert found.months == (((2023, 11), 2), ((2023, 12), 0), ((2024, 1), 0), ((2024, 2), 1))
    assert found.gaps == (((2023, 12), (2024, 1)),)
    assert found.undated == 1
    assert counted([None]).months == ()
    assert counted([date(2024, 12, 1), date(2025, 1, 1)]).gaps == ()


def test_the_page_says_in_words_what_the_bars_show(fake):
    rows = fake.articles()
    rows = [rows[0], replace(rows[0], published=date(2024, 6, 1)), rows[1]]
    html = months_html(rows, ID)
    assert "Maret 2024 sampai Juni 2024: 2 artikel bertanggal, 2 bulan terisi." in html
    assert "Kosong: April 2024–Mei 2024." in html
    assert "1 artikel tanpa tanggal." in html
    assert html.count("<li") == 4
    assert "Empty: April 2024–May 2024." in months_html(rows, EN)
    assert ID.months[0] not in months_html(rows[2:], ID)
    assert months_html([], ID) == ""


def test_a_very_long_archive_is_drawn_by_years(fake):
    row = fake.articles()[0]
    rows = [replace(row, published=date(1950, 1, 1)), replace(row, published=date(1950 + LONGEST // 12 + 1, 1, 1))]
    assert months_html(rows, ID).count("<li") < LONGEST // 6


def test_a_few_bars_have_their_names_and_counts_beside_them_and_many_have_no_room(fake):
    row = fake.articles()[0]
    few = [row, replace(row, published=date(2024, 6, 1))]
    assert '<span aria-hidden="true">2</span>' not in months_html(few, ID)
    assert months_html(few, ID).count('<span aria-hidden="true">Jun</span>') == 1
    many = [row, replace(row, published=date(2024 + LABELLED // 12, 6, 1))]
    assert "aria-hidden" not in months_html(many, ID)
