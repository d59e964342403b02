"""From pending cases to a suite: a person looks, completes and decides; only what the suite's own checker passes is written.

A case is written into the suite before the decision is recorded: whoever is interrupted in between meets the case again and
learns that the suite has it already.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from qa.errors import SuiteError, UsageError
from qa.evaluation.review import pending
from qa.evaluation.review.pending import FrozenSpan, Needs, Pending
from qa.evaluation.suite import cases
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.schema import Article

NEEDED: Mapping[Needs, str] = {
    "gold": "what is right is not known. Cure: --answer TEXT (with --quote SOURCE:WORDS where needed), or --abstain",
    "answer": "the accepted answer is not known. Cure: --answer TEXT",
    "source": "no marked words hold the answer. Cure: --quote SOURCE:WORDS, with the words as the article writes them",
    "": "",
}


_NEAR = 5  # near sentences that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a person changes of a proposed case; what is None or empty stays as it was."""

    id: str = ""
    question: str = ""
    kind: str = ""
    answers: tuple[str, ...] = ()
    quotes: tuple[GoldSpan, ...] = ()
    abstain: bool = False


def revised(waiting: Pending, by: Revision, articles: Mapping[str, Article]) -> Pending:
    """The pending case with a person's changes.

    Quotes that are given are the gold, no other; where none are, new answers are looked for in the gold proposed, then in the
    frozen spans that are still there.
    """
    case = replace(
        waiting.case,
        id=by.id or waiting.case.id,
        question=by.question or waiting.case.question,
        kind=by.kind or waiting.case.kind,
        tags=tuple(tag for tag in waiting.case.tags if tag != "draft"),
    )
    silent = not (case.answers or waiting.needs or by.answers or by.quotes)  # proposed as a case that must abstain
    if by.abstain or silent:
        tags = tuple(dict.fromkeys((*case.tags, "unanswerable")))
        return replace(waiting, case=replace(case, answers=(), sources=(), tags=tags), needs="")
    if not by.answers and not by.quotes:
        return replace(waiting, case=case)
    answers, sources = by.answers or case.answers, by.quotes
    if not sources:
        sources = tuple(gold for gold in case.sources if any(answer in gold.quote for answer in answers))
    if not sources:
        spans = [span for span in (*waiting.cited, *waiting.near) if unchanged(span, articles)]
        found = [each for answer in answers for each in pending.holding(case.question, answer, spans)]
        answers = tuple(dict.fromkeys(form for form, _ in found)) or answers
        sources = tuple(dict.fromkeys(GoldSpan(source=span.source, quote=span.quote) for _, span in found))
    needs: Needs = "" if answers and sources else "source" if answers else "answer"
    return replace(waiting, case=replace(case, answers=answers, sources=sources), needs=needs)


def unchanged(span: FrozenSpan, articles: Mapping[str, Article]) -> bool:
    """Whether frozen words are where they were, in the very same text."""
    article = articles.get(span.source)
    return article is not None and article.sha256 == span.sha256 and article.text[span.start : span.end] == span.quote


def faults(waiting: Pending, suite: Path, articles: Mapping[str, Article]) -> list[str]:
    """Everything that keeps a pending case out of the suite; empty when it may be written."""
    case = waiting.case
    found = [NEEDED[waiting.needs]] if waiting.needs else []
    try:
        cases.parse(cases.dumps(case))
    except ValueError as error:
        found.append(str(error))
    else:
        found += cases.gold_faults(case, articles)
    if suite.exists():
        there = cases.load(suite)
        for number, other in zip(there.lines, there.cases, strict=True):
            if other.id == case.id:
                found.append(f"{suite}:{number} has this id already. Cure: --id NEW, or --reject {case.id}")
            elif (other.question.casefold(), other.history) == (case.question.casefold(), case.history):
                found.append(f"{suite}:{number} asks this already (case {other.id}). Cure: --reject {case.id}, or ask otherwise")
    return found


