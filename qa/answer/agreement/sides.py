"""The sides of a question: the best candidate's value, the articles that give it too, and what others give instead.

A further article's value becomes a side only where the reader holds it nearly as likely as the best one: a look-alike from another event,
or another number of the same sentence, is no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from qa.agreement import Comparison, Side, Verdict
from qa.answer.agreement.quantities import measured
from qa.answer.agreement.relations import Assertion, Relation, related, revised, same
from qa.answer.agreement.values import Days, Shown, value
from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.answer.extractive.features import share
from qa.corpus.sources import Source, independent
from qa.language import lists, text
from qa.language.annotate import names as proper_names
from qa.language.text.words import FUNCTION_WORDS, stem
from qa.language.time.moments import moments
from qa.schema import Query

SHARE = 0.39
"""Of the best one's confidence that a value needs to be a side against it; true sides of the suite's tuned part have 0.40 and more."""
LEAST = 0.25
SURE = 0.4
"""Confidence from which an answer has sides against it: what is itself hardly believed says nothing of others."""
WORDS = 0.3
"""Share of the question's words, by rarity, that the sentence of such a value needs."""
WEAK_SHARE, WEAK_WORDS, WEAK_SPAN = 0.1, 0.55, 3.0
"""The same where the question asks for a day or names the measure ("berapa biaya") and the value's own sentence has most of its words."""
NEAR = 0.1  # confidence under which a candidate is not looked at
MOST = 4  # sides
_TYPED = re.compile(r"\b(?!di\b|ke\b|dari\b)([^\W\d_]+)\s+(?:apa|mana)\b|\b(?:which|what)\s+([^\W\d_]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that an article gives, with the candidate that it was read from."""

    ranked: Ranked
    shown: Shown

    @property
    def candidate(self) -> Candidate:
        """Where it stands."""
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


@dataclass(slots=True)
class _Group:
    members: list[Given]
    relation: Relation = "same"
    scope: str = ""


def compared(query: Query, ranked: Sequence[Ranked]) -> Comparison | None:
    """The sides of what `ranked` (best first) answers; None where the question wants no value that can be compared."""
    if not ranked:
        return None
    best = next(iter(_given(query, ranked[:1])), None)
    if best is None or not _one_answer(query):
        return None
    groups = [_Group([best])]
    for article in _by_article(query, ranked[1:], best):
        _place(query, best, article, groups)
    return _comparison(groups[:MOST])


def _given(query: Query, ranked: Sequence[Ranked]) -> Iterator[Given]:
    for one in ranked:
        shown = value(query, one.candidate)
        if shown is not None:
            yield Given(ranked=one, shown=shown)


def _by_article(query: Query, ranked: Sequence[Ranked], best: Given) -> list[list[Given]]:
    """The values of each other article that may count, the likeliest first."""
    found: dict[str, list[Given]] = {}
    likely = [one for one in ranked if one.confidence >= NEAR and one.candidate.hit.passage.article_id != best.article]
    for given in _given(query, likely):
        found.setdefault(given.article, []).append(given)
    return [sorted(each, key=lambda one: -one.ranked.confidence) for each in found.values()]


def _place(query: Query, best: Given, article: Sequence[Given], groups: list[_Group]) -> None:
    """Put an article's value beside one that is the same, or make it a side of its own."""
    first = article[0]
    if not _is_side(query, best, first):
        return
    for one in article:  # one that has the best value as well, nearly as likely, is for it; but "naik dari enam menjadi sembilan"
        near = one is first or (2 * one.ranked.confidence >= first.ranked.confidence and not revised(first.assertion))
        if near and same(best.shown.value, one.shown.value):
            groups[0].members.append(one)
            return
    if best.ranked.confidence < SURE:
        return
    for group in groups[1:]:
        if same(group.members[0].shown.value, first.shown.value):
            group.members.append(first)
            return
    relation, mine, theirs = related(query.text, best.assertion, first.assertion)
    if relation in {"update", "contradict"} or (
        relation == "scope" and first.ranked.confidence >= SHARE * best.ranked.confidence
    ):
        groups[0].scope = groups[0].scope or mine
        groups.append(_Group([first], relation, theirs))


def _is_side(query: Query, best: Given, one: Given) -> bool:
    """Is the reader sure enough that this is a value of what is asked?"""
    if not (_named(query, best) <= _named(query, one) and _same_matter(query, best, one)) or _of_another_day(query, one):
        return False
    share, words = one.ranked.confidence / max(best.ranked.confidence, 1e-9), _covered(query, one)
    if share >= SHARE and one.ranked.confidence >= LEAST and words >= WORDS:
        return True
    weak = share >= WEAK_SHARE and words >= WEAK_WORDS and one.candidate.score >= WEAK_SPAN
    return bool(weak and (query.kind == "when" or measured(query.text)))


def _of_another_day(query: Query, one: Given) -> bool:
    """Does the question name days, and the value's sentence only others?"""
    if query.event is None or isinstance(one.shown.value, Days):
        return False
    first, last = query.event
    dates = moments(one.candidate.quote, one.candidate.hit.passage.published)
    return bool(dates) and not any(each.first <= last and first <= each.last for each in dates)


def _named(query: Query, one: Given) -> frozenset[str]:
    """The question's names that the value's passage has, with what stands above it. A question's first word by itself is none.

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


def _covered(query: Query, one: Given) -> float:
    """The share of what is asked, by rarity, that the value's own sentence has: in the question's words, or in Indonesian ones."""
    if query.language == "en" and text.language(one.candidate.quote) == "en":
        wanted = {stem(term) for term in text.terms(query.text) if term not in FUNCTION_WORDS}
        there = {stem(term) for term in text.terms(one.candidate.quote)}
        return len(wanted & there) / len(wanted) if wanted else 1.0
    return share(query.terms, one.candidate.quote)


def _same_matter(query: Query, best: Given, one: Given) -> bool:
    """A question that names nobody and nothing is of one matter only where both articles name somebody or something alike."""
    if any(stem(text.fold(name)) for name in query.names[:1]):
        return True
    mine, theirs = (_names(given) for given in (best, one))
    return bool(mine & theirs)


def _names(given: Given) -> set[str]:
    passage = given.candidate.hit.passage
    body = f"{passage.title}. {passage.text}"
    return {text.fold(word) for start, end in proper_names.names(body) for word, _, _ in text.words(body[start:end])}


def _one_answer(query: Query) -> bool:
    """Has the question one right answer? Amounts and days have; of names and things only what is the only one of its kind."""
    if query.kind in {"how_many", "how_long", "when"}:
        return True
    folded = text.fold(query.text)
    single = _single()
    words = {word for spelled, _, _ in text.words(query.text) for word in (text.fold(spelled), stem(text.fold(spelled)))}
    if any(word in words if " " not in word else word in folded for word in single):
        return True
    return query.kind == "where" and any(match for match in _TYPED.finditer(query.text))


@cache
def _single() -> frozenset[str]:
    return frozenset(lists.column("comparison", "word", kind="single"))


def _comparison(groups: Sequence[_Group]) -> Comparison:
    everyone = [member for group in groups for member in group.members]
    alone, copies = independent([_source(member) for member in everyone])
    relations = {group.relation for group in groups[1:]} - {"scope"}
    sides = [_side(group) for group in groups]
    if "contradict" in relations:
        return Comparison(verdict="contradict", sides=tuple(sides), independent=alone, copies=copies)
    if relations:
        latest = sorted(zip(groups, sides, strict=True), key=lambda pair: _day(pair[0]), reverse=True)
        return Comparison(verdict="update", sides=tuple(side for _, side in latest), independent=alone, copies=copies)
    behind, copied = independent([_source(member) for member in groups[0].members])
    verdict: Verdict = "agree" if behind > 1 else "single"
    return Comparison(verdict=verdict, sides=tuple(sides), independent=behind, copies=copied)


def _day(group: _Group) -> str:
    return max(str(member.candidate.hit.passage.published or "") for member in group.members)


def _side(group: _Group) -> Side:
    alone, copies = independent([_source(member) for member in group.members])
    first = group.members[0]
    return Side(
        value=first.words,
        quotes=tuple((one.candidate.quote, one.candidate.hit.rank) for one in group.members),
        scope=group.scope,
        independent=alone,
        copies=copies,
        confidence=first.ranked.confidence,
    )


def _source(given: Given) -> Source:
    passage = given.candidate.hit.passage
    return Source(article_id=passage.article_id, outlet=passage.outlet, story=passage.story, text=given.candidate.quote)
