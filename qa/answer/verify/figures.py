"""Numbers and dates of a sentence, so that a claim can be checked against its quote: which are given, and what they belong to.

A number that is in the quote is not yet the right one: "tiba 30 menit lebih dulu, tinggal 5 jam" does not carry "tinggal 30
jam". So a date must be there whole, and a number beside the words that it is beside in the claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from qa.language import calendar, numbers, text
from qa.language.lists import one_of
from qa.language.text.words import FUNCTION_WORDS

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")  # a code ("SamSat-218") is one
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?!\d)")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_ORDINAL_FIGURE = re.compile(r"\b(?:ke-(\d+)|(\d+)(?:st|nd|rd|th))\b", re.IGNORECASE)
_SCALES = numbers.values("scale")
_WORDS = numbers.whole("cardinal")
_ORDINALS = numbers.whole("ordinal")
NUMBER_WORDS = frozenset(_WORDS) | frozenset(_ORDINALS)
_BOTH = frozenset(["kedua", "second"])  # "kedua pemimpin" is both of them, "a second" is time
_ALSO = {
    "keduanya": 2,
    "both": 2,
    "twice": 2,
    "once": 1,
    "sekali": 1,
    "seorang": 1,
    "sebuah": 1,
    "seekor": 1,
    "selembar": 1,
    "an": 1,
    "a": 1,
}
"""What a quote may say a small number by; a claim that says it so asserts no figure."""
_ONE_OF = re.compile(r"\b(?:salah satu(?:nya)?|satu sama lain|satu-satunya|one another|one of)\b", re.IGNORECASE)
_UNIT = re.compile(r"se(?:jam|hari|minggu|pekan|bulan|tahun|abad|dekade|menit|kali|orang|unit)")
MONTHS = calendar.months()
_SHAKY_MONTHS = calendar.ambiguous("month")  # words of other meaning: asked for beside a number alone
_MONTH = one_of(MONTHS)
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH})\b\.?(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?(?:\s+tahun)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_WEEKDAYS = calendar.weekdays(*calendar.PRINTED)
_PERIOD = calendar.ambiguous("weekday")  # "minggu" is Sunday and a week
_NEAR = 5
"""Words on either side of a number in the quote among which one of its neighbours in the claim must be."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What a sentence says of days: (day, month) and (month, year) as written, and the months by themselves."""

    days: frozenset[tuple[int, int]]
    years: frozenset[tuple[int, int]]
    months: frozenset[int]


def wrong_figure(claim: str, quote: str) -> str:
    """Why the numbers and dates of `quote` are not those of `claim`, "" when nothing speaks against it."""
    there = _numbers(quote, generous=True)
    for number in sorted(_numbers(claim) - there):
        return f"the number {number} is not in the quote"
    claimed, proof = _words(claim), _words(quote)
    scales = {_SCALES[word] for word in proof & _SCALES.keys()}
    for word in sorted(claimed & _SCALES.keys()):
        if _SCALES[word] not in scales:
            return f"the number word '{word}' is not in the quote"
    ordinals = _ordinals(quote)
    for place, word in sorted(_ordinals(claim).items()):
        if place not in ordinals and str(place) not in there and not (word in _BOTH and not ordinals):
            return f"the ordinal '{word}' is not in the quote"
    return _wrong_date(claim, quote) or _wrong_weekday(claim, quote) or _elsewhere(claim, quote)


def dates(sentence: str) -> Dates:
    """The days, months and years of a sentence, slashed ones ("13/9/2023", day first) among them."""
    days, years, months = set(), set(), set()
    for found in (*_DAY_MONTH.finditer(sentence), *_MONTH_DAY.finditer(sentence)):
        number, word = (found[1], found[2]) if found[1].isdigit() else (found[2], found[1])
        month = MONTHS[word.casefold()]
        days.add((int(number), month))
        months.add(month)
        if found[3]:
            years.add((month, int(found[3])))
    for found in _MONTH_YEAR.finditer(sentence):
        months.add(MONTHS[found[1].casefold()])
        years.add((MONTHS[found[1].casefold()], int(found[2])))
    for found in _SLASHED.finditer(sentence):
        day, month = int(found[1]), int(found[2])
        if 1 <= day <= 31 and 1 <= month <= 12:
            days.add((day, month))
            months.add(month)
            if found[3]:
                years.add((month, int(found[3]) + (2000 if len(found[3]) == 2 else 0)))
    months |= {MONTHS[word] for word in _words(sentence) if word in MONTHS and word not in _SHAKY_MONTHS}
    return Dates(frozenset(days), frozenset(years), frozenset(months))


