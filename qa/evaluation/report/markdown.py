"""A run as Markdown for a pull request or a job's summary: the verdict first, what changed question by question, then the figures.

What a reviewer needs is open; what is long is folded away. Texts of articles and answers are shown letter by letter: nothing
in them can become markup, a link or a mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.evaluation.gate.changes import LARGEST, largest, one_line
from qa.evaluation.report.tables import (
    CHANGE_HEAD,
    FAILED,
    FIGURE_HEAD,
    LEGEND,
    SLICE_HEAD,
    change_row,
    figure_rows,
    how_many_more,
    markdown_table,
    outcome_counts,
    plain,
    slice_rows,
)

if TYPE_CHECKING:
    from qa.evaluation.gate.changes import CaseChange
    from qa.evaluation.gate.gate import Verdict
    from qa.evaluation.run.results import CaseResult, Report

_SHOWN = 40  # failures of a kind and slices; a summary of a job holds a megabyte, a comment 65,536 characters
_STATUS = {0: "✅ Not worse than the baseline", 1: "❌ Worse than the baseline", 3: "❔ Cannot tell whether it is worse"}


def markdown(report: Report, verdict: Verdict | None = None) -> str:
    """The whole text. The same run gives the same text: it has no times."""
    lines = [f"# {plain(report.suite)}", ""]
    if verdict is not None:
        lines += [*_gate(report, verdict)]
    lines += [f"{len(report.results)} cases: {outcome_counts(report.results)}.", ""]
    if verdict is not None:
        lines += [*_changes(verdict)]
    lines += _folded("Figures", markdown_table(FIGURE_HEAD, [tuple(map(plain, row)) for row in figure_rows(report)]))
    slices = [(plain(name), *cells) for name, *cells in slice_rows(report)]
    lines += _folded(f"Slices ({len(slices) - 1})", [f"{LEGEND}.", "", *markdown_table(SLICE_HEAD, slices)])
    for outcome in FAILED:
        failed = [result for result in report.results if result.outcome == outcome]
        if failed:
            table = markdown_table(
                ("case", "question", "accepted", "answer"), [_side_by_side(result) for result in failed[:_SHOWN]]
            )
            rest = [f"and {len(failed) - _SHOWN} more, in report.html", ""] if len(failed) > _SHOWN else []
            lines += _folded(f"{outcome} ({len(failed)})", [*table, *rest])
    lines += [f"<sub>index {plain(report.index)}, settings {plain(report.settings)}, suite {report.suite_sha256[:12]}</sub>"]
    return "\n".join(lines) + "\n"


def _gate(report: Report, verdict: Verdict) -> Iterator[str]:
    from qa.evaluation.gate.gate import status

    yield from (
        f"**{_STATUS[status(report, verdict)]}** (margin {verdict.margin:g}{how_many_more(verdict)}; gated metrics are marked \\*)",
        "",
    )
    yield from (*(f"- {plain(note, 600)}" for note in verdict.notes), *([""] if verdict.notes else []))
    if verdict.crashed:
        yield from (f"- crashes that were none: {', '.join(plain(name) for name in verdict.crashed)}", "")
    gated = [change for change in verdict.changes if change.metric.gated]
    yield from markdown_table(CHANGE_HEAD, [_change(row) for row in map(change_row, gated)])
    fallen = [each for each in verdict.slices if each.worse]
    yield from markdown_table(
        ("slice", "metric", "cases", "before", "after", "corrected p"),
        [(plain(e.name), e.metric.name, str(e.n), f"{e.before:.3f}", f"{e.after:.3f}", f"{e.p:.3f}") for e in fallen[:_SHOWN]],
    )


def _change(row: Sequence[str]) -> tuple[str, ...]:
    marks = {"worse": "❌ worse", "unclear": "❔ unclear", "better": "⬆️ better", "same": "same"}
    *cells, state = row
    return (*(cell.replace("*", "\\*") for cell in cells), marks.get(state, state))


def _changes(verdict: Verdict) -> Iterator[str]:
    changed = largest(verdict.pairs, limit=None)
    found = changed[:LARGEST]
    if not found:
        yield from ("No case came out otherwise than in the baseline.", "")
        return
    more = len(changed) - len(found)
    worse = sum(change.direction == "worse" for change in changed)
    yield from (f"## The {len(found)} largest changes" if more else f"## What changed ({len(found)})", "")
    yield from (
        f"{len(changed)} cases changed: {worse} for the worse, {sum(c.direction == 'better' for c in changed)} for the better.",
        "",
    )
    yield from markdown_table(
        ("", "question", "accepted", "before", "after", "by how much"), [_side_by_side_change(c) for c in found]
    )
    if more:
        yield from (f"and {more} more, in report.html", "")


def _side_by_side_change(change: CaseChange) -> tuple[str, ...]:
    before, after = change.before, change.after
    mark = {"worse": "❌", "better": "⬆️", "other": "↔️"}[change.direction]
    moved = ", ".join(f"{name} {by:+.2f}" for name, by in change.moved) or "—"
    return (
        mark,
        f"{_asked(after)}<br><sub>{plain(after.case.id)}</sub>",
        _accepted(after),
        plain(one_line(before.answer, before.short, before.outcome)),
        plain(one_line(after.text or after.error or after.reason, after.short, after.outcome)),
        plain(moved),
    )


def _side_by_side(result: CaseResult) -> tuple[str, ...]:
    cited = "; ".join(dict.fromkeys(citation.source for citation in result.citations))
    short = f"**{plain(result.short)}** " if result.short else ""
    shown = plain(result.error or result.text or f"[{result.reason}]")
    return (
        plain(result.case.id),
        _asked(result),
        _accepted(result),
        f"{short}{shown}{f' — {plain(cited)}' if cited else ''} ({result.confidence:.2f})",
    )


def _asked(result: CaseResult) -> str:
    return plain("".join(f"({turn.question}) " for turn in result.case.history) + result.case.question)


def _accepted(result: CaseResult) -> str:
    return plain(" / ".join(result.case.answers)) or "must abstain"


def _folded(title: str, lines: Sequence[str]) -> list[str]:
    return [f"<details><summary>{title}</summary>", "", *lines, "</details>", ""]
