"""Answers that are kept: a bounded number, the latest asked, of one generation; nobody makes what another makes already."""

from __future__ import annotations

import threading

from qa.schema import Answer, Trace, Turn
from qa.web.serving.kept import KeptAnswers


def key(question, generation="g", history=(), only=""):
    return generation, question, history, only


def answer(question="?"):
    return Answer(question=question, language="id", text="Ya.", trace=Trace(index="g"))


def test_what_is_kept_is_found_for_the_same_question_generation_turns_and_narrowing_alone():
    kept = KeptAnswers(10)
    assert kept.find(key("a"), 0) is None
    kept.done(key("a"), answer("a"))
    assert kept.find(key("a"), 0) == answer("a")
    for other in (key("b"), key("a", "h"), key("a", history=(Turn(question="x"),)), key("a", only="since")):
        assert kept.find(other, 0) is None


def test_of_too_many_the_one_asked_longest_ago_goes_first():
    kept = KeptAnswers(2)
    for question in "ab":
        kept.find(key(question), 0)
        kept.done(key(question), answer(question))
    kept.find(key("a"), 0)
    kept.done(key("c"), answer("c"))
    assert len(kept) == 2
    assert kept.find(key("a"), 0)
    assert kept.find(key("b"), 0) is None


def test_nothing_is_kept_where_none_may_be():
    kept = KeptAnswers(0)
    kept.done(key("a"), answer())
    assert kept.find(key("a"), 0) is None
    assert len(kept) == 0


def test_another_generation_is_forgotten():
    kept = KeptAnswers(5)
    kept.done(key("a", "old"), answer())
    kept.done(key("a", "new"), answer())
    kept.forget("new")
    assert len(kept) == 1
    assert kept.find(key("a", "new"), 0)


def test_the_same_question_of_several_is_made_once_and_given_to_all():
    kept = KeptAnswers(5)
    assert kept.find(key("a"), 0) is None  # this thread makes it
    found = []
    others = [threading.Thread(target=lambda: found.append(kept.find(key("a"), 30))) for _ in range(3)]
    for other in others:
        other.start()
    kept.done(key("a"), answer())
    for other in others:
        other.join(30)
    assert found == [answer()] * 3


def test_where_the_first_has_nothing_to_keep_one_of_those_who_wait_makes_it():
    kept = KeptAnswers(5)
    kept.find(key("a"), 0)
    kept.done(key("a"), None)
    assert kept.find(key("a"), 30) is None  # at once: it is this one's turn


def test_who_has_waited_long_enough_makes_its_own():
    kept = KeptAnswers(5)
    kept.find(key("a"), 0)
    assert kept.find(key("a"), 0.01) is None
