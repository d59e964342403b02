"""Citations are held against marked sentences and against the article's letters."""

from dataclasses import replace

import pytest

from qa.evaluation.metrics.citation import (
    Statement,
    alce_precision,
    alce_recall,
    citation_precision,
    citation_recall,
    cited,
    law,
    right_article,
    statements,
)
from qa.evaluation.suite.gold import Place
from qa.schema import Answer

MOON = Place("moon", ((0, 23),))
SHIP = Place("ship", ((27, 67),))


def test_precision_is_the_share_of_citations_that_meet_a_marked_place(cite):
    one, other = cite("moon.txt", "Luna-25 jatuh ke bulan."), cite("moon.txt", "Peluncuran pada 11 Agustus.")
    assert citation_precision((one, other), [MOON, SHIP]) == 1 / 2
    assert citation_precision((), [MOON]) is None


def test_recall_is_the_share_of_marked_places_that_are_cited(cite):
    one = cite("moon.txt", "Luna-25 jatuh ke bulan.")
    assert citation_recall((one, one), [MOON, SHIP]) == 1 / 2
    assert cited((one,), [MOON, SHIP]) == 1.0
    assert cited((one,), [SHIP]) == 0.0


def test_the_right_words_in_the_wrong_article_meet_nothing(cite):
    assert not MOON.meets("ship", 0, 23)
    assert right_article((cite("ship.txt", "Kapal itu"),), [MOON]) == 0.0
    assert right_article((cite("moon.txt", "Peluncuran"),), [MOON]) == 1.0  # right article, wrong sentence


def test_the_law_holds_for_words_that_stand_at_their_span(cite, articles):
    by_id = {one.id: one for one in articles.values()}
    good = cite("moon.txt", "Luna-25 jatuh ke bulan.")
    assert law((good,), by_id) == 1.0
    assert law((), by_id) is None


@pytest.mark.parametrize(
    "bad",
    [
        {"start": 1, "end": 24},  # moved
        {"quote": "Luna-25 jatuh ke bulan!"},  # altered
        {"article_id": "ship"},  # the wrong article
        {"article_id": "nowhere"},  # an article that is not there
        {"sha256": "0" * 64},  # another text
        {"start": 0, "end": 0, "quote": ""},  # nothing
    ],
)
def test_the_law_is_broken_by_anything_else(cite, articles, bad):
    by_id = {one.id: one for one in articles.values()}
    good = cite("moon.txt", "Luna-25 jatuh ke bulan.")
    assert law((good, replace(good, **bad)), by_id) == 1 / 2


def test_masked_words_break_the_law_though_they_stand_there(cite, articles):
    by_id = {one.id: one for one in articles.values()}
    assert law((cite("moon.txt", "Luna-26 ditunda."),), by_id) == 0.0


def holds(premise: str, claim: str) -> bool:
    """A judge that can be worked by hand: every letter of the claim is in the premise."""
    return set(claim) <= set(premise)


def test_alce_recall_is_the_share_of_statements_that_their_quotes_carry_together():
    said = [Statement("ab", ("a", "b")), Statement("ab", ("a",)), Statement("c", ()), Statement("c", ("cd",))]
    assert alce_recall(said, holds) == 2 / 4
    assert alce_recall([], holds) is None


def test_alce_precision_counts_the_citations_that_are_needed():
    assert alce_precision([Statement("ab", ("a", "b"))], holds) == 1.0  # neither alone, each needed
    assert alce_precision([Statement("ab", ("ab", "c"))], holds) == 1 / 2  # c neither carries it nor is missed
    assert alce_precision([Statement("ab", ("ab", "ab"))], holds) == 1.0  # each carries it alone
    assert alce_precision([Statement("abc", ("a", "b"))], holds) == 0.0  # no recall, no precision
    assert alce_precision([Statement("ab", ("a", "b", "x")), Statement("d", ("d",))], holds) == 3 / 4
    assert alce_precision([Statement("a", ())], holds) is None


def test_statements_are_the_sentences_with_the_quotes_that_they_number(cite):
    one, two = replace(cite("moon.txt", "Luna-25 jatuh ke bulan."), n=1), replace(cite("moon.txt", "Peluncuran"), n=2)
    text = "Luna-25 jatuh. Ke [3] bulan. [1][2] Lalu diluncurkan. [2]"
    answer = Answer(question="q", language="id", text=text, citations=(one, two))
    assert statements(answer) == [
        Statement("Luna-25 jatuh. Ke [3] bulan.", (one.quote, two.quote)),
        Statement("Lalu diluncurkan.", (two.quote,)),
    ]
    assert statements(Answer(question="q", language="id", abstained=True)) == []
