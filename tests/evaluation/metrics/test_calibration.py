"""Risk-coverage and calibration, by hand and against scikit-learn's binning and sorting done the obvious way."""

import random

import pytest

from qa.evaluation.metrics.calibration import aurc, expected_calibration_error, risk_coverage


def test_risk_coverage_by_hand():
    # most confident first: right, wrong, right -> risks 0/1, 1/2, 1/3
    curve = risk_coverage([0.5, 0.9, 0.7], [1, 1, 0])
    assert curve == [(pytest.approx(1 / 3), 0.0), (pytest.approx(2 / 3), 1 / 2), (1.0, pytest.approx(1 / 3))]
    assert aurc([0.5, 0.9, 0.7], [1, 1, 0]) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_equal_confidence_gives_the_same_whatever_the_order():
    assert aurc([0.5, 0.5], [1, 0]) == aurc([0.5, 0.5], [0, 1]) == pytest.approx(0.5)


def test_aurc_equals_the_mean_risk_of_every_cut_through_the_sorted_answers():
    draw = random.Random(5)
    for n in (1, 2, 7, 60):
        confidence = draw.sample(range(1000), n)  # no two alike: the curve has one point a cut
        right = [draw.randint(0, 1) for _ in range(n)]
        order = sorted(range(n), key=lambda row: -confidence[row])
        risks = [sum(1 - right[row] for row in order[:k]) / k for k in range(1, n + 1)]
        assert aurc(confidence, right) == pytest.approx(sum(risks) / n)


def test_aurc_is_least_when_the_wrong_ones_come_last():
    right = [1, 1, 1, 0]
    assert aurc([0.9, 0.8, 0.7, 0.1], right) < aurc([0.1, 0.7, 0.8, 0.9], right)


def test_calibration_error_by_hand():
    # bin [0.9, 1]: two answers of 0.95, one right: |0.5 - 0.95|; bin [0.2, 0.3): one of 0.25, wrong: |0 - 0.25|
    assert expected_calibration_error([0.95, 0.95, 0.25], [1, 0, 0]) == pytest.approx((2 * 0.45 + 0.25) / 3)


def test_full_confidence_falls_into_the_last_bin():
    assert expected_calibration_error([1.0], [1]) == 0.0


def test_calibration_error_equals_the_definition_with_numpy():
    import numpy as np

    draw = random.Random(3)
    confidence = np.array([draw.random() for _ in range(300)])
    right = np.array([float(draw.random() < value) for value in confidence])
    bins = np.minimum((confidence * 10).astype(int), 9)
    expected = sum(
        (bins == b).mean() * abs(right[bins == b].mean() - confidence[bins == b].mean()) for b in range(10) if (bins == b).any()
    )
    assert expected_calibration_error(confidence.tolist(), right.tolist()) == pytest.approx(expected)


def test_nothing_answered_gives_no_figure():
    assert aurc([], []) is None
    assert expected_calibration_error([], []) is None
