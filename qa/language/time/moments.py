"""Every expression of time in a text, with the days that it means and how precisely it tells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qa.language.text.words import ascii_words
from qa.language.time.dates import _whole_month, find
from qa.language.time.periods import Span, day_of, named
from qa.language.time.time_patterns import DIGITS, NEEDS, PATTERNS, straight

_JOINED = re.compile(r"\s*(?:[-–—]|hingga|sampai(?:\s+dengan)?|s/?d|to|until)\s*", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[A-Z]\w*\s$")
_NOW = re.compile(r"Today|Tomorrow|Yesterday|Hari\s+Ini|Kemarin|Besok|Esok|Lusa")
_LED_BY = re.compile(rf"(?:{PATTERNS['weekday'].pattern})|(?i:besok|esok|kemarin|hari\s+ini|lusa|today|tomorrow|yesterday)")
_BEFORE_DATE = re.compile(r"[\s,(]*")


@dataclass(frozen=True, slots=True)
class Moment:
    """text[start:end] means the days `first` to `last`, both included.

    precision: day, week, month, quarter, year, decade, century, part (a third of a month or year, a half) or range.
    """

    start: int
    end: int
    first: date
    last: date
    precision: str
    text: str


def moments(text: str, published: date | None = None) -> list[Moment]:
    """The expressions of time in a text, in order, without overlap; those that cannot be placed are left out.

    What is relative to "now" is counted from the day of publication, "dua hari kemudian" from the date before it in the text, and a
    month, day or feast without its year is the nearest to publication.
    """
    own: list[tuple[int, int, Callable[[Span | None], Span | None]]] = []
    read: list[tuple[int, int, Callable[[Span | None], Span | None]]] = [
        (one.start, one.end, _known(one.first, one.last)) for one in find(text, published)
    ]
    for name in _possible(text):  # put before what `find` reads of the same words
        own += [(match.start(), match.end(), _reading(name, match, published)) for match in PATTERNS[name].finditer(text)]
    found: list[Moment] = []
    for start, end, means in sorted([*own, *read], key=lambda each: (each[0], -each[1])):
        if found and start < found[-1].end:
            continue
        anchor = (found[-1].first, found[-1].last, found[-1].precision) if found else None
        if _NOW.fullmatch(text, start, end) and _NAME_BEFORE.search(text[max(0, start - 30) : start]):
            continue  # "Russia Today"
        meant = means(anchor)
        if meant is not None:
            found.append(Moment(start, end, *meant, text[start:end]))
    return _merged(text, found)


_DIGIT = re.compile(r"\d")
_OF_NEED: dict[str, int] = defaultdict(int)
"""A need -> a bit for each pattern and part of its needs that has it."""
_WHOLE: dict[str, int] = {}
"""Pattern -> the bits of all parts of its needs; the need "" is a digit."""
for _name in PATTERNS:
    _WHOLE[_name] = 0
    for _part in (*NEEDS.get(_name, ()), *([("",)] if _name in DIGITS else [])):
        _bit = 1 << sum(bits.bit_count() for bits in _WHOLE.values())
        _WHOLE[_name] |= _bit
        for _need in _part:
            _OF_NEED[_need] |= _bit
_ACROSS = tuple((need, bits) for need, bits in _OF_NEED.items() if need and not re.fullmatch(r"[a-z]+\*?", need))
_BEGINNINGS = tuple((need[:-1], bits) for need, bits in _OF_NEED.items() if need.endswith("*"))


def _possible(text: str) -> tuple[str, ...]:
    """The patterns whose needs the text has, in the order in which they are tried."""
    small = straight(text.lower())
    found = _OF_NEED[""] if _DIGIT.search(text) else 0
    for bits in map(_of_word, ascii_words(small)):
        found |= bits
    for need, bits in _ACROSS:
        if need in small:
            found |= bits
    return _having(found)


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> int:
    """The bits of the needs that a word has; most have none."""
    found = _OF_NEED.get(word, 0)
    for need, bits in _BEGINNINGS:
        if word.startswith(need):
            found |= bits
    return found


@lru_cache(maxsize=10_000)
def _having(bits: int) -> tuple[str, ...]:
    return tuple(name for name, whole in _WHOLE.items() if bits & whole == whole)


def _known(first: date, last: date) -> Callable[[Span | None], Span | None]:
    return lambda _: (first, last, named(first, last))


def _reading(name: str, match: re.Match[str], published: date | None) -> Callable[[Span | None], Span | None]:
    return lambda anchor: day_of(name, match, published, anchor)


def _merged(text: str, found: list[Moment]) -> list[Moment]:
    """A weekday or "besok" goes with the date after it, and two dates with "hingga" between them are one range."""
    out: list[Moment] = []
    for one in found:
        before = out[-1] if out else None
        gap = text[before.end : one.start] if before else ""
        if (
            before
            and _BEFORE_DATE.fullmatch(gap)
            and before.precision == one.precision == "day"
            and _LED_BY.fullmatch(before.text)
        ):
            out[-1] = replace(one, start=before.start, text=text[before.start : one.end])
        elif before and gap.isspace() and (before.precision, one.precision) == ("month", "year"):  # "in March 2021"
            out[-1] = Moment(
                before.start, one.end, *_whole_month(one.first.year, before.first.month), "month", text[before.start : one.end]
            )
        elif before and gap and _JOINED.fullmatch(gap) and before.first < one.last and before.precision == one.precision:
            out[-1] = Moment(before.start, one.end, before.first, one.last, "range", text[before.start : one.end])
        else:
            out.append(one)
    return out
