"""The printed power is the power that a simulation finds."""

import numpy as np
import pytest
from scipy import stats

from qa.evaluation.gate.power import detectable, least_losses, more_cases


def found(headroom, fall, *, margin, alpha, churn=0, times=4000, seed=0):
    """How often the rule finds a fall: each case breaks with the same chance, and `churn` others move either way."""
    rng = np.random.default_rng(seed)
    headroom = np.array(headroom, dtype=float)
    n, movable = len(headroom), (headroom > 0).sum()
    lost = rng.binomial(movable, fall * n / headroom.sum(), size=times)
    up, down = rng.poisson(churn / 2, size=times), rng.poisson(churn / 2, size=times)
    size = headroom.sum() / movable
    p = stats.binom.sf(lost + down - 1, lost + down + up, 0.5)
    return ((size * (lost + down - up) > margin * n + 1e-9) & (p <= alpha)).mean()


@pytest.mark.parametrize(
    ("headroom", "margin", "alpha", "churn"),
    [
        ([1] * 200, 0.02, 0.025, 0),
        ([1] * 140 + [0] * 61, 0.02, 0.008, 0),
        ([1] * 140 + [0] * 61, 0.02, 0.008, 12),
        ([1] * 60 + [0] * 18, 0.02, 0.008, 4),
        ([0.5] * 150 + [0] * 50, 0.02, 0.01, 0),
        ([1] * 900 + [0] * 100, 0.02, 0.01, 40),
        ([1] * 1000, 0.05, 0.01, 0),
        ([1] * 20, 0.02, 0.025, 0),
    ],
)
def test_a_fall_of_the_printed_size_is_found_in_four_of_five_simulated_suites(headroom, margin, alpha, churn):
    fall = detectable(headroom, margin=margin, alpha=alpha, churn=churn)
    assert found(headroom, fall, margin=margin, alpha=alpha, churn=churn) == pytest.approx(0.8, abs=0.025)
    assert found(headroom, 0.6 * fall, margin=margin, alpha=alpha, churn=churn) < 0.6


def test_the_smallest_fall_is_by_hand_for_few_cases():
    # at 0.025 six losses are needed (2^-6 = 0.0156); Binomial(100, x) gives six or more in 80 of 100 at the root of its tail
    root = detectable([1] * 100, margin=0.0, alpha=0.025)
    assert stats.binom.sf(5, 100, root) == pytest.approx(0.8, abs=1e-4)


def test_what_no_case_can_lose_cannot_be_seen_to_fall():
    assert detectable([0.0] * 50, margin=0.02, alpha=0.025) == 1.0
    assert detectable([1.0] * 5, margin=0.02, alpha=0.025) == 1.0  # five losses are not enough, were they all
    assert detectable([], margin=0.02, alpha=0.025) == 1.0


def test_one_loss_is_enough_where_any_counts():
    assert detectable([1.0] * 100, margin=0.0, alpha=1.0) == pytest.approx(
        1 - 0.2 ** (1 / 100), abs=1e-5
    )  # 1 - (1 - x)^100 = 0.8


def test_the_smallest_fall_is_never_under_the_margin():
    assert detectable([1.0] * 100_000, margin=0.02, alpha=0.01) >= 0.02


def test_churn_and_a_stricter_test_ask_for_larger_falls():
    calm = detectable([1] * 200, margin=0.02, alpha=0.01)
    assert detectable([1] * 200, margin=0.02, alpha=0.01, churn=20) > calm
    assert detectable([1] * 200, margin=0.02, alpha=0.001) > calm


def test_the_fewest_losses_are_those_of_the_exact_sign_test():
    for wins in (0, 3, 10, 24, 26, 50, 400):
        for alpha in (0.025, 0.004):
            losses = least_losses(wins, 0.0, alpha)
            assert stats.binomtest(losses, losses + wins, alternative="greater").pvalue <= 1.1 * alpha  # normal from 26 on
            assert stats.binomtest(losses - 1, losses + wins - 1, alternative="greater").pvalue > 0.95 * alpha
    assert least_losses(0, 20.0, 0.01) == 21  # the margin asks for more than the test


def test_so_many_cases_more_find_the_same_fall_in_four_of_five_suites():
    # of 60 cases 5 fell and 1 rose
    p_down, p_up, n = 5 / 60, 1 / 60, 60
    fall = p_down - p_up
    spread = (p_down + p_up - fall**2) ** 0.5
    more = more_cases(n, fall, spread, alpha=0.01)
    rng = np.random.default_rng(3)
    moved = rng.multinomial(n + more, [p_down, p_up, 1 - p_down - p_up], size=4000)
    p = stats.binom.sf(moved[:, 0] - 1, moved[:, 0] + moved[:, 1], 0.5)
    assert ((p <= 0.01).mean()) == pytest.approx(0.8, abs=0.08)  # a normal approximation


def test_there_is_always_one_case_more_to_ask_for():
    assert more_cases(1000, 0.5, 0.1, alpha=0.01) == 1


def test_a_fall_without_spread_needs_as_many_cases_as_the_test_needs_losses():
    assert more_cases(2, 1.0, 0.0, alpha=0.02) == 6 - 2  # 2^-6 = 0.0156
