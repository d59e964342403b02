"""Chance by hand, against scipy, and by simulation."""

import itertools
import random

import numpy as np
import pytest
from scipy import stats

from qa.evaluation.gate.resampling import (
    bootstrap,
    chances,
    effective_tests,
    flipped,
    holm,
    interval,
    smallest_chances,
    testable,
    together,
)

testable.__test__ = False  # not a test, whatever its name begins with


def column(values):
    return np.array(values, dtype=float)[:, None]


def p_of(differences, **more):
    differences = column(differences)
    return float(chances(differences.sum(axis=0), flipped(differences, **more))[0])


def test_the_bootstrap_is_seeded_and_its_interval_is_near_the_normal_one():
    draw = random.Random(1)
    differences = [draw.choice([-1.0, 0.0, 0.0, 0.0]) for _ in range(200)]
    low, high = interval(bootstrap(differences, seed=5))
    assert (low, high) == interval(bootstrap(differences, seed=5))
    mean = sum(differences) / 200
    error = 1.96 * (sum((value - mean) ** 2 for value in differences) / 200 / 200) ** 0.5
    assert (low, high) == (pytest.approx(mean - error, abs=0.01), pytest.approx(mean + error, abs=0.01))


def test_the_bootstrap_draws_as_the_obvious_code_does():
    differences = np.array([-1.0, 0.5, 0.5, 0.0, 1.0, -0.25])
    obvious = differences[np.random.default_rng(2).integers(0, 6, size=(20_000, 6))].mean(axis=1)
    ours = bootstrap(differences.tolist(), seed=3, resamples=20_000)
    assert ours.mean() == pytest.approx(obvious.mean(), abs=0.01)
    assert ours.std() == pytest.approx(obvious.std(), rel=0.03)
    assert interval(ours) == pytest.approx(interval(obvious), abs=0.05)


def test_the_interval_is_the_one_that_scipy_gives():
    draw = np.random.default_rng(4)
    differences = draw.choice([-1.0, -0.3, 0.0, 0.0, 0.5], size=150)
    theirs = stats.bootstrap((differences,), np.mean, method="percentile", n_resamples=10_000, rng=np.random.default_rng(5))
    low, high = interval(bootstrap(differences.tolist(), seed=6))
    assert (low, high) == pytest.approx((theirs.confidence_interval.low, theirs.confidence_interval.high), abs=0.006)


def test_the_interval_holds_the_true_change_in_nineteen_of_twenty_suites():
    # 200 cases, a tenth lost and a twentieth won: the true change is -0.05; 400 suites miss 0.95 by 0.02 at two standard errors
    draw = np.random.default_rng(7)
    held = 0
    for seed in range(400):
        low, high = interval(
            bootstrap(draw.choice([-1.0, 0.0, 1.0], p=[0.1, 0.85, 0.05], size=200).tolist(), seed=seed, resamples=2000)
        )
        held += low <= -0.05 <= high
    assert 0.92 <= held / 400 <= 0.98


def test_no_difference_has_no_spread_and_no_fall():
    assert interval(bootstrap([0.0] * 50)) == (0.0, 0.0)
    assert p_of([0.0] * 50) == 1.0


def test_losses_alone_have_the_chance_that_all_coins_fall_one_way():
    # 5 losses among ties: 1 / 2^5 = 0.03125, and ties change nothing
    assert p_of([-1.0] * 5 + [0.0] * 95) == pytest.approx(1 / 32, abs=0.005)
    assert p_of([-1.0, -0.5, -0.25, -0.1, -0.7]) == pytest.approx(1 / 32, abs=0.005)


def test_losses_and_wins_have_the_chance_of_the_exact_sign_test():
    exact = stats.binomtest(12, 16, alternative="greater").pvalue  # McNemar's test, one-sided
    assert p_of([-1.0] * 12 + [1.0] * 4 + [0.0] * 50) == pytest.approx(exact, abs=0.005)


def test_the_sign_flip_is_the_permutation_test_of_scipy():
    differences = np.random.default_rng(8).normal(-0.2, 1.0, size=10)
    theirs = stats.permutation_test(
        (differences,), np.sum, permutation_type="samples", alternative="less", n_resamples=np.inf
    )  # all 2^10 of them
    assert p_of(differences.tolist()) == pytest.approx(theirs.pvalue, abs=0.015)


def test_coins_are_shared_by_the_figures_of_a_case():
    both = np.array([[-1.0, -2.0], [1.0, 2.0], [-0.5, -1.0]])
    null = flipped(both, resamples=100)
    assert null.shape == (100, 2)
    assert null[:, 1] == pytest.approx(2 * null[:, 0])


