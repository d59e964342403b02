"""What a run found, for a terminal, for a machine (report.json) and for a reviewer (report.md); `write` adds page and JUnit."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.evaluation.junit import junit
from qa.evaluation.metrics import BY_NAME, means
from qa.evaluation.page import page

if TYPE_CHECKING:
    from qa.evaluation.archive import Archive
    from qa.evaluation.gate import Change, SliceChange, Verdict
    from qa.evaluation.run import CaseResult, Report

_SLICED = ("contains", "f1_id", "article", "cited", "citation_precision", "withheld", "declined", "success@5", "mrr")
_HEADS = ("right", "f1_id", "artic", "cited", "prec", "held", "decl", "s@5", "mrr")
_LEGEND = "right: contains, prec: citation_precision, held: withheld, decl: declined, s@5: success@5"
_WIDTH = 100
_FALLEN_SLICES = 5  # shown in the terminal; report.json has them all
_FAILED = ("crash", "wrong", "withheld", "overreached")


def terminal(report: Report, verdict: Verdict | None = None) -> str:
    """Aligned tables, at most 100 columns wide."""
    parts = [
        f"{report.suite}: {len(report.results)} cases, {report.crashes} crashed (index {report.index}, settings {report.settings})",
        _align([("metric", "value", "cases", "what it says"), *_figure_rows(report)], left=(0, 3)),
        _align([("slice", "cases", *_HEADS), *_slice_rows(report)]) + f"\n{_LEGEND}",
        _tail(report),
    ]
    if verdict is not None:
        parts.append(_comparison(verdict))
    return "\n\n".join(parts)


def write(report: Report, verdict: Verdict | None, folder: Path, archive: Archive) -> None:
    """Write report.json, report.md, report.html and junit.xml into `folder`, which is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "report.json": json.dumps(to_json(report, verdict), ensure_ascii=False, indent=1) + "\n",
        "report.md": markdown(report, verdict),
        "report.html": page(report, archive),
        "junit.xml": junit(report, verdict),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def to_json(report: Report, verdict: Verdict | None = None) -> dict[str, Any]:
    """The whole run; every time that was measured stands under a key "seconds", so that two runs can be compared without them."""
    return {
        "suite": report.suite,
        "suite_sha256": report.suite_sha256,
        "corpus": report.corpus,
        "index": report.index,
        "settings": report.settings,
        "models": dict(report.models),
        "cases": len(report.results),
        "crashes": report.crashes,
        "figures": {name: {"mean": mean, "cases": count} for name, (mean, count) in report.figures.items()},
        "calibration": report.calibration,
        "slices": {
            name: {
                "cases": len(results),
                "figures": {metric: mean for metric, (mean, _) in means([r.scores for r in results]).items()},
            }
            for name, results in report.slices().items()
        },
        "results": [_result(result) for result in report.results],
        "comparison": None if verdict is None else _verdict(verdict),
        "seconds": report.seconds,
    }


def markdown(report: Report, verdict: Verdict | None = None) -> str:
    """For a pull request: the figures, the comparison, and every failure with question, gold and answer side by side."""
    lines = [f"# {report.suite}", "", f"{len(report.results)} cases, {report.crashes} crashed.", ""]
    lines += _table(("metric", "value", "cases", "what it says"), _figure_rows(report))
    if verdict is not None:
        lines += ["## Against the baseline", "", *(f"- {note}" for note in verdict.notes), ""]
        lines += _table(
            ("metric", "before", "after", "change", "95 % interval", "smallest seen", "verdict"),
            [_change_row(c) for c in verdict.changes],
        )
        lines += _table(
            ("case", "question", "before", "after"),
            [
                (
                    new.case.id,
                    new.case.question,
                    f"{old.outcome}: {old.short or old.answer}",
                    f"{new.outcome}: {new.short or new.text or new.error}",
                )
                for old, new in verdict.moved
            ],
        )
    lines += ["## By slice", "", _LEGEND + ".", "", *_table(("slice", "cases", *_HEADS), _slice_rows(report))]
    for outcome in _FAILED:
        failed = [result for result in report.results if result.outcome == outcome]
        if failed:
            lines += [
                f"## {outcome} ({len(failed)})",
                "",
                *_table(("case", "question", "accepted", "answer"), [_side_by_side(r) for r in failed]),
            ]
    return "\n".join(lines) + "\n"


