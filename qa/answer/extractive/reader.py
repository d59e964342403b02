"""The reader without a chat model: the sentence that answers, verbatim, and the span in it that is the answer.

It proposes; verify.py proves. Where the passages come near and do not answer, it says so: an empty draft with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.agreement import Comparison
from qa.answer.extractive import choice
from qa.answer.extractive.candidates import Candidate, candidates
from qa.answer.extractive.digest import digest, is_broad
from qa.answer.extractive.timely import preferred, timely
from qa.answer.extractive.yes_no import CompareSides, judged
from qa.language import lists, text
from qa.language.meaning.shared_words import share
from qa.language.question.event_days import wants_newest
from qa.schema import Claim, Draft, Hit, Query

if TYPE_CHECKING:
    from qa.answer.extractive.choice import Ranked
    from qa.protocols import Encoder
    from qa.schema import Reading

Compare = Callable[[Query, Sequence["Ranked"]], Comparison | None]
"""(question, candidates, best first) -> what their articles make of one another; None where they give no value to compare."""

Readings = Callable[[str, Sequence[str], Sequence[str]], Sequence["Reading"]]
"""(question, texts, what precedes each) -> what the network makes of each text."""

PRONOUNS = lists.cue("leaning")
_OPENS = 2  # words of a sentence among which a pronoun leans on the sentence before
_NEAR = 0.1  # a candidate less sure than this does not even come near an answer
_ALSO = 0.5  # share of the best one's confidence that a further article's sentence needs to be cited beside it
_EQUAL = 0.4  # share of the best one's confidence from which another is its equal, where the newest is asked for
LESS = 0.1  # share of the question's words that its sentence may have less
_MEMBERS = 0.6  # the same for a further sentence of a list


class ExtractiveReader:
    """Reader over the passages that the network has read (hit.reading).

    readings  reads sentences of a passage by themselves, for yes-no questions
    encoder   finds sentences that repeat one another, for a digest
    compare, compare_sides    what articles make of one another's values, and of yes and no; None: they are not compared
    """

    name = "extractive"

    def __init__(
        self,
        *,
        readings: Readings,
        encoder: Encoder,
        max_citations: int = 3,
        compare: Compare | None = None,
        compare_sides: CompareSides | None = None,
    ) -> None:
        self.readings = readings
        self.encoder = encoder
        self.max_citations = max_citations
        self.compare = compare
        self.compare_sides = compare_sides

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """A draft whose claims are sentences of the hits, word for word."""
        if not hits:
            return Draft(reason="nothing-found")
        if is_broad(query):
            return digest(query, hits, self.encoder)
        if query.kind == "yes_no":
            return judged(query, hits, self.readings, self.compare_sides)
        ranked = preferred(query, choice.ranked(query, timely(query, candidates(hits)), choice.shipped("span")))
        if not ranked or ranked[0].confidence < _NEAR:
            return Draft(reason="not-in-articles", confidence=ranked[0].confidence if ranked else 0.0)
        best, comparison = ranked[0], self._compared(query, ranked)
        if (
            query.newest
            and not (comparison and comparison.verdict == "update")
            and (newest := _newest(query, ranked)) is not best
        ):
            best = newest
            comparison = self._compared(query, [best, *(one for one in ranked if one is not best)])
        members = _members(ranked) if query.kind == "list" else []
        chosen = [best.candidate, *members, *(() if members else self._agreeing([best, *ranked]))]
        if self.max_citations > 1 and (before := antecedent(best.candidate)):  # it may not push the answer itself out
            chosen.insert(0, before)
        claims = tuple(claim(one) for one in chosen[: self.max_citations])
        quoted = [one for one in (best.candidate, *members) if any(one.quote == made.quote for made in claims)]
        short = "; ".join(dict.fromkeys(one.answer for one in quoted)) if quoted else best.candidate.answer
        sure = max(best.confidence, ranked[0].confidence)  # the newest of equals is as sure as they are
        draft = Draft(claims=claims, short=short, confidence=sure)
        return _with_sides(draft, comparison) if comparison else draft

    def _compared(self, query: Query, ranked: Sequence[Ranked]) -> Comparison | None:
        return self.compare(query, ranked) if self.compare and query.kind != "list" else None

    def _agreeing(self, ranked: Sequence[Ranked]) -> list[Candidate]:
        """The best candidate of each further article that gives the same answer."""
        best = ranked[0]
        kept: list[Candidate] = []
        articles = {best.candidate.hit.passage.article_id}
        for other in ranked[1:]:
            article = other.candidate.hit.passage.article_id
            if article in articles or other.confidence < _ALSO * best.confidence or not same(other.candidate, best.candidate):
                continue
            articles.add(article)
            kept.append(other.candidate)
        return kept


def _newest(query: Query, ranked: Sequence[Ranked]) -> Ranked:
    """Of the candidates whose sentences have as much of what is asked as the best one's, and that are not much less sure, the latest."""
    least = share(query.terms, ranked[0].candidate.quote) - LESS
    equals = [
        one
        for one in ranked
        if one.confidence >= _EQUAL * ranked[0].confidence and share(query.terms, one.candidate.quote) >= least
    ]
    return max(  # of one day what its sentence calls the newest
        equals,
        key=lambda one: (str(one.candidate.hit.passage.published or ""), wants_newest(one.candidate.quote), one.score),
    )


