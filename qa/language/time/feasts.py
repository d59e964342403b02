"""Days that are named and not numbered: feasts and national days of Indonesia, days of the Hijri calendar, "H-3 Lebaran".

The days that the government keeps are `holidays`' (a library that follows the yearly decrees), the other days of the Hijri calendar
`hijridate`'s, which follows Umm al-Qura: where Indonesia sights the moon a day later, a Hijri day without a feast may be one early.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from qa.language.text.words import fold

_KEPT = {
    "Eid al-Fitr": r"idul\s?fitri|idulfitri|lebaran|eid al[- ]fitr",
    "Eid al-Adha": r"idul\s?adha|iduladha|lebaran haji|hari raya kurban|eid al[- ]adha",
    "Islamic New Year": r"tahun baru islam|tahun baru hijriah|islamic new year",
    "Prophet's Birthday": r"maulid nabi(?: muhammad(?: saw)?)?|maulid",
    "Isra' and Mi'raj": r"isra['’]?\s?mi['’]?kraj|isra['’]?\s?mi['’]?raj|isra mikraj",
    "Day of Silence": r"(?:hari raya )?nyepi",
    "Vesak Day": r"(?:hari raya )?waisak|vesak(?: day)?",
    "Lunar New Year": r"(?:tahun baru )?imlek|lunar new year|chinese new year",
    "Good Friday": r"jumat agung|wafat isa al[- ]?masih|good friday",
    "Ascension Day": r"kenaikan isa al[- ]?masih|ascension day",
}
_FIXED = {
    (12, 25): r"hari natal|natal|christmas(?: day)?(?! eve)",
    (12, 24): r"malam natal|christmas eve",
    (12, 31): r"malam tahun baru|malam pergantian tahun|new year['’]s eve",
    (1, 1): r"tahun baru(?! islam| hijriah| imlek)|new year['’]s day",
    (
        8,
        17,
    ): r"hari kemerdekaan(?: ri| indonesia)?|hut(?:\s+kemerdekaan)?(?:\s+ke-?\s?(?P<age>\d{1,3}))?\s+(?:kemerdekaan\s+)?(?:ri|republik indonesia)|hut ri(?: ke-?\s?(?P<age2>\d{1,3}))?",
    (6, 1): r"hari lahir pancasila|hari pancasila",
    (5, 1): r"hari buruh(?: internasional| sedunia)?|may day|labou?r day",
    (4, 21): r"hari kartini",
    (5, 2): r"hari pendidikan nasional|hardiknas",
    (5, 20): r"hari kebangkitan nasional|harkitnas",
    (10, 1): r"hari kesaktian pancasila",
    (10, 28): r"hari sumpah pemuda",
    (11, 10): r"hari pahlawan",
    (12, 22): r"hari ibu",
    (2, 14): r"hari valentine|valentine['’]s day",
}
_EASTER = r"hari paskah|minggu paskah|paskah|easter(?: sunday)?"
HIJRI = (
    r"muharr?am safar rabi(?:ul|['’]ul)\s?awal rabi(?:ul|['’]ul)\s?akhir jumadil\s?awal jumadil\s?akhir rajab s(?:y|h)a['’]?ban "
    r"rama(?:dh?an|dlan) s(?:y|h)aw(?:w)?al (?:zul|dzul|dhul)(?:qa['’]?dah|kaidah|kaedah) (?:zul|dzul|dhul)(?:hijjah|hijah)"
).split()
_HIJRI_FEASTS = {
    (10, 1): "Eid al-Fitr",
    (12, 10): "Eid al-Adha",
    (1, 1): "Islamic New Year",
    (3, 12): "Prophet's Birthday",
    (7, 27): "Isra' and Mi'raj",
}

_NAMES: list[tuple[str | tuple[int, int], str]] = [
    *((kept, pattern) for kept, pattern in _KEPT.items()),
    *(((month, day), pattern) for (month, day), pattern in _FIXED.items()),
    ("easter", _EASTER),
]
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


def _in_year(key: str | tuple[int, int], year: int) -> date | None:
    if isinstance(key, tuple):
        return date(year, *key)
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
