"""Months and weekdays: the one table that every reader of dates takes its names from (data/calendar.tsv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from qa.language import lists
from qa.schema import Language

Fact = Literal["month", "weekday"]
Form = Literal["full", "short", "variant"]
PRINTED: tuple[Form, ...] = ("full", "variant")
"""Names written out, in today's spelling or an older one."""


@dataclass(frozen=True, slots=True)
class CalendarName:
    """One spelling, in small letters; months count from 1, weekdays from 0 (Monday)."""

    fact: Fact
    number: int
    language: Language
    form: Form
    also: str  # what else the word is ("auxiliary", "abbreviation"), "" when it is nothing else
    spelling: str


@cache
def names() -> tuple[CalendarName, ...]:
    """Every spelling of every month and weekday, in the order of the calendar."""
    found = [
        CalendarName(fact, int(number), language, form, also, spelling)  # type: ignore[arg-type]  # the test of the table checks its cells
        for fact, number, language, form, also, spelling in lists.table("calendar").rows
    ]
    return tuple(sorted(found, key=lambda name: (name.fact, name.number, name.language != "id")))


def months(*forms: Form, language: Language | None = None, besides: bool = True) -> dict[str, int]:
    """Spelling -> number, January is 1. `besides`: also spellings that are an abbreviation of something else ("mrt")."""
    return _chosen("month", forms, language, besides=besides)


def weekdays(*forms: Form, language: Language | None = None) -> dict[str, int]:
    """Spelling -> number, Monday is 0."""
    return _chosen("weekday", forms, language, besides=True)


def printed(language: Language) -> tuple[str, ...]:
    """The twelve months as they are printed.

    >>> printed("id")[7]
    'Agustus'
    """
    by_number = {number: spelling for spelling, number in _chosen("month", ("full",), language, besides=True).items()}
    return tuple(by_number[number].capitalize() for number in range(1, 13))


def ambiguous(fact: Fact) -> frozenset[str]:
    """Spellings that are also a word of another meaning: by themselves they name no month ("may") and no weekday ("minggu")."""
    return frozenset(name.spelling for name in names() if name.fact == fact and name.also)


def also(fact: Fact, meaning: str) -> frozenset[str]:
    """Spellings that are also a word of this meaning."""
    return frozenset(name.spelling for name in names() if name.fact == fact and name.also == meaning)


def _chosen(fact: Fact, forms: tuple[Form, ...], language: Language | None, *, besides: bool) -> dict[str, int]:
    return {
        name.spelling: name.number
        for name in names()
        if name.fact == fact
        and (not forms or name.form in forms)
        and language in {None, name.language}
        and (besides or name.also != "abbreviation")
    }
