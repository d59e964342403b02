"""Dates in the words of newspapers, and the window of publication that a question asks for."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language import lists
from qa.language.time import dates
from qa.language.time.dates import find, window

DAY = date(2023, 9, 13)  # a Wednesday


def days(text, published=DAY):
    return [(str(found.first), str(found.last)) for found in find(text, published)]


def day(text):
    return [(text, text)]


def month(year, number, last):
    return [(f"{year}-{number:02}-01", f"{year}-{number:02}-{last}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pada Rabu (13/9/2023)", day("2023-09-13")),
        ("pada Jum'at (8/9/2023)", day("2023-09-08")),
        ("diperbarui 13 Sep 2023, 12:22 WIB", day("2023-09-13")),
        ("13 September 2023", day("2023-09-13")),
        ("September 13, 2023", day("2023-09-13")),
        ("Sept. 13, 2023", day("2023-09-13")),
        ("the 3rd of March 2021", day("2021-03-03")),
        ("terjadi pada 28 April 2016 ketika", day("2016-04-28")),
        ("Kamis 25 April 2019", day("2019-04-25")),
        ("2023-09-13", day("2023-09-13")),
        ("25/12/2022", day("2022-12-25")),
        ("tahun 2007", [("2007-01-01", "2007-12-31")]),
        ("pada 2016, roket", [("2016-01-01", "2016-12-31")]),
        ("September 2023", month(2023, 9, 30)),
        ("Februari 2024", month(2024, 2, 29)),
        ("1945-1950", [("1945-01-01", "1950-12-31")]),
    ],
)
def test_a_whole_date_needs_no_day_of_publication(text, expected):
    assert days(text, None) == days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pada Rabu (13/9)", day("2023-09-13")),
        ("bulan Juli lalu", month(2023, 7, 31)),
        ("Juli lalu", month(2023, 7, 31)),
        ("Desember lalu", month(2022, 12, 31)),
        ("last July", month(2023, 7, 31)),
        ("pada bulan Juli, ketika", month(2023, 7, 31)),
        ("Januari mendatang", month(2024, 1, 31)),
        ("24 Agustus yang lalu", day("2023-08-24")),
        ("24 Desember lalu", day("2022-12-24")),
        ("24 Agustus", day("2023-08-24")),
        ("3 Januari", day("2024-01-03")),
        ("kemarin", day("2023-09-12")),
        ("yesterday", day("2023-09-12")),
        ("hari ini", day("2023-09-13")),
        ("besok", day("2023-09-14")),
        ("lusa", day("2023-09-15")),
        ("Senin lalu", day("2023-09-11")),
        ("Rabu lalu", day("2023-09-06")),
        ("last Monday", day("2023-09-11")),
        ("Senin depan", day("2023-09-18")),
        ("pekan lalu", [("2023-09-04", "2023-09-10")]),
        ("last week", [("2023-09-04", "2023-09-10")]),
        ("bulan lalu", month(2023, 8, 31)),
        ("tahun ini", [("2023-01-01", "2023-12-31")]),
        ("tahun lalu", [("2022-01-01", "2022-12-31")]),
        ("dua hari lalu", day("2023-09-11")),
        ("3 days ago", day("2023-09-10")),
        ("lima tahun yang lalu", [("2018-01-01", "2018-12-31")]),
    ],
)
def test_a_date_that_leans_on_publication_is_left_out_without_it(text, expected):
    assert days(text) == expected
    assert find(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "31/2",
        "tanggal 31/2/2023",
        "31 Februari 2023",
        "1.500 km",
        "pukul 7:09",
        "2/3 suara",
        "Rp2000",
        "2.016 orang",
        "99/99/2020",
        "2016/12",
        "hari Rabu",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert find(text, DAY) == []


def test_a_date_says_where_it_is():
    text = "Pada Rabu (13/9/2023), dan lagi pada 28 April 2016."
    assert (
        [text[one.start : one.end] for one in find(text)]
        == [one.text for one in find(text)]
        == ["Rabu (13/9/2023)", "28 April 2016"]
    )


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_in_every_usual_form(one):
    indonesian = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ][one.month - 1]
    for text in (
        one.isoformat(),
        f"{one.day} {indonesian} {one.year}",
        f"{one.day}/{one.month}/{one.year}",
        f"{one:%B} {one.day}, {one.year}",
    ):
        assert [(found.first, found.last) for found in find(f"Ia datang pada {text}, katanya.")] == [(one, one)], text


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_without_a_year_is_the_one_nearest_to_publication(published):
    one = published - timedelta(days=100)
    if (one.month, one.day) != (2, 29):
        assert [found.first for found in find(f"tanggal {one.day}/{one.month}", published)] == [one]


@given(st.text(max_size=200), st.one_of(st.none(), st.dates()))
def test_dates_are_spans_in_order_and_ranges_run_forward(text, published):
    at = 0
    for one in find(text, published):
        assert at <= one.start < one.end
        assert text[one.start : one.end] == one.text
        assert one.first <= one.last
        at = one.end


@pytest.mark.parametrize("piece", ["1", "1 ", "senin ", "13/", "bulan ", "2016-", "Mei ", "( ", "last ", "dua "])
def test_a_hostile_line_is_searched_in_linear_time(piece):
    line = (piece * 50_000)[:50_000]
    started = time.process_time()
    find(line, DAY)
    window(line, DAY)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("berita bulan September 2023", ("2023-09-01", "2023-09-30")),
        ("artikel tahun 2019 tentang Putin", ("2019-01-01", "2019-12-31")),
        ("berita antara 1 dan 5 Mei 2023", ("2023-05-01", "2023-05-05")),
        ("artikel yang terbit antara 1 Mei dan 3 Juni 2023", ("2023-05-01", "2023-06-03")),
        ("berita sejak 2020", ("2020-01-01", "2023-09-13")),
        ("berita pekan lalu soal Putin", ("2023-09-04", "2023-09-10")),
        ("articles published before May 2020", ("1500-01-01", "2020-04-30")),
        ("news from last week about Kim", ("2023-09-04", "2023-09-10")),
        ("apa saja berita setelah 13 September 2022?", ("2022-09-14", "2023-09-13")),
    ],
)
def test_a_window_of_publication_is_found(question, expected):
    assert tuple(map(str, window(question, DAY) or ())) == expected


@pytest.mark.parametrize(
    "question",
    [
        "apa yang terjadi pada 28 April 2016?",
        "Kapan dekrit tahun 2007 ditandatangani?",
        "Siapa yang mengunjungi Korea Utara pada bulan Juli?",
        "What happened on September 13, 2023?",
        "berita tentang gempa 2018 apa saja",
        "berita antara 31 dan 30 Februari 2023",
        "",
    ],
)
def test_a_date_of_the_fact_asked_for_is_no_window(question):
    assert window(question, DAY) is None


def test_a_window_without_today_has_no_end():
    assert window("berita sejak 2020") == (date(2020, 1, 1), date(2099, 12, 31))


PIECES = st.sampled_from(
    [*dates._MONTHS, *dates._WEEKDAYS, *dates._NUMBERS, *dates._RELATIVE, *lists.cue("span"), *lists.cue("span-which"),
     "tanggal", "tgl.", "on", "in", "next", "LALU", "ago", "hari", "tahun", "5", "13", "2019", "2019-09-13", "13/9", " ", "-", ".", "(", "_", "ſ", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8), st.sampled_from(["", " "]))
def test_dates_are_found_where_the_pattern_finds_them_anywhere(pieces, between):
    text = between.join(pieces)
    assert [match.span() for match in dates._matches(text)] == [match.span() for match in dates._DATE.finditer(text)]
