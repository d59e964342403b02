"""Which passages may tell of an event of certain days: those published then, and those of articles that name the days.

A question for what happened "pada Mei 2020" is narrowed so: an article of another month that names neither May nor 2020 cannot answer it. One
without a day of publication may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qa.language import calendar

if TYPE_CHECKING:
    from qa.index.generation import Generation

AFTER = timedelta(days=7)
"""How long after its last day an event is still reported as recent, without its date."""
MOST = 20_000
"""Passages with a word of the days, from which they tell too little apart to narrow by them."""
_MONTH = 31  # days of a window from which only years are named


def event_rows(days: tuple[date, date], generation: Generation) -> set[int] | None:
    """The rows of the passages of every article that may tell of an event of `days` (`date.min`, `date.max`: open); None: all may."""
    first, last = days
    until = last if last == date.max else last + AFTER
    undated = generation.articles.undated_rows()
    if len(undated) == generation.n_passages:
        return None
    rows = set(undated)
    rows.update(generation.articles.rows_in((first, until)) or ())
    for token in _names(days):
        frequency = generation.lexical.document_frequency(token)
        if frequency > MOST:
            return None
        if frequency:
            found = [row for row, _ in generation.lexical.search([token], frequency)]
            rows |= generation.articles.rows_beside(found)
    return rows


def allowed(days: tuple[date, date] | None, rows: Sequence[int] | None, generation: Generation) -> Sequence[int] | None:
    """`rows` (None: all) without those of articles that cannot tell of an event of `days`; never more than `rows`."""
    if days is None:
        return rows
    may = event_rows(days, generation)
    if may is None:
        return rows
    return sorted(may if rows is None else may.intersection(rows))


def _names(days: tuple[date, date]) -> Iterator[str]:
    """The words by which a text names the days: years, and months in both languages where they are not whole years."""
    ends = [day for day in days if day not in {date.min, date.max}]
    yield from dict.fromkeys(str(day.year) for day in ends)
    if len(ends) < 2 or (ends[1] - ends[0]).days < _MONTH:
        months = {day.month for day in ends}
        yield from (name for name, number in calendar.months().items() if number in months and not name.isdigit())
        yield from (f"{day.day}/{day.month}" for day in dict.fromkeys(ends))
