"""Marked words are met by what overlaps them in their own article."""

from qa.evaluation.suite.gold import Place

MOON = Place("moon", ((0, 23),))


def test_spans_that_only_touch_do_not_overlap():
    assert not MOON.meets("moon", 23, 30)
    assert MOON.meets("moon", 22, 30)


def test_a_place_with_several_occurrences_is_met_at_any_of_them():
    assert Place("moon", ((0, 3), (50, 53))).meets("moon", 51, 52)
