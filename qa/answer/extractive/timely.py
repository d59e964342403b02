"""Which candidates are of the days that a question asks about: of "per 5 Maret" no figure of the 6th, of "sebelum Maret" nothing of March."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.language.time.bound_days import is_open, of_days
from qa.schema import Hit, Query

EQUAL = 0.5
"""Share of the best one's confidence from which a candidate of the days that are asked about precedes it."""


def timely(query: Query, found: Sequence[Candidate], *, closed: bool = False) -> list[Candidate]:
    """The candidates that are of the days to which the question binds its answer; all where it binds to none.

    A period with two ends ("pada Maret") may be when the event was and not of when its figures are: only `closed` filters by it as well.
    """
    return [one for one in found if in_days(query, one.hit, one.first, one.last, closed=closed)]


def in_days(query: Query, hit: Hit, first: int, last: int, *, closed: bool = False) -> bool:
    """Are the sentences from `first` to `last` of a hit's passage of the days to which the question binds its answer? `closed` as in `timely`."""
    if query.event is None or not query.event_binds or not (closed or is_open(query.event)):
        return True
    return of_days(query.event, hit.passage.text, first, last, hit.passage.published)


def preferred(query: Query, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The candidates, of two nearly as sure the one first that is of the days asked about."""
    if query.event is None or not query.event_binds or is_open(query.event) or not ranked:
        return list(ranked)
    near = [one for one in ranked if one.confidence >= EQUAL * ranked[0].confidence]
    rest = [one for one in ranked if one not in near]
    return sorted(near, key=lambda one: one.candidate not in timely(query, [one.candidate], closed=True)) + rest
