"""Is this run worse than the recorded one? Case by case, with the chance of the draw taken into account.

A figure is **worse** when it fell by more than the margin, the 95 % interval of the paired bootstrap stays below zero, and
chance alone would hardly ever do it: the sign-flip test, corrected for how many figures are looked at, gives p <= 2.5 %. It is
**unclear** when it fell as far and that cannot be said. A new crash and a broken law are worse, whatever their number.

The figures of the whole suite are corrected together (Westfall and Young: ten figures of the same answers are not ten tests).
The slices (kind, language, outlet, answerable or not, tag) are corrected with Holm and not with Benjamini and Hochberg: one
false alarm stops somebody's merge, so the chance of any is bounded, not their share. Each family has 2.5 %, both together 5 %.
Slices with too few changed answers ever to count are not counted as tests (Tarone).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qa.evaluation.gate.baseline import Baseline, RecordedCase, rounded
from qa.evaluation.gate.hypotheses import ALPHA, LAW, Hypothesis, judged_apart, judged_together, sliced, whole
from qa.evaluation.gate.power import more_cases
from qa.evaluation.gate.resampling import RESAMPLES, bootstrap, interval
from qa.evaluation.metrics.registry import Metric
from qa.evaluation.run.provenance import differences
from qa.evaluation.suite.cases import digest

if TYPE_CHECKING:
    from qa.evaluation.run.results import CaseResult, Report

State = Literal["worse", "unclear", "same", "better"]

WORSE, UNCLEAR = 1, 3
_DIGITS = 6  # of what is reported: sums of the same numbers in another order agree to far more
_NAMED = 5  # ids in a note


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
    detectable: float  # the smallest fall that this gate finds in 80 of 100 runs; 1.0 where not even the whole
    p: float = 1.0  # one-sided, that nothing fell; corrected where the metric gates
    more: int = 0  # where it is unclear: about how many more cases would tell in 80 of 100 runs, if they behave like these

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceChange:
    """One metric over one slice, before and after; `p` is one-sided and corrected for the number of slices."""

    name: str  # "kind: who"; slices of the same cases are one: "language: en = tag: english"
    metric: Metric
    n: int
    before: float
    after: float
    p: float
    worse: bool
    low: float = 0.0
    high: float = 0.0
    state: State = "same"
    detectable: float = 1.0
    more: int = 0

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole comparison. `notes` say in words what makes the two runs hard to compare."""

    changes: tuple[Change, ...]
    slices: tuple[SliceChange, ...]  # only those that fell, the most certain first
    crashed: tuple[str, ...]  # ids of cases that crash now and did not before
    moved: tuple[tuple[RecordedCase, CaseResult], ...]  # cases whose outcome changed
    notes: tuple[str, ...]
    margin: float
    compared: int = 0  # cases whose wording and gold are the same as in the baseline
    all_slices: tuple[SliceChange, ...] = ()  # with those that did not fall, in the order of the report
    pairs: tuple[tuple[RecordedCase, CaseResult], ...] = ()  # every case that was compared

    @property
    def status(self) -> int:
        """0, 1 (something gated is worse) or 3 (something gated may be: the suite is too small to tell).

        An unclear slice is reported and does not count: among many small slices some always fell by more than the margin.
        """
        gated = [change.state for change in self.changes if change.metric.gated]
        if self.crashed or "worse" in gated or any(each.worse for each in self.slices):
            return WORSE
        return UNCLEAR if "unclear" in gated or not self.compared else 0


Pair = tuple[RecordedCase, "CaseResult"]


def compare(before: Baseline, report: Report, *, margin: float = 0.02, seed: int = 0, resamples: int = RESAMPLES) -> Verdict:
    """The recorded run against this one, over the cases whose wording and gold did not change since."""
    hashes = {result.case.id: digest([result.case]) for result in report.results}
    pairs = [
        (before.cases[result.case.id], replace(result, scores=rounded(result.scores)))
        for result in report.results
        if result.case.id in before.cases and before.cases[result.case.id].sha256 == hashes[result.case.id]
    ]
    at = {new.case.id: place for place, (_, new) in enumerate(pairs)}
    slices = {
        name: [at[result.case.id] for result in results if result.case.id in at] for name, results in report.slices().items()
    }
    n = len(pairs)
    hypotheses = judged_together(whole(pairs), n, margin=margin, seed=seed, resamples=resamples) if pairs else []
    parts = judged_apart(sliced(pairs, slices), n, margin=margin, seed=seed + 1, resamples=resamples) if pairs else []
    fell = [_slice(hypothesis, margin, seed, resamples) for hypothesis in parts]
    return Verdict(
        changes=tuple(_change(hypothesis, margin, seed, resamples) for hypothesis in hypotheses),
        slices=tuple(
            sorted(
                (each for each in fell if _turned(each.metric, each.change) < 0),
                key=lambda each: (each.p, each.name, each.metric.name),
            )
        ),
        all_slices=tuple(fell),
        pairs=tuple(pairs),
        crashed=tuple(new.case.id for old, new in pairs if new.outcome == "crash" and old.outcome != "crash"),
        moved=tuple((old, new) for old, new in pairs if old.outcome != new.outcome),
        notes=(*_suite_notes(before, report, hashes, n), *differences(before.made, report.made)),
        margin=margin,
        compared=n,
    )


