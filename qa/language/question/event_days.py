"""The days of the event that a question asks about: "pada Mei 2020", "sebelum September 2023", "per 1 Agustus", "minggu itu".

They are no window of publication (`qa.language.time.dates.window` finds that): an article published later may tell of them, if it names them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qa.language import calendar, lists
from qa.language.lists import one_of
from qa.language.time.dates import EDGES, bounded
from qa.language.time.moments import moments
from qa.language.time.time_patterns import PATTERNS

_EDGE = re.compile(rf"\b(?P<edge>{one_of(EDGES)})\s+(?:(?:tanggal|tahun|bulan|hari|the)\s+)*$", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?P<id>hari|minggu|pekan|bulan|tahun)\s+(?:itu|tersebut)\b|\b(?:that|the\s+same)\s+(?P<en>day|week|month|year)\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    rf"\b(?:{one_of(lists.cue('newest'))})\b|\b(?P<noun>{one_of(lists.cue('newest-noun'))})\s+terakhir\b", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:lalu|silam|kemarin|depan|mendatang|ini|ago|last|next|this)\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{one_of(calendar.months())})\b", re.IGNORECASE)
_BACK = timedelta(days=150)
"""How long before the archive's last day a date without its year is looked for: the nearest to that is at most a month after the last day."""

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class EventDays:
    """First and last day of the event asked about, both included; `date.min` or `date.max` where it is open on that side.

    `binding`: what answers must be of these days ("sebelum Mei"); else they only say which event is meant ("gempa 28 September").
    question[start:end] are the words that say so. `newest`: of what is of these days the last is asked for ("per 5 Maret").
    """

    days: Days
    start: int
    end: int
    binding: bool = False
    newest: bool = False


def event_days(question: str, *, near: date | None = None, before: str = "") -> EventDays | None:
    """The days of the event asked about; None without a date.

    near: the archive's last day, before which a date without its year is looked for, or at most a month after it. before: the turn before,
    whose date "minggu itu" points to. A question with several dates has no one window.

    >>> [day.isoformat() for day in event_days("Berapa harga emas pada Mei 2020?").days]
    ['2020-05-01', '2020-05-31']
    """
    near = near - _BACK if near else None
    if that := _THAT.search(question):
        found = moments(before, near)
        return EventDays(_whole(that["id"] or that["en"], found[-1].first), *that.span(), binding=True) if found else None
    found = [one for one in moments(question, near) if not _relative(one.text)]
    if len(found) != 1:
        return None
    [one] = found
    led = _EDGE.search(question, 0, one.start)
    if led is None:
        return EventDays((one.first, one.last), one.start, one.end)
    edge = EDGES[" ".join(led["edge"].lower().split())]
    edge = "edge-in" if edge == "edge-since" and one.precision == "range" else edge  # "dari 3 sampai 9 Mei"
    days = bounded(edge, one.first, one.last)
    return EventDays(days, led.start(), one.end, binding=True, newest=edge == "edge-until")


def wants_newest(question: str) -> bool:
    """Does the question ask for what is newest?

    >>> wants_newest("Berapa jumlah korban terbaru?"), wants_newest("Berapa jumlah korban?")
    (True, False)
    """
    return bool(_NEWEST.search(question))


def without_newest(question: str) -> tuple[str, tuple[str, ...]]:
    """A question without the words by which it asks for what is newest, and those words: no article needs to have them.

    >>> without_newest("Apa status terbaru Gunung Sempari?")
    ('Apa status Gunung Sempari?', ('terbaru',))
    """
    words = tuple(
        word for match in _NEWEST.finditer(question) for word in match.group().removeprefix(match["noun"] or "").split()
    )
    return " ".join(_NEWEST.sub(lambda match: match["noun"] or "", question).split()), words


def _relative(words: str) -> bool:
    """Does an expression count from today, as "kemarin" and "3 hari lalu" do? An archive does not know which day that is."""
    named = any(character.isdigit() for character in words) or _MONTH.search(words) or PATTERNS["feast"].search(words)
    return not named or bool(_COUNTED.search(words))


def _whole(unit: str, day: date) -> Days:
    """The day, week (from Monday), month or year that a day lies in."""
    unit = unit.lower()
    if unit in {"hari", "day"}:
        return day, day
    if unit in {"minggu", "pekan", "week"}:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit in {"bulan", "month"}:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), after - timedelta(days=1)
    return date(day.year, 1, 1), date(day.year, 12, 31)
