"""Articles that take different sides of a yes-no question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from qa.answer.agreement import polar
from qa.answer.extractive.candidates import sentences_of
from qa.answer.extractive.choice import Ranked
from qa.answer.extractive.features import Features
from qa.schema import Hit, Passage, Query

ASKED = Query(text="Apakah bendungan itu retak?", kind="yes_no")
CRACKED = "Bendungan itu retak."
SOUND = "Bendungan itu tidak retak."


@dataclass
class Verdict:
    entailed: float
    contradicted: float


def entail(premise, hypothesis):
    """An entailment head that knows one word."""
    assert hypothesis == "bendungan itu retak"
    return Verdict(0.1, 0.8) if "tidak" in premise else Verdict(0.8, 0.1)


def unsure(premise, hypothesis):
    return Verdict(0.5, 0.2)


def one(text, article, *, score=2.0, confidence=0.7):
    passage = Passage(
        id=f"{article}:0-{len(text)}", article_id=article, start=0, end=len(text), text=text, outlet=article, published=date(2024, 5, 3)
    )  # fmt: skip
    [candidate] = sentences_of(Hit(passage=passage, score=1.0, rank=1, stage="reranked"))
    zeros = Features(**dict.fromkeys(Features.__slots__, 0.0))
    object.__setattr__(candidate, "score", score)
    return Ranked(candidate=candidate, features=zeros, score=confidence, confidence=confidence)


def side(candidate):
    return -2.5 if "tidak" in candidate.quote else 2.5


def test_two_articles_that_say_opposite_things_contradict():
    found = polar.compared(ASKED, [one(CRACKED, "a"), one(SOUND, "b")], side, entail=entail)
    assert (found.verdict, [each.value for each in found.sides], found.independent) == ("contradict", ["Ya", "Tidak"], 2)


def test_two_that_say_the_same_agree_and_one_alone_is_single():
    assert polar.compared(ASKED, [one(CRACKED, "a"), one(CRACKED, "b")], side, entail=entail).verdict == "agree"
    assert polar.compared(ASKED, [one(CRACKED, "a")], side, entail=entail).verdict == "single"
    assert polar.compared(ASKED, [], side, entail=entail) is None


def test_a_side_that_the_entailment_head_does_not_see_is_none():
    found = polar.compared(ASKED, [one(CRACKED, "a"), one(SOUND, "b")], side, entail=unsure)
    assert found.verdict == "single"


def test_a_sentence_that_does_not_answer_takes_no_side():
    found = polar.compared(ASKED, [one(CRACKED, "a"), one(SOUND, "b", score=-0.5)], side, entail=entail)
    assert found.verdict == "single"


def test_a_sentence_with_all_that_is_asked_takes_the_side_that_the_entailment_head_sees():
    asked = Query(text=ASKED.text, kind="yes_no", terms=(("bendungan", 1.0), ("retak", 1.0)))
    found = polar.compared(asked, [one(CRACKED, "a"), one(SOUND, "b", score=-0.5)], side, entail=entail)
    assert found.verdict == "contradict"
    found = polar.compared(asked, [one(CRACKED, "a"), one("Danau itu tidak kering.", "b", score=-0.5)], side, entail=entail)
    assert found.verdict == "single"


@pytest.mark.parametrize(("strength", "verdict"), [(2.5, "contradict"), (1.5, "single")])
def test_an_english_question_needs_clearer_sides_for_the_head_reads_indonesian(strength, verdict):
    query = Query(text="Is the dam cracked?", kind="yes_no", language="en")

    def weighed(candidate):
        return -strength if "tidak" in candidate.quote else strength

    found = polar.compared(query, [one(CRACKED, "a"), one(SOUND, "b")], weighed, entail=None)
    assert found.verdict == verdict
    assert found.sides[0].value == "Yes"


OPPOSITES = {
    "2024-07-01": ("Penyelam Rizal Hamid ditemukan tewas di Teluk Merak, Senin (1/7).", "Penyelam Rizal Hamid ditemukan di Teluk Merak"),
    "2024-07-02": ("Penyelam Rizal Hamid ditemukan selamat di Teluk Merak, kata keluarganya.", "Rizal Hamid pulang"),
    "2024-07-05": ("Nakhoda KM Anugrah Idrus Lamo selamat. Seorang penumpang KM Anugrah tewas.", "KM Anugrah karam"),
    "2024-03-02": ("Museum Kapur di Kota Wera ditutup mulai Sabtu (2/3).", "Museum Kapur"),
    "2024-07-09": ("Museum Kapur di Kota Wera dibuka, Selasa (9/7).", "Museum Kapur"),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(build_archive):
    rows = [
        {"id": day, "text": text, "title": title, "published": day, "outlet": f"Harian {day}"}
        for day, (text, title) in OPPOSITES.items()
    ]
    return build_archive(rows)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Apakah penyelam Rizal Hamid tewas?", "Ya; Tidak"),
        ("Apakah penyelam Rizal Hamid selamat?", "Ya; Tidak"),
        ("Apakah nakhoda KM Anugrah Idrus Lamo tewas?", "Tidak"),
    ],
)
def test_an_opposite_is_a_side_and_what_befell_somebody_else_is_none(archive, question, short):
    assert archive.ask(question).short == short


def test_what_was_closed_in_march_and_opened_in_july_is_no_contradiction(archive):
    answer = archive.ask("Apakah Museum Kapur di Kota Wera dibuka?")
    assert answer.agreement.verdict != "contradict"
