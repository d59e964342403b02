"""A candidate's answer as a value of the type that the question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.agreement.quantities import Quantity
from qa.answer.agreement.values import Clock, Days, Words, value
from qa.answer.extractive.candidates import candidates
from qa.language.question.understand import understand
from qa.schema import AnswerSpan, Hit, Passage, Reading


def shown(question, text, span, *, day=date(2024, 5, 3)):
    start = text.index(span)
    passage = Passage(id=f"a:0-{len(text)}", article_id="a", start=0, end=len(text), text=text, published=day)
    reading = Reading(relevance=1.0, answerable=1.0, spans=(AnswerSpan(start, start + len(span), 9.0),))
    [one] = candidates([Hit(passage=passage, score=1.0, rank=1, stage="reranked", reading=reading)])
    found = value(understand(question, vocabulary=None), one)
    return (found.value, text[found.start : found.end]) if found else None


def test_a_cut_span_is_shown_with_what_it_counts():
    found, words = shown("Berapa orang tewas?", "Enam orang tewas dalam banjir.", "Enam")
    assert isinstance(found, Quantity)
    assert words == "Enam orang"


def test_of_several_amounts_the_one_that_is_asked_for_counts():
    text = "Panjang paus itu 14 meter dan beratnya 20 ton."
    assert shown("Berapa berat paus itu?", text, "14 meter dan beratnya 20 ton")[1] == "20 ton"
    assert shown("Berapa berat paus itu?", text, "14 meter") is None


def test_houses_are_no_answer_where_people_are_counted():
    assert shown("Berapa orang yang luka?", "Sebanyak 88 rumah kehilangan atap.", "88 rumah") is None
    assert shown("Berapa rumah yang rusak?", "Sebanyak 88 rumah kehilangan atap.", "88 rumah")[1] == "88 rumah"


def test_a_day_is_placed_by_the_day_of_publication():
    found, words = shown("Kapan pasar dibuka?", "Pasar dibuka pada Rabu (1/5) pagi.", "Rabu (1/5")
    assert found == Days(first=date(2024, 5, 1), last=date(2024, 5, 1))
    assert words.startswith("Rabu (1/5")


def test_a_clock_is_read_where_the_hour_is_asked_for():
    found, _ = shown("Pukul berapa kereta tiba?", "Kereta tiba pukul 06.15 WIB.", "06.15")
    assert found == Clock(minutes=375, zone="wib")


def test_words_leave_titles_and_the_question_out():
    found, _ = shown("Siapa yang meresmikan jembatan?", "Jembatan diresmikan Gubernur Bambang Suryo.", "Gubernur Bambang Suryo")
    assert found == Words(terms=("bambang", "suryo"), named=True)
    found, _ = shown("Lewat mana pencuri masuk?", "Pencuri masuk lewat atap.", "lewat atap")
    assert found == Words(terms=("atap",), named=False)


@pytest.mark.parametrize("question", ["Bagaimana jembatan dibangun?", "Apa kata gubernur?"])
def test_an_account_is_no_value(question):
    assert shown(question, "Jembatan dibangun dengan baja.", "dengan baja") is None
