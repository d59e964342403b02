"""Dates as Indonesian and English newspapers write them, and the window of publication that a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.language import calendar, lists, numbers
from qa.language.lists import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = {word: number for word, number in numbers.whole("cardinal").items() if number}
_MONTHS = calendar.months()
_WEEKDAYS = calendar.weekdays(*calendar.PRINTED)
_RELATIVE = {
    "kemarin lusa": -2,
    "kemarin": -1,
    "yesterday": -1,
    "hari ini": 0,
    "today": 0,
    "lusa": 2,
    "besok": 1,
    "esok": 1,
    "tomorrow": 1,
}


_MONTH = rf"(?:{one_of(_MONTHS)})(?![^\W\d_])\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_LAST = r"(?:yang\s+lalu|lalu|silam|kemarin|last)"
_AHEAD = r"(?:mendatang|depan|yang\s+akan\s+datang|berikutnya|next)"
_UNIT = lists.alternatives("phrases", "time-unit")
_DATE = re.compile(
    rf"""(?<![\w.,/:-])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?![\w-]|\.\d)
    | (?:(?P<nhead>(?:{one_of(_WEEKDAYS)}|tanggal|tgl\.?|on)\s*,?\s*\(?\s*))?(?P<nday>{_DAY})/(?P<nmonth>\d{{1,2}})
      (?(nhead)(?:/(?P<nyear>\d{{4}}|\d\d))?|/(?P<nfull>\d{{4}}|\d\d))(?![\w/]|[.,]\d)\s*\)?
    | (?P<yfrom>{_YEAR})\s?[-–]\s?(?P<yto>{_YEAR})(?![\w/:%]|[.,-]\d)
    | (?P<day>{_DAY})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{_MONTH})(?:\s*,?[\s-]*(?P<year>{_YEAR})(?!\w|[.,]\d))?(?:\s+(?P<dlast>{_LAST})\b)?
    | (?P<emonth>{_MONTH})\s+(?P<eday>{_DAY})(?:st|nd|rd|th)?(?![\w/:]|[.,]\d)(?:\s*,?\s*(?P<eyear>{_YEAR})(?!\w|[.,]\d))?
    | (?:bulan\s+|month\s+of\s+)?(?P<bmonth>{_MONTH})(?:\s+tahun)?\s+(?P<byear>{_YEAR})(?!\w|[.,]\d)
    | (?P<pre>last|next)\s+(?P<premonth>{_MONTH})
    | (?:bulan\s+)?(?P<lmonth>{_MONTH})\s+(?:(?P<llast>{_LAST})|(?P<lnext>{_AHEAD}))\b
    | (?:bulan|in)\s+(?P<omonth>{_MONTH})
    | (?P<wpre>last|next)\s+(?P<wpreday>{one_of(_WEEKDAYS)})\b
    | (?P<weekday>{one_of(_WEEKDAYS)})\s+(?:(?:pekan|minggu)\s+)?(?:(?P<wlast>{_LAST})|(?P<wnext>{_AHEAD}))\b
    | (?P<span>{one_of(lists.cue("span"))})\s+(?P<spanned>{one_of(lists.cue("span-which"))})\b
    | (?:(?P<since>\d{{1,2}})|(?P<sinceword>{one_of(_NUMBERS)}))\s+
      (?P<unit>{_UNIT})\s+(?:yang\s+)?(?:lalu|silam|ago)\b
    | (?P<relative>{one_of(_RELATIVE)})\b
    | (?:tahun\s+)?(?P<only>{_YEAR})(?![\w/:%]|[.,-]\d|-an\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_START = re.compile(r"(\d|[^\W\d_]++)[\w.,/:-]*+|[\w.,/:-]++")
_FIRST = {
    re.split(r"[\W\d_]", name, maxsplit=1)[0].lower()
    for name in (*_MONTHS, *_WEEKDAYS, *_NUMBERS, *_RELATIVE, *lists.cue("span"))
} | {"tanggal", "tgl", "on", "bulan", "month", "last", "next", "in", "tahun"}
"""The first letters of everything that _DATE matches: to look for these is far cheaper than to try it everywhere."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day, month or year at text[start:end]; a day has first == last."""

    start: int
    end: int
    first: date
    last: date
    text: str


def find(text: str, published: date | None = None) -> list[FoundDate]:
    """The dates in a text, in order, without overlap, day by day or as the month or year that they name.

    A date without a year, and "kemarin" or "Juli lalu", is counted from the day of publication and left out where that is not
    known. What only looks like a date ("31/2", "1.500", "7:09") is none.
    """
    found: list[FoundDate] = []
    for match in _matches(text):
        days = _days(match, published)
        if days:
            end = match.start() + len(match.group().rstrip())
            found.append(FoundDate(match.start(), end, *days, text[match.start() : end]))
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `_DATE.finditer` gives."""
    end = 0
    for start in _START.finditer(text):
        if _may_open(start[1]) and start.start() >= end:
            match = _DATE.match(text, start.start())
            if match:
                end = match.end()
                yield match


@lru_cache(maxsize=50_000)
def _may_open(word: str | None) -> bool:
    """May a date begin with these letters or this digit?"""
    return word is not None and (word.isdigit() or word.lower() in _FIRST or not word.isascii())


def _days(match: re.Match[str], published: date | None) -> tuple[date, date] | None:
    """First and last day that a match of _DATE names, None when it is no date or cannot be placed."""
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        return _fixed(got, published) or (_counted(got, published) if published else None)
    except (ValueError, OverflowError):  # the 31st of February
        return None


def _fixed(got: dict[str, str], published: date | None) -> tuple[date, date] | None:
    """Dates written with numbers or a month's name; a missing year is the one nearest to publication."""
    if "iso" in got:
        day = date.fromisoformat(got["iso"])
        return day, day
    for prefix in ("n", "", "e"):
        if f"{prefix}day" not in got:
            continue
        month = int(got["nmonth"]) if prefix == "n" else _month(got[f"{prefix}month"])
        number, year = int(got[f"{prefix}day"]), got.get(f"{prefix}year", got.get("nfull"))
        if year is not None:
            day = date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        elif published is None:
            return None
        else:
            day = _nearest(published, month, number, past="dlast" in got)
        return day, day
    if "byear" in got:
        return _whole_month(int(got["byear"]), _month(got["bmonth"]))
    if "yfrom" in got:
        return (date(int(got["yfrom"]), 1, 1), date(int(got["yto"]), 12, 31)) if got["yfrom"] < got["yto"] else None
    if "only" in got:
        return date(int(got["only"]), 1, 1), date(int(got["only"]), 12, 31)
    return None


def _counted(got: dict[str, str], published: date) -> tuple[date, date] | None:
    """Dates relative to the day of publication: "Juli lalu", "Senin depan", "pekan ini", "dua hari lalu", "kemarin"."""
    for name, ahead in (("premonth", got.get("pre", "").lower() == "next"), ("lmonth", "lnext" in got), ("omonth", False)):
        if name in got:
            month = _month(got[name])
            passed = month < published.month or (month == published.month and name == "omonth")
            year = published.year + (1 if ahead and month <= published.month else 0 if ahead or passed else -1)
            return _whole_month(year, month)
    if "weekday" in got or "wpreday" in got:
        number = _WEEKDAYS[re.sub("[’‘]", "'", got.get("weekday", got.get("wpreday", "")).lower())]
        if "wnext" in got or got.get("wpre", "").lower() == "next":
            day = published + timedelta(days=(number - published.weekday() - 1) % 7 + 1)
        else:
            day = published - timedelta(days=(published.weekday() - number - 1) % 7 + 1)
        return day, day
    if "relative" in got:
        day = published + timedelta(days=_RELATIVE[re.sub(r"\s+", " ", got["relative"].lower())])
        return day, day
    if "unit" in got:
        many = int(got["since"]) if "since" in got else _NUMBERS[got["sinceword"].lower()]
        unit = got["unit"].lower()
        if unit.startswith(("hari", "day")):
            day = published - timedelta(days=many)
            return day, day
        return _period(unit, published, -many)
    if "span" in got:
        one, two = got["span"].lower(), got["spanned"].lower()
        english = one in {"last", "this", "next"}
        if english != (two in {"week", "month", "year"}):
            return None
        unit, when = (two, one) if english else (one, two)
        if unit == "hari":
            return (published, published) if when == "ini" else None
        return _period(unit, published, {"ini": 0, "this": 0, "depan": 1, "mendatang": 1, "next": 1}.get(when, -1))
    return None


def _period(unit: str, published: date, many: int) -> tuple[date, date]:
    """The week, month or year that lies `many` after the one of publication."""
    if unit.startswith(("pekan", "minggu", "week")):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=many)
        return monday, monday + timedelta(days=6)
    if unit.startswith(("bulan", "month")):
        months = published.year * 12 + published.month - 1 + many
        return _whole_month(months // 12, months % 12 + 1)
    return date(published.year + many, 1, 1), date(published.year + many, 12, 31)


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _whole_month(year: int, month: int) -> tuple[date, date]:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _nearest(published: date, month: int, day: int, *, past: bool) -> date:
    """That day in the year nearest to publication, never after it when `past` (29 February needs a leap year)."""
    years: Iterator[int] = iter((published.year - 1, published.year, published.year + 1))
    days = []
    for year in years:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    days = [one for one in days if not past or one <= published]
    if not days:
        raise ValueError(f"no day {day}/{month} near {published}")
    return min(days, key=lambda one: (abs(one - published), one))


_SOURCES = rf"(?:{lists.alternatives('phrases', 'coverage')})"
_PUBLISHED = r"(?:terbit|diterbitkan|terbitan|dimuat|ditulis|dipublikasikan|published|written|dated)"
_LINK = rf"(?:\s+(?:{one_of(lists.cue('window'))}))*"
_BETWEEN = re.compile(r"^\s*(?:dan|sampai(?:\s+dengan)?|hingga|s/?d|and|to|until|[-–—])\s*$", re.IGNORECASE)
_EDGES = ("edge-after", "edge-before", "edge-in", "edge-since", "edge-until")
EDGES = {word: edge for edge in _EDGES for word in lists.cue(edge)}
"""Words before a day or period -> on which side of it the days are that are meant: "sebelum" -> edge-before."""
_BEFORE = re.compile(
    rf"(?:\b{_SOURCES}{_LINK}|\b{_PUBLISHED}{_LINK})\s+(?P<how>{one_of(EDGES)})?\s*(?:tanggal\s+|bulan\s+|tahun\s+)?$",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"(?P<a>{_DAY})\s*(?:dan|sampai|hingga|s/?d|and|to|[-–—])\s*$", re.IGNORECASE)
_EARLIEST, _LATEST = date(1500, 1, 1), date(2099, 12, 31)


def window(question: str, today: date | None = None) -> tuple[date, date] | None:
    """First and last day of publication that a question asks for in so many words, both included; None when it does not.

    "berita bulan September 2023", "artikel yang terbit antara 1 dan 5 Mei 2023", "news since 2019". A date that belongs to the
    fact asked for ("apa yang terjadi pada 28 April 2016?") is no window.
    """
    found = find(question, today)
    for place, one in enumerate(found):
        head, first, last = question[: one.start], one.first, one.last
        following = found[place + 1] if place + 1 < len(found) else None
        if following and _BETWEEN.match(question[one.end : following.start]):
            last = following.last
        else:
            short = _SHORT.search(head)
            if short and one.first == one.last:
                try:
                    first = one.first.replace(day=int(short.group("a")))
                except ValueError:
                    continue
                head = head[: short.start()]
        before = _BEFORE.search(head)
        if before is None or first > last:
            continue
        return bounded(
            EDGES.get((before.group("how") or "").lower(), "edge-in"), first, last, earliest=_EARLIEST, latest=today or _LATEST
        )
    return None


def bounded(edge: str, first: date, last: date, *, earliest: date = date.min, latest: date = date.max) -> tuple[date, date]:
    """The days on the side of a period that `edge` (a value of EDGES) says, both included."""
    if edge == "edge-since":
        return first, latest
    if edge == "edge-after":
        return last + timedelta(days=1), latest
    if edge == "edge-before":
        return earliest, first - timedelta(days=1)
    return (earliest if edge == "edge-until" else first), last
