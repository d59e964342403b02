"""Reading what search found: order, ranks, and what precedes each passage."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieve.reading import SURE, WEIGHT, WIDE, PassageReader, headline, weighed
from qa.schema import AnswerSpan, Hit, Passage, Reading


class Told:
    """A network that says of each text the number that it begins with."""

    def __init__(self):
        self.calls = []

    def score(self, question, texts, *, titles):
        self.calls.append((question, list(texts), list(titles)))
        return [Reading(relevance=float(text.split()[0]), answerable=1.0, spans=(AnswerSpan(0, 1, 2.0),)) for text in texts]


def hits(*odds: float, title: str = "") -> list[Hit]:
    texts = [f"{value} kata" for value in odds]
    passages = [
        Passage(id=f"a{at}:0", article_id=f"a{at}", start=0, end=len(text), text=text, title=title)
        for at, text in enumerate(texts)
    ]
    return [Hit(passage=one, score=2.0 - at / 10, rank=at + 1, stage="fused") for at, one in enumerate(passages)]


def test_passages_are_put_in_order_by_search_and_relevance_together():
    found = hits(-2.0, 0.0, 4.0)
    told = Told()
    ordered = PassageReader(10, lambda: told).read("Apa?", found)
    assert [hit.passage.article_id for hit in ordered] == ["a2", "a1", "a0"]
    assert [hit.rank for hit in ordered] == [1, 2, 3]
    assert [hit.score for hit in ordered] == pytest.approx([1.8 + 4 * WEIGHT, 1.9, 2.0 - 2 * WEIGHT])
    assert {hit.stage for hit in ordered} == {"reranked"}


def test_a_reading_keeps_what_the_search_gave_its_passage():
    ordered = PassageReader(10, Told).read("Apa?", hits(-2.0, 4.0))
    assert [(hit.reading.found_score, hit.reading.found_rank) for hit in ordered] == [(1.9, 2), (2.0, 1)]
    assert ordered[0].reading.spans == (AnswerSpan(0, 1, 2.0),)


def test_passages_beyond_the_depth_follow_unread_in_their_old_order():
    told = Told()
    ordered = PassageReader(2, lambda: told).read("Apa?", hits(-9.0, 1.0, 9.0, 5.0))
    assert [hit.passage.article_id for hit in ordered] == ["a1", "a0", "a2", "a3"]
    assert [hit.reading is None for hit in ordered] == [False, False, True, True]
    assert [hit.rank for hit in ordered] == [1, 2, 3, 4]
    assert len(told.calls) == 1, "the network is asked once a question"
    assert told.calls[0][1] == ["-9.0 kata", "1.0 kata"]


@pytest.mark.parametrize(("depth", "read"), [(2, WIDE), (WIDE + 1, WIDE + 1)])
def test_where_the_answer_is_in_several_articles_more_are_read(depth, read):
    ordered = PassageReader(depth, Told).read("Siapa saja?", hits(*range(WIDE + 3)), wide=True)
    assert sum(hit.reading is not None for hit in ordered) == read


def test_equal_scores_keep_the_order_they_came_in():
    from dataclasses import replace

    found = [replace(hit, score=1.0) for hit in hits(1.0, 1.0, 1.0)]
    assert [hit.passage.article_id for hit in PassageReader(9, Told).read("Apa?", found)] == ["a0", "a1", "a2"]


def test_odds_beyond_being_sure_say_no_more():
    assert weighed(50.0) == weighed(SURE) == -weighed(-50.0) == WEIGHT * SURE


def test_nothing_is_loaded_where_nothing_was_found():
    def load():
        raise AssertionError("no model is needed")

    assert PassageReader(5, load).read("Apa?", []) == ()


def test_the_network_sees_title_outlet_and_day_above_each_passage():
    told = Told()
    passage = Passage(
        id="a:0", article_id="a", start=0, end=6, text="1 kata", title="Pasar", outlet="Kontan", published=date(2019, 9, 12)
    )
    hit = Hit(passage=passage, score=1.0, rank=1, stage="fused")
    PassageReader(5, lambda: told).read("Apa?", [hit])
    assert told.calls == [("Apa?", ["1 kata"], ["Pasar · Kontan · 12 September 2019"])]
    assert headline(hit) == "Pasar · Kontan · 12 September 2019"


@given(st.lists(st.floats(-30, 30), max_size=8), st.integers(1, 9))
def test_whatever_is_read_no_passage_is_lost_and_ranks_and_scores_fall(odds, depth):
    found = hits(*odds)
    ordered = PassageReader(depth, Told).read("Apa?", found)
    assert sorted(hit.passage.id for hit in ordered) == sorted(hit.passage.id for hit in found)
    assert [hit.rank for hit in ordered] == list(range(1, len(found) + 1))
    scores = [hit.score for hit in ordered]
    assert scores == sorted(scores, reverse=True)
    assert sum(hit.reading is not None for hit in ordered) == min(depth, len(found))


def test_a_search_without_reading_gives_what_search_found(assistant):
    question = "Kapan peluncuran pertama dari Vostochny?"
    unread, read = assistant.search(question, read=False), assistant.search(question)
    assert all(hit.reading is None and hit.stage != "reranked" for hit in unread)
    assert [hit.rank for hit in unread] == list(range(1, len(unread) + 1))
    assert {hit.passage.id for hit in unread} == {hit.passage.id for hit in read}
    assert sum(hit.reading is not None for hit in read) == min(assistant.settings.answer.depth, len(read))
    found = {hit.passage.id: (hit.score, hit.rank) for hit in unread}
    assert all((hit.reading.found_score, hit.reading.found_rank) == found[hit.passage.id] for hit in read if hit.reading)
    assert assistant.search("?", read=False) == assistant.search("?") == ()


def test_an_assistant_says_how_it_understands_a_question(assistant):
    query = assistant.query("Siapa yang mendampingi Kim Jong Un?")
    assert (query.kind, query.language, query.names) == ("who", "id", ("Kim Jong Un",))
    assert dict(query.terms).keys() >= {"mendampingi", "kim"}
    assert all(0.0 <= weight <= 1.0 for _, weight in query.terms)
    assert assistant.query(" ?! ") is None
