"""What changed between the recorded run and this one, question by question, the largest change first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.evaluation.gate.baseline import rounded
from qa.evaluation.metrics.registry import METRICS

if TYPE_CHECKING:
    from qa.evaluation.gate.baseline import RecordedCase
    from qa.evaluation.run.results import CaseResult


LARGEST = 10  # changes that a reviewer is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """One case before and after. `moved` are the gated metrics that changed, with by how much; better is positive.

    `size` is the sum of the absolute changes; a crash on either side counts as all gated metrics.
    """

    before: RecordedCase
    after: CaseResult
    moved: tuple[tuple[str, float], ...]
    size: float

    @property
    def direction(self) -> str:
        """Whether the case as a whole got better or worse."""
        total = sum(change for _, change in self.moved)
        crashed = (self.before.outcome == "crash") - (self.after.outcome == "crash")
        return "better" if (crashed or total) > 0 else "worse" if (crashed or total) < 0 else "other"


def largest(pairs: Iterable[tuple[RecordedCase, CaseResult]], limit: int | None = LARGEST) -> list[CaseChange]:
    """The `limit` largest (None: all) of the cases whose outcome or gated scores changed; of equal ones the worse, then by id."""
    found = [change for before, after in pairs if (change := _change(before, after)).size or before.outcome != after.outcome]
    order = {"worse": 0, "better": 1, "other": 2}
    return sorted(found, key=lambda change: (-change.size, order[change.direction], change.after.case.id))[:limit]


def one_line(answer: str, short: str, outcome: str) -> str:
    """An answer in one line: its outcome, the short form where there is one, and what was said."""
    shown = f"{short} — {answer}" if short and not answer.startswith(short) else answer
    return f"{outcome}: {shown}" if shown else outcome


def _change(before: RecordedCase, after: CaseResult) -> CaseChange:
    now = rounded(after.scores)
    gated = [metric for metric in METRICS if metric.gated]
    moved = tuple(
        (metric.name, round((now[metric.name] - before.scores[metric.name]) * (-1 if metric.better == "lower" else 1), 6))
        for metric in gated
        if metric.name in now and metric.name in before.scores and now[metric.name] != before.scores[metric.name]
    )
    crashed = (before.outcome == "crash") != (after.outcome == "crash")
    return CaseChange(
        before=before, after=after, moved=moved, size=float(len(gated)) if crashed else sum(abs(change) for _, change in moved)
    )
