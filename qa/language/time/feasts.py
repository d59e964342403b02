"""Days that are named and not numbered: feasts and national days of Indonesia, days of the Hijri calendar, "H-3 Lebaran".

The days that the government keeps are `holidays`' (a library that follows the yearly decrees), the other days of the Hijri calendar
`hijridate`'s, which follows Umm al-Qura: where Indonesia sights the moon a day later, a Hijri day without a feast may be one early.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from qa.language import lists
from qa.language.text.words import fold

HIJRI = lists.column("feasts", "pattern", kind="hijri-month")
"""Patterns for the twelve months, in order."""
_HIJRI_FEASTS = {
    (10, 1): "Eid al-Fitr",
    (12, 10): "Eid al-Adha",
    (1, 1): "Islamic New Year",
    (3, 12): "Prophet's Birthday",
    (7, 27): "Isra' and Mi'raj",
}

_NAMES = [(day, pattern) for kind, day, pattern, _ in lists.table("feasts").rows if kind != "hijri-month"]
FEAST = "|".join(sorted((pattern for _, pattern in _NAMES), key=len, reverse=True))


def feast(name: str, year: int | None, published: date | None, *, when: str = "") -> date | None:
    """The day of a feast: in `year`, else the one nearest to publication (when = "past": not after it; "future": after it)."""
    plain = re.sub(r"\s+", " ", fold(name)).strip()
    for key, pattern in _NAMES:
        match = re.fullmatch(pattern, plain)
        if match is None:
            continue
        age = next((value for value in match.groupdict().values() if value), None)
        if age is not None:
            return date(1945 + int(age), 8, 17)
        if year is not None:
            return _in_year(key, year)
        if published is None:
            return None
        days = [day for near in (-1, 0, 1) if (day := _in_year(key, published.year + near)) is not None]
        if when == "past":
            days = [day for day in days if day <= published]
        elif when == "future":
            days = [day for day in days if day >= published]
        return min(days, key=lambda day: abs((day - published).days), default=None)
    return None


def _in_year(key: str, year: int) -> date | None:
    if key[0].isdigit():
        return date.fromisoformat(f"{year}-{key}")
    return _easter(year) if key == "easter" else _decreed(year).get(key)


@lru_cache(maxsize=256)
def _decreed(year: int) -> dict[str, date]:
    """English name of a national holiday -> its day in Indonesia (the first where a year has two)."""
    import holidays

    found: dict[str, date] = {}
    for day, names in sorted(holidays.country_holidays("ID", years=year, language="en_US").items()):
        for name in names.split("; "):
            found.setdefault(name.removesuffix(" (estimated)"), day)
    return found


def _easter(year: int) -> date | None:
    """Easter Sunday: two days after Good Friday."""
    friday = _decreed(year).get("Good Friday")
    return friday + timedelta(days=2) if friday else None


def hijri(month: str, year: int, day: int | None) -> tuple[date, date] | None:
    """First and last day of a Hijri month, or the one day of it; None for what the calendar does not have (1343 to 1500 AH)."""
    from hijridate import Hijri

    number = next((place for place, pattern in enumerate(HIJRI, start=1) if re.fullmatch(pattern, fold(month))), 0)
    if not number:
        return None
    if day is not None and (name := _HIJRI_FEASTS.get((number, day))):
        near = Hijri(year, number, day).to_gregorian()
        kept = _decreed(near.year).get(name)
        if kept is not None and abs((kept - near).days) <= 2:
            return kept, kept
    try:
        first = Hijri(year, number, day or 1)
        start = date(*first.to_gregorian().timetuple()[:3])
        return (start, start) if day else (start, start + timedelta(days=first.month_length() - 1))
    except (ValueError, OverflowError):
        return None