def status(report: Report, verdict: Verdict | None) -> int:
    """The exit status of a run: a crash or a broken law fails it even where there is nothing to compare with."""
    if report.crashes or report.figures.get("law", (1.0, 0))[0] < 1.0:
        return WORSE
    return verdict.status if verdict else 0


def _change(hypothesis: Hypothesis, margin: float, seed: int, resamples: int) -> Change:
    n, before, after, low, high, spread = _measured(hypothesis, seed, resamples)
    state = _state(hypothesis, after - before, low, high, margin)
    return Change(
        metric=hypothesis.metric,
        n=n,
        before=before,
        after=after,
        low=low,
        high=high,
        state=state,
        detectable=round(hypothesis.detectable, _DIGITS),
        p=round(hypothesis.p, _DIGITS),
        more=more_cases(n, abs(after - before), spread, alpha=hypothesis.alpha) if state == "unclear" else 0,
    )


def _slice(hypothesis: Hypothesis, margin: float, seed: int, resamples: int) -> SliceChange:
    n, before, after, low, high, spread = _measured(hypothesis, seed, resamples)
    state = _state(hypothesis, after - before, low, high, margin)
    return SliceChange(
        name=hypothesis.slice,
        metric=hypothesis.metric,
        n=n,
        before=before,
        after=after,
        p=round(hypothesis.p, _DIGITS),
        worse=state == "worse",
        low=low,
        high=high,
        state=state,
        detectable=round(hypothesis.detectable, _DIGITS),
        more=more_cases(n, abs(after - before), spread, alpha=hypothesis.alpha) if state == "unclear" else 0,
    )


def _measured(hypothesis: Hypothesis, seed: int, resamples: int) -> tuple[int, float, float, float, float, float]:
    """Cases, mean before and after, the interval of the change, and the standard deviation of the differences."""
    differences_ = [new - old for old, new in zip(hypothesis.before, hypothesis.after, strict=True)]
    n = len(differences_)
    mean = sum(differences_) / n
    low, high = interval(bootstrap(differences_, seed=seed, resamples=resamples)) if any(differences_) else (0.0, 0.0)
    spread = math.sqrt(sum((value - mean) ** 2 for value in differences_) / n)
    return n, sum(hypothesis.before) / n, sum(hypothesis.after) / n, round(low, _DIGITS), round(high, _DIGITS), spread


def _state(hypothesis: Hypothesis, mean: float, low: float, high: float, margin: float) -> State:
    mean = _turned(hypothesis.metric, mean)
    low, high = (low, high) if hypothesis.metric.better == "higher" else (-high, -low)
    if hypothesis.metric.name == LAW:
        return "worse" if mean < 0 else "better" if mean > 0 else "same"
    if mean < -margin:
        return "worse" if high < 0 and hypothesis.p <= ALPHA else "unclear"
    return "better" if mean > margin and low > 0 else "same"


def _turned(metric: Metric, change: float) -> float:
    return change if metric.better == "higher" else -change


def _suite_notes(before: Baseline, report: Report, hashes: Mapping[str, str], compared: int) -> list[str]:
    """What became of the cases since the baseline, in words."""
    now = {result.case.id: result for result in report.results}
    added = [name for name in now if name not in before.cases]
    removed = [name for name in before.cases if name not in now]
    reworded = [name for name in now if name in before.cases and before.cases[name].sha256 != hashes[name]]
    if not (added or removed or reworded):
        return []
    notes = [f"the suite changed since the baseline: {compared} of {len(now)} cases are the same and are compared"]
    if added:
        came = ", ".join(f"{count} {word}" for word, count in _counted([now[name].outcome for name in added]))
        notes.append(f"{len(added)} added, not compared ({came}): {_names(added)}")
    if reworded:
        notes.append(f"{len(reworded)} with other words or gold, not compared: {_names(reworded)}")
    if removed:
        was = ", ".join(f"{count} {word}" for word, count in _counted([before.cases[name].outcome for name in removed]))
        notes.append(f"{len(removed)} removed (they were {was}): {_names(removed)}")
    if not compared:
        notes.append(
            "nothing can be compared: no case is the same as in the baseline. Cure: --update-baseline, or give the other suite"
        )
    return notes


def _counted(words: Sequence[str]) -> list[tuple[str, int]]:
    return sorted({word: words.count(word) for word in words}.items())


def _names(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
