"""The days of the event that a question asks about: "pada Mei 2020", "sebelum September 2023", "per 1 Agustus", "minggu itu".

They are no window of publication (`qa.language.time.dates.window` finds that): an article published later may tell of them, if it names them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from qa.language.time.moments import moments

_BEFORE = re.compile(
    r"\b(?:sebelum|hingga|sampai(?:\s+dengan)?|before|until|up\s+to|by)\s+(?:tanggal\s+|tahun\s+|bulan\s+|the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:sejak|setelah|sesudah|mulai|since|after|from)\s+(?:tanggal\s+|tahun\s+|bulan\s+|the\s+)?$", re.IGNORECASE
)
_THAT = re.compile(
    r"\b(?P<id>hari|minggu|pekan|bulan|tahun)\s+(?:itu|tersebut)\b|\b(?:that|the\s+same)\s+(?P<en>day|week|month|year)\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:ter(?:baru|kini|akhir\s+kali)|paling\s+(?:baru|mutakhir)|saat\s+ini|sekarang|latest|newest|most\s+recent|current(?:ly)?)\b",
    re.IGNORECASE,
)

_COUNTED = re.compile(r"\b(?:lalu|silam|kemarin|depan|mendatang|ini|ago|last|next|this)\b", re.IGNORECASE)

Days = tuple[date, date]


def event_days(question: str, *, near: date | None = None, before: str = "") -> Days | None:
    """First and last day of the event asked about, `date.min` or `date.max` where it is open on that side; None without a date.

    near: the day that a date without its year is nearest to. before: the turn before, whose date "minggu itu" points to. A question
    with several dates has no one window.

    >>> [day.isoformat() for day in event_days("Berapa harga emas pada Mei 2020?")]
    ['2020-05-01', '2020-05-31']
    """
    if that := _THAT.search(question):
        found = moments(before, near)
        return _whole(that["id"] or that["en"], found[-1].first) if found else None
    found = [one for one in moments(question, near) if not _relative(one.text)]
    if len(found) != 1:
        return None
    [one] = found
    head = question[: one.start]
    if _BEFORE.search(head):
        until = (
            one.first - timedelta(days=1) if re.search(r"(?:sebelum|before)\W+(?:\w+\W+)?$", head, re.IGNORECASE) else one.last
        )
        return date.min, until
    if _AFTER.search(head):
        return one.first, date.max
    return one.first, one.last


def wants_newest(question: str) -> bool:
    """Does the question ask for what is newest?

    >>> wants_newest("Berapa jumlah korban terbaru?"), wants_newest("Berapa jumlah korban?")
    (True, False)
    """
    return bool(_NEWEST.search(question))


def _relative(words: str) -> bool:
    """Does an expression count from today, as "kemarin" and "3 hari lalu" do? An archive does not know which day that is."""
    return not any(character.isdigit() for character in words) or bool(_COUNTED.search(words))


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
