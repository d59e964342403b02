"""A sentence that two articles have is in an answer once, and cited where it was published first."""

from __future__ import annotations

import hashlib
from datetime import date

from qa.agreement import Comparison, Side
from qa.answer.verify.verify import check, verify
from qa.schema import Article, Claim, Draft, Hit, Passage, Query, Trace

TOLD = "Enam orang tewas dalam banjir di Randuwangi."


def found(*articles):
    """(hits, article_of) of (text, day, story)."""
    made, hits = {}, []
    for rank, (text, day, story) in enumerate(articles, start=1):
        id_ = f"a{rank}"
        made[id_] = Article(
            id=id_,
            text=text,
            source=id_,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            outlet=f"Harian {rank}",
            published=day,
        )
        passage = Passage(
            id=f"{id_}:0-{len(text)}",
            article_id=id_,
            start=0,
            end=len(text),
            text=text,
            outlet=f"Harian {rank}",
            published=day,
            story=story,
        )
        hits.append(Hit(passage=passage, score=1.0, rank=rank, stage="reranked"))
    return hits, made.__getitem__


def answered(articles, *, comparison=None, short="Enam orang"):
    hits, article_of = found(*articles)
    claims = tuple(Claim(text=hit.passage.text, quote=hit.passage.text, hit_rank=hit.rank) for hit in hits)
    draft = Draft(claims=claims, short=short, confidence=0.9, comparison=comparison)
    query = Query(text="Berapa orang tewas dalam banjir di Randuwangi?", kind="how_many")
    made = verify(query.text, query, draft, hits, article_of, threshold=0.5, max_citations=3, trace=Trace())
    assert check(made, article_of) == []
    return made


FIRST, SECOND = date(2024, 5, 3), date(2024, 5, 4)


def test_equal_words_are_cited_in_the_article_that_was_published_first():
    made = answered([(TOLD, SECOND, ""), (TOLD, FIRST, "")])
    assert made.text == f"{TOLD} [1]"
    assert [one.article_id for one in made.citations] == ["a2"]


def test_of_one_day_the_original_comes_before_its_copy():
    made = answered([(TOLD, FIRST, "a2"), (TOLD, FIRST, "a2")])
    assert [one.article_id for one in made.citations] == ["a2"]


def test_case_and_space_make_no_other_sentence():
    made = answered([(TOLD, FIRST, ""), ("ENAM orang  tewas dalam banjir di Randuwangi.", SECOND, "")])
    assert (made.text, len(made.citations)) == (f"{TOLD} [1]", 1)


def test_a_near_copys_sentence_is_not_said_again_and_another_articles_is():
    other = "Enam orang tewas pada banjir di Randuwangi itu."
    assert len(answered([(TOLD, FIRST, "a1"), (other, FIRST, "a1")]).citations) == 1
    assert len(answered([(TOLD, FIRST, ""), (other, FIRST, "")]).citations) == 2


def test_a_near_copy_with_another_figure_says_something_else():
    made = answered([(TOLD, FIRST, "a1"), (TOLD.replace("Enam", "Sembilan"), FIRST, "a1")])
    assert len(made.citations) == 2


def test_the_article_that_is_not_cited_is_counted_still():
    side = Side(value="Enam orang", quotes=((TOLD, 1), (TOLD, 2)), independent=2, confidence=0.9)
    made = answered([(TOLD, SECOND, ""), (TOLD, FIRST, "")], comparison=Comparison(verdict="agree", sides=(side,), independent=2))
    assert (made.agreement.verdict, made.agreement.independent) == ("agree", 2)
    assert [one.citations for one in made.agreement.variants] == [(1,)]
    assert (made.text, [one.article_id for one in made.citations]) == (f"{TOLD} [1]", ["a2"])
