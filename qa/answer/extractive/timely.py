"""Which candidates are of the days that a question asks about: of "per 5 Maret" no figure of the 6th, of "sebelum Maret" nothing of March."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.choice import Ranked
from qa.language.time.bound_days import Days, is_open, of_days
from qa.schema import Query

EQUAL = 0.5
"""Share of the best one's confidence from which a candidate of the days that are asked about precedes it."""


def timely(query: Query, found: Sequence[Candidate], *, closed: bool = False) -> list[Candidate]:
    """The candidates that are of the days to which the question binds its answer; all where it binds to none.

    A period with two ends ("pada Maret") may be when the event was and not of when its figures are: only `closed` filters by it as well.
    """
    if query.event is None or not query.event_binds or not (closed or is_open(query.event)):
        return list(found)
    return [one for one in found if _is_timely(query.event, one)]


def preferred(query: Query, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The candidates, of two nearly as sure the one first that is of the days asked about."""
    if query.event is None or not query.event_binds or is_open(query.event) or not ranked:
        return list(ranked)
    near = [one for one in ranked if one.confidence >= EQUAL * ranked[0].confidence]
    days = query.event
    return sorted(near, key=lambda one: not _is_timely(days, one.candidate)) + [one for one in ranked if one not in near]


def _is_timely(days: Days, one: Candidate) -> bool:
    passage = one.hit.passage
    return of_days(days, passage.text, one.first, one.last, passage.published)