def _figure_rows(report: Report) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (name, f"{mean:.3f}", str(count), f"{BY_NAME[name].meaning} ({BY_NAME[name].over})")
        for name, (mean, count) in report.figures.items()
    ]
    meanings = {
        "aurc": "area under the risk-coverage curve, 0 is best (answered)",
        "ece": "calibration error, 0 is best (answered)",
    }
    answered = sum(result.outcome in ("right", "wrong", "overreached") for result in report.results)
    return rows + [(name, f"{value:.3f}", str(answered), meanings[name]) for name, value in report.calibration.items()]


def _slice_rows(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for name, results in {"all": report.results, **report.slices()}.items():
        figures = means([result.scores for result in results])
        values = (f"{figures[metric][0]:.3f}" if metric in figures else "-" for metric in _SLICED)
        rows.append((name, str(len(results)), *values))
    return rows


def _tail(report: Report) -> str:
    seconds = report.seconds
    outcomes = ", ".join(
        f"{sum(r.outcome == name for r in report.results)} {name}"
        for name in ("right", "wrong", "withheld", "declined", "overreached", "crash")
    )
    return f"{outcomes}\nseconds a question: p50 {seconds['p50']:.3f}, p95 {seconds['p95']:.3f}, max {seconds['max']:.3f}"


def _comparison(verdict: Verdict) -> str:
    head = ("metric", "before", "after", "change", "95 % interval", "smallest seen", "verdict")
    lines = [*verdict.notes, _align([head, *(_change_row(change) for change in verdict.changes)])]
    lines += [f"{new.case.id}: {old.outcome} -> {new.outcome}  {new.case.question}"[:_WIDTH] for old, new in verdict.moved]
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
        told = (
            f"CANNOT TELL: {', '.join(unclear)} fell by more than {verdict.margin:g}, and the suite is too small to be sure"
            f" (about {more} more cases would tell)"
        )
        lines.append(textwrap.fill(told, _WIDTH))
    else:
        lines.append(f"not worse than the baseline (margin {verdict.margin:g}, gated metrics marked *)")
    return "\n".join(lines)


def _slice_line(each: SliceChange) -> str:
    return f"{each.name}: {each.metric.name} {each.before:.3f} -> {each.after:.3f} over {each.n} cases (corrected p {each.p:.3f})"


def _change_row(change: Change) -> tuple[str, ...]:
    mark = "*" if change.metric.gated else ""
    return (
        change.metric.name + mark,
        f"{change.before:.3f}",
        f"{change.after:.3f}",
        f"{change.change:+.3f}",
        f"{change.low:+.3f} … {change.high:+.3f}",
        f"{change.detectable:.3f}",
        change.state,
    )


def _side_by_side(result: CaseResult) -> tuple[str, ...]:
    said = result.error or (
        f"[{result.reason}]" if not result.text else f"**{result.short}** {result.text}" if result.short else result.text
    )
    before = "".join(f"({turn.question}) " for turn in result.case.history)
    cited = "; ".join(citation.source for citation in result.citations)
    return (
        result.case.id,
        before + result.case.question,
        " / ".join(result.case.answers) or "must abstain",
        said + (f" — {cited}" if cited else "") + f" ({result.confidence:.2f})",
    )


def _result(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "question": result.case.question,
        "history": [{"question": turn.question, "answer": turn.answer} for turn in result.case.history],
        "accepted": list(result.case.answers),
        "kind": result.case.kind,
        "language": result.case.language,
        "tags": list(result.case.tags),
        "outcome": result.outcome,
        "answer": result.text,
        "short": result.short,
        "citations": [{"source": c.source, "start": c.start, "end": c.end, "quote": c.quote} for c in result.citations],
        "confidence": result.confidence,
        "reason": result.reason,
        "error": result.error,
        "scores": dict(result.scores),
        "seconds": result.seconds,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "margin": verdict.margin,
        "notes": list(verdict.notes),
        "crashed": list(verdict.crashed),
        "changes": [
            {
                "metric": c.metric.name,
                "gated": c.metric.gated,
                "cases": c.n,
                "before": c.before,
                "after": c.after,
                "low": c.low,
                "high": c.high,
                "detectable": c.detectable,
                "state": c.state,
            }
            for c in verdict.changes
        ],
        "slices": [
            {
                "slice": e.name,
                "metric": e.metric.name,
                "cases": e.n,
                "before": e.before,
                "after": e.after,
                "p": e.p,
                "worse": e.worse,
            }
            for e in verdict.slices
        ],
        "moved": [{"id": new.case.id, "before": old.outcome, "after": new.outcome} for old, new in verdict.moved],
    }


def _align(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> str:
    """Columns as wide as their longest cell; those in `left` start at the left, the others end at the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table with an empty line after it; nothing for no rows."""
    return [*_table_lines(head, rows), ""] if rows else []


def _table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
