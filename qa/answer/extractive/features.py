"""What speaks for a candidate: what the network says, what search says, and closed checks of words, numbers, dates and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache

from qa.answer.extractive.candidates import Candidate
from qa.language import text
from qa.language.meaning.antonyms import opposites
from qa.language.text.function_words import denials
from qa.language.text.words import FUNCTION_WORDS
from qa.language.time import dates
from qa.schema import Query

_CHANGED = {"k": "ng", "p": "m", "s": "ny", "t": "n"}
"""What the first letter of a root becomes behind meN- and peN-: "tulis" is found in "menulis" as "nulis"."""
_SHORTEST = 4
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One candidate in numbers. Log-odds and logits are divided by 10; shares lie between 0 and 1; checks are 0 or 1."""

    span: float  # logit of the span
    answerable: float  # log-odds that its passage answers
    relevance: float  # log-odds that its passage is about what is asked
    margin: (
        float  # its span logit less that of the best candidate with another answer; of a yes-no question, how sure the side is
    )
    agreement: float  # share of the other passages with a span of which one says the same
    search: float  # merged score of its passage in the search
    rank: float  # 1 / rank of its passage in the search
    words: float  # share of the question's words, by rarity, in the passage and what stands above it
    words_near: float  # the same in its own sentences
    names: float  # share of the question's names in the passage and above it
    echo: float  # share of the answer's words that the question has itself
    number_missing: float  # a number of the question stands neither in the passage nor above it
    date_missing: float  # the same of a date
    contrary: float  # the sentence has the opposite of a word of the question, and not the word
    denial: float  # the sentence denies and the question does not, or the other way round


NAMES = tuple(field.name for field in fields(Features))


def features(query: Query, found: Sequence[Candidate], margins: Sequence[float] = ()) -> list[Features]:
    """The features of each candidate of one question, in their order.

    margins: of each candidate what takes the place of its lead over other answers, where its answer is not its words: of a yes-no question how
    far the log-odds of yes are from 0.
    """
    best: dict[str, float] = {}
    for one in found:
        best[one.key] = max(best.get(one.key, -99.0), one.score)
    passages = {one.hit.rank for one in found}
    said: dict[str, set[int]] = {}
    for one in found:
        said.setdefault(one.key, set()).add(one.hit.rank)
    asked = _Asked.of(query)
    leads = margins or [
        one.score - max((score for key, score in best.items() if key != one.key), default=one.score) for one in found
    ]
    return [
        _features(asked, one, margin=lead, agreement=(len(said[one.key]) - 1) / max(1, len(passages) - 1))
        for one, lead in zip(found, leads, strict=True)
    ]


def vector(known: Features) -> tuple[float, ...]:
    """The values in the order of NAMES."""
    return astuple(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The question's side of the checks, made once."""

    terms: tuple[tuple[str, float], ...]
    names: frozenset[str]
    numbers: frozenset[str]
    dates: frozenset[str]
    denies: bool

    @classmethod
    def of(cls, query: Query) -> _Asked:
        named = frozenset(term for name in query.names for term in text.terms(name) if term not in FUNCTION_WORDS)
        when = [query.text[found.start : found.end] for found in dates.find(query.text)]
        parts = [term for one in when for term in text.terms(one) if term not in FUNCTION_WORDS]
        dated = _plain(parts)
        terms = [term for term, _ in query.terms]
        numbers = frozenset(term for term in _plain(terms) if term[:1].isdigit() and term not in parts)
        denies = _denies(query.text)
        return cls(terms=query.terms, names=named, numbers=numbers, dates=dated, denies=denies)


def _features(asked: _Asked, one: Candidate, *, margin: float, agreement: float) -> Features:
    reading = one.hit.reading
    passage = one.hit.passage
    above = f"{passage.title} {passage.outlet} {passage.published.year if passage.published else ''}"
    whole, near = _folded(f"{above} {passage.text}"), _folded(one.quote)
    own = [term for term in text.terms(one.answer) if term not in FUNCTION_WORDS]
    spoken = set(text.terms(one.quote))
    return Features(
        span=one.score / 10,
        answerable=reading.answerable / 10 if reading else 0.0,
        relevance=reading.relevance / 10 if reading else 0.0,
        margin=max(-2.0, min(2.0, margin / 10)),
        agreement=agreement,
        search=reading.found_score if reading else one.hit.score,
        rank=1 / (reading.found_rank or 1) if reading else 1 / one.hit.rank,
        words=_share(asked.terms, whole),
        words_near=_share(asked.terms, near),
        names=sum(_has(name, whole) for name in asked.names) / len(asked.names) if asked.names else 1.0,
        echo=sum(any(_has(term, mine) for term, _ in asked.terms) for mine in own) / max(1, len(own)),
        number_missing=float(any(not _has(number, whole) for number in asked.numbers)),
        date_missing=float(any(not _has(part, whole) for part in asked.dates)),
        contrary=float(_contrary([term for term, _ in asked.terms], spoken)),
        denial=float(_denies(one.quote) != asked.denies),
    )


def _plain(terms: Sequence[str]) -> frozenset[str]:
    """The terms without compounds whose parts or bare digits stand beside them: "1.500" with "1500", which every body that has it has."""
    return frozenset(
        term for term in terms if term.isalnum() or not any(form in terms for form in text.terms(term) if form != term)
    )


def _share(terms: Sequence[tuple[str, float]], body: str) -> float:
    every = sum(weight for _, weight in terms)
    return sum(weight for term, weight in terms if _has(term, body)) / every if every else 0.0


def _has(term: str, body: str) -> bool:
    """Does the folded body have the term, or a word of its root? Digits must stand as a word of their own."""
    if term[:1].isdigit():
        return f" {term} " in body
    return any(form in body for form in _forms(term))


@lru_cache(maxsize=8192)
def _forms(term: str) -> tuple[str, ...]:
    """Strings of which one stands in every body that has the term: short ones as whole words, longer ones by their root."""
    root = text.stem(term)
    if len(root) < _SHORTEST:
        return (f" {term} ",)
    changed = _CHANGED.get(root[0])
    return (root, changed + root[1:]) if changed and root[1] in "aeiou" else (root,)


@lru_cache(maxsize=512)
def _folded(body: str) -> str:
    return f" {' '.join(text.terms(body))} "


@lru_cache(maxsize=4096)
def _denies(sentence: str) -> bool:
    """Is anything denied? By the table that the verifier has too, whose words keep their apostrophe: "didn't"."""
    return any(True for _ in denials(_TOKEN.findall(text.fold(sentence))))


def _contrary(terms: Sequence[str], spoken: set[str]) -> bool:
    against = opposites()
    return any(term not in spoken and against.get(term, frozenset()) & spoken for term in terms)
