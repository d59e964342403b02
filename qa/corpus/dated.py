"""The sentences of an article that tell a time, each with its days and the sentences beside it: found once, when an article is indexed.

A timeline of a name that thousands of articles mention reads these and no whole text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from qa.corpus.passages import sentence_spans
from qa.language import calendar, lists
from qa.language.text.words import ascii_words
from qa.language.time.feasts import HIJRI
from qa.language.time.moments import Moment, moments
from qa.schema import Article

_PERIOD = re.compile(r"\b(?:terakhir|mendatang|ke\s+depan|last|past|next)\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"[\dH](?:(?<=\bH)\s?[-+–]|(?<!H)(?:(?<!\d\d)(?:(?<=1)[3-9]|(?<=2)0)\d\d(?!\d)|\s?[-/+–]\s?\d|[.]\d{1,2}[.]\d|0(?:-an|s)))"
)
"""What figures alone tell a time: a year, 13/9, 4-5, 1.2.2023, 90-an, H-3; others need a word beside them.

It opens with one character of a set, which is looked for far faster than any of several beginnings.
"""
_LATER = re.compile(rf"\b(?:{lists.alternatives('phrases', 'time-after')})\b", re.IGNORECASE)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The sentence text[start:end] with the moments that it tells (offsets of the article), and the sentences beside it, None at the ends."""

    start: int
    end: int
    moments: tuple[Moment, ...]
    before: Span | None = None
    after: Span | None = None


def dated_sentences(article: Article, spans: Sequence[Sequence[Span]] | None = None) -> tuple[Dated, ...]:
    """The dated sentences outside the masks, in order; each with at least one moment. spans: its `sentence_spans`, where known."""
    whole = [span for stretch in (sentence_spans(article) if spans is None else spans) for span in stretch]
    found = []
    for place, (start, end) in enumerate(whole):
        if near := _moments(article, whole, place):
            before = whole[place - 1] if place else None
            after = whole[place + 1] if place + 1 < len(whole) else None
            found.append(Dated(start=start, end=end, moments=tuple(near), before=before, after=after))
    return tuple(found)


def packed(found: Sequence[Dated]) -> str:
    """As one line of text, "" for none: what a table, a worker and a part of a build carry."""
    rows = [
        [one.start, one.end, one.before, one.after]
        + [[each.start, each.end, each.first.toordinal(), each.last.toordinal(), each.precision] for each in one.moments]
        for one in found
    ]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def unpacked(line: str, text: str) -> tuple[Dated, ...]:
    """The sentences of an article's text again."""
    return tuple(
        Dated(
            start=start,
            end=end,
            before=tuple(before) if before else None,
            after=tuple(after) if after else None,
            moments=tuple(
                Moment(first, last, date.fromordinal(from_), date.fromordinal(to), precision, text[first:last])
                for first, last, from_, to, precision in rows
            ),
        )
        for start, end, before, after, *rows in (json.loads(line) if line else ())
    )


def _moments(article: Article, whole: Sequence[Span], place: int) -> list[Moment]:
    """The dated moments of one sentence; "dua hari kemudian" may need the two sentences before it."""
    start, end = whole[place]
    sentence = article.text[start:end]
    figures, words = _DIGITS.search(sentence) is not None, ascii_words(sentence)
    if not figures and _words().isdisjoint(words):
        return []
    later = any(map(_may_follow, words)) and _LATER.search(sentence) is not None
    if not (figures or later or article.published):
        return []  # "kemarin" of nobody knows which day
    begin = whole[max(0, place - 2)][0] if later else start
    return [
        Moment(one.start + begin, one.end + begin, one.first, one.last, one.precision, one.text)
        for one in moments(article.text[begin:end], article.published)
        if start <= one.start + begin and _event(one)
    ]


@lru_cache(maxsize=50_000)
def _may_follow(word: str) -> bool:
    """Is it a word of a time that is counted from the one before?"""
    return _LATER.fullmatch(word) is not None


@cache
def _words() -> frozenset[str]:
    """Words of which one is beside every time that is given without a year or a date in figures."""
    names = (*calendar.months(), *calendar.weekdays(*calendar.PRINTED), *HIJRI)
    return lists.cue("time-near") | {part for name in names for part in ascii_words(name) if len(part) > 2}


def _event(moment: Moment) -> bool:
    """Not a stretch that is counted back or ahead ("dalam empat tahun terakhir")."""
    return not (moment.precision == "range" and _PERIOD.search(moment.text)) and moment.precision != "century"
