"""Is another article's value one of what is asked? By what the reader holds of it, and by what of the question its own sentence has.

A look-alike from another event, or another number of the same sentence, is no disagreement; the reader believes it less than the best value,
or its sentence lacks what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer.agreement.plans import apart
from qa.answer.agreement.quantities import Quantity, measures
from qa.answer.agreement.relations import Assertion, revised, same
from qa.answer.agreement.values import ContentWords, Days, Shown, TimeOfDay, names_cause
from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.language import calendar, text
from qa.language.annotate import names as proper_names
from qa.language.meaning.shared_words import share
from qa.language.text.words import FUNCTION_WORDS, stem
from qa.language.time.moments import moments
from qa.schema import Query

if TYPE_CHECKING:
    from qa.protocols import Encoder

SHARE = 0.39
"""Of the best one's confidence that a value needs to be a side against it; true sides of the suite's tuned part have 0.40 and more."""
LEAST = 0.25
WORDS = 0.3
"""Share of the question's words, by rarity, that the sentence of such a value needs."""
WEAK_SHARE, WEAK_WORDS, WEAK_SPAN = 0.1, 0.5, 2.5
"""The same of amounts, days and times that the reader believes less, where their own sentence has most of what is asked."""
NAME_WORDS = 0.6  # the same of names, of which a sentence has more
CAUSE_WORDS, CAUSE_SPAN = 0.5, -2.0
"""The same of a cause that the sentence calls one ("dipicu oleh")."""
MEANING = 0.45
"""Cosine from which a sentence in the other language has most of what is asked: of the suite's tuned part true sides have 0.46 and more."""
OTHER = 0.4
"""Share of the question's words that the best value's passage has and another lacks altogether, from which that one is of something else."""
ALL_WORDS, ALL_SPAN = 0.9, -2.0
"""The same where the sentence has everything that is asked: then it is enough that the reader does not exclude the value."""


Near = Callable[[str, str], float]
"""How near two texts are in meaning, whatever their languages: a cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question, with what tells whether a sentence in another language is about it (None: only its words do)."""

    query: Query
    near: Near | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that an article gives, with the candidate that it was read from."""

    ranked: Ranked
    shown: Shown

    @property
    def candidate(self) -> Candidate:
        """Where it is."""
        return self.ranked.candidate

    @property
    def article(self) -> str:
        """The article's id."""
        return self.candidate.hit.passage.article_id

    @property
    def words(self) -> str:
        """The value as the passage has it."""
        return self.candidate.hit.passage.text[self.shown.start : self.shown.end]

    @property
    def assertion(self) -> Assertion:
        """What `relations` needs to know of it."""
        passage = self.candidate.hit.passage
        return Assertion(
            value=self.shown.value,
            sentence=self.candidate.quote,
            at=max(0, self.shown.start - self.candidate.first),
            title=passage.title,
            published=passage.published,
        )


def nearness(encoder: Encoder) -> Near:
    """How near two texts are by an encoder's vectors."""

    def near(one: str, other: str) -> float:
        first, second = encoder.passages([one, other])
        return float(first @ second)

    return near


def is_side(asked: Inquiry, best: Given, one: Given) -> bool:
    """Is `one` sure enough a value of what is asked to be shown beside `best`, or against it?"""
    query = asked.query
    if not of_same_matter(query, best, one):
        return False
    part, words, span = one.ranked.confidence / max(best.ranked.confidence, 1e-9), covered(asked, one), one.candidate.score
    if part >= SHARE and one.ranked.confidence >= LEAST and max(words, _left(query, one)) >= WORDS:
        return True
    typed = isinstance(one.shown.value, Quantity | Days | TimeOfDay)
    named = isinstance(one.shown.value, ContentWords) and one.shown.value.named
    most = WEAK_WORDS if typed else NAME_WORDS if named else 1.1
    if part >= WEAK_SHARE and span >= WEAK_SPAN and words >= (WORDS if typed and revised(one.assertion) else most):
        return True
    if words >= CAUSE_WORDS and span >= CAUSE_SPAN and names_cause(query, one.shown, one.assertion.sentence, one.assertion.at):
        return True
    return words >= ALL_WORDS and span >= ALL_SPAN and (typed or revised(one.assertion))


def of_same_matter(query: Query, best: Given, one: Given) -> bool:
    """May `one` be a value of what `best` is a value of: of the same names, days and event, and neither of a plan where the other came about?"""
    if not covers(query, best, one) or _of_another_day(query, one):
        return False
    if same(best.shown.value, one.shown.value):
        return True
    return lacking(query, best, one) < OTHER and not apart(query.text, one.assertion, best.assertion)


