"""What two values of one question are to each other: the same, of different things, an update, or a contradiction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from qa.answer.agreement.quantities import Quantity, person
from qa.answer.agreement.values import ContentWords, Days, Polar, TimeOfDay, Value
from qa.language import lists
from qa.language.lists import one_of
from qa.language.text.words import fold, stem
from qa.language.time.moments import Moment, moments

Relation = Literal["same", "apart", "scope", "update", "contradict"]
"""same: both may be true of one thing; apart: no two values that can be compared; scope: of different things."""

SLACK = 0.005  # of the larger, that two exact amounts may differ by
MONTHS = 0.04  # the same of durations of weeks and more: a month has 28 to 31 days
ROUND = 0.02  # of amounts from 100 of which one ends in 0
ROUGH = 0.1  # of amounts from 1,000 of which one is the other with fewer figures
FAR = 30  # days between two articles, from which a count is of another time, and a planned day a new one
_WEEK = 168.0
_SMALL = 100
_LARGE = 1000
_CLOCK = 10  # minutes that two clocks may differ by
_TURN = r"(?:hari|pekan|malam|tahun|musim|day|week|night|year)"
_ORDINAL_DAY = re.compile(
    rf"\b{_TURN}\s+(?:ke\w+|pertama|first|second|third)\b|\b(?:first|second|third)\s+{_TURN}\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A value with the sentences that tell it, the article's title and the day it was published."""

    value: Value
    sentence: str
    at: int  # where the value begins in the sentence
    title: str = ""
    published: date | None = None


def same(one: Value, other: Value) -> bool | None:
    """May both be true of one thing? None where they cannot be compared: metres and tons, a name and an account."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return _amounts(one, other)
    if isinstance(one, Days) and isinstance(other, Days):
        return one.first <= other.last and other.first <= one.last
    if isinstance(one, TimeOfDay) and isinstance(other, TimeOfDay):
        return None if one.zone != other.zone and one.zone and other.zone else abs(one.minutes - other.minutes) <= _CLOCK
    if isinstance(one, ContentWords) and isinstance(other, ContentWords):
        return _worded(one, other)
    if isinstance(one, Polar) and isinstance(other, Polar):
        return one.yes == other.yes
    return None


def related(question: str, one: Assertion, other: Assertion) -> tuple[Relation, str, str]:
    """(what two values are to each other, the scope of one, the scope of the other); the scopes are "" unless they differ."""
    alike = same(one.value, other.value)
    if alike is not False:
        return "apart" if alike is None else "same", "", ""
    replaced = _later(one, other) and revised(one if _newer(one, other) else other)
    if isinstance(one.value, Quantity) and not replaced and (scopes := _scopes(question, one, other)):
        return "scope", *scopes
    if replaced or (isinstance(one.value, Quantity) and _later(one, other) and _tally(question)):
        return "update", "", ""
    return "contradict", "", ""


def _amounts(one: Quantity, other: Quantity) -> bool | None:
    if one.dimension != other.dimension and not (_bare(one) or _bare(other)):
        return None
    people = person(one.noun) and person(other.noun)
    counted = {one.noun.rstrip("s"), other.noun.rstrip("s")} - {""}
    if len(counted) > 1 and not people and one.low != other.low:
        return None
    largest = max(abs(one.high), abs(other.high), 1e-9)
    long = one.dimension == "duration" and min(one.high, other.high) >= _WEEK
    slack = (MONTHS if long else SLACK) * largest if (one.high > 10 or long or one.high % 1) else 0.0
    if one.low <= other.high + slack and other.low <= one.high + slack:
        return True
    if one.hedged or other.hedged:
        return False
    return _rounded(one.low, other.low) or _rounded(other.low, one.low)


def _bare(one: Quantity) -> bool:
    return one.dimension == "count" and not one.noun


def _rounded(value: float, exact: float) -> bool:
    """Is `value` a rounding of `exact`?"""
    apart = abs(value - exact) / max(abs(exact), 1e-9)
    if value >= _SMALL and value % 10 == 0 and apart <= ROUND:
        return True
    if value % 1 == 0 and exact % 1 and value > 1 and round(exact) == value and exact >= 10:
        return True
    if value < _LARGE or apart > ROUGH:
        return False
    figures = len(f"{int(value)}".rstrip("0"))
    return figures <= 2 and value % 100 == 0 and round(exact, figures - len(f"{int(exact)}")) == value


def _worded(one: ContentWords, other: ContentWords) -> bool | None:
    mine, theirs = ({stem(word) for word in side.terms} for side in (one, other))
    if mine & theirs:
        return True
    if any(_initials(long, short) for long, short in ((one.terms, other.terms), (other.terms, one.terms))):
        return True
    return False if one.named == other.named else None


def _initials(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Is one the initials of the other, as "AS" of "Amerika Serikat"?"""
    return len(long) > 1 and short == ("".join(word[0] for word in long),)


