"""Which candidate answers: order, ties, and coefficients that cannot be used."""

from __future__ import annotations

import json
import math

import pytest

from qa.answer.extractive import choice
from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.features import NAMES, Features, vector
from qa.errors import ModelError
from qa.schema import Query

ASKED = Query(text="Kapan pasar dibuka?")


def test_candidates_come_best_first_with_a_probability(archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", -2.0))
    archive.add("Pasar dibuka pada Kamis.", ("Kamis", 5.0), ("Pasar", 1.0))
    ranked = choice.ranked(ASKED, candidates(archive.hits), choice.shipped("span"))
    assert [one.candidate.answer for one in ranked] == ["Kamis", "Pasar", "Rabu"]
    assert [one.score for one in ranked] == [0.5, 0.1, -0.2]
    assert ranked[0].confidence == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_ties_go_to_the_better_passage_and_then_to_the_earlier_place(archive, by_span):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 2.0), ("Pasar", 2.0))
    archive.add("Toko dibuka pada Kamis.", ("Toko", 2.0))
    ranked = choice.ranked(ASKED, candidates(archive.hits)[::-1], choice.shipped("span"))
    assert [one.candidate.answer for one in ranked] == ["Pasar", "Rabu", "Toko"]


def test_choice_and_confidence_are_two_models():
    known = Features(**dict.fromkeys(NAMES, 0.0) | {"span": 2.0, "rank": 0.5})
    weights = choice.Weights(
        choice=(3.0, *[0.0] * (len(NAMES) - 1)), confidence=tuple(float(name == "rank") for name in NAMES), bias=1.0
    )
    assert vector(known)[0] == 2.0
    assert weights.score(known) == 6.0
    assert weights.probability(known) == pytest.approx(1 / (1 + math.exp(-1.5)))


@pytest.mark.parametrize("bias", [1e6, -1e6])
def test_odds_beyond_all_measure_overflow_nothing(bias):
    weights = choice.Weights(choice=(0.0,) * len(NAMES), confidence=(0.0,) * len(NAMES), bias=bias)
    assert 0.0 <= weights.probability(Features(**dict.fromkeys(NAMES, 0.0))) <= 1.0


def test_the_shipped_coefficients_can_be_opened_for_both_kinds(root):
    if not (root / "qa/models/reader/answers.json").is_file():
        pytest.fail("qa/models/reader/answers.json is absent. Cure: qa train answers")
    for kind in ("span", "polar"):
        weights = choice.shipped(kind)
        assert len(weights.choice) == len(weights.confidence) == len(NAMES)
        assert all(map(math.isfinite, (*weights.choice, *weights.confidence, weights.bias)))


def test_coefficients_that_are_absent_are_named_with_the_cure(fitted):
    path = fitted()
    path.unlink()
    with pytest.raises(ModelError, match=r"answers\.json: No such file.*qa train answers"):
        choice.shipped("span")


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "{",
        lambda _: "[]",
        lambda _: "null",
        lambda known: json.dumps({name: value for name, value in known.items() if name != "span"}),
        lambda known: json.dumps(known | {"span": known["span"] | {"bias": "much"}}),
        lambda known: json.dumps(known | {"span": known["span"] | {"choice": {}}}),
        lambda known: json.dumps({name: value for name, value in known.items() if name != "features"}),
    ],
)
def test_a_broken_file_is_a_model_error_that_names_it(fitted, change):
    path = fitted()
    path.write_text(change(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    with pytest.raises(ModelError, match=r"answers\.json: not the coefficients.*Cure"):
        choice.shipped("span")


def test_coefficients_of_other_features_are_refused(fitted):
    path = fitted()
    known = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(known | {"features": known["features"][::-1]}), encoding="utf-8")
    with pytest.raises(ModelError, match="features are not those of this version"):
        choice.shipped("span")
