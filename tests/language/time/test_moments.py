from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from re import _parser as parser  # private, and the only way to a pattern's alternatives

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.time.feasts import feast, hijri
from qa.language.time.moments import _possible, moments
from qa.language.time.periods import moved
from qa.language.time.time_patterns import DIGITS, NEEDS, PATTERNS, straight

WEDNESDAY = date(2023, 9, 13)


def read(text, published=WEDNESDAY):
    return [(one.text, one.first.isoformat(), one.last.isoformat(), one.precision) for one in moments(text, published)]


def test_a_later_expression_is_counted_from_the_date_before_it_and_not_from_publication():
    text = "Gempa terjadi pada 8 Mei 2010. Dua hari kemudian bantuan tiba, dan keesokan harinya warga pulang."
    assert [one[1] for one in read(text)] == ["2010-05-08", "2010-05-10", "2010-05-11"]


def test_a_day_relative_to_nothing_is_left_out():
    assert read("Dua hari kemudian bantuan tiba.") == []
    assert read("Ia datang kemarin dan pulang Rabu.", published=None) == []
    assert read("Ia lahir pada 1936.", published=None) == [("1936", "1936-01-01", "1936-12-31", "year")]


def test_two_hours_later_than_a_month_is_no_day():
    assert [one[3] for one in read("Pabrik dibuka Maret 2015. Dua hari kemudian listrik padam.")] == ["month"]


def test_what_only_looks_like_a_time_is_none():
    assert read("Ia membaca Russia Today dan harian The Sunday.") == [("Sunday", "2023-09-10", "2023-09-10", "day")]
    assert read("Skor 2-1, harga 1.500 rupiah, rasio 31/2 dan versi 3.11.2.") == []
    assert read("Ibu April Sulistyo, pemilik warung, tertawa.") == []


def test_small_and_capital_minggu_are_a_week_and_a_day():
    assert read("Sidang digelar minggu lalu.")[0][3] == "week"
    assert read("Sidang digelar Minggu lalu.")[0][1:] == ("2023-09-10", "2023-09-10", "day")


@pytest.mark.parametrize("friday", ["Jumat", "Jum'at", "Jum’at", "Jum‘at"])
def test_a_weekday_is_read_with_any_apostrophe(friday):
    assert read(f"Rapat digelar {friday} di Jakarta.")[0][1:] == ("2023-09-08", "2023-09-08", "day")
    assert read(f"Rapat digelar {friday} pekan lalu.")[0][1] == "2023-09-08"


def test_feasts_follow_the_decrees_and_move_with_the_year():
    assert feast("Idulfitri", 2023, None) == date(2023, 4, 22)
    assert feast("Lebaran", 2024, None) == date(2024, 4, 10)
    assert feast("Lebaran", None, WEDNESDAY, when="future") == date(2024, 4, 10)
    assert feast("HUT ke-78 RI", None, None) == date(2023, 8, 17)
    assert feast("Natal", None, None) is None
    assert feast("ulang tahun", 2023, WEDNESDAY) is None


def test_hijri_days_of_a_feast_are_those_of_the_decree():
    assert hijri("Syawal", 1444, 1) == (date(2023, 4, 22), date(2023, 4, 22))
    assert hijri("Muharram", 1445, 10) == (date(2023, 7, 28), date(2023, 7, 28))
    assert hijri("Ramadan", 1600, 1) is None
    assert hijri("Mei", 1444, 1) is None


@pytest.mark.parametrize(
    ("day", "unit", "count", "wanted"),
    [
        (date(2023, 1, 31), "bulan", 1, date(2023, 2, 28)),
        (date(2024, 2, 29), "tahun", -1, date(2023, 2, 28)),
        (date(2023, 12, 31), "hari", 1, date(2024, 1, 1)),
        (date(2023, 3, 1), "pekan", -1, date(2023, 2, 22)),
    ],
)
def test_a_month_that_is_shorter_ends_sooner(day, unit, count, wanted):
    assert moved(day, unit, count) == wanted


