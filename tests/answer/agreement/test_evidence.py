"""When another article's value is one of what is asked."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qa.answer.agreement.evidence import Given, Inquiry, covered, is_side, lacking, nearness
from qa.answer.agreement.values import value
from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.answer.extractive.features import Features
from qa.language.question.understand import understand
from qa.schema import Hit, Passage

DAY = date(2024, 5, 3)


def given(question, text, span, *, article="b", score=3.0, confidence=0.2, title=""):
    start = text.index(span)
    passage = Passage(id=article, article_id=article, start=0, end=len(text), text=text, title=title, published=DAY)
    hit = Hit(passage=passage, score=1.0, rank=1, stage="reranked")
    one = Candidate(hit=hit, start=start, end=start + len(span), first=0, last=len(text), score=score)
    zeros = Features(**dict.fromkeys(Features.__slots__, 0.0))
    found = value(understand(question, vocabulary={}), one)
    assert found
    return Given(ranked=Ranked(candidate=one, features=zeros, score=0.0, confidence=confidence), shown=found)


def side(question, best, one, *, near=None, **more):
    query = understand(question, vocabulary={})
    mine = given(question, *best, article="a", score=9.0, confidence=0.9)
    return is_side(Inquiry(query=query, near=near), mine, given(question, *one, **more))


BIAYA = "Berapa biaya Jembatan Linden?"
BEST = ("Biaya Jembatan Linden Rp 2 miliar.", "Rp 2 miliar")


def test_a_little_believed_amount_is_a_side_where_its_sentence_has_most_of_what_is_asked():
    assert side(BIAYA, BEST, ("Jembatan Linden menelan biaya Rp 3 miliar.", "Rp 3 miliar"))
    assert not side(BIAYA, BEST, ("Jembatan Linden menelan biaya Rp 3 miliar.", "Rp 3 miliar"), score=-5.0)
    assert not side(BIAYA, BEST, ("Linden menerima hadiah Rp 3 miliar.", "Rp 3 miliar"), score=2.0)


def test_what_is_only_demanded_is_no_side_of_what_is_so():
    asked = "Berapa lama Harun Basuki divonis penjara?"
    best = ("Harun Basuki divonis empat tahun penjara.", "empat tahun")
    assert side(asked, best, ("Harun Basuki divonis tujuh tahun penjara.", "tujuh tahun"))
    assert not side(asked, best, ("Jaksa menuntut Harun Basuki tujuh tahun penjara.", "tujuh tahun"), confidence=0.5)


def test_a_passage_that_lacks_what_the_question_is_about_is_of_something_else():
    asked = "When will the new ferry terminal in Waringin open?"
    best = ("The new ferry terminal in Waringin will open on 20 September 2023.", "20 September 2023")
    bridge = ("The new bridge in Waringin will open on 12 June 2024.", "12 June 2024")
    assert not side(asked, best, bridge, confidence=0.7, score=9.0)
    assert side(
        asked, best, ("The new terminal in Waringin will open on 12 June 2024.", "12 June 2024"), confidence=0.7, score=9.0
    )
    alike = ("The new bridge in Waringin will open on 20 September 2023.", "20 September 2023")
    assert side(asked, best, alike, confidence=0.7, score=9.0)  # the same value is no disagreement
    query = understand(asked, vocabulary={})
    assert lacking(query, given(asked, *best), given(asked, *bridge)) == pytest.approx(0.4)


def test_a_sentence_of_the_other_language_counts_by_its_meaning():
    asked = "Berapa umur tengkorak gajah di Argapura?"
    best = ("Umur tengkorak gajah di Argapura 800.000 tahun.", "800.000 tahun")
    english = ("The skull found near Argapura is 300,000 years old.", "300,000 years")
    assert side(asked, best, english, near=lambda one, other: 0.6)
    assert not side(asked, best, english, near=lambda one, other: 0.2)
    assert not side(asked, best, english)


def test_nearness_is_a_cosine_of_an_encoder():
    class Encoder:
        def passages(self, texts):
            return np.eye(2, dtype=np.float32)[[len(text) % 2 for text in texts]]

    assert nearness(Encoder())("ab", "cd") == 1.0
    assert nearness(Encoder())("ab", "c") == 0.0


def test_a_share_of_the_question_is_found_by_roots():
    query = understand("Berapa biaya Jembatan Linden?", vocabulary={})
    assert covered(Inquiry(query=query), given(BIAYA, *BEST)) == pytest.approx(1.0)
