"""What a suite can see: the smallest fall that the gate would have found, and how many cases more it would take.

The model of a fall is that each case breaks with the same chance, independently, and loses all it had (`headroom`: its old
score, or 1 less it where lower is better). On top of that, answers may move both ways for no reason (`churn`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POWER = 0.8
_HALVINGS = 20  # of the unit interval: to a millionth
_EXACT = 25  # wins up to which the sign test is counted out; above, the normal approximation is as good


def detectable(headroom: Sequence[float], *, margin: float, alpha: float, churn: int = 0, power: float = POWER) -> float:
    """The smallest fall of the mean that is found with probability `power`; 1.0 where not even the whole would be.

    headroom  what each case could lose; most falls come from cases that have something to lose
    margin    a smaller fall is let pass, however certain
    alpha     the one-sided chance at which the sign test counts, after correction for many tests
    churn     how many cases moved without direction, half of them up and half down

    With W ups and L downs beside B breakages, the gate finds the fall when L + B - W exceeds the margin and
    P(Binomial(L + B + W, 1/2) >= L + B) <= alpha. W and L are taken as Poisson(churn / 2), B as Binomial over the cases that can
    break; the chance of breaking is searched by bisection.
    """
    movable = [value for value in headroom if value > 0]
    if not movable:
        return 1.0
    size = sum(movable) / len(movable)
    beyond = margin * len(headroom) / size  # in cases of the mean size
    if _found(1.0, len(movable), beyond, alpha, churn) < power:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _found(middle, len(movable), beyond, alpha, churn) >= power else (middle, high)
    return min(1.0, max(high * sum(movable) / len(headroom), margin))


def more_cases(n: int, fall: float, spread: float, *, alpha: float, power: float = POWER) -> int:
    """How many cases more, like these, would tell a `fall` of this size.

    n' = ((z_alpha + z_power) x spread / fall)^2, and never so few that losses alone could not count; less n, at least 1.
    """
    normal = NormalDist()
    alpha = min(max(alpha, 1e-9), 0.5)
    z = normal.inv_cdf(1 - alpha) + normal.inv_cdf(power)
    return max(1, math.ceil(max((z * spread / fall) ** 2, least_losses(0, 0.0, alpha) / fall)) - n)


def least_losses(wins: int, beyond: float, alpha: float) -> int:
    """The fewest losses against `wins` that the sign test calls a fall at `alpha`, more than `beyond` of them net.

    Counted out for few wins; above, the normal approximation with its half-case correction: with d losses more than wins,
    (d - 1) / sqrt(2 wins + d) >= z.
    """
    losses = wins + math.floor(beyond + 1e-9) + 1
    if wins > _EXACT:
        z2 = NormalDist().inv_cdf(1 - alpha) ** 2 if alpha < 0.5 else 0.0
        more = ((2 + z2) + math.sqrt((2 + z2) ** 2 - 4 * (1 - 2 * wins * z2))) / 2
        return max(losses, wins + math.ceil(more))
    while sum(math.comb(losses + wins, k) for k in range(wins + 1)) / 2 ** (losses + wins) > alpha:
        losses += 1
    return losses


def _found(chance: float, movable: int, beyond: float, alpha: float, churn: int) -> float:
    """The probability that the gate finds breakages of probability `chance`."""
    import numpy as np

    broken = _binomial(movable, chance)  # (movable + 1,) probability of 0, 1, … breakages
    if not churn:
        return float(broken[_least(0, beyond, alpha) :].sum())
    moving = _poisson(churn / 2)
    lost = np.convolve(broken, moving)
    at_least = np.append(np.cumsum(lost[::-1])[::-1], 0.0)  # P(losses >= i)
    needed = [min(_least(wins, beyond, alpha), len(lost)) for wins in range(len(moving))]
    return float(moving @ at_least[needed])


@lru_cache(maxsize=4096)
def _least(wins: int, beyond: float, alpha: float) -> int:
    return least_losses(wins, beyond, alpha)


def _binomial(n: int, p: float) -> Floats:
    """(n + 1,) the probabilities of 0, 1, … n."""
    import numpy as np

    if p >= 1.0:
        sure: Floats = np.eye(1, n + 1, n)[0]
        return sure
    k = np.arange(n + 1)
    probabilities: Floats = np.exp(_log_choose(n) + k * math.log(max(p, 1e-300)) + (n - k) * math.log1p(-p))
    return probabilities


@lru_cache(maxsize=64)
def _log_choose(n: int) -> Floats:
    import numpy as np

    logs = np.array([math.lgamma(i + 1) for i in range(n + 1)])
    chosen: Floats = logs[n] - logs - logs[::-1]
    return chosen


def _poisson(mean: float) -> Floats:
    """The probabilities of 0, 1, …, as far as they matter."""
    import numpy as np

    k = np.arange(math.ceil(mean + 6 * math.sqrt(mean) + 8))
    probabilities: Floats = np.exp(k * math.log(mean) - mean - np.array([math.lgamma(i + 1) for i in k]))
    return probabilities
