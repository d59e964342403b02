"""A candidate's answer as a value of the type that the question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.agreement.quantities import Quantity
from qa.answer.agreement.values import ContentWords, Days, TimeOfDay, names_cause, narrowed, value
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


def test_what_nothing_is_counted_in_may_be_counted_in_anything():
    assert shown("Berapa kapasitas perahu itu?", "Perahu itu memuat 40 orang.", "40 orang")[1] == "40 orang"
    assert shown("Berapa suhu di lembah?", "Suhu di lembah 4 derajat Celsius.", "4 derajat Celsius")[1] == "4 derajat Celsius"
    assert shown("Berapa tersangka?", "Tiga tersangka ditahan dua puluh hari.", "dua puluh hari") is None


def test_english_how_long_asks_for_a_length_or_a_time():
    assert shown("How long is the runway?", "The runway is 2,500 metres long.", "2,500 metres long")[1] == "2,500 metres long"
    assert shown("How long did it take?", "It took 20 minutes.", "20 minutes")[1] == "20 minutes"
    assert shown("Berapa lama?", "Jalan itu 20 kilometer.", "20 kilometer") is None


def test_a_cause_is_cut_out_of_a_long_account():
    text = "Pabrik gula itu terbakar pada malam Minggu. Kebakaran pabrik itu dipicu oleh ledakan tungku, kata Hasan."
    passage = Passage(id=f"a:0-{len(text)}", article_id="a", start=0, end=len(text), text=text)
    end = text.index(", kata")
    reading = Reading(relevance=1.0, answerable=1.0, spans=(AnswerSpan(7, end, 9.0),))
    [one] = candidates([Hit(passage=passage, score=1.0, rank=1, stage="reranked", reading=reading)])
    query = understand("Apa penyebab kebakaran pabrik gula?", vocabulary=None)
    cut = narrowed(query, one)
    assert (cut.answer, cut.quote) == ("ledakan tungku", "Kebakaran pabrik itu dipicu oleh ledakan tungku, kata Hasan.")
    found = value(query, cut)
    assert names_cause(query, found, cut.quote, found.start - cut.first)
    assert narrowed(understand("Siapa yang terbakar?", vocabulary=None), one) is one


def test_a_day_is_placed_by_the_day_of_publication():
    found, words = shown("Kapan pasar dibuka?", "Pasar dibuka pada Rabu (1/5) pagi.", "Rabu (1/5")
    assert found == Days(first=date(2024, 5, 1), last=date(2024, 5, 1))
    assert words.startswith("Rabu (1/5")


def test_a_clock_is_read_where_the_hour_is_asked_for():
    found, _ = shown("Pukul berapa kereta tiba?", "Kereta tiba pukul 06.15 WIB.", "06.15")
    assert found == TimeOfDay(minutes=375, zone="wib")


def test_words_leave_titles_and_the_question_out():
    found, _ = shown("Siapa yang meresmikan jembatan?", "Jembatan diresmikan Gubernur Bambang Suryo.", "Gubernur Bambang Suryo")
    assert found == ContentWords(terms=("bambang", "suryo"), named=True)
    found, _ = shown("Lewat mana pencuri masuk?", "Pencuri masuk lewat atap.", "lewat atap")
    assert found == ContentWords(terms=("atap",), named=False)


@pytest.mark.parametrize("question", ["Bagaimana jembatan dibangun?", "Apa kata gubernur?"])
def test_an_account_is_no_value(question):
    assert shown(question, "Jembatan dibangun dengan baja.", "dengan baja") is None
