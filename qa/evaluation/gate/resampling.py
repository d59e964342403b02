"""Chance: how far a mean may move because of which questions are in the suite, and what testing many hypotheses at once costs.

Two resamplings of the paired differences d_i = new_i - old_i answer two questions. The bootstrap draws cases with replacement:
its percentiles bound the change ("how large is it?"). The sign flip draws the direction of each difference by a coin, as it
would be if neither run were the better one ("could it be nothing?"); that test is exact for any sample size, where a bootstrap
of three or four changed answers is too sure of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 10_000
_AT_ONCE = 4_000_000  # signs in memory together
_DISTINCT = 6  # values up to which a multinomial is quicker than drawing cases
_FEWEST, _LARGEST = 0.004, 0.1  # the p that matter for a decision; rarer ones have too few draws
_EQUAL = 1e-9  # sums of the same numbers in another order differ by less


def bootstrap(differences: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> Floats:
    """(resamples,) means of `differences` under resampling with replacement. The same seed gives the same numbers.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; for retrieval: Sakai, SIGIR 2006.
    """
    import numpy as np

    given = np.asarray(differences, dtype=np.float64)
    rng = np.random.default_rng(seed)
    n = len(given)
    values, counts = np.unique(given, return_counts=True)  # (k,), (k,)
    if len(values) <= _DISTINCT:  # drawing n of n is drawing how often each value is met: a multinomial, and far fewer numbers
        few: Floats = rng.multinomial(n, counts / n, size=resamples) @ values / n
        return few
    step = max(1, _AT_ONCE // n)
    sizes = [min(step, resamples - start) for start in range(0, resamples, step)]
    means: Floats = np.concatenate([given[rng.integers(0, n, size=(size, n), dtype=np.int32)].mean(axis=1) for size in sizes])
    return means


def interval(means: Floats) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile: a 95 % interval of the mean."""
    import numpy as np

    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def flipped(differences: Floats, *, seed: int = 0, resamples: int = RESAMPLES) -> Floats:
    """(resamples, k) sums of the columns of `differences` (n cases, k figures), each case's sign drawn by a coin.

    One coin a case, the same for all its figures, so that figures which move together keep doing so.
    Source: Fisher, The Design of Experiments (1935); Smucker, Allan and Carterette, CIKM 2007.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    n = len(differences)
    step = max(1, _AT_ONCE // max(1, n))
    sums = []
    for start in range(0, resamples, step):
        coins = rng.integers(0, 2, size=(min(step, resamples - start), n), dtype=np.int8)
        sums.append((2.0 * coins - 1.0) @ differences)
    drawn: Floats = np.concatenate(sums)
    return drawn


def chances(observed: Floats, null: Floats) -> Floats:
    """(k,) one-sided p of a fall: (1 + how many of the `null` sums are as low as the observed one) / (1 + how many there are).

    Never 0. Source: Davison and Hinkley, Bootstrap Methods and their Application (1997), chapter 4.
    """
    p: Floats = (1.0 + (null <= observed + _EQUAL).sum(axis=0)) / (1.0 + len(null))
    return p


def smallest_chances(null: Floats) -> Floats:
    """(resamples,) for each draw of `null` (resamples, k) the smallest p among its k figures, as `chances` would give it."""
    import numpy as np

    least = np.ones(len(null))
    for column in null.T:
        rounded = np.round(column, 9)  # equal sums must count as equal
        p = np.searchsorted(np.sort(rounded), rounded, side="right") / len(null)
        least = np.minimum(least, p)
    return least


def together(p: Floats, least: Floats) -> Floats:
    """P values made good for looking at all figures at once: how often chance alone gives a smallest p (`least`) so small.

    Holds the chance of any false alarm, and knows that figures of the same answers move together, where Holm would count ten
    near-copies as ten tests. Source: Westfall and Young, Resampling-Based Multiple Testing (1993), min-p, single step.
    """
    adjusted: Floats = (1.0 + (least[:, None] <= p[None, :] + _EQUAL).sum(axis=0)) / (1.0 + len(least))
    return adjusted


def effective_tests(least: Floats) -> float:
    """As how many independent tests the figures behind `least` (of `smallest_chances`) count: 1 for copies, k for k unrelated ones.

    The mean, over every p from 0.004 to 0.1 that is met, of how often the smallest p is as small, by how often one p would be.
    """
    import numpy as np

    values, counts = np.unique(np.round(least, 9), return_counts=True)
    met = (values >= _FEWEST) & (values <= _LARGEST)
    ratios = (counts.cumsum() / len(least))[met] / values[met]
    return max(1.0, float(ratios.mean())) if len(ratios) else 1.0


def holm(p: Sequence[float]) -> list[float]:
    """P values made good for being many: the i-th smallest of m (from 1) times m - i + 1, never falling, at most 1.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    adjusted = [0.0] * len(p)
    largest = 0.0
    for place, which in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        largest = max(largest, min(1.0, p[which] * (len(p) - place)))
        adjusted[which] = largest
    return adjusted


def testable(moved: Sequence[int], alpha: float) -> list[int]:
    """Which rows can be distinguished from chance at all, and so need be counted as tests: those with 2^-moved <= alpha / how many.

    `moved` is how many cases of a row changed: were all of them losses, its p would be 2^-moved and no smaller. How many moved
    does not depend on the direction that is tested, so leaving the others out costs nothing.
    Source: Tarone, Biometrics 46 (1990).
    """
    for hypotheses in range(1, len(moved) + 1):
        kept = [row for row, count in enumerate(moved) if 0.5**count <= alpha / hypotheses]
        if len(kept) <= hypotheses:
            return kept
    return []