def _later(one: Assertion, other: Assertion) -> bool:
    """Was one of them published on a later day?"""
    return one.published is not None and other.published is not None and one.published != other.published


def _newer(one: Assertion, other: Assertion) -> bool:
    return (one.published or date.min) > (other.published or date.min)


def revised(one: Assertion) -> bool:
    """Does it say that an earlier report no longer holds?"""
    full_text = f"{one.title}. {one.sentence}"
    return bool(
        _pattern("moved").search(full_text) or (isinstance(one.value, Quantity) and _pattern("revised").search(full_text))
    )


def unreal(one: Assertion) -> bool:
    """Does the sentence tell what is only wanted, planned or demanded?"""
    return bool(_pattern("unreal").search(one.sentence))


def _tally(question: str) -> bool:
    return bool(_pattern("tally").search(question))


def _scopes(question: str, one: Assertion, other: Assertion) -> tuple[str, str] | None:
    """Of which places, or of which days, the two are, where these differ and the question does not say which."""
    places = _place(question, one), _place(question, other)
    if all(places) and fold(places[0]) != fold(places[1]):
        return places
    days = _day(one), _day(other)
    if days[0] and days[1] and (days[0].last < days[1].first or days[1].last < days[0].first):
        return days[0].text, days[1].text
    turns = _ORDINAL_DAY.search(one.sentence), _ORDINAL_DAY.search(other.sentence)
    if turns[0] and turns[1] and fold(turns[0].group()) != fold(turns[1].group()):
        return turns[0].group(), turns[1].group()
    (first, last), (begin, end) = _time(one, days[0]), _time(other, days[1])
    if first and last and begin and end and max((begin - last).days, (first - end).days) >= FAR and _varies(question, one.value):
        return str(first.year), str(begin.year)
    return None


def _time(one: Assertion, day: Moment | None) -> tuple[date | None, date | None]:
    """First and last day of which an amount is: those with which its sentence opens ("Pada Mei 2019 ..."), else that of publication."""
    if day and len(one.sentence[: day.start].split()) <= 1:
        return day.first, day.last
    return one.published, one.published


def _varies(question: str, value: Value) -> bool:
    """Is the amount one that another month changes: what is counted, a share, a price? The height of a hill and what a bridge cost stay."""
    counts = isinstance(value, Quantity) and value.dimension in {"count", "percent", "temperature"}
    return counts or bool(_pattern("varies").search(question))


def _place(question: str, one: Assertion) -> str:
    """The place in the sentence that the question does not name: "Kota Bima"."""
    asked = fold(question)
    for match in _places().finditer(one.sentence):
        if fold(match["name"]) not in asked:
            return match.group()
    return ""


def _day(one: Assertion) -> Moment | None:
    """The day of the amount: the only one of its sentence that is given to the day or year, unless counted up to it."""
    found = [each for each in moments(one.sentence, one.published) if each.precision in {"day", "month", "year", "part"}]
    near = min(found, key=lambda each: abs(each.start - one.at), default=None)
    if near is None or _pattern("until").search(one.sentence[max(0, near.start - 12) : near.start]):
        return None
    return near


@cache
def tally_words() -> frozenset[str]:
    """Words for what may still grow in number: hurt, missing, evacuated."""
    return frozenset(lists.column("comparison", "word", kind="tally"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(lists.column('comparison', 'word', kind=kind))})\b", re.IGNORECASE)


@cache
def _places() -> re.Pattern[str]:
    kinds = one_of(lists.column("comparison", "word", kind="place"))
    return re.compile(rf"\b(?i:{kinds})\s+(?P<name>[A-Z][\w-]+(?:\s+[A-Z][\w-]+){{0,2}})")
