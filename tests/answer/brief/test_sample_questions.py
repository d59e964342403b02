from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answer.brief.sample_questions import facts, right
from qa.schema import Article

TEXT = (
    'Rapat itu selesai. "Kami akan memperbaiki tanggul sebelum musim hujan tiba," kata Kepala Dinas Kesehatan Rina Handoko.\n'
    "Tanggul itu milik warga. Tanggul Sangkan Hilir jebol pada 4 Maret 2024. Badan Penanggulangan Banjir (BPB) mengirim perahu."
)


def article(text=TEXT, id_="a"):
    return Article(id=id_, text=text, source=id_, sha256=id_, published=date(2024, 3, 5))


def asked(*articles):
    return {fact.question: fact for fact in facts(articles)}


def test_questions_are_made_of_offices_days_short_forms_and_sayings():
    found = asked(article())
    assert found["Siapa Kepala Dinas Kesehatan?"].says == ("Rina Handoko",)
    (when,) = [fact for question, fact in found.items() if question.startswith("Kapan ")]
    assert "4 Maret 2024" in when.says
    assert found["Apa kepanjangan BPB?"].says == ("Badan Penanggulangan Banjir",)
    assert "Apa kata Rina Handoko?" in found


def test_a_fact_is_at_its_span():
    for fact in facts([article()]):
        assert any(says in TEXT[fact.start : fact.end] for says in fact.says), fact


def test_an_office_that_two_people_have_is_not_asked_for():
    other = TEXT.replace("Rina Handoko", "Tono Wirawan")
    assert "Siapa Kepala Dinas Kesehatan?" not in asked(article(), article(other, "b"))


def test_a_clause_that_points_outside_itself_is_not_asked_about():
    assert not [one for one in asked(article("Pertemuan itu digelar di kota tersebut pada 4 Maret 2024.")) if "Kapan" in one]


def test_every_article_gives_its_first_question_before_any_gives_its_second():
    second = TEXT.replace("Rina Handoko", "Tono Wirawan").replace("Kesehatan", "Perhubungan")
    order = [fact.article_id for fact in facts([article(), article(second, "b")])]
    assert set(order[:2]) == {"a", "b"}


@pytest.fixture(scope="module")
def answered(assistant):
    return assistant.ask("Kapan peluncuran pertama dari Vostochny?")


def test_right_is_an_answer_that_says_the_fact_and_cites_it(answered):
    (fact, *_) = facts([article()])
    said = replace(fact, says=(answered.short,))
    assert "2016" in answered.short
    assert right(answered, said)
    assert not right(answered, replace(fact, says=("29 April 2015",)))
    assert not right(answered, replace(fact, says=(answered.short[:-1],)))  # part of a word is not said
    assert not right(replace(answered, abstained=True), said)
