"""A report groups its results, and knows how far its confidence can be trusted."""

import pytest

from qa.evaluation.run.run import run


def test_slices_are_by_kind_language_answerability_and_tag(suite, archive, answers, scripted):
    slices = run(scripted(answers), suite, archive).slices()
    assert {name: [result.case.id for result in results] for name, results in slices.items()} == {
        "kind: when": ["day", "next"],
        "kind: where": ["fall"],
        "kind: who": ["cook"],
        "language: en": ["day"],
        "language: id": ["fall", "cook", "next"],
        "answerable: no": ["cook", "next"],
        "answerable: yes": ["fall", "day"],
        "tag: factoid": ["fall"],
        "tag: unanswerable": ["cook"],
    }


def test_calibration_is_over_what_was_answered(suite, archive, answers, scripted):
    report = run(scripted(answers), suite, archive)
    assert report.calibration == {"aurc": 0.0, "ece": pytest.approx((0.1 + 0.2) / 2)}
