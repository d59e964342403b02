"""Is this run worse than the recorded one? Case by case, with the chance of the draw taken into account.

A metric is worse when its mean fell by more than the margin and the fall is not explained by which questions happen to be in
the suite: the 95 % interval of the paired bootstrap stays below zero. A fall beyond the margin whose interval reaches zero is
"unclear": the suite is too small to tell. A new crash and a broken law are worse, whatever their number.

Paired bootstrap: with d_i = new_i - old_i over the n cases that both runs scored, draw n of the d_i with replacement, 10,000
times; the 2.5th and 97.5th percentile of the means bound the change. Source: Efron and Tibshirani, An Introduction to the
Bootstrap (1993), chapter 13; for question answering and retrieval: Sakai, SIGIR 2006.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qa.evaluation.baseline import Baseline, Recorded
from qa.evaluation.cases import digest
from qa.evaluation.metrics import METRICS, Metric

if TYPE_CHECKING:
    from qa.evaluation.run import CaseResult, Report

State = Literal["worse", "unclear", "same", "better"]

RESAMPLES = 10_000
WORSE, UNCLEAR = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One metric before and after, over the `n` cases that both runs scored; `low` and `high` bound the change of the mean."""

    metric: Metric
    n: int
    before: float
    after: float
    low: float
    high: float
    state: State
    detectable: float  # the smallest fall that this gate finds in 80 of 100 runs
    more: int = 0  # where it is unclear: about how many more cases would tell, if they behave like these

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole comparison. `notes` say what makes the two runs hard to compare."""

    changes: tuple[Change, ...]
    crashed: tuple[str, ...]  # ids of cases that crash now and did not before
    moved: tuple[tuple[Recorded, CaseResult], ...]  # cases whose outcome changed
    notes: tuple[str, ...]
    margin: float

    @property
    def status(self) -> int:
        """0, 1 (something gated is worse) or 3 (something gated may be: the suite is too small to tell)."""
        gated = [change.state for change in self.changes if change.metric.gated]
        if self.crashed or "worse" in gated:
            return WORSE
        return UNCLEAR if "unclear" in gated else 0


def compare(before: Baseline, report: Report, *, margin: float = 0.02, seed: int = 0) -> Verdict:
    """The recorded run against this one, over the cases whose wording and gold did not change since."""
    pairs = [
        (before.cases[result.case.id], result)
        for result in report.results
        if result.case.id in before.cases and before.cases[result.case.id].sha256 == digest([result.case])
    ]
    changes = []
    for metric in METRICS:
        both = [
            (old.scores[metric.name], new.scores[metric.name])
            for old, new in pairs
            if metric.name in old.scores and metric.name in new.scores
        ]
        if both:
            changes.append(_change(metric, [old for old, _ in both], [new for _, new in both], margin, seed))
    return Verdict(
        changes=tuple(changes),
        crashed=tuple(new.case.id for old, new in pairs if new.outcome == "crash" and old.outcome != "crash"),
        moved=tuple((old, new) for old, new in pairs if old.outcome != new.outcome),
        notes=tuple(_notes(before, report, len(pairs))),
        margin=margin,
    )


def status(report: Report, verdict: Verdict | None) -> int:
    """The exit status of a run: a crash or a broken law fails it even where there is nothing to compare with."""
    if report.crashes or report.figures.get("law", (1.0, 0))[0] < 1.0:
        return WORSE
    return verdict.status if verdict else 0


def bootstrap(differences: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the mean of `differences` under resampling. The same seed gives the same numbers."""
    import numpy as np

    # Drawing n of n with replacement draws how often each distinct difference is met: a multinomial, and far fewer numbers.
    values, counts = np.unique(np.asarray(differences, dtype=np.float64), return_counts=True)  # (k,), (k,)
    if not values.any():
        return 0.0, 0.0
    n = len(differences)
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=resamples)  # (resamples, k)
    low, high = np.quantile(drawn @ values / n, [0.025, 0.975])
    return float(low), float(high)


def detectable(n: int, margin: float, spread: float, power: float = 0.8) -> float:
    """The smallest fall of the mean over `n` cases that this gate finds with probability `power`.

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


def _change(metric: Metric, old: Sequence[float], new: Sequence[float], margin: float, seed: int) -> Change:
    differences = [after - before for before, after in zip(old, new, strict=True)]
    n = len(differences)
    low, high = bootstrap(differences, seed=seed)
    mean = sum(differences) / n
    spread = math.sqrt(sum((value - mean) ** 2 for value in differences) / n)
    state = _state(metric, mean, low, high, margin)
    return Change(
        metric=metric,
        n=n,
        before=sum(old) / n,
        after=sum(new) / n,
        low=low,
        high=high,
        state=state,
        detectable=detectable(n, margin, spread),
        more=max(1, math.ceil((1.96 * spread / mean) ** 2) - n) if state == "unclear" else 0,
    )


def _state(metric: Metric, mean: float, low: float, high: float, margin: float) -> State:
    if metric.better == "lower":
        mean, low, high = -mean, -high, -low
    if metric.name == "law":
        return "worse" if mean < 0 else "better" if mean > 0 else "same"
    if mean < -margin:
        return "worse" if high < 0 else "unclear"
    return "better" if mean > margin and low > 0 else "same"


def _notes(before: Baseline, report: Report, n_pairs: int) -> list[str]:
    notes = []
    if before.suite_sha256 != report.suite_sha256:
        notes.append(
            f"the suite changed since the baseline: {n_pairs} of {len(report.results)} cases are the same and are compared"
        )
    made: Mapping[str, tuple[object, object]] = {
        "articles": (before.corpus, report.corpus),
        "settings": (before.settings, report.settings),
        "models": (before.models, report.models),
    }
    notes += [f"{what} changed since the baseline" for what, (old, new) in made.items() if old != new]
    return notes
