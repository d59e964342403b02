"""Counts of the same tally in later articles on the event: "Sembilan orang dipastikan tewas." does not name what its article is about.

The state that is counted is beside the number, the passage with its title has what else is asked, and the days are near. The reader, which
looks for the words of the question, may have passed such a sentence over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.answer.agreement.evidence import ALL_SPAN, Given, of_same_matter
from qa.answer.agreement.quantities import Quantity, person, quantities
from qa.answer.agreement.relations import FAR, tally_words
from qa.answer.agreement.values import value
from qa.answer.extractive.candidates import sentences_of
from qa.answer.extractive.choice import Ranked
from qa.language import text
from qa.language.meaning.opposites import states
from qa.language.meaning.shared_words import share
from qa.language.text.words import stem
from qa.language.time.moments import moments
from qa.schema import Query

CONTEXT = 0.8
"""Share of the question's words that the passage of a count needs whose own sentence leaves out the event."""


def counts(query: Query, likely: Sequence[Ranked], ranked: Sequence[Ranked] = ()) -> Iterator[Given]:
    """The amounts beside which passages of `likely` tell the state that a question counts, each as sure as its passage's best candidate.

    ranked: every candidate; what the reader has proposed already is left to it, but in a sentence that leaves out the event.
    """
    asked = _asked(query)
    of_hit = {one.candidate.hit.rank: one for one in reversed(likely)} if asked else {}
    for rank, best in of_hit.items():
        proposed = [(one.candidate.start, one.candidate.end) for one in ranked if one.candidate.hit.rank == rank]
        for sentence in sentences_of(best.candidate.hit):
            for amount in quantities(sentence.quote) if any(what & asked for _, what in _tallied(sentence.quote)) else ():
                start, end = sentence.first + amount.start, sentence.first + amount.end
                known = any(a <= start < b for a, b in proposed) and _tells(query, sentence.quote)
                if not amount.noun or known or not _nearest(sentence.quote, amount) & asked:
                    continue
                found = replace(sentence, start=start, end=end)
                if (shown := value(query, found)) is not None:
                    yield Given(ranked=replace(best, candidate=found), shown=shown)


def counts_on(query: Query, best: Given, one: Given) -> bool:
    """Is `one` a count of the tally of `best`, within a month of it, in an article on the same event?"""
    days = best.assertion.published, one.assertion.published
    if not isinstance(one.shown.value, Quantity) or not days[0] or not days[1] or abs((days[0] - days[1]).days) >= FAR:
        return False
    if one.candidate.score < ALL_SPAN or not query.names:
        return False
    if not _nearest(one.candidate.quote, one.shown.value) & _asked(query):
        return False
    if any(abs((days[1] - each.first).days) >= FAR for each in moments(one.candidate.quote, days[1])):
        return False
    passage = one.candidate.hit.passage
    return _tells(query, f"{passage.title} {passage.text}") and of_same_matter(query, best, one)


def _tells(query: Query, body: str) -> bool:
    """Has a text what is asked beside the state and the people who are counted?"""
    return share([(term, weight) for term, weight in query.terms if not states(term) and not person(stem(term))], body) >= CONTEXT


def _asked(query: Query) -> frozenset[object]:
    """What is counted of the people of a question."""
    return frozenset().union(*(what for _, what in _tallied(query.text))) if query.kind == "how_many" else frozenset()


def _nearest(sentence: str, amount: Quantity) -> frozenset[object]:
    """What the sentence tells nearest to an amount of what befell those who are counted."""
    near = _tallied(sentence)
    if not near:
        return frozenset()
    return min(near, key=lambda each: max(amount.start - each[0], each[0] - amount.end))[1]


def _tallied(body: str) -> list[tuple[int, frozenset[object]]]:
    """Where a text tells what befell those who are counted, and what: of words that say the same ("tewas", "meninggal") the same."""
    found: list[tuple[int, frozenset[object]]] = []
    before = ""
    for word, start, _ in text.words(body):
        root = stem(text.fold(word))
        if what := frozenset(state for state in states(f"{before} {word}") if state[0] == "life"):
            found.append((start, what))
        elif text.fold(word) in tally_words() and not person(root):
            found.append((start, frozenset({root})))
        before = word
    return found
