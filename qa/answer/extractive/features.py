"""What speaks for a candidate: what the network says, where search found it, and how many of the question's words it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from qa.answer.extractive.candidates import Candidate
from qa.retrieve.ranking import words_found
from qa.schema import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One candidate in numbers: logits and log-odds divided by 10, shares between 0 and 1."""

    span: float  # logit of the span
    answerable: float  # log-odds that its passage answers
    relevance: float  # log-odds that its passage is about what is asked
    margin: (
        float  # its span logit less that of the best candidate with another answer; of a yes-no question, how sure the side is
    )
    rank: float  # 1 / rank of its passage in the search
    words: float  # share of the question's words, by rarity, in the passage and what precedes it (title, first sentence)


NAMES = tuple(field.name for field in fields(Features))
_values = attrgetter(*NAMES)  # astuple copies each value deeply, which takes longer than the fit's whole sum


def features(query: Query, found: Sequence[Candidate], margins: Sequence[float] = ()) -> list[Features]:
    """The features of each candidate of one question, in their order.

    margins: of each candidate what takes the place of its lead over other answers, where its answer is not its words: of a yes-no question how
    far the log-odds of yes are from 0.
    """
    best: dict[str, float] = {}
    for one in found:
        best[one.key] = max(best.get(one.key, -99.0), one.score)
    leads = margins or [
        one.score - max((score for key, score in best.items() if key != one.key), default=one.score) for one in found
    ]
    return [_features(query, one, margin=lead) for one, lead in zip(found, leads, strict=True)]


def vector(known: Features) -> tuple[float, ...]:
    """The values in the order of NAMES."""
    values: tuple[float, ...] = _values(known)
    return values


def _features(query: Query, one: Candidate, *, margin: float) -> Features:
    reading = one.hit.reading
    return Features(
        span=one.score / 10,
        answerable=reading.answerable / 10 if reading else 0.0,
        relevance=reading.relevance / 10 if reading else 0.0,
        margin=max(-2.0, min(2.0, margin / 10)),
        rank=1 / (reading.found_rank or 1) if reading else 1 / one.hit.rank,
        words=words_found(query, one.hit.passage),
    )
