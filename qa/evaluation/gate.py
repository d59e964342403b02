"""Is this run worse than the recorded one? Case by case, with the chance of the draw taken into account.

A metric is worse when its mean fell by more than the margin and the fall is not explained by which questions happen to be in
the suite: the 95 % interval of the paired bootstrap stays below zero. A fall beyond the margin whose interval reaches zero is
"unclear": the suite is too small to tell. A new crash and a broken law are worse, whatever their number.

Paired bootstrap: with d_i = new_i - old_i over the n cases that both runs scored, draw n of the d_i with replacement, 10,000
times; the 2.5th and 97.5th percentile of the means bound the change. A slice (a kind of question, a language, a tag) fails too
when it fell beyond the margin and its one-sided p stays under 2.5 % after Holm's correction for how many slices are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qa.evaluation.baseline import Baseline, Recorded, rounded
from qa.evaluation.cases import digest
from qa.evaluation.metrics import BY_NAME, METRICS, Metric
from qa.evaluation.statistics import bootstrap, chance_of_no_fall, detectable, holm, interval

if TYPE_CHECKING:
    from qa.evaluation.run import CaseResult, Report

State = Literal["worse", "unclear", "same", "better"]

WORSE, UNCLEAR = 1, 3

_SLICED = tuple(
    BY_NAME[name] for name in ("contains", "cited", "declined")
)  # what a slice is judged by; higher is better for each


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
class SliceChange:
    """One metric over one slice, before and after; `p` is one-sided and corrected for the number of slices."""

    name: str
    metric: Metric
    n: int
    before: float
    after: float
    p: float
    worse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole comparison. `notes` say what makes the two runs hard to compare."""

    changes: tuple[Change, ...]
    slices: tuple[SliceChange, ...]  # only those that fell, the most certain first
    crashed: tuple[str, ...]  # ids of cases that crash now and did not before
    moved: tuple[tuple[Recorded, CaseResult], ...]  # cases whose outcome changed
    notes: tuple[str, ...]
    margin: float

    @property
    def status(self) -> int:
        """0, 1 (something gated is worse) or 3 (something gated may be: the suite is too small to tell)."""
        gated = [change.state for change in self.changes if change.metric.gated]
        if self.crashed or "worse" in gated or any(each.worse for each in self.slices):
            return WORSE
        return UNCLEAR if "unclear" in gated else 0


Pair = tuple[Recorded, "CaseResult"]


def compare(before: Baseline, report: Report, *, margin: float = 0.02, seed: int = 0) -> Verdict:
    """The recorded run against this one, over the cases whose wording and gold did not change since."""
    pairs = [
        (before.cases[result.case.id], replace(result, scores=rounded(result.scores)))
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
        slices=tuple(_slices(pairs, report, margin, seed)),
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


def _change(metric: Metric, old: Sequence[float], new: Sequence[float], margin: float, seed: int) -> Change:
    differences = [after - before for before, after in zip(old, new, strict=True)]
    n = len(differences)
    low, high = interval(bootstrap(differences, seed=seed))
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


def _slices(pairs: Sequence[Pair], report: Report, margin: float, seed: int) -> list[SliceChange]:
    """The slices whose answers or abstentions fell, corrected over every slice that could have."""
    both_of = {new.case.id: (old, new) for old, new in pairs}
    looked: list[tuple[str, Metric, list[float], list[float], float]] = []
    for name, results in report.slices().items():
        for metric in _SLICED:
            both = [both_of[result.case.id] for result in results if result.case.id in both_of]
            both = [(old, new) for old, new in both if metric.name in old.scores and metric.name in new.scores]
            if both:
                before, after = [old.scores[metric.name] for old, _ in both], [new.scores[metric.name] for _, new in both]
                differences = [b - a for a, b in zip(before, after, strict=True)]
                looked.append((name, metric, before, after, chance_of_no_fall(bootstrap(differences, seed=seed))))
    found = []
    for (name, metric, before, after, _), p in zip(looked, holm([p for *_, p in looked]), strict=True):
        n = len(before)
        fall = (sum(before) - sum(after)) / n
        if fall > 0:
            worse = fall > margin and p < 0.025
            found.append(
                SliceChange(name=name, metric=metric, n=n, before=sum(before) / n, after=sum(after) / n, p=p, worse=worse)
            )
    return sorted(found, key=lambda each: (each.p, each.name, each.metric.name))


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
