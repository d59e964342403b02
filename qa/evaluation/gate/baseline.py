"""The recorded run that later ones are compared with: every case's outcome, answer and scores, and what made them.

The file is written one case a line, without times, so that a review shows which questions changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import SuiteError
from qa.evaluation.run import provenance
from qa.evaluation.run.results import Provenance
from qa.evaluation.suite.cases import digest

if TYPE_CHECKING:
    from qa.evaluation.run.results import Report

FORMAT = 2
_READ = (1, FORMAT)  # format 1 knew names and no hashes of models, prompts and settings
_DIGITS = 6  # of a score: enough to tell any two apart, few enough to read


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCase:
    """One case as it came out; `sha256` is of the case's wording and gold."""

    id: str
    sha256: str
    outcome: str
    scores: Mapping[str, float]
    answer: str
    short: str
    cited: tuple[str, ...]  # "<source>:<start>-<end>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """One run as it came out."""

    suite: str
    suite_sha256: str
    figures: Mapping[str, float]
    cases: Mapping[str, RecordedCase]
    made: Provenance = field(default_factory=Provenance)


def of(report: Report) -> Baseline:
    """A run as a baseline."""
    return Baseline(
        suite=report.suite,
        suite_sha256=report.suite_sha256,
        made=report.made,
        figures={name: round(mean, _DIGITS) for name, (mean, _) in report.figures.items()},
        cases={
            result.case.id: RecordedCase(
                id=result.case.id,
                sha256=digest([result.case]),
                outcome=result.outcome,
                scores=rounded(result.scores),
                answer=result.text,
                short=result.short,
                cited=tuple(f"{c.source}:{c.start}-{c.end}" for c in result.citations),
            )
            for result in report.results
        },
    )


def rounded(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as they are written; a new run is rounded alike before it is compared, so that equal stays equal."""
    return {name: round(value, _DIGITS) for name, value in scores.items()}


def dumps(baseline: Baseline) -> str:
    """The file's text; the same run gives the same text."""
    head = {
        "format": FORMAT,
        "suite": baseline.suite,
        "suite_sha256": baseline.suite_sha256,
        **provenance.to_json(baseline.made),
        "figures": dict(baseline.figures),
    }
    lines = [f"  {json.dumps(key)}: {_dump(value)}," for key, value in head.items()]
    cases = [f"    {_dump(_recorded(case))}" for case in baseline.cases.values()]
    return "\n".join(["{", *lines, '  "cases": [', ",\n".join(cases), "  ]", "}", ""])


def save(report: Report, path: Path) -> None:
    """Write the run beside `path` and rename it there: complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(dumps(of(report)), encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load(path: Path) -> Baseline:
    """Read a baseline. Raises SuiteError that names the file, what is wrong with it, and the cure."""
    cure = f"Cure: write it with 'qa eval --baseline {path} --update-baseline'"
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SuiteError(f"baseline {path}: cannot be read ({error.strerror}). {cure}") from error
    except ValueError as error:
        raise SuiteError(f"baseline {path}: not JSON ({error}). {cure}") from error
    if not isinstance(record, dict) or record.get("format") not in _READ:
        raise SuiteError(f"baseline {path}: not a baseline of format {FORMAT}. {cure}")
    try:
        return Baseline(
            suite=record["suite"],
            suite_sha256=record["suite_sha256"],
            made=_of_old(record) if record["format"] == 1 else provenance.from_json(record),
            figures={str(name): float(value) for name, value in record["figures"].items()},
            cases={case["id"]: _case(case) for case in record["cases"]},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SuiteError(f"baseline {path}: a field is missing or wrong ({type(error).__name__}: {error}). {cure}") from error


def _of_old(record: Mapping[str, Any]) -> Provenance:
    return Provenance(corpus=str(record["corpus"])[:16])


def _case(record: Mapping[str, Any]) -> RecordedCase:
    return RecordedCase(
        id=record["id"],
        sha256=record["sha256"],
        outcome=record["outcome"],
        scores={str(name): float(value) for name, value in record["scores"].items()},
        answer=record["answer"],
        short=record["short"],
        cited=tuple(record["cited"]),
    )


def _recorded(case: RecordedCase) -> dict[str, Any]:
    return {
        "id": case.id,
        "sha256": case.sha256,
        "outcome": case.outcome,
        "scores": dict(case.scores),
        "answer": case.answer,
        "short": case.short,
        "cited": list(case.cited),
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
