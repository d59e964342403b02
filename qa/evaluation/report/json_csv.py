"""A run for machines: one JSON object with everything, and a CSV with a case a line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from qa.evaluation.metrics.registry import METRICS, means

if TYPE_CHECKING:
    from qa.evaluation.gate.gate import Verdict
    from qa.evaluation.run.results import CaseResult, Report

_COLUMNS = (
    "id",
    "question",
    "accepted",
    "kind",
    "language",
    "tags",
    "outcome",
    "short",
    "answer",
    "cited",
    "confidence",
    "reason",
    "error",
)


def to_json(report: Report, verdict: Verdict | None = None) -> dict[str, Any]:
    """The whole run; every time that was measured is under a key "seconds", so that two runs can be compared without them."""
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


def to_csv(report: Report) -> str:
    """A case a line: what was asked and accepted, what came of it, and every metric (empty where it is not defined); no times."""
    text = io.StringIO()
    metrics = [metric.name for metric in METRICS]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_COLUMNS, *metrics])
    for result in report.results:
        flat = _result(result)
        flat |= {
            "accepted": " / ".join(result.case.answers),
            "tags": " ".join(result.case.tags),
            "cited": " ".join(f"{c.source}:{c.start}-{c.end}" for c in result.citations),
            "confidence": f"{result.confidence:.6g}",
        }
        scores = (f"{result.scores[name]:.6g}" if name in result.scores else "" for name in metrics)
        writer.writerow([*(_cell(str(flat[name])) for name in _COLUMNS), *scores])
    return text.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


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
        "compared": verdict.compared,
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
                "more": c.more,
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
                "low": e.low,
                "high": e.high,
                "detectable": e.detectable,
                "state": e.state,
            }
            for e in verdict.all_slices
        ],
        "moved": [{"id": new.case.id, "before": old.outcome, "after": new.outcome} for old, new in verdict.moved],
    }
