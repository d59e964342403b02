"""The rows that every report shares, and tables made of rows: aligned for a terminal, with bars for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.evaluation.metrics.registry import BY_NAME, OUTCOMES, means

if TYPE_CHECKING:
    from qa.evaluation.gate.gate import Change, Verdict
    from qa.evaluation.run.results import CaseResult, Report

Row = tuple[str, ...]

FAILED = ("crash", "wrong", "overreached", "withheld", "missed")
GOOD = ("right", "declined", "found")
ANSWERED = ("right", "wrong", "overreached")
SLICED = ("contains", "f1_id", "article", "cited", "citation_precision", "withheld", "declined", "success@5", "mrr")
SLICE_HEAD = ("slice", "cases", "right", "f1_id", "artic", "cited", "prec", "held", "decl", "s@5", "mrr")
LEGEND = "right: contains, prec: citation_precision, held: withheld, decl: declined, s@5: success@5"
FIGURE_HEAD = ("metric", "value", "cases", "what it says")
CHANGE_HEAD = ("metric", "before", "after", "change", "95 % interval", "smallest seen", "verdict")
CALIBRATION = {
    "aurc": "area under the risk-coverage curve, 0 is best (answered)",
    "ece": "calibration error, 0 is best (answered)",
}
_MENTION = re.compile(r"@(?=[A-Za-z])")
_MARKDOWN = re.compile(r"[\\`*_\[\]~<>|#]")


def figure_rows(report: Report) -> list[Row]:
    """Metric, mean, number of cases, meaning; with AURC and ECE at the end."""
    rows: list[Row] = [
        (name, f"{mean:.3f}", str(count), f"{BY_NAME[name].meaning} ({BY_NAME[name].over})")
        for name, (mean, count) in report.figures.items()
    ]
    answered = sum(result.outcome in ANSWERED for result in report.results)
    return rows + [(name, f"{value:.3f}", str(answered), CALIBRATION.get(name, "")) for name, value in report.calibration.items()]


def slice_rows(report: Report) -> list[Row]:
    """Slice, number of cases, the mean of each of SLICED ("-" where no case has it); the whole suite first."""
    rows: list[Row] = []
    for name, results in {"all": report.results, **report.slices()}.items():
        figures = means([result.scores for result in results])
        values = (f"{figures[metric][0]:.3f}" if metric in figures else "-" for metric in SLICED)
        rows.append((name, str(len(results)), *values))
    return rows


def change_row(change: Change) -> Row:
    """One metric before and after; a star at those that are gated."""
    star = "*" if change.metric.gated else ""
    interval = f"{change.low:+.3f} … {change.high:+.3f}"
    return (
        f"{change.metric.name}{star}",
        f"{change.before:.3f}",
        f"{change.after:.3f}",
        f"{change.change:+.3f}",
        interval,
        f"{change.detectable:.3f}",
        change.state,
    )


def how_many_more(verdict: Verdict) -> str:
    """In words how many cases would tell, where the suite is too small to; else ""."""
    more = max((change.more for change in verdict.changes if change.metric.gated and change.state == "unclear"), default=0)
    return f"; about {more} more cases like these would tell" if more and verdict.status == 3 else ""


def outcome_counts(results: Sequence[CaseResult]) -> str:
    """How many of each outcome, those that are not met left out."""
    counts = {name: sum(result.outcome == name for result in results) for name in OUTCOMES}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "crash")


def align(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> str:
    """Columns as wide as their longest cell; those in `left` start at the left, the others end at the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table with an empty line after it; nothing for no rows. Cells are Markdown already."""
    return [*_lines(head, rows), ""] if rows else []


def plain(text: str, longest: int = 300) -> str:
    """Text as a Markdown cell that shows it letter by letter: nothing in it is markup, a link or a mention; cut at `longest`."""
    text = " ".join(text.split())
    shown = text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
    return _MENTION.sub("@\u2060", _MARKDOWN.sub(r"\\\g<0>", shown)).replace("://", ":\u2060//")


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(row) + " |"
