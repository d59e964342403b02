"""The reranker: the cross-encoder's order, nothing lost, nothing but order and scores changed."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from qa.retrieve.crossencoder import Reading
from qa.retrieve.rerank import WEIGHT, CrossEncoderReranker
from qa.schema import Hit, Passage


class Scripted:
    """Says of each text the relevance that was written into it."""

    def score(self, question, texts, *, titles):
        assert len(titles) == len(texts)
        return [Reading(float(text), 0.0, ()) for text in texts]


def hits_of(relevances):
    return [
        Hit(
            passage=Passage(id=f"a:{at}-{at + 1}", article_id="a", start=at, end=at + 1, text=str(value)),
            score=1 / at,
            rank=at,
            stage="fused",
        )
        for at, value in enumerate(relevances, 1)
    ]


@given(st.lists(st.floats(0, 1, allow_nan=False), max_size=12), st.integers(1, 15))
def test_the_first_hits_are_ordered_by_score_and_relevance_and_the_rest_follow_as_they_were(relevances, depth):
    def told(hit):
        sure = min(max(float(hit.passage.text), 1e-4), 1 - 1e-4)
        return hit.score + WEIGHT * math.log(sure / (1 - sure))

    hits = hits_of(relevances)
    ordered = CrossEncoderReranker(depth, Scripted).order("apa?", hits)
    want = sorted(hits[:depth], key=lambda hit: -told(hit)) + hits[depth:]  # stable: ties keep their order
    assert [hit.passage for hit in ordered] == [hit.passage for hit in want]
    assert [hit.rank for hit in ordered] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in ordered] == sorted((hit.score for hit in ordered), reverse=True)
    assert {hit.stage for hit in ordered} <= {"reranked"}


def test_the_shipped_model_puts_the_passage_that_answers_first():
    texts = [
        "Gubernur berkunjung ke pasar kota pada Senin pagi.",
        "Jembatan Palu diresmikan oleh Menteri Rahman Hadi pada Selasa.",
        "Harga beras di pasar naik dua persen pekan ini.",
    ]
    hits = [
        Hit(passage=Passage(id=f"a:{n}-{n + 1}", article_id="a", start=n, end=n + 1, text=text), score=0.0, rank=n, stage="fused")
        for n, text in enumerate(texts, 1)
    ]
    best = CrossEncoderReranker(3).order("Siapa yang meresmikan Jembatan Palu?", hits)[0]
    assert best.passage.text == texts[1]
    assert best.score > 0.0


def test_without_hits_nothing_is_loaded():
    def load():
        raise AssertionError("the model was loaded for nothing")

    assert CrossEncoderReranker(3, load).order("apa?", ()) == ()
