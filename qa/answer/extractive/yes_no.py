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
from qa.language import lists, text
from qa.language.meaning.opposites import opposed, states, tells_both
from qa.language.meaning.shared_words import share
from qa.language.text.words import FUNCTION_WORDS
from qa.schema import Claim, Draft, Hit, Query

if TYPE_CHECKING:
    from qa.answer.extractive.choice import Ranked
    from qa.schema import Reading

PASSAGES = 2  # that are read again
MOST = 14  # sentences of them
SIDES = {"id": ("Ya", "Tidak"), "en": ("Yes", "No")}
_NEAR = 0.1
FIRM = 3.0  # log-odds of no of a sentence that tells the opposite of what is asked
ALIKE = 0.6  # share of the question's other words, by rarity, that it needs to be of the same thing
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
    alone = readings(query.read, [one.quote for one in sentences], above)
    found = [replace(one, score=reading.answerable) for one, reading in zip(sentences, alone, strict=True)]
    sides = [
        reading.polar + (one.hit.reading.polar if one.hit.reading else 0.0) for one, reading in zip(sentences, alone, strict=True)
    ]
    opposite = [tells_opposite(query, one) for one in found]
    if any(opposite):  # then only what is of the same thing is for the other side
        kept = [
            at for at, one in enumerate(found) if opposite[at] or (_alike(query, one) and not tells_both(query.text, one.quote))
        ]
        sides = [-max(abs(sides[at]), FIRM) if opposite[at] else sides[at] for at in kept]
        found = [found[at] for at in kept]
    return found, sides


def tells_opposite(query: Query, one: Candidate) -> bool:
    """Does a sentence tell of what is asked about the opposite of what is asked: that the driver survived, where it is asked whether he died?"""
    return opposed(statement(query.text), one.quote) and _alike(query, one)


def _alike(query: Query, one: Candidate) -> bool:
    """Has a sentence most of the question's words, its state aside?"""
    terms = query.terms
    if query.language == text.language(one.quote) == "en":
        terms = tuple((term, 1.0) for term in text.terms(query.text) if term not in FUNCTION_WORDS)
    return share([term for term in terms if not states(term[0])], one.quote) >= ALIKE


def statement(question: str) -> str:
    """The question as what it asks about.

    >>> statement("Apakah Putin akan datang?"), statement("Sudahkah jembatan itu dibuka?")
    ('Putin akan datang', 'Sudah jembatan itu dibuka')
    """
    return _ASKING.sub(r"\1", _OPENING.sub("", question))


def _answers(hit: Hit) -> float:
    return hit.reading.answerable + hit.reading.relevance / 2 + hit.reading.found_score if hit.reading else -99.0
