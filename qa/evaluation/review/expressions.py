"""Expressions of time, number and duration in a sentence, for cases that rules draft.

Each finder knows the forms in which Indonesian (and English) news writes one thing. Spans are (start, end) in the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from qa.language import calendar
from qa.language import numbers as number_words
from qa.language.lists import one_of
from qa.language.time import dates

Span = tuple[int, int]

_SMALL = [word for word, number in number_words.whole("cardinal").items() if number]
_SCALE = rf"(?:{one_of(number_words.values('scale'))})"
_VAGUE = (
    r"(?:puluhan|belasan|ratusan|ribuan|jutaan|miliaran|triliunan|setengah|separuh|seratus|seribu|sejuta|semiliar|"
    r"dozens|hundreds|thousands|millions|billions|half|"
    r"(?:beberapa|several)(?=\s(?:kilo\w+|km|meter|mil|ton|kg|persen|kali|detik|menit|jam|hari|minggu|pekan|bulan|tahun|miles?|minutes?|hours?|days?|weeks?|months?|years?)\b))"
)
_FIGURE = r"\d+(?:[.,:]\d+)*(?:\s?[-–]\s?\d+(?:[.,]\d+)*)?"
_AMOUNT = rf"(?:{_FIGURE}|{_VAGUE}|\b(?:{one_of(_SMALL)})\b)(?:\s{_SCALE}\b|\s{_VAGUE}\b|\sdan\s(?:setengah)\b)*"
_TIME_UNIT = (
    r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|dekade|dasawarsa|abad|malam|windu|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|nights?)"
)
_NUMBER = re.compile(
    rf"(?:(?:Rp|US\$|USD|AS\$|S\$|\$|€|£|¥)\.?\s?)?(?<![\w-])(?<!\d[.,/:])(?:ke-)?{_AMOUNT}"
    r"(?:\s?(?:%|°C?|km/jam|km²|m²|km|kg|cm|mm|m|ha|gram)(?![\w])|\s(?!(?:dan|atau|di|ke|dari|yang|pada|untuk|dengan|hingga|sampai|and|or|of|in|to|lalu|WIB)\b)[a-z][\w-]+)?",
)
_DURATION = re.compile(
    rf"(?<![\w./:-])(?<!\d[.,]){_AMOUNT}(?:\s|-){_TIME_UNIT}\b|\b(?:ber(?:tahun|bulan|hari|jam|minggu|menit)-(?:tahun|bulan|hari|jam|minggu|menit)|sehari(?:an| penuh)?|semalaman|sejam|seminggu|sebulan|setahun)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:pukul|jam|at)\s\d{1,2}(?:[.:]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?:waktu\s[A-Z]\w+|waktu setempat|local time|WIB|WITA|WIT|GMT|UTC))?"
    r"|\b(?:tengah (?:hari|malam)|dini hari|midnight|noon|(?:pagi|siang|sore|petang|malam) hari)(?:\swaktu\s(?:setempat|[A-Z]\w+))?"
    r"|\b\d{1,2}[.:]\d{2}\s(?:WIB|WITA|WIT|GMT|UTC)",
)


def _capitals(words: Iterable[str]) -> str:
    return one_of(word.capitalize() for word in words)


_WRITTEN_OUT = calendar.months(*calendar.PRINTED).keys() - calendar.also("month", "auxiliary")
_WEEKDAY = re.compile(
    rf"\b(?:hari\s)?(?:{_capitals(calendar.weekdays(*calendar.PRINTED))})\b(?:\s\(\d{{1,2}}/\s?\d{{1,2}}(?:/\d{{2,4}})?\))?"
)
_BARE_MONTH = re.compile(
    rf"\b(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\s)?(?:bulan\s)?(?:{_capitals(_WRITTEN_OUT)})(?:\s(?:lalu|silam|mendatang|depan|tahun lalu|\d{{4}}))?"
)
_BETWEEN_DAYS = re.compile(
    r"\b\d{1,2}/\s?\d{1,2}\b|\b(?:tahun\s|abad\s(?:ke-)?)\d+(?:-?an)?\b|\b1[0-9]{3}-?an\b|\b(?:kemarin|tadi malam|semalam|hari ini|besok)\b"
)


def times(text: str) -> list[Span]:
    """Dates, months, weekdays, clock times, years; the longest of those that overlap."""
    found = [(one.start, one.end) for one in dates.find(text, date(2000, 1, 1))]
    for pattern in (_CLOCK, _WEEKDAY, _BARE_MONTH, _BETWEEN_DAYS):
        found += [match.span() for match in pattern.finditer(text)]
    return _longest(found)


def numbers(text: str) -> list[Span]:
    """Numbers in figures or words with the word they count: "1.500 km", "dua rudal", "Rp 3 triliun"."""
    return [_stripped(text, *match.span()) for match in _NUMBER.finditer(text)]


def durations(text: str) -> list[Span]:
    """Stretches of time: "5 jam", "satu dekade", "bertahun-tahun"."""
    return [match.span() for match in _DURATION.finditer(text)]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] in "$€£¥\"“'‘"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)\"”'’²°"):
        end -= 1
    return start, end


def _longest(found: list[Span]) -> list[Span]:
    """Without overlap: of overlapping spans the longest, then the first."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)
