"""The hypotheses that the gate tests: a figure over the whole suite or over one slice, as a column of paired differences.

Every hypothesis has one number per case, new less old, turned so that a fall is negative, and 0 where the case is not in it. Columns
side by side let one coin a case decide for all its figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.evaluation.gate.power import detectable
from qa.evaluation.gate.resampling import chances, effective_tests, flipped, holm, smallest_chances, testable, together
from qa.evaluation.metrics.registry import BY_NAME, GOOD, METRICS, Metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.evaluation.gate.baseline import RecordedCase
    from qa.evaluation.run.results import CaseResult

    Floats = NDArray[np.float64]

ALPHA = 0.025
"""The chance of a false alarm from the figures of the whole suite, and again from the slices: 5 % together."""

CORRECT = Metric(name="correct", over="all", meaning="right, or abstained as it must", gated=True)
"""What came out well, over every case that did not crash: one figure that sees a fault wherever it strikes."""

SLICED = (CORRECT, BY_NAME["cited"], BY_NAME["mrr"])
"""What a slice is judged by: the answer, its source, and the search. More figures would be near-copies and cost certainty."""

LAW = "law"
"""The metric that has no margin and needs no test: one broken citation is one too many."""

_PLANTED = 10  # cases broken on trial, to see how the figures move together
_TRIALS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One figure over the whole suite (`slice` is empty) or over a slice."""

    metric: Metric
    slice: str
    cases: tuple[int, ...]  # which pairs it is defined for
    before: tuple[float, ...]
    after: tuple[float, ...]
    p: float = 1.0  # one-sided, that nothing fell; corrected for the number of hypotheses
    alpha: float = ALPHA  # what its own p must not exceed
    detectable: float = 1.0

    @property
    def falls(self) -> tuple[float, ...]:
        """New less old, turned so that a fall is negative."""
        sign = 1.0 if self.metric.better == "higher" else -1.0
        return tuple(sign * (new - old) for old, new in zip(self.before, self.after, strict=True))

    @property
    def headroom(self) -> tuple[float, ...]:
        """What each case had to lose."""
        return self.before if self.metric.better == "higher" else tuple(1.0 - value for value in self.before)

    @property
    def churn(self) -> int:
        """How many cases moved against as many others that moved the other way."""
        return 2 * min(sum(value > 0 for value in self.falls), sum(value < 0 for value in self.falls))


def whole(pairs: Sequence[tuple[RecordedCase, CaseResult]]) -> list[Hypothesis]:
    """Every metric over all pairs."""
    hypotheses = [_hypothesis(metric, "", pairs, range(len(pairs))) for metric in (CORRECT, *METRICS)]
    return [hypothesis for hypothesis in hypotheses if hypothesis.cases]


def sliced(pairs: Sequence[tuple[RecordedCase, CaseResult]], slices: Mapping[str, Sequence[int]]) -> list[Hypothesis]:
    """The slices' hypotheses; two slices of the same cases are one, and one that is the whole suite is none."""
    everything = {metric.name: _hypothesis(metric, "", pairs, range(len(pairs))).cases for metric in SLICED}
    found: dict[tuple[str, tuple[int, ...]], Hypothesis] = {}
    for name, members in slices.items():
        for metric in SLICED:
            hypothesis = _hypothesis(metric, name, pairs, members)
            if not hypothesis.cases or hypothesis.cases == everything[metric.name]:
                continue
            key = (metric.name, hypothesis.cases)
            found[key] = replace(found[key], slice=f"{found[key].slice} = {name}") if key in found else hypothesis
    return list(found.values())


