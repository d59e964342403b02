"""The two fits beside other people's: scipy's minimiser, scikit-learn's figures."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from numpy.random import default_rng

from qa.answer.extractive.features import NAMES
from qa.errors import TrainingError
from qa.training.answers import answers_fit
from qa.training.answers.answers_fit import (
    FOLDS,
    SENTENCE,
    Asked,
    auc,
    calibration_error,
    crossed,
    figures,
    first,
    fit_choice,
    fit_confidence,
    fitted,
    is_right,
)

N = len(NAMES)


def questions(number: int, *, seed: int = 1, kind: str = "span") -> list[Asked]:
    """Questions whose right candidate has, more often than not, the highest first feature."""
    random = default_rng(seed)
    made = []
    for at in range(number):
        rows = random.normal(size=(int(random.integers(2, 6)), N))
        scores = 2 * rows[:, 0] - rows[:, 3] + random.gumbel(size=len(rows))
        holds = [bool(score == scores.max()) for score in scores]
        f1 = [float(hold) * float(random.uniform(0.2, 1)) for hold in holds]
        answerable = bool(random.random() < 0.8)
        if not answerable:
            holds, f1 = [False] * len(rows), [0.0] * len(rows)
        made.append(Asked("set", f"q{at}", f"article {at % 17}", kind, answerable, rows.tolist(), holds, f1, found=answerable))
    return made


def minimum(objective, size: int) -> np.ndarray:
    optimize = pytest.importorskip("scipy.optimize")
    return optimize.minimize(objective, np.zeros(size), method="BFGS", options={"gtol": 1e-7, "maxiter": 2000}).x


def test_the_choice_is_the_minimum_of_the_conditional_logit():
    asked = questions(40)

    def objective(weights: np.ndarray) -> float:
        total = 0.5 * 2.0 * float(weights @ weights)
        for one in asked:
            if not one.answerable or len(one.features) < 2:
                continue
            worth = np.array([hold * (SENTENCE + (1 - SENTENCE) * f) for hold, f in zip(one.holds, one.f1, strict=True)])
            scores = np.array(one.features) @ weights
            total -= float(worth / worth.sum() @ (scores - np.log(np.exp(scores).sum())))
        return total

    assert fit_choice(asked, ridge=2.0) == pytest.approx(minimum(objective, N), abs=2e-3)


def test_the_choice_learns_nothing_of_questions_without_an_answer():
    asked = questions(40)
    only = [one for one in asked if one.answerable]
    assert len(only) < len(asked)
    assert fit_choice(asked) == pytest.approx(fit_choice(only))


def test_the_confidence_is_the_minimum_of_the_logistic_loss_with_a_free_bias():
    random = default_rng(3)
    rows = random.normal(size=(120, 4))
    right = (rows[:, 0] + random.logistic(size=120) > 0.5).astype(float)

    def objective(weights: np.ndarray) -> float:
        odds = rows @ weights[:-1] + weights[-1]
        return float(np.logaddexp(0, odds).sum() - right @ odds + 0.5 * weights[:-1] @ weights[:-1])

    weights, bias = fit_confidence(rows, right)
    assert [*weights, bias] == pytest.approx(minimum(objective, 5), abs=2e-3)


def test_a_question_that_all_get_right_moves_the_bias_alone():
    weights, bias = fit_confidence(np.zeros((50, 3)), np.array([1.0] * 40 + [0.0] * 10))
    assert weights == pytest.approx([0, 0, 0])
    assert bias == pytest.approx(np.log(4), abs=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_auc_is_scikit_learns_with_ties(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    random = default_rng(seed)
    score, right = random.integers(0, 6, 60) / 6, random.random(60) < 0.4
    assert auc(score, right) == pytest.approx(metrics.roc_auc_score(right, score))


def test_the_auc_of_one_class_is_none():
    assert np.isnan(auc(np.array([0.1, 0.2]), np.array([True, True])))


def test_the_calibration_error_is_the_distance_of_confidence_and_share_right():
    score = np.array([0.2] * 10 + [0.8] * 10)
    right = np.array([True] * 2 + [False] * 8 + [True] * 5 + [False] * 5)
    assert calibration_error(score, right, bins=2) == pytest.approx((0.0 + 0.3) / 2)


def test_no_question_is_judged_by_a_model_that_saw_its_article(monkeypatch):
    asked = questions(60)
    seen: list[set[str]] = []

    def watched(part):
        seen.append({one.article for one in part})
        return fitted(part)

    monkeypatch.setattr(answers_fit, "fitted", watched)
    result = crossed(asked)
    assert len(seen) == FOLDS
    for at, articles in enumerate(seen):
        held = {one.article for one in asked if int(hashlib.sha256(one.article.encode()).hexdigest(), 16) % FOLDS == at}
        assert not held & articles
        assert held | articles == {one.article for one in asked}
    for one, (place, confidence) in zip(asked, result, strict=True):
        assert 0 <= place < len(one.features)
        assert 0.0 < confidence < 1.0


def test_what_a_question_holds_does_not_change_how_it_is_judged():
    asked = questions(60)
    turned = [replace(one, holds=one.holds[::-1]) if one.article == asked[0].article else one for one in asked]
    assert crossed(asked)[0] == crossed(turned)[0]


def test_the_fit_puts_the_right_candidate_first():
    asked = questions(300)
    choice, _, _ = fitted(asked)
    can = [(one, at) for one, at in zip(asked, first(asked, choice), strict=True) if one.answerable]
    assert np.mean([is_right(one, at) for one, at in can]) > 0.6, "chance is about .3"
    assert choice[0] > 1.0 > -0.5 > choice[3]


def test_a_question_without_candidates_is_passed_over_and_of_such_alone_nothing_is_fitted():
    asked = questions(60)
    empty = Asked("set", "q", asked[0].article, "span", answerable=True)
    assert crossed([*asked, empty])[-1] == (-1, 0.0)
    with pytest.raises(TrainingError, match=r"no question has a candidate.*Cure"):
        fitted([empty])


def test_a_yes_no_answer_is_judged_by_its_side():
    one = Asked("s", "q", "a", "polar", answerable=True, features=[[0.0] * N] * 2, holds=[True, False], f1=[0.0, 1.0])
    assert (is_right(one, 0), is_right(one, 1)) == (False, True)
    assert is_right(replace(one, kind="span"), 0)


def test_figures_count_what_is_shown_at_the_threshold():
    def of(answerable, holds, f1):
        return Asked("s", "q", "a", "span", answerable, [[0.0] * N], [holds], [f1], found=answerable)

    asked = [of(True, True, 0.5), of(True, True, 1.0), of(True, False, 0.0), of(False, False, 0.0)]
    told = figures(asked, [(0, 0.9), (0, 0.2), (0, 0.8), (0, 0.1)], 0.5)
    assert told["questions"] == 4
    assert told["contains"] == pytest.approx(100 / 3, abs=1e-3)
    assert told["contains unwithheld"] == pytest.approx(200 / 3, abs=1e-3)
    assert told["f1"] == pytest.approx(50 / 3, abs=1e-3)
    assert told["wrongly"] == pytest.approx(100 / 3, abs=1e-3)
    assert (told["abstained"], told["found"]) == (100.0, 100.0)