def covers(query: Query, best: Given, one: Given) -> bool:
    """Has the passage of `one` each name of the question that that of `best` has, and, of a question that names nobody, a name of it?"""
    return _named(query, best) <= _named(query, one) and _same_matter(query, best, one)


def likelihood(asked: Inquiry, one: Given) -> float:
    """Of several values of one article the one to be compared has most of this: belief, weighed by what of the question is beside it."""
    return one.ranked.confidence * (0.5 + max(covered(asked, one), _left(asked.query, one)))


def covered(asked: Inquiry, one: Given) -> float:
    """The share of what is asked, by rarity, that the value's own sentence has: in the question's words, or in Indonesian ones.

    A sentence in the other language that is near the question in meaning has most of it, whatever its words.
    """
    query, quote = asked.query, one.candidate.quote
    spoken = text.language(quote)
    if query.language == spoken == "en":
        wanted = _english_subject(query)
        return len(wanted & _stems(quote)) / len(wanted) if wanted else 1.0
    words = share(query.terms, quote)
    if spoken != query.language and words < WEAK_WORDS and asked.near and asked.near(query.text, quote) >= MEANING:
        return WEAK_WORDS
    return words


def lacking(query: Query, best: Given, one: Given) -> float:
    """The share of the question's words, measures and days aside, that the passage of `best` has and that of `one` has not, titles included.

    0 where the question and the passage of `one` are of two languages: a word-for-word rendering lacks words that are there.
    """
    mine, theirs = (f"{each.candidate.hit.passage.title} {each.candidate.hit.passage.text}" for each in (best, one))
    if text.language(theirs) != query.language:
        return 0.0
    if query.language == "en":
        wanted = _english_subject(query)
        has = _stems(mine) if text.language(mine) == "en" else wanted
        return len((wanted & has) - _stems(theirs)) / len(wanted) if wanted else 0.0
    apart = {*measures(), *calendar.months()}
    terms = [(term, weight) for term, weight in query.terms if term not in apart and not term[0].isdigit()]
    every = sum(weight for _, weight in terms)
    missing = sum(weight for term, weight in terms if share([(term, 1.0)], mine) > share([(term, 1.0)], theirs))
    return missing / every if every else 0.0


def _stems(body: str) -> set[str]:
    return {stem(term) for term in text.terms(body)}


def _english_subject(query: Query) -> set[str]:
    """What an English question asks about: the stems of its words of content."""
    return {stem(term) for term in text.terms(query.text) if term not in FUNCTION_WORDS}


def _left(query: Query, one: Given) -> float:
    """The share of the question's words that are no name and no measure, where the value is an amount and the passage has every name.

    "Ia menandatangani kontrak tiga tahun" tells how long somebody's contract is whom the sentence before names.
    """
    if not isinstance(one.shown.value, Quantity) or len(_named(query, one)) < len(query.names):
        return 0.0
    names = {term for name in query.names for term in text.terms(name)}
    left = [(term, weight) for term, weight in query.terms if term not in names and term not in measures()]
    return share(left, one.candidate.quote)


def _of_another_day(query: Query, one: Given) -> bool:
    """Does the question name days, and the value's sentence only others?"""
    if query.event is None or isinstance(one.shown.value, Days):
        return False
    first, last = query.event
    dates = moments(one.candidate.quote, one.candidate.hit.passage.published)
    return bool(dates) and not any(each.first <= last and first <= each.last for each in dates)


def _named(query: Query, one: Given) -> frozenset[str]:
    """The question's names that the value's passage has, with what precedes it (title, first sentence). A question's first word by itself is none.

    Indonesian names end with what tells them apart ("Kosmodrom Baikonur", "Bambang Suryo"); of others any word will do.
    """
    passage = one.candidate.hit.passage
    body = set(text.terms(f"{passage.title} {passage.text}"))
    found = set()
    for name in query.names:
        words = text.terms(name)
        if not words or (len(words) == 1 and query.text.startswith(f"{name} ")):
            continue
        if words[-1] in body or (query.language == "en" and body.intersection(words)):
            found.add(name)
    return frozenset(found)


def _same_matter(query: Query, best: Given, one: Given) -> bool:
    """A question that names nobody and nothing is of one matter only where both articles name somebody or something alike."""
    return bool(query.names) or bool(_names(best) & _names(one))


def _names(given: Given) -> set[str]:
    passage = given.candidate.hit.passage
    body = f"{passage.title}. {passage.text}"
    return {text.fold(word) for start, end in proper_names.names(body) for word, _, _ in text.words(body[start:end])}
