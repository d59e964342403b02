"""The days of the event that a question asks about, and whether it asks for what is newest."""

from __future__ import annotations

from datetime import date

import pytest

from qa.language.question.event_days import event_days, wants_newest
from qa.language.question.understand import understand

NEAR = date(2024, 10, 1)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Berapa harga emas pada Mei 2020?", "2020-05-01", "2020-05-31"),
        ("Apa yang terjadi pada 16 September 2023?", "2023-09-16", "2023-09-16"),
        ("Siapa ketua KPK sebelum September 2023?", "0001-01-01", "2023-08-31"),
        ("Berapa korban hingga 5 Mei 2024?", "0001-01-01", "2024-05-05"),
        ("Berapa kasus sejak Juli 2023?", "2023-07-01", "9999-12-31"),
        ("Berapa kasus per 1 Agustus?", "0001-01-01", "2024-08-01"),
        ("How many were hurt before March 2021?", "0001-01-01", "2021-02-28"),
        ("What happened in May 2020?", "2020-05-01", "2020-05-31"),
        ("Berapa penduduk Lembayu pada tahun 2019?", "2019-01-01", "2019-12-31"),
        ("Apa yang terjadi setelah 5 Mei 2024?", "2024-05-06", "9999-12-31"),
        ("Apa yang terjadi sebelum Maret?", "0001-01-01", "2024-02-29"),
        ("apa yang terjadi sebelum maret", "0001-01-01", "2024-02-29"),
        ("What happened before March?", "0001-01-01", "2024-02-29"),
        ("Who resigned after May?", "2024-06-01", "9999-12-31"),
        ("Apa yang terjadi sampai awal Juni?", "0001-01-01", "2024-06-10"),
        ("Apa yang terjadi pada pekan pertama April?", "2024-04-01", "2024-04-07"),
        ("Siapa yang tiba sejak 3 Desember?", "2023-12-03", "9999-12-31"),
        ("How many were hurt as of 5 March?", "0001-01-01", "2024-03-05"),
        ("Apa yang terjadi dari 3 sampai 9 April?", "2024-04-03", "2024-04-09"),
        ("Apa yang terjadi antara 3 dan 9 April 2024?", "2024-04-03", "2024-04-09"),
    ],
)
def test_the_days_are_found_with_the_side_on_which_they_are_open(question, first, last):
    assert tuple(day.isoformat() for day in event_days(question, near=NEAR).days) == (first, last)


@pytest.mark.parametrize(
    "question",
    ["Siapa yang bertemu Putin?", "Apa yang terjadi kemarin?", "Apa yang terjadi tahun lalu?", "Apa yang terjadi 3 hari lalu?",
     "Apa beda harga pada Mei 2020 dan Juni 2021?"],
)  # fmt: skip
def test_no_date_several_dates_and_what_counts_from_today_give_none(question):
    assert event_days(question, near=NEAR) is None


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Siapa yang tiba minggu itu?", "2023-09-11", "2023-09-17"),
        ("Apa lagi yang terjadi bulan itu?", "2023-09-01", "2023-09-30"),
        ("What else happened that year?", "2023-01-01", "2023-12-31"),
        ("Siapa lagi yang datang pada hari itu?", "2023-09-13", "2023-09-13"),
    ],
)
def test_that_week_is_the_week_of_the_turn_before(question, first, last):
    days = event_days(question, before="Kapan Kim tiba? Rabu, 13 September 2023")
    assert tuple(day.isoformat() for day in days.days) == (first, last)


@pytest.mark.parametrize(
    ("question", "binding", "newest"),
    [
        ("Berapa korban gempa 28 September 2018?", False, False),
        ("Berapa korban pada 28 September 2018?", True, False),
        ("Berapa korban sebelum Oktober 2018?", True, False),
        ("Berapa korban per 1 Oktober 2018?", True, True),
        ("How many had died by 1 October 2018?", True, True),
    ],
)
def test_a_date_binds_the_answer_or_says_which_event_is_meant(question, binding, newest):
    days = event_days(question, near=NEAR)
    assert (days.binding, days.newest) == (binding, newest)
    query = understand(question, vocabulary=None)
    assert (query.event_binds, query.newest) == (binding, newest)


def test_the_words_of_the_days_need_not_be_in_an_article_of_those_days():
    assert "oktober" not in dict(understand("Berapa korban sebelum Oktober 2018?", vocabulary=None).terms)
    assert "september" in dict(understand("Berapa korban gempa 28 September 2018?", vocabulary=None).terms)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Apakah dermaga itu diperbaiki sebelum Maret 2024?", "Apakah dermaga itu diperbaiki?"),
        ("Per 3 Juni 2024, berapa warga yang dirawat?", "berapa warga yang dirawat?"),
        ("Apa status terbaru Bendungan Rupa?", "Apa status Bendungan Rupa?"),
        ("Berapa harga cabai pada Maret 2024?", "Berapa harga cabai pada Maret 2024?"),
        ("Berapa korban gempa 28 September 2018?", "Berapa korban gempa 28 September 2018?"),
    ],
)
def test_what_is_read_leaves_out_the_days_by_which_the_passages_are_narrowed(question, read):
    assert understand(question, vocabulary=None).read == read


def test_that_week_of_nothing_is_none():
    assert event_days("Siapa yang tiba minggu itu?", before="Siapa Kim?") is None


def test_a_window_of_publication_is_no_window_of_the_event():
    query = understand("Berita bulan September 2023 tentang Putin", vocabulary=None)
    assert query.window is not None
    assert query.event is None


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("Berapa korban terbaru?", True),
        ("What is the latest toll?", True),
        ("Siapa presiden saat ini?", True),
        ("Apa kabar terakhir Gunung Sempari?", True),
        ("Siapa yang terakhir keluar?", False),
        ("Berapa korban?", False),
    ],
)
def test_the_newest_is_wanted_where_it_is_asked_for(question, newest):
    assert wants_newest(question) is newest
    assert understand(question, vocabulary=None).newest is newest