def _wrong_date(claim: str, quote: str) -> str:
    claimed, there = dates(claim), dates(quote)
    for month in sorted(claimed.months - there.months):
        word = next((word for word in text.terms(claim) if MONTHS.get(word) == month), str(month))
        return f"the month '{word}' is not in the quote"
    for day, month in sorted(claimed.days - there.days):
        return f"the day {day}/{month} is not in the quote"
    for month, year in sorted(claimed.years - there.years):
        if any(other == month for other, _ in there.years):
            return f"the month {month}/{year} is not in the quote"
    return ""


def _wrong_weekday(claim: str, quote: str) -> str:
    claimed, there = ({_WEEKDAYS[word]: word for word in text.terms(part) if word in _WEEKDAYS} for part in (claim, quote))
    wrong = [word for day, word in claimed.items() if day not in there and word not in _PERIOD]
    return f"the day '{wrong[0]}' is not in the quote" if wrong else ""


def _elsewhere(claim: str, quote: str) -> str:
    """A number that is in the quote, but beside none of the words that it is beside in the claim."""
    mine, theirs = _sequence(claim), _sequence(quote)
    if len({word for word in theirs if _NUMBER.fullmatch(word)}) < 2:
        return ""
    for at, word in enumerate(mine):
        if not _NUMBER.fullmatch(word) or word not in theirs:
            continue
        beside = {other for other in mine[max(0, at - 2) : at + 3] if not _NUMBER.fullmatch(other) and other in theirs}
        around = {
            other
            for place, there in enumerate(theirs)
            if there == word
            for other in theirs[max(0, place - _NEAR) : place + _NEAR + 1]
        }
        unit = mine[at + 1] if at + 1 < len(mine) else ""
        counted = {number for number, other in pairwise(theirs) if other == unit and _NUMBER.fullmatch(number)}
        if (beside and not beside & around) or (counted and word not in counted):
            return f"the number {word} is beside other words in the quote"
    return ""


def _sequence(sentence: str) -> list[str]:
    """Roots of the content words in order, numbers as figures; dates, which are compared whole, are left out."""
    plain = sentence
    for dated in (_SLASHED, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        plain = dated.sub(" ", plain)
    words = []
    for found in _TOKEN.finditer(plain):
        word = text.fold(found.group())
        if _NUMBER.fullmatch(word):
            words.append(_plain(word))
        elif word in _WORDS:
            words.append(str(_WORDS[word]))
        elif word not in FUNCTION_WORDS and word not in MONTHS:
            words.append(text.stem(word))
    return words


def _numbers(sentence: str, *, generous: bool = False) -> set[str]:
    """Numbers in figures, grouping removed ("1.500" and "1,500" are 1500), and small number words as figures.

    `generous`: what a quote may be taken to say besides: the parts of a date, and "both", "twice", "sebuah", "sejam".
    """
    dated = [found for found in _SLASHED.finditer(sentence) if 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12]
    parts = {str(int(part)) for found in dated for part in (found[1], found[3]) if part}
    plain = _ONE_OF.sub(" ", _ORDINAL_FIGURE.sub(" ", _SLASHED.sub(" ", sentence) if dated else sentence))
    found = {_plain(match.group()) for match in _NUMBER.finditer(plain)} | parts
    words = _words(plain)
    found |= {str(_WORDS[word]) for word in words if word in _WORDS}
    if generous:
        found |= {_plain(match.group()) for match in _NUMBER.finditer(sentence)}
        found |= {str(_ALSO[word]) for word in words if word in _ALSO}
        found |= {str(_ORDINALS[word]) for word in words if word in _ORDINALS}
        found |= {"1"} if any(_UNIT.fullmatch(word) for word in words) else set()
    return found


def _ordinals(sentence: str) -> dict[int, str]:
    found = {_ORDINALS[word]: word for word in sorted(_words(sentence)) if word in _ORDINALS}
    return found | {int(match[1] or match[2]): match.group() for match in _ORDINAL_FIGURE.finditer(sentence)}


def _plain(number: str) -> str:
    number = re.sub(r"[.,]", "", number) if _GROUPED.fullmatch(number) else number.replace(",", ".").replace(":", ".")
    return re.sub(r"^0+(?=\d)", "", number)


def _words(sentence: str) -> set[str]:
    return set(text.terms(sentence)) | {text.fold(word) for word, _, _ in text.words(sentence)}
