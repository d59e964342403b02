"""A question that outlasts its budget is answered by the cheaper path, and its trace says so."""

from __future__ import annotations

import time

import pytest

from qa.answer.verify.verify import check
from qa.schema import Answer
from qa.settings import load
from qa.web.serving.budget import Here, seconds_of
from qa.web.serving.service import cheaper

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


def answered(here, until, **more):
    *_, answer = here.tell(QUESTION, (), {}, until=until, **more)
    assert isinstance(answer, Answer)
    return answer


def read(answer):
    return sum(hit.reading is not None for hit in answer.hits)


def test_in_time_the_answer_is_the_assistants_own(assistant):
    answer = answered(Here(assistant), time.monotonic() + 600)
    assert answer.citations == assistant.ask(QUESTION).citations
    assert not answer.trace.note
    assert read(answer) > 1


def test_without_a_budget_nothing_is_ever_late(assistant):
    assert not answered(Here(assistant), None).trace.note


@pytest.mark.parametrize("late", ["over before it began", "over while it was read"])
def test_a_late_question_is_answered_from_one_passage_with_a_note(assistant, late):
    here = Here(assistant)
    answer = answered(here, time.monotonic() + (0.0 if late.startswith("over before") else 1e-3))
    assert read(answer) == 1
    assert cheaper(answer)
    assert "15 s" in answer.trace.note
    assert not check(answer, assistant.article)


def test_what_cannot_be_done_in_the_time_that_is_left_is_not_begun(assistant):
    here = Here(assistant)
    here.expected = 1000.0
    assert cheaper(answered(here, time.monotonic() + 60))
    assert here.expected < 1000.0  # and one day the whole way is tried again


def test_the_cheaper_path_may_be_asked_for(assistant):
    assert cheaper(answered(Here(assistant), None, cheap=True))


def test_a_chat_model_has_its_own_time_beside_the_budget():
    assert seconds_of(load({"web.budget": 5, "chat.seconds": 60})) == 5
    assert seconds_of(load({"web.budget": 5, "chat.seconds": 60, "chat.model": "openai:x"})) == 65
    assert seconds_of(load({"web.budget": 0, "chat.model": "openai:x"})) == 0
