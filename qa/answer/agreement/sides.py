"""The sides of a question: the best candidate's value, the articles that give it too, and what others give instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.agreement import Comparison, Side, Verdict
from qa.answer.agreement.evidence import ALL_WORDS, SHARE, Given, Inquiry, Near, covered, covers, is_side, likelihood
from qa.answer.agreement.plans import LABELS, asks_plan, done, outcome, planned, replanned
from qa.answer.agreement.relations import Assertion, Relation, related, revised, same
from qa.answer.agreement.tallies import counts, counts_on
from qa.answer.agreement.values import Days, narrowed, value
from qa.answer.extractive.choice import Ranked
from qa.corpus.sources import Source, independent
from qa.language import lists, text
from qa.language.text.words import stem
from qa.schema import Query

SURE = 0.4
"""Confidence from which an answer has sides against it: what is itself hardly believed says nothing of others,
unless the sentences of both have all that is asked."""
NEAR = 0.01  # confidence under which a candidate is not looked at
MOST = 4  # sides
EXACT = 0.5  # share of the best one's confidence that a more exact day needs
_TYPED = re.compile(r"\b(?!di\b|ke\b|dari\b)([^\W\d_]+)\s+(?:apa|mana)\b|\b(?:which|what)\s+([^\W\d_]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    members: list[Given]
    relation: Relation = "same"
    scope: str = ""


def compared(query: Query, ranked: Sequence[Ranked], *, near: Near | None = None) -> Comparison | None:
    """The sides of what `ranked` (best first) answers; None where the question wants no value that can be compared.

    near: how near two texts are in meaning; without it a side in the other language needs the question's words.
    """
    if not ranked:
        return None
    best = next(iter(_given(query, _same_sentence(ranked))), None)
    if best is None or not _one_answer(query):
        return None
    asked = Inquiry(query=query, near=near)
    plan = _plan(asked, ranked[1:], best) if asks_plan(query.text) and done(best.assertion) else None
    best = plan or best
    groups = [_Group([best])]
    for article in _by_article(asked, ranked if plan else ranked[1:], best):
        _place(asked, best, article, groups)
    exact = _more_exact(groups[0].members)
    if exact:
        groups[0].members.sort(key=lambda one: one is not exact)
    return replace(_comparison(groups[:MOST]), instead=plan is not None or exact is not None)


def _more_exact(members: Sequence[Given]) -> Given | None:
    """Of "tahun 2016" and "28 April 2016" the latter, where an article that agrees is nearly as sure of it; None where the first is as exact."""
    whole = members[0].shown.value
    if not isinstance(whole, Days):
        return None
    inside = [
        (value.last - value.first, one)
        for one in members[1:]
        if isinstance(value := one.shown.value, Days)
        and whole.first <= value.first
        and value.last <= whole.last
        and value != whole
        and one.ranked.confidence >= EXACT * members[0].ranked.confidence
    ]
    return min(inside, key=lambda each: each[0])[1] if inside else None


def _plan(asked: Inquiry, ranked: Sequence[Ranked], best: Given) -> Given | None:
    """What is planned of what is asked, where the question wants that and `best` tells what came about; None where nothing is."""
    for one in _given(asked.query, [one for one in ranked if one.confidence >= SHARE * best.ranked.confidence]):
        if planned(one.assertion) and covers(asked.query, best, one):
            return one
    return None


def _same_sentence(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The best candidate, and those of its sentence: where its span is no value ("pada Senin atau Selasa"), one within it may be."""
    best = ranked[0].candidate
    return [
        one
        for one in ranked
        if one.candidate.hit.rank == best.hit.rank and one.candidate.start < best.end and best.start < one.candidate.end
    ]


def _given(query: Query, ranked: Sequence[Ranked]) -> Iterator[Given]:
    for one in ranked:
        narrower = replace(one, candidate=narrowed(query, one.candidate))
        shown = value(query, narrower.candidate)
        if shown is not None:
            yield Given(ranked=narrower, shown=shown)


def _by_article(asked: Inquiry, ranked: Sequence[Ranked], best: Given) -> list[list[Given]]:
    """The values of each other article that may count, the likeliest first."""
    found: dict[str, list[Given]] = {}
    likely = [one for one in ranked if one.confidence >= NEAR and one.candidate.hit.passage.article_id != best.article]
    for given in (*_given(asked.query, likely), *counts(asked.query, likely, ranked)):
        found.setdefault(given.article, []).append(given)
    return [sorted(each, key=lambda one: -likelihood(asked, one)) for each in found.values()]


def _place(asked: Inquiry, best: Given, article: Sequence[Given], groups: list[_Group]) -> None:
    """Put an article's value beside one that is the same, or make it a side of its own."""
    first: Given | None = article[0]
    if not is_side(asked, best, article[0]):
        first = next((one for one in article if counts_on(asked.query, best, one)), None)
    if first is None:
        return
    for one in article:  # one that has the best value as well, nearly as likely, is for it; but "naik dari enam menjadi sembilan"
        near = one is first or (2 * likelihood(asked, one) >= likelihood(asked, first) and not revised(first.assertion))
        if near and same(best.shown.value, one.shown.value):
            groups[0].members.append(one)
            return
    if best.ranked.confidence < SURE and min(covered(asked, best), covered(asked, first)) < ALL_WORDS:
        return
    for group in groups[1:]:
        if same(group.members[0].shown.value, first.shown.value):
            group.members.append(first)
            return
    relation, mine, theirs = _related(asked.query, best.assertion, first.assertion)
    if relation in {"update", "contradict"} or (
        relation == "scope" and first.ranked.confidence >= SHARE * best.ranked.confidence
    ):
        groups[0].scope = groups[0].scope or mine
        groups.append(_Group([first], relation, theirs))


def _related(query: Query, best: Assertion, first: Assertion) -> tuple[Relation, str, str]:
    """What two values are to each other, with the scope of each: of a plan and when it took place, which of them is the plan."""
    if outcome(best, first):
        return "update", LABELS[query.language], ""
    if outcome(first, best):
        return "update", "", LABELS[query.language]
    found = related(query.text, best, first)
    # Of what is newest the latest answers, and what was before is an earlier report.
    later = query.newest and best.published != first.published
    return ("update", "", "") if found[0] == "contradict" and (later or replanned(best, first)) else found


def _one_answer(query: Query) -> bool:
    """Has the question one right answer? Amounts and days have; of names and things only what is the only one of its kind."""
    if query.kind in {"how_many", "how_long", "when"}:
        return True
    folded = text.fold(query.text)
    single = _single("single") | (_single("befalls") if query.kind == "why" else frozenset())
    words = {word for spelled, _, _ in text.words(query.text) for word in (text.fold(spelled), stem(text.fold(spelled)))}
    if any(word in words if " " not in word else word in folded for word in single):
        return True
    return query.kind == "where" and any(match for match in _TYPED.finditer(query.text))


@cache
def _single(kind: str) -> frozenset[str]:
    return frozenset(lists.column("comparison", "word", kind=kind))


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
