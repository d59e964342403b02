"""Several runs of one suite compared with the first, figure by figure: mean, change, interval, p."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from qa.evaluation.gate.hypotheses import CORRECT, value
from qa.evaluation.gate.resampling import RESAMPLES, bootstrap, flipped, holm, interval
from qa.evaluation.metrics.registry import METRICS, Metric

if TYPE_CHECKING:
    from qa.evaluation.run.results import CaseResult

COMPARED = (CORRECT, *(metric for metric in METRICS if metric.gated and metric.name != "law"))
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricChange:
    """A metric of a variant, and its change over the `paired` cases that the first variant scored too; `p` is two-sided."""

    metric: str
    variant: str
    n: int
    mean: float
    paired: int
    change: float = 0.0
    low: float = 0.0
    high: float = 0.0
    p: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """As grid.json and grid.csv have it."""
        return asdict(self)


def compared(
    variants: Sequence[tuple[str, Sequence[CaseResult]]], *, seed: int = 0, resamples: int = RESAMPLES
) -> list[MetricChange]:
    """Metric by metric, variant by variant; p corrected with Holm over the variants that a metric is compared for.

    Source of the interval and of the test: as in `qa.evaluation.gate.resampling`. A variant without results has no rows.
    """
    asked = [(name, results) for name, results in variants if results]
    rows: list[MetricChange] = []
    for metric in COMPARED:
        found = [
            _row(metric, name, results, asked[0][1], seed=seed, resamples=resamples)
            for name, results in asked
            if any(value(metric, result) is not None for result in results)
        ]
        others = [row for row in found if row.variant != asked[0][0]]
        corrected = dict(zip([row.variant for row in others], holm([row.p for row in others]), strict=True))
        rows += [replace(row, p=round(corrected.get(row.variant, 1.0), _DIGITS)) for row in found]
    return rows


def _row(
    metric: Metric, name: str, results: Sequence[CaseResult], first: Sequence[CaseResult], *, seed: int, resamples: int
) -> MetricChange:
    scores = [score for result in results if (score := value(metric, result)) is not None]
    both = [
        (old, new)
        for old, new in zip((value(metric, each) for each in first), (value(metric, each) for each in results), strict=True)
        if old is not None and new is not None
    ]
    differences = [new - old for old, new in both]
    row = MetricChange(
        metric=metric.name, variant=name, n=len(scores), mean=round(sum(scores) / len(scores), _DIGITS), paired=len(both)
    )
    if not any(differences):
        return row
    low, high = interval(bootstrap(differences, seed=seed, resamples=resamples))
    return replace(
        row,
        change=round(sum(differences) / len(differences), _DIGITS),
        low=round(low, _DIGITS),
        high=round(high, _DIGITS),
        p=_two_sided(differences, seed, resamples),
    )


def _two_sided(differences: Sequence[float], seed: int, resamples: int) -> float:
    """How often coins alone move the sum as far, either way."""
    import numpy as np

    moved = np.array([difference for difference in differences if difference])[:, None]
    null = np.abs(flipped(moved, seed=seed, resamples=resamples)[:, 0])
    return float((1 + (null >= abs(moved.sum()) - 1e-9).sum()) / (1 + resamples))