def accept(folder: Path, id_: str, waiting: Pending, suite: Path, articles: Mapping[str, Article]) -> EvalCase:
    """Write a case at the end of the suite, whole or not at all, and record the decision on the pending case `id_`.

    A case that was given no id of its own gets the next free one of its kind ("when-07"). Raises SuiteError that lists what the
    checker says.
    """
    if waiting.case.id == id_:
        waiting = replace(waiting, case=replace(waiting.case, id=_numbered(suite, waiting.case.kind or "case")))
    if wrong := faults(waiting, suite, articles):
        raise SuiteError("\n".join(f"{id_}: {fault}" for fault in wrong))
    _append(suite, cases.dumps(waiting.case))
    pending.decide(folder, id_, "accepted", suite.name)
    return waiting.case


def _numbered(suite: Path, kind: str) -> str:
    name = kind.replace("_", "-")
    taken = {case.id for case in cases.load(suite).cases} if suite.exists() else set()
    return next(id_ for number in count(1) if (id_ := f"{name}-{number:02}") not in taken)


def reject(folder: Path, id_: str) -> None:
    """Record that a pending case is none."""
    pending.decide(folder, id_, "rejected")


def the(folder: Path, id_: str) -> Pending:
    """The pending case of an id or of its unique beginning. Raises UsageError that tells which ids there are."""
    queue = pending.read(folder)
    found = [one for one in queue.waiting if one.case.id == id_] or [one for one in queue.waiting if one.case.id.startswith(id_)]
    if len(found) == 1:
        return found[0]
    if id_ in queue.decided:
        raise UsageError(f"'{id_}' is decided: {queue.decided[id_]}. Cure: qa eval review lists those that wait")
    known = ", ".join(one.case.id for one in (found or queue.waiting)[:10]) or "none"
    raise UsageError(f"{'more than one' if found else 'no'} pending case '{id_}' in {folder}. Waiting: {known}")


def rendered(waiting: Pending, articles: Mapping[str, Article]) -> list[str]:
    """The lines that show a pending case to a person."""
    case = waiting.case
    lines = [f"{case.id}  ({waiting.verdict}{', ' + waiting.at if waiting.at else ''})"]
    lines += [f"  before    {turn.question} — {turn.answer}" for turn in case.history]
    lines += [f"  asked     {case.question}"]
    lines += [f"  said      {waiting.said} (confidence {waiting.confidence:.2f})"] if waiting.said else []
    lines += [f"  corrected {waiting.correction}"] if waiting.correction else []
    lines += [f"  cited     {_shown(span, articles)}" for span in waiting.cited]
    if waiting.needs:
        lines += [f"  proposed  nothing yet: {NEEDED[waiting.needs]}"]
    else:
        lines += [
            f"  accepted  {' / '.join(case.answers) or 'must abstain'}",
            *(f"  gold      {gold.source}: {gold.quote}" for gold in case.sources),
        ]
    marked = {(gold.source, gold.quote) for gold in case.sources} | {(span.source, span.quote) for span in waiting.cited}
    lines += [f"  near      {_shown(span, articles)}" for span in waiting.near[:_NEAR] if (span.source, span.quote) not in marked]
    return lines


def _shown(span: FrozenSpan, articles: Mapping[str, Article]) -> str:
    changed = "" if unchanged(span, articles) else " [no longer in the index as it was]"
    return f"{span.source}: {' '.join(span.quote.split())}{changed}"


def _append(suite: Path, text: str) -> None:
    """Write the suite with one more line beside itself and rename it there."""
    try:
        suite.parent.mkdir(parents=True, exist_ok=True)
        before = suite.read_bytes() if suite.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        beside = suite.with_name(f".{suite.name}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                file.write(before + text.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(suite)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise SuiteError(f"{suite}: cannot be written ({error.strerror}). Cure: another suite, with --to FILE") from error