def _with_sides(draft: Draft, comparison: Comparison) -> Draft:
    """The draft with what other articles give: the latest figure answers, and of values that contradict one another all do."""
    claims, short, sure = draft.claims, draft.short, draft.confidence
    if comparison.verdict == "update" or comparison.instead:
        latest = comparison.sides[0]
        short = latest.value
        quote, rank = latest.quotes[0]
        newest = Claim(text=quote, quote=quote, hit_rank=rank)
        claims = claims if newest in claims else (newest,)
        sure = 0.0 if comparison.instead else sure
    if comparison.verdict == "contradict":
        short = "; ".join(side.value for side in comparison.sides)
    return replace(draft, claims=claims, short=short, confidence=max(sure, comparison.confidence), comparison=comparison)


def claim(candidate: Candidate) -> Claim:
    """The candidate's sentences, as they are in the article."""
    return Claim(text=candidate.quote, quote=candidate.quote, hit_rank=candidate.hit.rank)


def same(one: Candidate, other: Candidate) -> bool:
    """Do two candidates give one answer: equal words, or one's words within the other's?"""
    mine, theirs = f" {one.key} ", f" {other.key} "
    return mine in theirs or theirs in mine


def antecedent(candidate: Candidate) -> Candidate | None:
    """The sentence before one that opens with a pronoun, in the same passage; None where there is none or no need."""
    opening = [text.fold(word) for word, _, _ in text.words(candidate.quote)[:_OPENS]]
    if not any(word in PRONOUNS or word.endswith("nya") for word in opening):
        return None
    body = candidate.hit.passage.text
    before = [(start, end) for start, end in text.sentences(body) if end <= candidate.first]
    if not before:
        return None
    start, end = before[-1]
    return Candidate(hit=candidate.hit, start=start, end=end, first=start, last=end, score=0.0)


def _members(ranked: Sequence[Ranked]) -> list[Candidate]:
    """Further members of a list: spans of other sentences that are nearly as sure, none said already."""
    best = ranked[0]
    kept = [best.candidate]
    for other in ranked[1:]:
        if other.confidence < _MEMBERS * best.confidence or other.features.span <= 0.0:
            continue
        if any(same(other.candidate, one) or _touch(other.candidate, one) for one in kept):
            continue
        kept.append(other.candidate)
    return kept[1:]


def _touch(one: Candidate, other: Candidate) -> bool:
    return one.hit.rank == other.hit.rank and one.first < other.last and other.first < one.last
