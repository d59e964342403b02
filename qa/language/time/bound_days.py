"""Is a sentence, or a passage, of the days to which a question binds its answer? Of "per 5 Maret" no figure of the 6th is."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from qa.language.time.moments import Moment, moments

AFTER = timedelta(days=1)
"""How long after a day its newspapers still tell of it without its date."""

Days = tuple[date, date]
"""First and last, both included; `date.min` and `date.max` where a side is open."""


def is_open(days: Days) -> bool:
    """Is one side open?"""
    return date.min in days or date.max in days


def may_tell(days: Days, body: str, published: date | None) -> bool:
    """May a passage tell of the days: was it published in them, or does it name one of them?"""
    first, last = days
    if published is None or first <= published <= last:
        return True
    return any(each.first <= last and first <= each.last for each in _moments(body, published))


def of_days(days: Days, body: str, start: int, end: int, published: date | None) -> bool:
    """Is body[start:end] of the days that it names, else of the day of publication?

    Of days that begin somewhere it may be of those named last before it, too.
    """
    first, last = days
    every = _moments(body, published)
    own = [each for each in every if start <= each.start < end]
    if first == date.min:  # a later report of an earlier event counts, but not a later figure beside the day of that event
        return (published is not None and published <= last) or (bool(own) and all(each.last <= last for each in own))
    near = own or [each for each in every if each.end <= start][-1:]
    if any(each.first <= last and first <= each.last for each in near):
        return True
    until = last if own or last == date.max else last + AFTER
    return published is None or first <= published <= until


@lru_cache(maxsize=256)
def _moments(body: str, published: date | None) -> tuple[Moment, ...]:
    return tuple(moments(body, published))
