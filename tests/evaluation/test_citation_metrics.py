"""Citations are held against marked sentences and against the article's letters."""

from dataclasses import replace

import pytest

from qa.evaluation.citation_metrics import Place, citation_precision, citation_recall, cited, law, right_article

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


def test_spans_that_only_touch_do_not_overlap():
    assert not MOON.meets("moon", 23, 30)
    assert MOON.meets("moon", 22, 30)


def test_a_place_with_several_occurrences_is_met_at_any_of_them():
    assert Place("moon", ((0, 3), (50, 53))).meets("moon", 51, 52)


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
