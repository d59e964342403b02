"""Chance by hand, and against what is known of it."""

import random

import pytest

from qa.evaluation.statistics import bootstrap, chance_of_no_fall, detectable, holm, interval


def test_the_bootstrap_is_seeded_and_its_interval_is_near_the_normal_one():
    draw = random.Random(1)
    differences = [draw.choice([-1.0, 0.0, 0.0, 0.0]) for _ in range(200)]
    low, high = interval(bootstrap(differences, seed=5))
    assert (low, high) == interval(bootstrap(differences, seed=5))
    mean = sum(differences) / 200
    error = 1.96 * (sum((value - mean) ** 2 for value in differences) / 200 / 200) ** 0.5
    assert (low, high) == (pytest.approx(mean - error, abs=0.01), pytest.approx(mean + error, abs=0.01))


def test_the_bootstrap_draws_as_the_obvious_code_does():
    import numpy as np

    differences = np.array([-1.0, 0.5, 0.5, 0.0, 1.0, -0.25])
    obvious = differences[np.random.default_rng(2).integers(0, 6, size=(20_000, 6))].mean(axis=1)
    ours = bootstrap(differences.tolist(), seed=3, resamples=20_000)
    assert ours.mean() == pytest.approx(obvious.mean(), abs=0.01)
    assert ours.std() == pytest.approx(obvious.std(), rel=0.03)
    assert interval(ours) == pytest.approx(interval(obvious), abs=0.05)


def test_no_difference_has_no_spread():
    assert interval(bootstrap([0.0] * 50)) == (0.0, 0.0)
    assert chance_of_no_fall(bootstrap([0.0] * 50)) == 1.0


def test_the_chance_of_no_fall_is_that_of_drawing_none_of_the_losses():
    # 4 losses among 100 ties: all are missed with 0.96^100 = 0.0169
    assert chance_of_no_fall(bootstrap([-1.0] * 4 + [0.0] * 96)) == pytest.approx(0.96**100, abs=0.005)


def test_holm_by_hand():
    # sorted 0.01 x 3, 0.02 x 2, 0.03 x 1 -> 0.03, 0.04, and no less than 0.04
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_the_smallest_fall_seen_is_by_hand_for_few_cases():
    # c broken cases are needed; a Poisson mean of chi2.ppf(0.8, 2c) / 2 gives at least c in 80 of 100: 5.515 for 4, 11.380 for 9
    assert detectable(100, 0.02, 0.0) == pytest.approx(5.515 / 100, abs=1e-4)
    assert detectable(400, 0.02, 0.0) == pytest.approx(11.380 / 400, abs=1e-4)  # the margin is 8 cases
    assert detectable(2, 0.02, 0.0) == 1.0
    assert detectable(100, 0.0, 0.5) == pytest.approx(2.8016 * 0.05)
