"""A plan and what came of it do not contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.agreement import plans
from qa.answer.agreement.plans import apart, asks_plan, done, outcome, planned
from qa.answer.agreement.quantities import quantities
from qa.answer.agreement.relations import Assertion
from qa.answer.agreement.values import Days
from qa.language.time.moments import moments

MAY, JULY = date(2024, 5, 14), date(2024, 7, 20)


def amount(sentence, value, *, day=MAY):
    at = sentence.index(value)
    found = next(one for one in quantities(sentence) if one.end > at)
    return Assertion(value=found, sentence=sentence, at=at, published=day)


def days(sentence, value, *, day=MAY):
    at = sentence.index(value)
    found = next(one for one in moments(sentence, day) if one.end > at)
    return Assertion(value=Days(first=found.first, last=found.last), sentence=sentence, at=at, published=day)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Jembatan akan menelan biaya Rp 4 miliar.", "Rp 4 miliar"),
        ("Pemerintah menargetkan 500 rumah, sebagian di pesisir.", "500 rumah"),
        ("Sebanyak 500 rumah akan dibangun.", "500 rumah"),
        ("Dari target 500 hektare, 320 hektare sudah ditanami.", "500 hektare"),
        ("The bridge is expected to cost 4 million dollars.", "4 million"),
        ("The school plans to admit 300 pupils.", "300 pupils"),
    ],
)
def test_an_amount_is_planned_by_the_cue_of_its_clause(sentence, value):
    assert planned(amount(sentence, value))
    assert not done(amount(sentence, value))


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Jembatan menelan biaya Rp 4 miliar.", "Rp 4 miliar"),
        ("Hadiah sebesar Rp 50 juta akan dipakai membeli alat.", "Rp 50 juta"),
        ("Dari target 500 hektare, 320 hektare sudah ditanami.", "320 hektare"),
        ("Polisi akan memeriksa sopir bus yang menewaskan 5 orang.", "5 orang"),
        ("Warga butuh air, akan tetapi hanya 3 tangki yang datang.", "3 tangki"),
        ("Bakal calon bupati itu membawa 200 pendukung.", "200 pendukung"),
        ("The school, which will be enlarged, has 300 pupils.", "300 pupils"),
    ],
)
def test_a_cue_of_another_clause_or_behind_a_sum_says_nothing_of_it(sentence, value):
    assert not planned(amount(sentence, value))


def test_a_day_after_the_articles_own_is_planned_whatever_the_words():
    assert planned(days("Dinas membangun dermaga pada 2025.", "2025"))
    assert planned(days("Semula dermaga direncanakan selesai pada 2021.", "2021"))
    assert done(days("Dermaga itu dibangun pada 1997.", "1997"))
    assert not planned(days("Dermaga itu, yang akan diganti, dibangun pada 1997.", "1997"))
    assert not done(days("Semula dermaga direncanakan selesai pada 2021.", "2021"))


def test_an_outcome_is_of_a_later_article_and_after_the_plan():
    plan = days("Pasar akan dibuka pada 12 Juni 2024.", "12 Juni 2024")
    opened = days("Pasar dibuka pada 6 Juli 2024.", "6 Juli 2024", day=JULY)
    assert outcome(plan, opened)
    assert not outcome(opened, plan)
    assert not outcome(plan, days("Pasar dibuka pada 12 Juni 2024.", "12 Juni 2024", day=JULY))  # as planned
    assert not outcome(plan, days("Pasar dibuka pada 1997.", "1997", day=JULY))  # an older market
    assert not apart("Kapan pasar dibuka?", plan, opened)
    assert apart("Kapan pasar dibuka?", plan, days("Pasar dibuka pada 1997.", "1997", day=JULY))


def test_a_target_and_what_was_reached_are_apart_but_two_plans_are_not():
    target = amount("Panitia menargetkan 400 peserta.", "400 peserta")
    came = amount("Lomba diikuti 265 peserta.", "265 peserta")
    more = amount("Panitia berharap akan datang 500 peserta.", "500 peserta")
    assert apart("Berapa peserta lomba?", target, came)
    assert not apart("Berapa peserta lomba?", target, more)
    reached = amount("Dari target 500 hektare, 320 hektare sudah ditanami.", "320 hektare")
    assert not apart("Berapa hektare?", reached, amount("Warga menanami 400 hektare.", "400 hektare"))


def test_a_question_for_the_plan_leaves_out_only_what_surely_came_about():
    asked = "Berapa rumah yang akan dibangun?"
    assert asks_plan(asked)
    assert asks_plan("When is the bridge scheduled to open?")
    assert not asks_plan("Kapan dermaga dibangun?")
    plan = amount("Pemerintah akan membangun 500 rumah.", "500 rumah")
    assert not apart(asked, plan, amount("Pemerintah menyiapkan lahan untuk 400 rumah.", "400 rumah"))
    assert apart(asked, plan, amount("Pemerintah sudah membangun 400 rumah.", "400 rumah"))


def test_a_sentence_and_a_question_are_read_once_however_many_values_are_compared(monkeypatch):
    read = []
    known = plans._clause
    monkeypatch.setattr(plans, "_clause", lambda sentence, at: read.append(sentence) or known(sentence, at))
    plans._cued.cache_clear()
    sentences = ("Stasiun itu akan menelan Rp 4 miliar.", "Stasiun itu sudah menelan Rp 5 miliar.")
    one, other = (Assertion(value=quantities(each)[0], sentence=each, at=each.index("Rp")) for each in sentences)
    for _ in range(3):
        assert plans.apart("Berapa biaya stasiun itu?", one, other)
    assert sorted(read) == sorted(sentences)