@settings(max_examples=60)
@given(st.text(max_size=120), st.dates(min_value=date(1900, 1, 1), max_value=date(2090, 1, 1)))
def test_whatever_is_written_moments_are_spans_in_order_with_days_in_order(text, published):
    found = moments(text, published)
    assert all(text[one.start : one.end] == one.text and one.first <= one.last for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            "31 29 0 Februari Maret awal akhir abad ke-0 ke-21 kuartal IV 9999 1500 2099 H-3 Lebaran 1 Syawal 1343 1500 H "
            "dua 999 tahun lalu lagi kemudian pekan pertama hari dekade Natal 31/12/99 -".split()
        ),
        max_size=12,
    ).map(" ".join),
    st.sampled_from([date(1, 1, 2), date(1500, 1, 1), WEDNESDAY, date(9999, 12, 30)]),
)
def test_impossible_days_are_left_out_and_break_nothing(text, published):
    assert all(one.first <= one.last for one in moments(text, published))


@pytest.mark.parametrize("mark", ["'", "’", "‘"])
def test_a_day_with_an_apostrophe_of_any_kind_is_a_day(mark):
    assert read(f"Pekerjaan mulai pada hari Jum{mark}at malam Sabtu pukul 23.00.")[0][1:] == ("2023-09-09", "2023-09-09", "day")
    assert read(f"Rapat digelar Jum{mark}at pekan lalu.")[0][1] == "2023-09-08"


ALTERNATIVES = sorted({need for needs in NEEDS.values() for part in needs for need in part})
PARTS = st.sampled_from([*ALTERNATIVES, *(need.rstrip("*") for need in ALTERNATIVES), "2019", "5", "x", " ", " ", "-", "’", "K"])


def has(text, need):
    """Is a need in a text of small letters: as a word, as the beginning of one, or anywhere?"""
    if re.fullmatch("[a-z]+", need):
        return re.search(rf"(?<![a-z]){need}(?![a-z])", text) is not None
    return re.search(rf"(?<![a-z]){need[:-1]}", text) is not None if need.endswith("*") else need in text


@given(st.lists(PARTS, max_size=8).map("".join))
def test_a_pattern_is_possible_where_the_text_has_one_of_each_of_its_needs(text):
    small = straight(text.lower())
    digit = any(map(str.isdigit, text))
    expected = tuple(
        name
        for name in PATTERNS
        if (digit or name not in DIGITS) and all(any(has(small, need) for need in part) for part in NEEDS.get(name, ()))
    )
    assert _possible(text) == expected


def every_alternative(tree):
    """Texts that a parsed pattern matches, in which each of its alternatives occurs once while the others are at their first."""
    parts = [_texts(*node) for node in tree]
    first = [texts[0] for texts in parts]
    found = ["".join(first)]
    for place, texts in enumerate(parts):
        found += ["".join([*first[:place], text, *first[place + 1 :]]) for text in texts[1:]]
    return found


def _texts(kind, what):
    """The texts of one node; what only looks around has none of its own."""
    kind = str(kind)
    if kind == "LITERAL":
        return [chr(what)]
    if kind == "IN":
        return ["x"] if str(what[0][0]) == "NEGATE" else [text for each in what for text in _texts(*each)]
    if kind == "RANGE":
        return [chr(what[0]), chr(what[1])]
    if kind == "CATEGORY":
        return {"CATEGORY_DIGIT": ["1"], "CATEGORY_SPACE": [" "], "CATEGORY_WORD": ["x"]}[str(what)]
    if kind == "BRANCH":
        return [text for tree in what[1] for text in every_alternative(tree)]
    if kind == "SUBPATTERN":
        return every_alternative(what[-1])
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        fewest, _, tree = what
        return ([""] if fewest == 0 else []) + [text * max(fewest, 1) for text in every_alternative(tree)]
    assert kind in {"AT", "ASSERT", "ASSERT_NOT"}, kind
    return [""]


@pytest.mark.parametrize("name", PATTERNS)
def test_whatever_a_pattern_matches_has_its_needs(name):
    texts = every_alternative(parser.parse(PATTERNS[name].pattern))
    matched = [found.group() for found in map(PATTERNS[name].search, texts) if found]
    assert len(matched) == len(texts)
    assert [text for text in matched if name not in _possible(text)] == []