def test_coins_come_in_blocks_and_are_the_same_for_the_same_seed(monkeypatch):
    differences = np.random.default_rng(9).normal(size=(30, 3))
    monkeypatch.setattr("qa.evaluation.gate.resampling._AT_ONCE", 300)  # ten draws a block
    blocks = flipped(differences, seed=1, resamples=105)
    assert blocks.shape == (105, 3)
    assert (blocks == flipped(differences, seed=1, resamples=105)).all()
    assert abs(blocks.mean()) < 1.0


def test_a_change_without_direction_is_called_a_fall_as_often_as_it_says():
    draw = np.random.default_rng(10)
    fell = sum(
        p_of(draw.choice([-1.0, 0.0, 1.0], p=[0.15, 0.7, 0.15], size=100), seed=seed, resamples=1000) <= 0.05
        for seed in range(400)
    )
    assert fell / 400 <= 0.075  # 0.05, and two standard errors of 400 draws


def test_figures_that_are_copies_are_one_look_and_independent_ones_are_many():
    draw = np.random.default_rng(11)
    copies, apart = np.repeat(draw.normal(size=(100, 1)), 5, axis=1), draw.normal(size=(100, 5))
    p = np.array([0.01])
    assert together(p, smallest_chances(flipped(copies)))[0] == pytest.approx(0.01, abs=0.004)
    assert together(p, smallest_chances(flipped(apart)))[0] == pytest.approx(1 - 0.99**5, abs=0.012)


def test_the_smallest_chance_is_what_the_obvious_code_finds():
    null = flipped(np.random.default_rng(12).choice([-1.0, 0.0, 0.5], size=(20, 4)), resamples=200)
    for row, least in enumerate(smallest_chances(null)):
        assert least == pytest.approx(min((null[:, k] <= null[row, k] + 1e-9).mean() for k in range(4)))


def test_many_figures_raise_no_more_alarms_than_one():
    # eleven figures in three groups that move together, nothing falls: any adjusted p under 0.05 is a false alarm
    draw = np.random.default_rng(13)
    alarms = 0
    for seed in range(200):
        base = draw.choice([-1.0, 0.0, 0.0, 1.0], size=(120, 3))
        figures = (
            np.repeat(base, [5, 3, 3], axis=1) * draw.integers(0, 2, size=(120, 11))
            if seed % 2
            else np.repeat(base, [5, 3, 3], axis=1)
        )
        null = flipped(figures, seed=seed, resamples=1000)
        alarms += bool((together(chances(figures.sum(axis=0), null), smallest_chances(null)) <= 0.05).any())
    assert alarms / 200 <= 0.085  # 0.05, and two standard errors of 200 draws


def test_copies_count_as_one_look_and_unrelated_figures_as_many():
    draw = np.random.default_rng(14)
    one, five = draw.normal(size=(100, 1)), draw.normal(size=(100, 5))
    assert effective_tests(smallest_chances(flipped(np.repeat(one, 5, axis=1)))) == pytest.approx(1.0, abs=0.01)
    assert effective_tests(smallest_chances(flipped(five))) == pytest.approx(4.6, abs=0.3)  # (1 - (1 - p)^5) / p for p near 0.05
    few = flipped(column([-1.0] * 7))  # few cases: the attainable p are coarse, and one test is still one test
    assert effective_tests(smallest_chances(few)) == pytest.approx(1.0, abs=0.01)
    assert effective_tests(smallest_chances(flipped(column([0.0, 0.0])))) == 1.0


def test_holm_by_hand():
    # sorted 0.01 x 3, 0.02 x 2, 0.03 x 1 -> 0.03, 0.04, and no less than 0.04
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_rows_that_could_never_count_are_no_looks():
    # at 0.025 alone a row needs 6 moved cases (2^-6 = 0.0156); two rows need 2^-m <= 0.0125: 7 each
    assert testable([6], 0.025) == [0]
    assert testable([5], 0.025) == []
    assert testable([7, 7, 2, 0, 5], 0.025) == [0, 1]
    assert testable([6, 6], 0.025) == []  # together neither reaches 0.0125
    assert testable([], 0.025) == []


def test_leaving_out_what_cannot_count_raises_no_false_alarms():
    draw = np.random.default_rng(15)
    sizes = [60, 40, 20, 8, 5, 5, 3, 2]
    alarms = 0
    for seed in range(300):
        columns = np.zeros((sum(sizes), len(sizes)))
        for place, (start, size) in enumerate(zip(itertools.accumulate([0, *sizes[:-1]]), sizes, strict=True)):
            columns[start : start + size, place] = draw.choice([-1.0, 0.0, 1.0], p=[0.2, 0.6, 0.2], size=size)
        kept = testable([int(count) for count in (columns != 0).sum(axis=0)], 0.05)
        p = chances(columns.sum(axis=0), flipped(columns, seed=seed, resamples=1000))
        alarms += any(adjusted <= 0.05 for adjusted in holm([float(p[place]) for place in kept]))
    assert alarms / 300 <= 0.075
