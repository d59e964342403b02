"""The results of a run: one case, the whole suite, and what made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from qa.evaluation.metrics.calibration import aurc, expected_calibration_error
from qa.evaluation.metrics.latency import latency
from qa.evaluation.metrics.registry import Outcome, means
from qa.schema import Answer, Citation, EvalCase, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What made a run. Hashes are SHA-256, the first 16 hex digits; empty where it is not known."""

    corpus: str = ""  # over every article
    articles: Mapping[str, str] = field(default_factory=dict)  # source -> hash of its text, for those that gold names
    index: str = ""  # over articles, encoder with its weights, passage size and kind of store
    models: Mapping[str, str] = field(default_factory=dict)  # part -> name, or folder -> hash of its weights
    prompts: Mapping[str, str] = field(default_factory=dict)  # file -> hash
    settings: Mapping[str, Any] = field(default_factory=dict)  # dotted name -> value


class Answerer(Protocol):
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
    made: Provenance = field(default_factory=Provenance)

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
