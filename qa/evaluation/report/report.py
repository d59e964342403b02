"""What a run found, as tables in a terminal; `write` puts every report into a folder."""

from __future__ import annotations

import json
import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import SuiteError
from qa.evaluation.gate.changes import largest
from qa.evaluation.report.html import page
from qa.evaluation.report.json_csv import to_csv, to_json
from qa.evaluation.report.junit import junit
from qa.evaluation.report.markdown import markdown
from qa.evaluation.report.tables import (
    CHANGE_HEAD,
    FIGURE_HEAD,
    LEGEND,
    SLICE_HEAD,
    align,
    change_row,
    figure_rows,
    outcome_counts,
    slice_rows,
)

if TYPE_CHECKING:
    from qa.evaluation.gate.gate import SliceChange, Verdict
    from qa.evaluation.run.results import Report
    from qa.evaluation.suite.archive import Archive

__all__ = ["markdown", "terminal", "to_json", "write"]

_WIDTH = 100
_MOVED = 30  # cases shown in the terminal
_FALLEN_SLICES = 5  # shown in the terminal; report.json has them all


def terminal(report: Report, verdict: Verdict | None = None) -> str:
    """Aligned tables, at most 100 columns wide."""
    parts = [
        f"{report.suite}: {len(report.results)} cases, {report.crashes} crashed (index {report.index}, settings {report.settings})",
        align([FIGURE_HEAD, *figure_rows(report)], left=(0, 3)),
        align([SLICE_HEAD, *slice_rows(report)]) + f"\n{LEGEND}",
        _tail(report),
    ]
    if verdict is not None:
        parts.append(_comparison(verdict))
    return "\n\n".join(parts)


def write(report: Report, verdict: Verdict | None, folder: Path, archive: Archive) -> None:
    """Write report.json, report.md, report.html, junit.xml and cases.csv into `folder`, which is made when it is missing.

    Each file is whole or as it was before. Raises SuiteError when the folder cannot be written.
    """
    texts = {
        "report.json": json.dumps(to_json(report, verdict), ensure_ascii=False, indent=1) + "\n",
        "report.md": markdown(report, verdict),
        "report.html": page(report, archive, verdict),
        "junit.xml": junit(report, verdict),
        "cases.csv": to_csv(report),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            beside = folder / f".{name}.{os.getpid()}"
            try:
                beside.write_text(text, encoding="utf-8")
                beside.replace(folder / name)
            finally:
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise SuiteError(
            f"{folder}: reports cannot be written ({error.strerror}). Cure: another folder, with --out DIR"
        ) from error


def _tail(report: Report) -> str:
    seconds = report.seconds
    spent = f"seconds a question: p50 {seconds['p50']:.3f}, p95 {seconds['p95']:.3f}, p99 {seconds['p99']:.3f}, max {seconds['max']:.3f}"
    return f"{outcome_counts(report.results)}\n{spent}"


def _comparison(verdict: Verdict) -> str:
    lines = [*verdict.notes, align([CHANGE_HEAD, *(change_row(change) for change in verdict.changes)])]
    moved = largest(verdict.moved, limit=None)
    lines += [
        f"{each.after.case.id}: {each.before.outcome} -> {each.after.outcome}  {each.after.case.question}"[:_WIDTH]
        for each in moved[:_MOVED]
    ]
    lines += [f"and {len(moved) - _MOVED} more cases, in report.md and report.html"] if len(moved) > _MOVED else []
    gated = [change for change in verdict.changes if change.metric.gated]
    lines += [_slice_line(each) for each in verdict.slices[:_FALLEN_SLICES]]
    worse = [change.metric.name for change in gated if change.state == "worse"]
    worse += [f"{each.metric.name} of {each.name}" for each in verdict.slices if each.worse]
    worse += ["crashes"] if verdict.crashed else []
    unclear = [change.metric.name for change in gated if change.state == "unclear"]
    if worse:
        lines.append(textwrap.fill(f"WORSE than the baseline: {', '.join(worse)}", _WIDTH))
    elif unclear:
        more = max(change.more for change in gated)
        summary = (
            f"CANNOT TELL: {', '.join(unclear)} fell by more than {verdict.margin:g}, and the suite is too small to be sure"
            f" (about {more} more cases would tell)"
        )
        lines.append(textwrap.fill(summary, _WIDTH))
    elif verdict.status:
        lines.append("CANNOT TELL: no case is the same as in the baseline")
    else:
        lines.append(f"not worse than the baseline (margin {verdict.margin:g}, gated metrics marked *)")
    return "\n".join(lines)


def _slice_line(each: SliceChange) -> str:
    summary = f"{each.metric.name} {each.before:.3f} -> {each.after:.3f} over {each.n} cases (corrected p {each.p:.3f})"
    return f"{textwrap.shorten(each.name, _WIDTH - len(summary) - 2, placeholder='…')}: {summary}"
