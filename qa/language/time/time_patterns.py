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


def _whole(pattern: str) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: _whole(_PARTS[found[1]]), pattern)


PATTERNS = {name: re.compile(_whole(pattern), re.IGNORECASE) for order, name, _, _, pattern in _ROWS if order != "00"}
"""Name of a kind of expression -> its pattern. `day_of` says what each means."""
PRECISION = {name: precision for _, name, precision, _, _ in _ROWS if precision}
NEEDS = {
    name: tuple(_PARTS.get(_SHARED + needs, needs).replace("_", " ").split("|"))
    for order, name, _, needs, _ in _ROWS
    if order != "00" and needs
} | dict.fromkeys(("days", "days_months", "month"), tuple(sorted({name.lower() for name in _MONTHS})))
NEEDS["weekday"] = tuple(sorted({name.lower() for name in _WEEKDAYS}))
"""What every text that a pattern can match has, in small letters: looking for it is far cheaper than looking for the pattern."""
DIGITS = frozenset({"decade", "days", "days_months", "numbers", "countdown", "hijri"})
"""The patterns of which every match has a digit."""
