"""What an answer says of its sources: proved variants, and the sentence with a marker a side."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from qa.agreement import Comparison, Side
from qa.answer.verify.verify import check, verify
from qa.schema import Article, Claim, Draft, Hit, Passage, Query, Trace

SIX = "Enam orang tewas dalam banjir."
NINE = "Korban bertambah menjadi sembilan orang."


def article(id_, text, outlet, day):
    return Article(
        id=id_, text=text, source=f"{id_}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), outlet=outlet, published=day
    )


ARTICLES = {"a": article("a", SIX, "Harian A", date(2024, 5, 3)), "b": article("b", NINE, "Harian B", date(2024, 5, 4))}
HITS = tuple(
    Hit(passage=Passage(id=f"{id_}:0", article_id=id_, start=0, end=len(text), text=text), score=1.0, rank=rank, stage="fused")
    for rank, (id_, text) in enumerate((("a", SIX), ("b", NINE)), start=1)
)
FIRST = Claim(text=SIX, quote=SIX, hit_rank=1)
SIDES = (Side(value="Enam orang", quotes=((SIX, 1),)), Side(value="sembilan orang", quotes=((NINE, 2),)))


def answer(verdict="contradict", *, sides=SIDES, language="id", kind="how_many", short="Enam orang; sembilan orang", limit=3):
    comparison = Comparison(verdict=verdict, sides=sides, independent=2)
    draft = Draft(claims=(FIRST,), short=short, confidence=0.9, comparison=comparison)
    query = Query(text="Berapa orang tewas?", kind=kind, language=language)
    return verify("?", query, draft, HITS, ARTICLES.__getitem__, threshold=0.5, max_citations=limit, trace=Trace())


def test_the_text_ends_with_both_sides_each_cited_and_dated():
    found = answer()
    assert found.text == f"{SIX} [1] Sumber berbeda: Harian A, 3 Mei: Enam orang [1]; Harian B, 4 Mei: sembilan orang [2]."
    assert found.agreement.sentence in found.text
    assert [(one.value, one.citations, one.outlet, one.published) for one in found.agreement.variants] == [
        ("Enam orang", (1,), "Harian A", date(2024, 5, 3)),
        ("sembilan orang", (2,), "Harian B", date(2024, 5, 4)),
    ]
    assert found.short == "Enam orang; sembilan orang"
    assert check(found, ARTICLES.__getitem__) == []


def test_an_english_question_is_answered_in_english():
    assert answer(language="en").agreement.sentence.startswith("Sources differ: Harian A, 3 May: Enam orang [1];")
    assert answer("update", language="en", short="Enam orang").agreement.sentence.startswith("Updated: ")


def test_a_side_is_cited_even_where_one_citation_is_the_most():
    assert [one.n for one in answer(limit=1).citations] == [1, 2]


def test_a_side_whose_quote_is_not_in_its_article_is_left_out():
    false = Side(value="sepuluh orang", quotes=(("sepuluh orang", 2),))
    found = answer(sides=(SIDES[0], false))
    assert (found.agreement.verdict, found.agreement.sentence, len(found.citations)) == ("single", "", 1)
    assert found.short == ""


def test_a_value_that_is_not_in_its_quote_is_left_out():
    found = answer(sides=(SIDES[0], replace(SIDES[1], value="seratus orang")))
    assert len(found.agreement.variants) == 1


def test_yes_and_no_need_not_be_in_the_quotes():
    sides = (replace(SIDES[0], value="Ya"), replace(SIDES[1], value="Tidak"))
    found = answer(sides=sides, kind="yes_no", short="Ya; Tidak")
    assert (found.short, len(found.agreement.variants)) == ("Ya; Tidak", 2)


@pytest.mark.parametrize("verdict", ["single", "agree"])
def test_one_value_needs_no_sentence(verdict):
    found = answer(verdict, sides=SIDES[:1], short="Enam orang")
    assert (found.agreement.verdict, found.agreement.sentence, found.text) == (verdict, "", f"{SIX} [1]")


def test_values_of_different_things_are_reported_with_their_scope():
    sides = (replace(SIDES[0], scope="Kota Bima"), replace(SIDES[1], scope="Provinsi Jaya"))
    found = answer("single", sides=sides, short="Enam orang")
    assert found.agreement.sentence == (
        "Berbeda cakupan: Harian A, 3 Mei (Kota Bima): Enam orang [1]; Harian B, 4 Mei (Provinsi Jaya): sembilan orang [2]."
    )


def test_a_year_is_given_where_the_days_are_of_several():
    articles = {**ARTICLES, "b": replace(ARTICLES["b"], published=date(2023, 5, 4))}
    comparison = Comparison(verdict="contradict", sides=SIDES, independent=2)
    draft = Draft(claims=(FIRST,), short="Enam orang", confidence=0.9, comparison=comparison)
    query = Query(text="?", kind="how_many")
    found = verify("?", query, draft, HITS, articles.__getitem__, threshold=0.5, max_citations=3, trace=Trace())
    assert "Harian B, 4 Mei 2023: sembilan orang [2]; Harian A, 3 Mei 2024: Enam orang [1]" in found.text