def judged_together(hypotheses: Sequence[Hypothesis], n: int, *, margin: float, seed: int, resamples: int) -> list[Hypothesis]:
    """The whole suite's hypotheses with p and power; those that gate are corrected together (Westfall and Young, min-p)."""
    import numpy as np

    columns = _columns(hypotheses, n)
    null = flipped(columns[columns.any(axis=1)], seed=seed, resamples=resamples)
    raw = chances(columns.sum(axis=0), null)
    gating = [row for row, hypothesis in enumerate(hypotheses) if hypothesis.metric.gated and hypothesis.metric.name != LAW]
    if not gating:
        return _with(hypotheses, raw, [ALPHA] * len(hypotheses), margin)
    corrected = raw.copy()
    corrected[gating] = np.maximum(raw[gating], together(raw[gating], smallest_chances(null[:, gating])))
    alone = _alpha(columns[:, gating], _columns(hypotheses, n, headroom=True)[:, gating], seed, max(1000, resamples // 5))
    return _with(hypotheses, corrected, [alone if row in gating else ALPHA for row in range(len(hypotheses))], margin)


def judged_apart(hypotheses: Sequence[Hypothesis], n: int, *, margin: float, seed: int, resamples: int) -> list[Hypothesis]:
    """The slices' hypotheses with p and power, corrected with Holm over those that could be distinguished from chance at all."""
    if not hypotheses:
        return []
    columns = _columns(hypotheses, n)
    counted = testable([int(count) for count in (columns != 0).sum(axis=0)], ALPHA)
    corrected = [1.0] * len(hypotheses)
    if counted:
        kept = columns[:, counted]
        kept = kept[kept.any(axis=1)]
        raw = chances(kept.sum(axis=0), flipped(kept, seed=seed, resamples=resamples))
        for row, p in zip(counted, holm(raw.tolist()), strict=True):
            corrected[row] = p
    breakable = _columns(hypotheses, n, headroom=True) > 0
    shared = breakable.T.astype(float) @ breakable  # (k, k) how many cases that can break two hypotheses have in common
    alphas = [ALPHA / max(1, len(counted), len(testable([int(count) for count in row], ALPHA))) for row in shared]
    return _with(hypotheses, corrected, alphas, margin)


def _hypothesis(
    metric: Metric, name: str, pairs: Sequence[tuple[RecordedCase, CaseResult]], members: Sequence[int]
) -> Hypothesis:
    values = [(case, value(metric, pairs[case][0]), value(metric, pairs[case][1])) for case in members]
    known = [(case, old, new) for case, old, new in values if old is not None and new is not None]
    return Hypothesis(
        metric=metric,
        slice=name,
        cases=tuple(case for case, _, _ in known),
        before=tuple(old for _, old, _ in known),
        after=tuple(new for _, _, new in known),
    )


def value(metric: Metric, case: RecordedCase | CaseResult) -> float | None:
    """What a case scored; None where the metric is not defined for it, or it crashed."""
    if metric is CORRECT:
        return None if case.outcome == "crash" else float(case.outcome in GOOD)
    return case.scores.get(metric.name)


def _columns(hypotheses: Sequence[Hypothesis], n: int, *, headroom: bool = False) -> Floats:
    """(n, k) differences, or what there is to lose."""
    import numpy as np

    columns = np.zeros((n, len(hypotheses)))
    for row, hypothesis in enumerate(hypotheses):
        columns[list(hypothesis.cases), row] = hypothesis.headroom if headroom else hypothesis.falls
    return columns


def _alpha(columns: Floats, headroom: Floats, seed: int, resamples: int) -> float:
    """What a figure's own p must not exceed when all are looked at together and some ten cases broke: the mean of five trials.

    Without a trial there may be nothing that moved, and no way to know how the figures move together when something does.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    breakable = np.flatnonzero(headroom.any(axis=1))
    hypotheses = []
    for _ in range(_TRIALS):
        broken = rng.permutation(breakable)[:_PLANTED]
        trial = columns.copy()
        trial[broken] = -headroom[broken]
        trial = trial[trial.any(axis=1)]
        hypotheses.append(effective_tests(smallest_chances(flipped(trial, seed=seed, resamples=resamples))))
    return ALPHA / float(np.mean(hypotheses))


def _with(
    hypotheses: Sequence[Hypothesis], p: Sequence[float] | Floats, alphas: Sequence[float], margin: float
) -> list[Hypothesis]:
    return [
        replace(
            hypothesis,
            p=float(chance),
            alpha=alpha,
            detectable=_detectable(hypothesis, margin, alpha),
        )
        for hypothesis, chance, alpha in zip(hypotheses, p, alphas, strict=True)
    ]


def _detectable(hypothesis: Hypothesis, margin: float, alpha: float) -> float:
    if hypothesis.metric.name == LAW:  # a single broken citation is found, however it came
        return detectable(hypothesis.headroom, margin=0.0, alpha=1.0)
    return detectable(hypothesis.headroom, margin=margin, alpha=alpha, churn=hypothesis.churn)
