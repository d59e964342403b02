"""Yes or no: which sentence settles the question, and which side it takes."""

from __future__ import annotations

import pytest

from qa.answer.extractive.yes_no import MOST, judged, settled, statement
from qa.schema import Query, Reading

ASKED = Query(text="Apakah pasar dibuka?", kind="yes_no")


def said(**known: tuple[float, float]):
    """Readings of sentences by their first word: (answerable, polar); others answer nothing."""

    def readings(question, texts, above):
        assert len(texts) == len(above)
        values = [known.get(text.split()[0], (-9.0, 0.0)) for text in texts]
        return [Reading(relevance=0.0, answerable=answerable, polar=polar) for answerable, polar in values]

    return readings


@pytest.mark.parametrize(
    ("language", "polar", "short"), [("id", 2.0, "Ya"), ("id", -2.0, "Tidak"), ("en", 2.0, "Yes"), ("en", -2.0, "No")]
)
def test_the_sentence_that_answers_is_said_with_its_side(archive, by_span, language, polar, short):
    archive.add("Hujan turun. Pasar dibuka pada Rabu. Warga senang.")
    query = Query(text="Apakah pasar dibuka?", kind="yes_no", language=language)
    draft = judged(query, archive.hits, said(Pasar=(10.0, polar)))
    assert [claim.quote for claim in draft.claims] == ["Pasar dibuka pada Rabu."]
    assert draft.short == short


def test_the_passage_and_the_sentence_take_the_side_together(archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", polar=-3.0)
    assert judged(ASKED, archive.hits, said(Pasar=(10.0, 2.0))).short == "Tidak"
    archive.hits.clear()
    archive.add("Pasar dibuka pada Rabu.", polar=-1.0)
    assert judged(ASKED, archive.hits, said(Pasar=(10.0, 2.0))).short == "Ya"


def test_each_sentence_keeps_its_own_side(archive, by_span):
    archive.add("Toko tutup. Pasar dibuka pada Rabu.")
    assert judged(ASKED, archive.hits, said(Toko=(1.0, -5.0), Pasar=(10.0, 2.0))).short == "Ya"
    assert judged(ASKED, archive.hits, said(Toko=(10.0, -5.0), Pasar=(1.0, 2.0))).short == "Tidak"


def test_only_the_passages_that_answer_likeliest_are_read_again(archive):
    archive.add("Satu datang.", answerable=-5.0)
    archive.add("Dua datang.", answerable=5.0)
    archive.add("Tiga datang.", answerable=4.0, relevance=-9.0)
    archive.add("Empat datang.", answerable=3.0)
    archive.add("Lima datang.", answerable=9.0, read=False)
    found, sides = settled(ASKED, archive.hits, said(Dua=(1.5, 1.0)))
    assert [one.quote for one in found] == ["Dua datang.", "Empat datang."]
    assert [one.score for one in found] == [1.5, -9.0]
    assert sides == [1.0, 0.0]


def test_no_more_sentences_are_read_than_are_allowed(archive):
    archive.add(" ".join(f"Orang ke-{at} datang." for at in range(30)))
    found, sides = settled(ASKED, archive.hits, said())
    assert len(found) == len(sides) == MOST


def test_where_no_sentence_answers_nothing_is_said(archive, by_span):
    archive.add("Pasar dibuka pada Rabu.")
    draft = judged(ASKED, archive.hits, said(Pasar=(-30.0, 2.0)))
    assert (draft.claims, draft.short, draft.reason) == ((), "", "not-in-articles")
    assert 0.0 < draft.confidence < 0.1


def test_passages_that_nobody_read_settle_nothing(archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", read=False)
    assert judged(ASKED, archive.hits, said()).reason == "not-in-articles"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Apakah Putin akan datang?", "Putin akan datang"),
        ("Benarkah Putin akan datang ?", "Putin akan datang"),
        ("Apa benar Putin datang", "Putin datang"),
        ("Jadi, apakah Putin datang?", "Putin datang"),
        ("Sudahkah jembatan itu dibuka?", "Sudah jembatan itu dibuka"),
        ("Emang Putin datang?", "Putin datang"),
        ("Did Putin come?", "Did Putin come"),
    ],
)
def test_a_question_becomes_what_it_asks_about(question, told):
    assert statement(question) == told
