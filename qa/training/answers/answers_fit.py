"""The two small logistic models over a candidate's features: their fit, their figures over five folds by article.

`choice` is a conditional logit (McFadden, 1974) over the candidates of a question, `confidence` a logistic regression over the features of
the candidate that comes first, both with a ridge, both by Newton's method.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa.answer.extractive.features import NAMES
from qa.errors import TrainingError

Floats = NDArray[np.float64]
FOLDS, RIDGE = 5, 1.0
SENTENCE = 0.3  # share of a candidate's worth that its sentence has by holding the answer; the rest is its span's F1


@dataclass(slots=True)
class Asked:
    """One question as it was met: each candidate's features, whether its sentence holds the gold, and its span's F1; worst case empty."""

    source: str
    question: str
    article: str
    kind: str  # span or polar
    answerable: bool
    features: list[list[float]] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    gold: str = ""
    found: bool = False  # the gold is in a passage that was read


def fit_choice(asked: Sequence[Asked], ridge: float = RIDGE) -> Floats:
    """Coefficients (n features) by which a question's candidates are ordered."""
    sets = [
        (
            np.array(one.features),
            np.array([hold * (SENTENCE + (1 - SENTENCE) * f) for hold, f in zip(one.holds, one.f1, strict=True)]),
        )
        for one in asked
        if one.answerable and any(one.holds)
    ]
    return conditional_logit(sets, len(NAMES), ridge)


def conditional_logit(sets: Sequence[tuple[Floats, Floats]], n: int, ridge: float = RIDGE) -> Floats:
    """Coefficients (n) by which the best of each set comes first: Newton's method.

    sets: of each set the alternatives' features (m, n) and what each is worth (m); one whose worth is 0 says nothing.
    """
    sets = [(rows, worth / worth.sum()) for rows, worth in sets if worth.sum() > 0 and len(rows) > 1]
    weights = np.zeros(n)
    for _ in range(25):
        slope, curve = -ridge * weights, ridge * np.eye(n)
        for rows, target in sets:
            chance = _softmax(rows @ weights)
            slope += rows.T @ (target - chance)
            mean = chance @ rows
            curve += (rows * chance[:, None]).T @ rows - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 5.0 / float(np.abs(step).max() + 1e-9))
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def fit_confidence(rows: Floats, right: Floats, ridge: float = RIDGE) -> tuple[Floats, float]:
    """(coefficients, bias) of the log-odds that the candidate that comes first is right: Newton's method, the bias without ridge."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    pull = np.diag([ridge] * rows.shape[1] + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        step = np.linalg.solve(pull + (x * (chance * (1 - chance))[:, None]).T @ x, x.T @ (right - chance) - pull @ weights)
        weights = weights + step * min(1.0, 5.0 / float(np.abs(step).max() + 1e-9))
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights[:-1], float(weights[-1])


def first(asked: Sequence[Asked], weights: Floats) -> list[int]:
    """The place of each question's best candidate; -1 where there is none."""
    return [int(np.argmax(np.array(one.features) @ weights)) if one.features else -1 for one in asked]


def fitted(asked: Sequence[Asked]) -> tuple[Floats, Floats, float]:
    """(choice, confidence, bias) of one kind. Raises TrainingError where no question has a candidate."""
    if not any(one.features for one in asked):
        raise TrainingError("no question has a candidate to fit on. Cure: more questions of each kind (span, and yes or no)")
    choice = fit_choice(asked)
    best = first(asked, choice)
    rows = np.array([one.features[at] for one, at in zip(asked, best, strict=True) if at >= 0])
    right = np.array([float(is_right(one, at)) for one, at in zip(asked, best, strict=True) if at >= 0])
    return choice, *fit_confidence(rows, right)


def is_right(one: Asked, at: int) -> bool:
    """Does the candidate answer: its sentence holds the gold? A yes-no question is judged by its side, as the suites judge it."""
    return one.holds[at] if one.kind == "span" else one.f1[at] > 0


def crossed(asked: Sequence[Asked]) -> list[tuple[int, float]]:
    """(place of the first candidate, its confidence) of each question by models fitted on other articles (FOLDS folds)."""
    fold = [int(hashlib.sha256(one.article.encode()).hexdigest(), 16) % FOLDS for one in asked]
    result: list[tuple[int, float]] = [(-1, 0.0)] * len(asked)
    for left_out in range(FOLDS):
        choice, confidence, bias = fitted([one for one, at in zip(asked, fold, strict=True) if at != left_out])
        for number, one in enumerate(asked):
            if fold[number] == left_out and one.features:
                at = int(np.argmax(np.array(one.features) @ choice))
                odds = float(np.array(one.features[at]) @ confidence + bias)
                result[number] = (at, 1 / (1 + float(np.exp(-np.clip(odds, -30, 30)))))
    return result


def figures(asked: Sequence[Asked], predicted: Sequence[tuple[int, float]], threshold: float) -> dict[str, float]:
    """Shares in per cent at a threshold: answers that contain the gold, unanswerable ones withheld, answerable ones withheld; F1; AUC; ECE."""
    confidence = np.array([value for _, value in predicted])
    shown = confidence >= threshold
    can = np.array([one.answerable for one in asked])
    right = np.array([at >= 0 and is_right(one, at) for one, (at, _) in zip(asked, predicted, strict=True)])
    short = np.array([one.f1[at] if at >= 0 else 0.0 for one, (at, _) in zip(asked, predicted, strict=True)])
    found = np.array([one.found for one in asked])
    result = {
        "questions": float(len(asked)),
        "found": 100 * float(found[can].mean()) if can.any() else 0.0,
        "contains": 100 * float((right & shown)[can].mean()) if can.any() else 0.0,
        "contains unwithheld": 100 * float(right[can].mean()) if can.any() else 0.0,
        "f1": 100 * float((short * shown)[can].mean()) if can.any() else 0.0,
        "wrongly": 100 * float((~shown)[can].mean()) if can.any() else 0.0,
    }
    if (~can).any():
        result["abstained"] = 100 * float((~shown)[~can].mean())
    result |= {"auc": auc(confidence, right), "ece": calibration_error(confidence, right)}
    return {name: round(value, 3) for name, value in result.items()}


def auc(score: Floats, right: NDArray[np.bool_]) -> float:
    """The chance that a right answer has the higher confidence than a wrong one."""
    if right.all() or not right.any():
        return float("nan")
    _, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]  # from 1; equal scores share the mean of their ranks
    n = int(right.sum())
    return float((ranks[right].sum() - n * (n + 1) / 2) / (n * (len(right) - n)))


def calibration_error(score: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(score, kind="stable"), bins)
    return float(sum(len(part) * abs(score[part].mean() - right[part].mean()) for part in parts if len(part)) / len(score))


def _softmax(values: Floats) -> Floats:
    weights = np.exp(values - values.max())
    result: Floats = weights / weights.sum()
    return result
