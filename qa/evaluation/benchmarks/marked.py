"""Questions with answers marked in a passage, as articles to index and cases with gold to the letter.

A case's marked place is the sentence (or sentences) of the passage that its answer is in, which is what a citation is compared
against. An answer that cannot be found in its passage is left out and reported; a question whose every answer is left out is left out
too, never turned into one that cannot be answered.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qa.evaluation.benchmarks.benchmark import Record, unique_id
from qa.evaluation.suite.cases import EXTERNAL, occurrences
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.language.text.sentences import sentences
from qa.schema import Language

Marked = tuple[str, int]
"""(text, where it starts in the passage; -1 when nobody says)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestion:
    """One question over one passage; no `answers` means that the passage does not answer. `place` says where it was read."""

    place: str
    id: str
    question: str
    passage: str
    title: str = ""
    answers: tuple[Marked, ...] = ()
    language: Language | None = None


@dataclass(slots=True)
class Gathered:
    """What came of the rows: articles by id, cases in order, and what was left out or mended, counted by its reason."""

    articles: dict[str, Record] = field(default_factory=dict)
    cases: list[EvalCase] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)  # reason -> the first place

    def tell(self, reason: str, place: str) -> None:
        """Count a reason, and keep where it was met first."""
        self.counts[reason] += 1
        self.first.setdefault(reason, place)

    def notes(self) -> tuple[str, ...]:
        """One sentence a reason."""
        return tuple(f"{count} {reason} (first: {self.first[reason]})" for reason, count in self.counts.items())


def gather(rows: Iterable[MarkedQuestion], language: Language) -> Gathered:
    """One article for each distinct passage, one case for each question; `language` where a row has none of its own."""
    found = Gathered()
    ids: set[str] = set()
    for row in rows:
        if not row.passage.strip() or not row.question.strip():
            found.tell("questions left out: no passage or no question", row.place)
            continue
        spans = [span for answer in row.answers if (span := _found(row, answer, found))]
        if row.answers and not spans:
            found.tell("questions left out: none of the answers is in the passage", row.place)
            continue
        source = article_id(row.title, row.passage)
        found.articles.setdefault(source, {"id": source, "title": row.title, "text": row.passage})
        cuts = sentences(row.passage)
        quotes = dict.fromkeys(_around(row.passage, cuts, start, end) for start, end in spans)
        found.cases.append(
            EvalCase(
                id=unique_id(row.id, ids),
                question=row.question.strip(),
                answers=tuple(dict.fromkeys(row.passage[start:end] for start, end in spans)),
                sources=tuple(GoldSpan(source=source, quote=quote) for quote in quotes),
                language=row.language or language,
                tags=(EXTERNAL,) if spans else (EXTERNAL, "unanswerable"),
            )
        )
    return found


def article_id(title: str, passage: str) -> str:
    """An id that the same passage has on every machine, with its title to be read by."""
    name = re.sub(r"[^\w.-]+", "-", title).strip("-.")[:60] or "passage"
    return f"{name}-{hashlib.sha256(passage.encode(errors='replace')).hexdigest()[:8]}"


def _found(row: MarkedQuestion, answer: Marked, found: Gathered) -> tuple[int, int] | None:
    """The span of an answer: where it is said to start (in characters, else in bytes), else where it occurs if that is once."""
    text, start = answer[0].strip(), answer[1]
    if not text:
        found.tell("empty answers left out", row.place)
        return None
    start += len(answer[0]) - len(answer[0].lstrip())
    if start >= 0 and row.passage.startswith(text, start):
        return start, start + len(text)
    in_bytes = len(row.passage.encode()[: max(0, start)].decode(errors="ignore"))
    if start >= 0 and row.passage.startswith(text, in_bytes):
        found.tell("answers whose start counts bytes, read so", row.place)
        return in_bytes, in_bytes + len(text)
    places = occurrences(row.passage, text)
    if len(places) == 1:
        if answer[1] >= 0:
            found.tell("answers taken from the one place where they occur, which is not where they are said to start", row.place)
        return places[0]
    why = "is not letter for letter in its passage" if not places else "has no start and occurs in several places"
    found.tell(f"answers left out: the text {why}", row.place)
    return None


def _around(passage: str, cuts: list[tuple[int, int]], start: int, end: int) -> str:
    """The sentences that the span start:end touches, whole."""
    touched = list(_touched(cuts, start, end))
    return passage[min(start, *touched) : max(end, *touched)] if touched else passage[start:end]


def _touched(cuts: list[tuple[int, int]], start: int, end: int) -> Iterator[int]:
    for left, right in cuts:
        if left < end and start < right:
            yield left
            yield right
