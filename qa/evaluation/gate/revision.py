"""What a new baseline changes, question by question, shown before it is written."""

from __future__ import annotations

from collections.abc import Iterator

from qa.evaluation.gate.baseline import Baseline, RecordedCase
from qa.evaluation.metrics.registry import GOOD
from qa.evaluation.run.provenance import differences

_WIDTH = 100


def revision(before: Baseline | None, after: Baseline) -> str:
    """Every case that comes, goes, or has another outcome, answer, source or score, the worst first; and what made the runs differ.

    The text ends in the count; a baseline that stays as it is gives one line.
    """
    if before is None:
        return f"a new baseline of {len(after.cases)} cases"
    lines = [*differences(before.made, after.made)]
    moved = sorted(_moved(before, after), key=lambda pair: (_rank(*pair), pair[1].id))
    for old, new in moved:
        lines += _described(old, new)
    added = [case for name, case in after.cases.items() if name not in before.cases]
    removed = [case for name, case in before.cases.items() if name not in after.cases]
    lines += [f"{case.id}: added, {case.outcome}: {_answer_of(case)}"[:_WIDTH] for case in added]
    lines += [f"{case.id}: removed, was {case.outcome}"[:_WIDTH] for case in removed]
    same = len(after.cases) - len(moved) - len(added)
    worse = sum(old.outcome in GOOD and new.outcome not in GOOD for old, new in moved)
    better = sum(old.outcome not in GOOD and new.outcome in GOOD for old, new in moved)
    counts = (
        f"{len(moved)} cases change ({worse} for the worse, {better} for the better), {len(added)} added, {len(removed)} removed"
    )
    return "\n".join([*lines, f"{counts}, {same} stay as they are"])


def _moved(before: Baseline, after: Baseline) -> Iterator[tuple[RecordedCase, RecordedCase]]:
    for name, new in after.cases.items():
        old = before.cases.get(name)
        if old is not None and old != new:
            yield old, new


def _rank(old: RecordedCase, new: RecordedCase) -> int:
    """Losses, then other changes of outcome, then gains, then answers that changed and came out as before."""
    if old.outcome == new.outcome:
        return 3
    return 0 if old.outcome in GOOD else 2 if new.outcome in GOOD else 1


def _described(old: RecordedCase, new: RecordedCase) -> list[str]:
    what = old.outcome if old.outcome == new.outcome else f"{old.outcome} -> {new.outcome}"
    if old.sha256 != new.sha256:
        what += ", with other words or gold"
    lines = [f"{new.id}: {what}"]
    if _answer_of(old) != _answer_of(new):
        lines += [f"    - {_answer_of(old)}"[:_WIDTH], f"    + {_answer_of(new)}"[:_WIDTH]]
    if old.cited != new.cited:
        lines.append(f"    cites {', '.join(new.cited) or 'nothing'} instead of {', '.join(old.cited) or 'nothing'}"[:_WIDTH])
    changed = [
        f"{name} {old.scores.get(name, '-')} -> {new.scores.get(name, '-')}"
        for name in {**old.scores, **new.scores}
        if old.scores.get(name) != new.scores.get(name)
    ]
    if changed and len(lines) == 1:  # nothing else shows why it is named
        lines.append(f"    {', '.join(changed)}"[:_WIDTH])
    return lines


def _answer_of(case: RecordedCase) -> str:
    return " | ".join(part for part in (case.short, case.answer) if part).replace("\n", " ") or "(nothing)"
