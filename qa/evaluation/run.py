"""Ask every question of a suite and score what comes back.

Deterministic but for the seconds: the results stand in the order of the file whoever asked, and nothing is sampled.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa.errors import StoreError, UsageError
from qa.evaluation import cases as suites
from qa.evaluation.archive import Archive, archive_of
from qa.evaluation.confidence_metrics import aurc, expected_calibration_error
from qa.evaluation.latency_metrics import latency
from qa.evaluation.metrics import Outcome, means, outcome, score
from qa.evaluation.provenance import Made, made
from qa.printable import visible_lines
from qa.schema import Answer, Citation, EvalCase, Trace, Turn

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.settings import Settings


_WORTH_A_PROCESS = 40  # questions in the time that a process takes to start


class Asked(Protocol):
    """Anything that answers: the assistant, or a fake of it."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What one case gave. A crash has its error and no scores."""

    case: EvalCase
    outcome: Outcome
    scores: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    short: str = ""
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    error: str = ""
    seconds: float = 0.0
    outlets: tuple[str, ...] = ()  # of the articles that gold names


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a run found out."""

    suite: str
    suite_sha256: str
    corpus: str
    index: str
    settings: str
    models: tuple[tuple[str, str], ...]
    results: tuple[CaseResult, ...]
    made: Made = field(default_factory=Made)

    @property
    def figures(self) -> dict[str, tuple[float, int]]:
        """Metric -> (mean, over how many cases), over the whole suite."""
        return means([result.scores for result in self.results])

    @property
    def crashes(self) -> int:
        """How many questions ended in an exception."""
        return sum(result.outcome == "crash" for result in self.results)

    @property
    def calibration(self) -> dict[str, float]:
        """AURC and ECE over the answered cases; empty when nothing was answered."""
        answered = [result for result in self.results if result.outcome in ("right", "wrong", "overreached")]
        confidence = [result.confidence for result in answered]
        right = [float(result.outcome == "right") for result in answered]
        found = {"aurc": aurc(confidence, right), "ece": expected_calibration_error(confidence, right)}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def seconds(self) -> dict[str, float]:
        """p50, p95, p99, max and sum of the wall seconds of a question."""
        return latency([result.seconds for result in self.results])

    def slices(self) -> dict[str, tuple[CaseResult, ...]]:
        """The results by kind, language, outlet of an article that answers, whether one does, and tag, in that order.

        "kind: who", "language: en", "outlet: Kompas", "answerable: no", "tag: slang" -> results.
        """
        grouped: dict[str, list[CaseResult]] = {}
        for result in self.results:
            case = result.case
            names = [f"kind: {case.kind}"] if case.kind else []
            names += [f"language: {case.language}", *(f"outlet: {outlet}" for outlet in result.outlets)]
            names += [] if case.relevant else [f"answerable: {'yes' if case.answers else 'no'}"]
            for name in [*names, *(f"tag: {tag}" for tag in case.tags)]:
                grouped.setdefault(name, []).append(result)
        order = ("kind", "language", "outlet", "answerable", "tag")
        return {name: tuple(grouped[name]) for name in sorted(grouped, key=lambda name: (order.index(name.split(":")[0]), name))}


def ask(assistant: Asked, case: EvalCase, archive: Archive) -> tuple[CaseResult, Trace | None]:
    """One case asked and scored, with the answer's trace. Whatever the assistant raises is this case's crash."""
    began = time.perf_counter()
    outlets = outlets_of(case, archive)
    try:
        answer = assistant.ask(case.question, history=case.history)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this case's crash, and is reported as one
        why = f"{type(error).__name__}: {error}"
        return CaseResult(case=case, outcome="crash", error=why, seconds=time.perf_counter() - began, outlets=outlets), None
    seconds = time.perf_counter() - began
    scores = score(case, answer, archive)
    result = CaseResult(
        case=case,
        outcome=outcome(case, answer, scores),
        scores=scores,
        text=answer.text,
        short=answer.short,
        citations=answer.citations,
        confidence=answer.confidence,
        reason=answer.reason,
        seconds=seconds,
        outlets=outlets,
    )
    return result, answer.trace


def outlets_of(case: EvalCase, archive: Archive) -> tuple[str, ...]:
    """The outlets of the articles that answer a case."""
    articles = (archive.by_source.get(gold.source) for gold in case.sources)
    return tuple(sorted({article.outlet for article in articles if article is not None and article.outlet}))


def run(assistant: Asked, suite: suites.Suite, archive: Archive, *, progress: bool = False, workers: int = 1) -> Report:
    """Ask and score every case. A question that raises is a crash, and the rest goes on.

    With more than one of `workers` processes, `assistant` is an Assistant, and each opens its index anew; the report is the same.
    A program that asks for them guards its start with `if __name__ == "__main__":`, since they import it.
    """
    from qa.evaluation import workers as processes

    if workers > 1 and len(suite.cases) > 1:
        settings = _settings_of(assistant)
        opener = partial(processes.open_assistant, settings, suite.cases)
        asked = processes.ask_all(opener, suite.cases, workers=workers, progress=progress)
        if len({trace.index for _, trace in asked if trace}) > 1:
            raise StoreError(
                f"index '{settings.index}' was built anew while it was asked. Cure: run it again, and let no build run beside"
            )
    else:
        from tqdm import tqdm

        bar = tqdm(suite.cases, desc="asking", unit="question", file=sys.stderr, disable=not progress)
        asked = [ask(assistant, case, archive) for case in bar]
    trace = next((trace for _, trace in asked if trace), None)
    models = trace.models if trace else ()
    return Report(
        suite=suite.path.name,
        suite_sha256=suite.sha256,
        corpus=archive.corpus,
        index=trace.index if trace else "",
        settings=trace.settings if trace else "",
        models=models,
        results=tuple(result for result, _ in asked),
        made=made(assistant, archive, dict(models)),
    )


def _settings_of(assistant: Asked) -> Settings:
    settings: Settings | None = getattr(assistant, "settings", None)
    if settings is None:
        raise UsageError("only an opened Assistant can be asked by several processes. Cure: workers=1")
    name = getattr(assistant, "name", settings.index)
    return settings.model_copy(update={"index": name})


def evaluate(
    assistant: Assistant,
    suite: Path,
    *,
    out: Path | None = None,
    baseline: Path | None = None,
    update: bool = False,
    margin: float = 0.02,
    progress: bool = True,
    workers: int | None = 1,
) -> tuple[Report, int]:
    """`qa eval`: check the suite against the index, ask, print, write the reports under `out`, compare, gate.

    The status is 0, 1 when something is worse than in `baseline` (or crashed, or broke the law), and 3 when figures fell by
    more than `margin` but the suite is too small to tell. With `update`, the baseline is written after showing what changes,
    unless something crashed or broke the law. `workers` processes ask (see `run`); None: as many as there are cores, one for few
    questions.
    Raises SuiteError for a bad suite or baseline before anything is asked.
    """
    from qa.evaluation import baseline as recorded
    from qa.evaluation import gate, report
    from qa.evaluation import workers as processes
    from qa.evaluation.revision import revision

    asked = suites.load(suite)
    archive = archive_of(assistant, asked.cases)
    suites.check(asked, archive.by_source)
    before = None
    if baseline is not None and (baseline.exists() or not update):
        before = recorded.load(baseline)
    if workers is None:
        workers = min(processes.cores(), 1 + len(asked.cases) // _WORTH_A_PROCESS)
    found = run(assistant, asked, archive, progress=progress, workers=workers)
    verdict = gate.compare(before, found, margin=margin) if before is not None else None
    print(visible_lines(report.terminal(found, verdict)))
    if out is not None:
        report.write(found, verdict, out, archive)
    failed = gate.status(found, None)
    if update and baseline is not None and not failed:
        print(visible_lines(revision(before, recorded.of(found))))
        recorded.save(found, baseline)
        return found, 0
    if update and failed:
        print(f"{baseline} stays as it was: a run that crashes or breaks the law is no baseline", file=sys.stderr)
    return found, gate.status(found, verdict)
