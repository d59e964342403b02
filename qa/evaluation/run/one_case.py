"""Asks one case and scores the answer."""

from __future__ import annotations

import time

from qa.evaluation.metrics.registry import outcome, score
from qa.evaluation.run.results import Answerer, CaseResult
from qa.evaluation.suite.archive import Archive
from qa.schema import EvalCase, Trace


def ask(assistant: Answerer, case: EvalCase, archive: Archive) -> tuple[CaseResult, Trace | None]:
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
