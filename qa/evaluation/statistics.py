"""Chance, and what can be told apart from it: paired bootstrap, power, and many comparisons at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 10_000


def bootstrap(differences: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> NDArray[np.float64]:
    """(resamples,) means of `differences` under resampling with replacement. The same seed gives the same numbers.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; for retrieval: Sakai, SIGIR 2006.
    """
    import numpy as np

    # Drawing n of n with replacement draws how often each distinct difference is met: a multinomial, and far fewer numbers.
    values, counts = np.unique(np.asarray(differences, dtype=np.float64), return_counts=True)  # (k,), (k,)
    n = len(differences)
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=resamples)  # (resamples, k)
    means: NDArray[np.float64] = drawn @ values / n
    return means


def interval(means: NDArray[np.float64]) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile: a 95 % interval of the mean."""
    import numpy as np

    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def chance_of_no_fall(means: NDArray[np.float64]) -> float:
    """One-sided p: (1 + how many resampled means are not below zero) / (1 + how many there are); never 0.

    Source: Davison and Hinkley, Bootstrap Methods and their Application (1997), chapter 4.
    """
    return (1 + int((means >= 0).sum())) / (1 + len(means))


def holm(chances: Sequence[float]) -> list[float]:
    """P values made good for being many: the i-th smallest of m (from 1) times m - i + 1, never falling, at most 1.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    adjusted = [0.0] * len(chances)
    largest = 0.0
    for place, which in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        largest = max(largest, min(1.0, chances[which] * (len(chances) - place)))
        adjusted[which] = largest
    return adjusted


def detectable(n: int, margin: float, spread: float, power: float = 0.8) -> float:
    """The smallest fall of the mean over `n` cases that the gate finds with probability `power`.

    Where nothing moved between the runs (`spread`, the standard deviation of the differences, is 0) a fall is taken as whole
    cases breaking independently, none mending: their number is Poisson with mean n x fall, and the gate finds it from
    c = max(4, floor(margin x n) + 1) broken cases on (a bootstrap of four losses among many ties misses all four in
    e^-4 = 1.8 % < 2.5 % of the draws; of three in 5 %). Else the normal approximation stands beside it,
    (1.96 + 0.84) x spread / sqrt(n), never less than the margin; the larger of the two holds.
    """
    needed = max(4, math.floor(margin * n + 1e-9) + 1)
    low, high = 0.0, float(needed) * 10
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if _poisson_at_least(needed, middle) >= power else (middle, high)
    return min(1.0, max(high / n, 2.8016 * spread / math.sqrt(n), margin))


def _poisson_at_least(count: int, mean: float) -> float:
    term, below = math.exp(-mean), 0.0
    for k in range(count):
        below += term
        term *= mean / (k + 1)
    return 1 - below
