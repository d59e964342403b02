"""Yes or no: which sentence settles the question, and which side it takes.

The passages that the network holds likeliest to answer are read again sentence by sentence; the head for yes and no judges the sentence
and its passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.agreement import Comparison
from qa.answer.extractive import choice
from qa.answer.extractive.candidates import Candidate, sentences_of
from qa.answer.extractive.timely import timely
from qa.corpus.passages import heading
from qa.language import lists
from qa.schema import Claim, Draft, Hit, Query

if TYPE_CHECKING:
    from qa.answer.extractive.choice import Ranked
    from qa.schema import Reading

PASSAGES = 2  # that are read again
MOST = 14  # sentences of them
SIDES = {"id": ("Ya", "Tidak"), "en": ("Yes", "No")}
_NEAR = 0.1
_OPENING = re.compile(
    rf"^\W*(?:(?:jadi|lalu|terus|so|and),?\s+)?(?:{lists.alternatives('phrases', 'polar-opening')})\s+|[\s?]+$", re.IGNORECASE
)
_ASKING = re.compile(r"^(\w{3,})kah\b", re.IGNORECASE)

CompareSides = Callable[[Query, Sequence["Ranked"], Callable[[Candidate], float]], Comparison | None]
"""(question, candidates, best first, the log-odds of yes of one) -> what their articles make of one another."""

Readings = Callable[[str, Sequence[str], Sequence[str]], Sequence["Reading"]]


def judged(query: Query, hits: Sequence[Hit], readings: Readings, compare: CompareSides | None = None) -> Draft:
    """The sentence that settles the question, with "Ya" or "Tidak" (in the question's language), or with both where articles differ.

    compare: what articles make of one another's sides; without it they are not compared.
    """
    found, sides = settled(query, hits, readings)
    ranked = choice.ranked(query, found, choice.shipped("polar"), [abs(side) for side in sides])
    if not ranked or ranked[0].confidence < _NEAR:
        return Draft(reason="not-in-articles", confidence=ranked[0].confidence if ranked else 0.0)
    best = ranked[0]
    chosen = best.candidate
    side = sides[found.index(chosen)]
    claim = Claim(text=chosen.quote, quote=chosen.quote, hit_rank=chosen.hit.rank)
    draft = Draft(claims=(claim,), short=SIDES[query.language][side <= 0.0], confidence=best.confidence)
    of = dict(zip(map(id, found), sides, strict=True))
    comparison = compare(query, ranked, lambda one: of[id(one)]) if compare else None
    if comparison is None:
        return draft
    short = "; ".join(one.value for one in comparison.sides)
    return replace(draft, short=short, confidence=max(best.confidence, comparison.confidence), comparison=comparison)


def settled(query: Query, hits: Sequence[Hit], readings: Readings) -> tuple[list[Candidate], list[float]]:
    """Sentences of the likeliest passages, and for each the log-odds of yes.

    A candidate's score is the log-odds that its sentence alone answers; its hit's `polar` is that of the passage.
    """
    read = [hit for hit in hits if hit.reading is not None]
    likeliest = sorted(read, key=lambda hit: -_answers(hit))[:PASSAGES]
    sentences = timely(query, [one for hit in likeliest for one in sentences_of(hit)])[:MOST]
    if not sentences:
        return [], []
    above = [heading(one.hit.passage.title, one.hit.passage.outlet, one.hit.passage.published) for one in sentences]
    alone = readings(query.text, [one.quote for one in sentences], above)
    found = [replace(one, score=reading.answerable) for one, reading in zip(sentences, alone, strict=True)]
    sides = [
        reading.polar + (one.hit.reading.polar if one.hit.reading else 0.0) for one, reading in zip(sentences, alone, strict=True)
    ]
    return found, sides


def statement(question: str) -> str:
    """The question as what it asks about.

    >>> statement("Apakah Putin akan datang?"), statement("Sudahkah jembatan itu dibuka?")
    ('Putin akan datang', 'Sudah jembatan itu dibuka')
    """
    return _ASKING.sub(r"\1", _OPENING.sub("", question))


def _answers(hit: Hit) -> float:
    return hit.reading.answerable + hit.reading.relevance / 2 + hit.reading.found_score if hit.reading else -99.0
