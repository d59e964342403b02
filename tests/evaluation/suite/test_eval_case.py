"""The types of a suite."""

from __future__ import annotations

import dataclasses

import pytest

from qa.evaluation.suite.eval_case import EvalCase, GoldSpan, Judgement


@pytest.mark.parametrize(
    "value", [EvalCase(id="a", question="Kapan?"), GoldSpan(source="a.txt", quote="b"), Judgement(source="a.txt")]
)
def test_a_type_of_a_suite_is_frozen_and_named_by_keyword(value):
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "other")
    with pytest.raises(TypeError):
        type(value)("a", "b")


def test_a_case_without_answers_must_abstain_and_a_judgement_counts_one():
    assert (EvalCase(id="a", question="Kapan?").answers, Judgement(source="a.txt").grade) == ((), 1)
