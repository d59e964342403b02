"""Yes and no side by side: do the articles take the same side on a yes-no question?

The head for yes and no is trusted for a side only where the entailment head says the same of the question as a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from qa.agreement import Comparison, Side, Verdict
from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.answer.extractive.yes_no import SIDES, statement, tells_opposite
from qa.corpus.sources import Source, independent
from qa.language.meaning.shared_words import share
from qa.schema import Query

CLEAR = 1.0  # log-odds of yes or no from which a sentence takes a side
ANSWERS = 0.0  # log-odds that the sentence alone answers
CLEARER = 2.0  # the same where no entailment head can be asked: it was taught Indonesian alone


FEW = 3  # days between two articles, beyond which opposite states are one after the other
RESTATES = 0.9
"""Share of the question's words that a sentence needs for the entailment head to be asked where the head for yes and no is unclear."""
LEAST, TIMES = 0.3, 1.5  # what it must hold of the side at least, and of how many times the other


class Judged(Protocol):
    """What an entailment head says of (premise, hypothesis)."""

    @property
    def entailed(self) -> float: ...
    @property
    def contradicted(self) -> float: ...


Entail = Callable[[str, str], Judged]


def compared(
    query: Query,
    ranked: Sequence[Ranked],
    side_of: Callable[[Candidate], float],
    *,
    entail: Entail,
) -> Comparison | None:
    """The sides that articles take, the best candidate's first; None where that takes none.

    side_of: the log-odds of yes of a candidate.
    """
    if not ranked:
        return None
    best, words = ranked[0], SIDES[query.language]
    yes = side_of(best.candidate) > 0.0
    taken: dict[bool, list[Ranked]] = {True: [], False: []}
    seen: set[str] = set()
    restated: dict[int, float] = {}
    for one in ranked:
        article, side = one.candidate.hit.passage.article_id, side_of(one.candidate)
        if article in seen or (one is not best and _of_another_time(query, best, one)):
            continue
        if one is not best and (abs(side) < CLEAR or one.candidate.score < ANSWERS):
            side = restated[id(one)] = _restated(query, one, entail)
            if not side:
                continue
        seen.add(article)
        taken[side > 0.0].append(one)
    mine, theirs = taken[yes], taken[not yes]
    if theirs and not (
        _sure(query, best, side_of, entail) and (id(theirs[0]) in restated or _sure(query, theirs[0], side_of, entail))
    ):
        theirs = []
    alone, copies = independent([_source(one) for one in (*mine, *theirs)])
    sides = tuple(_side(words[not side], given) for side, given in ((yes, mine), (not yes, theirs)) if given)
    verdict: Verdict = "contradict" if theirs else "agree" if alone > 1 else "single"
    return Comparison(verdict=verdict, sides=sides, independent=alone, copies=copies)


def _of_another_time(query: Query, best: Ranked, one: Ranked) -> bool:
    """Do two sentences tell opposite states days apart? What was closed may since have been opened."""
    days = [each.candidate.hit.passage.published for each in (best, one)]
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= FEW:
        return False
    return tells_opposite(query, best.candidate) != tells_opposite(query, one.candidate)


def _restated(query: Query, one: Ranked, entail: Entail) -> float:
    """The side of a sentence that tells the opposite, or by the entailment head alone of one that has all words of the question; 0.0: none."""
    if tells_opposite(query, one.candidate):
        return -1.0
    if query.language != "id" or share(query.terms, one.candidate.quote) < RESTATES:
        return 0.0
    judged = entail(one.candidate.quote, statement(query.text))
    more, less = max(judged.entailed, judged.contradicted), min(judged.entailed, judged.contradicted)
    if more < LEAST or more < TIMES * less:
        return 0.0
    return 1.0 if judged.entailed == more else -1.0


def _sure(query: Query, one: Ranked, side_of: Callable[[Candidate], float], entail: Entail) -> bool:
    side = side_of(one.candidate)
    if tells_opposite(query, one.candidate):
        return side < 0.0
    if query.language != "id":
        return abs(side) >= CLEARER
    judged = entail(one.candidate.quote, statement(query.text))
    return abs(side) >= CLEAR and (judged.entailed > judged.contradicted) == (side > 0.0)


def _side(value: str, given: Sequence[Ranked]) -> Side:
    alone, copies = independent([_source(one) for one in given])
    return Side(
        value=value,
        quotes=tuple((one.candidate.quote, one.candidate.hit.rank) for one in given),
        independent=alone,
        copies=copies,
        confidence=given[0].confidence,
    )


def _source(one: Ranked) -> Source:
    passage = one.candidate.hit.passage
    return Source(article_id=passage.article_id, outlet=passage.outlet, story=passage.story, text=one.candidate.quote)
