"""Parts of periods, and days relative to other days: "awal 2012", "kuartal III", "pekan pertama Mei", "dua hari kemudian", "H-3 Lebaran"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from qa.language import lists
from qa.language.lists import one_of
from qa.language.time.dates import _WEEKDAYS, _month, _period, _whole_month
from qa.language.time.feasts import feast, hijri
from qa.language.time.time_patterns import PRECISION, WORDS, straight

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4,
          "first": 1, "second": 2, "third": 3, "fourth": 4, "kelima": 5, "last": 5}  # fmt: skip

_LED = re.compile(rf"\b(?:{one_of(lists.cue('month-led'))})\s$", re.IGNORECASE)

Span = tuple[date, date, str]
"""First and last day, both included, and the precision."""


def day_of(name: str, match: re.Match[str], published: date | None, anchor: Span | None) -> Span | None:
    """What a match of PATTERNS[name] means: None for no date, or one that needs a day of publication or an `anchor` that is not known."""
    got = {key: straight(value.lower()) for key, value in match.groupdict().items() if value is not None}
    try:
        found = _calendar(name, got, match, published) or (_relative(name, got, published) if published else None)
        if found is None and name == "later" and anchor is not None:
            return _later(got, anchor)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    first, last = found
    if name == "hijri" and first != last:
        return first, last, "month"
    return first, last, PRECISION.get(name) or ("day" if first == last else named(first, last))


def named(first: date, last: date) -> str:
    """The precision of a span by its borders."""
    if first == last:
        return "day"
    if (first.day, last) == (1, _whole_month(first.year, first.month)[1]):
        return "month"
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return "year"
    return "week" if (last - first).days == 6 and first.weekday() == 0 else "range"


def _year(got: dict[str, str], published: date | None) -> int | None:
    if "year" in got:
        return int(got["year"])
    if published is None:
        return None
    phrase = got.get("yearly", "")
    return published.year + (-1 if "lalu" in phrase or "last" in phrase else 1 if "depan" in phrase or "next" in phrase else 0)


def _near_month(month: int, got: dict[str, str], published: date | None) -> tuple[int, int] | None:
    """(year, month): the year that is given, else the one nearest to publication."""
    if "year" in got or "yearly" in got:
        year = _year(got, published)
        return (year, month) if year is not None else None
    if published is None:
        return None
    years = [published.year + near for near in (-1, 0, 1)]
    if "last" in got:
        years = [year for year in years if (year, month) <= (published.year, published.month)]
    if "next" in got:
        years = [year for year in years if (year, month) >= (published.year, published.month)]
    return min((abs((year - published.year) * 12 + month - published.month), year, month) for year in years)[1:]


def _names_a_month(match: re.Match[str]) -> bool:
    """Alone, only a month written out and with a capital is one: "Juni", not "FEB" or "mar"; "May" and "March" are words too.

    Behind "before" or "sejak" any month written out is one.
    """
    word = match["month"]
    if _LED.search(match.string, 0, match.start()):
        return len(word) > 3 or word.lower() in {"mei", "may"}
    return word[0].isupper() and word[1:].islower() and (len(word) > 3 or word == "Mei") and word != "March"


def _third(part: str, first: date, last: date) -> tuple[date, date]:
    """The first, middle or last third of a month, year or century."""
    place = (
        0
        if part.startswith(("awal", "early")) or "begin" in part
        else 1
        if part.startswith(("pertengahan", "tengah", "mid")) or "middle" in part
        else 2
    )
    if first.month == last.month and first.year == last.year:
        return (
            date(first.year, first.month, (1, 11, 21)[place]),
            (date(first.year, first.month, (10, 20)[place]) if place < 2 else last),
        )
    if first.year == last.year:
        return _whole_month(first.year, (1, 5, 9)[place])[0], _whole_month(first.year, (4, 8, 12)[place])[1]
    years = [first.year - 1, first.year + 32, first.year + 65, last.year]
    return date(years[place] + 1, 1, 1), date(years[place + 1], 12, 31)


def _calendar(name: str, got: dict[str, str], match: re.Match[str], published: date | None) -> tuple[date, date] | None:
    """What needs no more than a year."""
    if name in {"century", "part_century"}:
        number = int(got.get("century", got.get("encentury", "0")))
        if not 1 <= number <= 21:
            return None
        whole = date(number * 100 - 99, 1, 1), date(number * 100, 12, 31)
        return _third(got["part"], *whole) if name == "part_century" else whole
    if name == "decade":
        begins = int(got.get("full") or got.get("en") or "19" + got["short"])
        return date(begins, 1, 1), date(begins + 9, 12, 31)
    if name == "part_year":
        year = _year(got, published)
        return _third(got["part"], date(year, 1, 1), date(year, 12, 31)) if year else None
    if name in {"quarter", "half"}:
        year = _year(got, published)
        if year is None:
            return None
        place, length = (_ROMAN[got.get("q") or got.get("qq") or got["qe"]], 3) if name == "quarter" else (_ROMAN[got["h"]], 6)
        return date(year, (place - 1) * length + 1, 1), _whole_month(year, place * length)[1]
    if name in {"month_of", "week_of", "days", "month", "month_this"} or (name == "part_month" and "month" in got):
        near = _near_month(_month(got["month"]), got, published)
        if near is None or (name == "month" and not _names_a_month(match)):
            return None
        if name == "week_of":
            monday = (_ROMAN[got["w"]] - 1) * 7 + 1
            return date(*near, monday), date(*near, min(monday + 6, monthrange(*near)[1]))
        if name == "days":
            first, last = date(*near, int(got["a"])), date(*near, int(got["b"]))
            return (first, last) if first < last else None
        whole = _whole_month(*near)
        return _third(got["part"], *whole) if name == "part_month" else whole
    if name == "days_months":
        until = _near_month(_month(got["month2"]), got, published)
        if until is None:
            return None
        month = _month(got["month"])
        first, last = date(until[0] - (month > until[1]), month, int(got["a"])), date(*until, int(got["b"]))
        return (first, last) if first < last else None
    if name == "numbers":
        day = date(int(got["year"]), int(got["mon"]), int(got["day"]))
        return day, day
    if name == "hijri":
        return hijri(got["hmonth"], int(got["hyear"]), int(got["day"]) if "day" in got else None)
    if name in {"countdown", "around", "feast"}:
        return _feast(name, got, published)
    return None


def _feast(name: str, got: dict[str, str], published: date | None) -> tuple[date, date] | None:
    when = "past" if "last" in got else "future" if "next" in got else ""
    year = int(got["year"]) if "year" in got else None
    if "hyear" in got:  # "Idulfitri 1444 H": the Hijri year begins in the summer to autumn of 579 years later, and moves
        year = round(int(got["hyear"]) * 0.970224 + 621.5774)
    day = feast(got["feast"], year, published, when=when)
    if day is None:
        return None
    if name == "countdown":
        day += timedelta(days=int(got["n"]) * (1 if got["sign"] == "+" else -1))
    elif name == "around":
        count, unit = amount(got)
        day = moved(day, unit, count if got["side"] in {"setelah", "sesudah", "pasca", "after"} else -count)
    return day, day


def _relative(name: str, got: dict[str, str], published: date) -> tuple[date, date] | None:
    """Expressions relative to the day of publication."""
    if name == "part_year":
        return _third(got["part"], date(published.year, 1, 1), date(published.year, 12, 31))
    if name == "part_month":
        phrase = got["monthly"]
        whole = _period(
            "bulan", published, -1 if "last" in phrase or "lalu" in phrase else 1 if "depan" in phrase or "next" in phrase else 0
        )
        return _third(got["part"], *whole)
    if name == "weekend":
        phrase = got.get("when", got.get("enwhen", ""))
        monday = _period(
            "pekan", published, -1 if phrase in {"lalu", "last"} else 1 if phrase in {"depan", "mendatang", "next"} else 0
        )[0]
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if name == "small_week":
        return _period("pekan", published, {"lalu": -1, "kemarin": -1, "ini": 0, "depan": 1}[got["when"]])
    if name == "weekday_of":
        monday = _period("pekan", published, {"lalu": -1, "ini": 0, "depan": 1}[got["when"]])[0]
        day = monday + timedelta(days=_WEEKDAYS[got["weekday"]])
        return day, day
    if name == "weekday":
        day = published - timedelta(days=(published.weekday() - _WEEKDAYS[got["weekday"]]) % 7)
        return day, day
    if name == "hours":
        day = published - timedelta(days=1 if "night" in got else 0)
        return day, day
    if name == "recent":
        count, unit = amount(got)
        back = got.get("side") == "terakhir" or got.get("en") in {"last", "past"}
        other = moved(published, unit, -count if back else count)
        return (other, published) if back else (published, other)
    if name in {"ahead", "ago"}:
        count, unit = amount(got)
        sign = 1 if name == "ahead" else -1
        if unit == "hari":
            day = moved(published, unit, sign * count)
            return day, day
        return _period("tahun", published, sign * count * 10) if unit == "dekade" else _period(unit, published, sign * count)
    return None


def _later(got: dict[str, str], anchor: Span) -> Span | None:
    """Expressions relative to an earlier date in the text."""
    first, last, precision = anchor
    if "same" in got:
        return anchor if precision == "day" else None
    if "sameyear" in got:
        return (date(first.year, 1, 1), date(first.year, 12, 31), "year") if first.year == last.year else None
    if "nextyear" in got:
        return date(first.year + 1, 1, 1), date(first.year + 1, 12, 31), "year"
    count, unit = (1, "hari") if "next" in got else amount(got)
    if got.get("side") in {"sebelumnya", "earlier", "before"}:
        count = -count
    if precision == "day":
        day = moved(first, unit, count)
        return day, day, "day"
    if precision == "month" and unit in {"bulan", "tahun"}:
        return *_period("bulan", first, count * (12 if unit == "tahun" else 1)), "month"
    if precision == "year" and unit in {"tahun", "dekade"}:
        return *_period("tahun", first, count * (10 if unit == "dekade" else 1)), "year"
    return None


def amount(got: dict[str, str]) -> tuple[int, str]:
    """(number, unit in Indonesian) of "tiga bulan", "sepekan", "two weeks"."""
    if "one" in got:
        return 1, got["one"].removeprefix("se")
    count, unit = got.get("count", got.get("encount", "")), got.get("unit", got.get("enunit", ""))
    number = int(count) if count.isdigit() else WORDS[count]
    english = {"day": "hari", "week": "pekan", "month": "bulan", "year": "tahun", "decade": "dekade"}
    return number, english.get(unit.rstrip("s"), "dekade" if unit == "dasawarsa" else unit)


def moved(day: date, unit: str, count: int) -> date:
    """A day so many units later; the last of the month where that has fewer days."""
    if unit == "hari":
        return day + timedelta(days=count)
    if unit in {"pekan", "minggu"}:
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * {"bulan": 1, "tahun": 12, "dekade": 120}[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
