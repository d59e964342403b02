"""The types of a suite: a case with its gold spans and judgements."""

from __future__ import annotations

from dataclasses import dataclass

from qa.schema import Language, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalCase:
    """A question with its gold. No `answers` means that it must abstain, unless `relevant` says that only the search is judged."""

    id: str
    question: str
    answers: tuple[str, ...] = ()  # any one of these counts as right
    sources: tuple[GoldSpan, ...] = ()
    kind: str = ""
    language: Language = "id"
    history: tuple[Turn, ...] = ()
    tags: tuple[str, ...] = ()  # slices of a suite: "english", "slang", "followup", …
    relevant: tuple[Judgement, ...] = ()  # whole articles judged for retrieval (TREC qrels): then no answers and no sources


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """A place that answers a case: the words, and the source that has them (checked letter by letter when read)."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's judgement that a whole article is relevant to a case; grades above 1 are more relevant (TREC qrels)."""

    source: str
    grade: int = 1
