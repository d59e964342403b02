"""Expressions of time in Indonesian and English news; periods.py computes what each means.

The patterns are rows of data/time_patterns.tsv, in the order in which they are tried.
"""

from __future__ import annotations

import re

from qa.language import lists
from qa.language.lists import one_of
from qa.language.time.dates import _MONTHS, _NUMBERS, _WEEKDAYS
from qa.language.time.feasts import FEAST, HIJRI

WORDS = {**_NUMBERS, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "sebelas": 11, "belasan": 0, "a": 1, "an": 1}
_SHARED = "needs-"
_ROWS = lists.table("time_patterns").rows
_PARTS = {name: pattern or needs for order, name, _, needs, pattern in _ROWS if order == "00"} | {
    "MONTH": rf"(?:{one_of(_MONTHS)})(?![^\W\d_])",
    "WEEKDAY": one_of(name.capitalize() for name in _WEEKDAYS),
    "COUNT": rf"(?:\d{{1,3}}|{one_of(WORDS)})",
    "FEAST": FEAST,
    "HIJRI": "|".join(HIJRI),
}


def straight(text: str) -> str:
    """Curly apostrophes as the straight one that the tables have: a pattern matches each of the three."""
    return text.replace("’", "'").replace("‘", "'")


def _whole(pattern: str) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: _whole(_PARTS[found[1]]), pattern)


PATTERNS = {name: re.compile(_whole(pattern), re.IGNORECASE) for order, name, _, _, pattern in _ROWS if order != "00"}
"""Name of a kind of expression -> its pattern. `day_of` says what each means."""
PRECISION = {name: precision for _, name, precision, _, _ in _ROWS if precision}
_SETS = {"MONTHS": _MONTHS, "WEEKDAYS": _WEEKDAYS}


def _needs(cell: str) -> tuple[str, ...]:
    """The alternatives of one need, without the names of others."""
    if cell in _SETS:
        return tuple(sorted({name.lower() for name in _SETS[cell]}))
    if _SHARED + cell in _PARTS:
        return _needs(_PARTS[_SHARED + cell])
    return tuple(need for part in cell.split("|") for need in _needs(part)) if "|" in cell else (cell.replace("_", " "),)


NEEDS = {name: tuple(_needs(part) for part in needs.split("&")) for order, name, _, needs, _ in _ROWS if order != "00" and needs}
"""Name -> what every text that the pattern can match has, one need of each tuple: looking for it is far cheaper than looking for the pattern.

A need of letters is a whole word of the letters a to z, with "*" the beginning of one; any other is anywhere in the text in small letters.
"""
DIGITS = frozenset({"decade", "days", "days_months", "numbers", "countdown", "hijri"})
"""The patterns of which every match has a digit."""
