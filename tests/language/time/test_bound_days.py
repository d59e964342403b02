"""Which sentences and passages are of the days to which a question binds its answer."""

from __future__ import annotations

from datetime import date

import pytest

from qa.language.time.bound_days import may_tell, of_days

FIFTH = date(2024, 3, 5)
UNTIL = (date.min, FIFTH)
SINCE = (FIFTH, date.max)
THAT_WEEK = (date(2024, 3, 4), date(2024, 3, 10))


def is_of(days, sentence, published, before=""):
    body = before + sentence
    return of_days(days, body, len(before), len(body), published)


@pytest.mark.parametrize(
    ("sentence", "published", "of"),
    [
        ("Dua kapal karam.", date(2024, 3, 5), True),
        ("Dua kapal karam.", date(2024, 3, 6), False),
        ("Sampai Senin (4/3), dua kapal karam.", date(2024, 3, 6), True),
        ("Sampai Rabu (6/3), empat kapal karam.", date(2024, 3, 6), False),
        ("Sampai Rabu (6/3), empat kapal karam dalam badai pada Minggu (3/3).", date(2024, 3, 6), False),
        ("Dua kapal karam.", None, False),
    ],
)
def test_a_later_figure_is_none_of_the_days_up_to_then(sentence, published, of):
    assert is_of(UNTIL, sentence, published) is of


def test_the_day_of_the_event_in_the_sentence_before_does_not_date_a_later_figure():
    assert not is_of(UNTIL, "Empat kapal karam.", date(2024, 3, 9), before="Badai datang pada Minggu (3/3). ")


@pytest.mark.parametrize(
    ("sentence", "published", "of"),
    [
        ("Pelabuhan ditutup.", date(2024, 3, 8), True),
        ("Pelabuhan ditutup pada 1 Maret 2024.", date(2024, 3, 2), False),
        ("Pelabuhan ditutup pada 7 Maret 2024.", date(2024, 3, 2), True),
        ("Pelabuhan ditutup.", None, True),
    ],
)
def test_what_is_earlier_is_none_of_the_days_since_then(sentence, published, of):
    assert is_of(SINCE, sentence, published) is of


def test_a_sentence_without_a_day_is_of_the_one_before_it_or_of_the_next_days_newspaper():
    assert is_of(THAT_WEEK, "Pelabuhan ditutup.", date(2024, 5, 1), before="Pada 8 Maret 2024 badai datang. ")
    assert is_of(THAT_WEEK, "Pelabuhan ditutup.", date(2024, 3, 11))
    assert not is_of(THAT_WEEK, "Pelabuhan ditutup.", date(2024, 3, 13))


def test_a_passage_may_tell_that_was_published_then_or_names_a_day_of_then():
    assert may_tell(UNTIL, "Dua kapal karam.", date(2024, 3, 1))
    assert may_tell(UNTIL, "Badai pada 2 Maret 2024. Pada 9 Maret 2024 kapal diangkat.", date(2024, 3, 9))
    assert not may_tell(UNTIL, "Pada 9 Maret 2024 kapal diangkat.", date(2024, 3, 9))
