"""Amounts as articles write them: numbers in words and figures, rounded or as a range, with a unit, a currency or what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from qa.language import lists, number_words, numbers
from qa.language.text.function_words import DENIALS
from qa.language.text.words import FUNCTION_WORDS, fold, stem
from qa.language.time import dates

NEAR = 0.1  # of a number that is given as "about": at least so much of it on either side
OVER = 1.3  # "more than 5" is up to 6.5
UNDER = 0.8  # "almost 30" is from 24
_TOKEN = re.compile(r"US\$|Rp\.?(?=\s*\d)|[$€£¥%]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CLOCK = re.compile(r"\b(?:pukul|jam|at)\s+\d{1,2}[.:]\d{2}\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\bke-\s?\d+|\b\d+(?:st|nd|rd|th)\b|\b\d{1,2}-\d{1,2}\b(?=\s*(?:[^\w\s]|di\b|atas\b|pada\b|at\b|$))|(?<=[A-Za-z]-)\d+",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(r"per|(?:me[mnlrywg]|ber|di|ter)\w{3,}")
"""What may follow a number and is not what is counted: "5,6 mengguncang"."""
_VAGUE = {"belasan": (11, 19), "puluhan": (20, 99), "ratusan": (100, 999), "ribuan": (1000, 9999), "dozens": (24, 99)}
_VAGUE |= {"hundreds": (100, 999), "thousands": (1000, 9999)}
_ONE = re.compile(r"se(orang|buah|ekor|pasang)")
_TO = frozenset({"-", "–", "—", "sampai", "hingga", "to"})
_BETWEEN = frozenset({"antara", "between"})
_AND = frozenset({"dan", "and"})
_LONGEST_HEDGE = 3
_HOW_MANY = frozenset({"berapa", "berapakah"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """text[start:end] tells an amount between `low` and `high`, in the base unit of its `dimension` (metre, kilogram, hour, rupiah).

    dimension  "count" for what is counted in pieces, of which `noun` is the root ("" where no word says what)
    hedged     a word or a range says that it is not exact
    """

    start: int
    end: int
    low: float
    high: float
    dimension: str = "count"
    noun: str = ""
    hedged: bool = False


def quantities(text: str) -> list[Quantity]:
    """The amounts in a text, in order. Days, times of the clock and "ke-3" are none.

    >>> [(q.low, q.high, q.dimension) for q in quantities("Jembatan sepanjang 2,4 kilometer itu menelan Rp 1,2 triliun.")]
    [(2400.0, 2400.0, 'length'), (1200000000000.0, 1200000000000.0, 'money:IDR')]
    >>> [(q.low, q.high, q.noun) for q in quantities("Lebih dari 300 utusan hadir")]
    [(300.0, 390.0, 'utus')]
    """
    barred = [(one.start, one.end) for one in dates.find(text)]
    barred += [match.span() for pattern in (_CLOCK, _ORDINAL) for match in pattern.finditer(text)]
    pieces = [match for match in _TOKEN.finditer(text) if not any(a < match.end() and match.start() < b for a, b in barred)]
    words = [_word(match.group()) for match in pieces]
    found: list[Quantity] = []
    place = 0
    while place < len(words):
        made = _at(pieces, words, place)
        if made is None:
            place += 1
            continue
        one, place = made
        before = found[-1] if found else None
        if before and _continues(before, one, text):  # "lima jam 30 menit"
            found[-1] = replace(before, end=one.end, low=before.low + one.low, high=before.high + one.high)
        else:
            found.append(one)
    return found


def person(noun: str) -> bool:
    """Does the root count people, whatever they are called?"""
    return noun in _people()


def measured(question: str) -> str:
    """The dimension that a question asks for by its words ("berapa tinggi", "berapa meter": length), "" where they do not say."""
    known = measures()
    words = [fold(match.group()) for match in re.finditer(r"[^\W\d_]+", question)]
    unit = next((_units().get(after) for word, after in pairwise(words) if word in _HOW_MANY), None)
    if unit is None and words[:2] == ["how", "many"]:
        unit = _units().get(words[2]) if len(words) > 2 else None
    return unit[0].partition(":")[0] if unit else next((known[word] for word in words if word in known), "")


def _word(raw: str) -> str:
    if raw[0].isdigit():
        return re.sub("[.,]", "", raw) if _GROUPED.fullmatch(raw) else raw.replace(",", ".")
    word = fold(raw).rstrip(".") or raw
    return _english().get(word, word)


def _at(pieces: Sequence[re.Match[str]], words: Sequence[str], place: int) -> tuple[Quantity, int] | None:
    """The amount whose number begins at words[place], with the place after it."""
    word = words[place]
    if word in _VAGUE:
        low, high = map(float, _VAGUE[word])
        after, vague = place + 1, True
    elif match := _ONE.fullmatch(word):
        noun = stem(words[place + 1]) if match[1] != "orang" and place + 1 < len(words) else "orang"
        return Quantity(start=pieces[place].start(), end=pieces[place].end(), low=1.0, high=1.0, noun=noun), place + 1
    else:
        got = number_words.read(words, place) if word.count(".") < 2 and not _in_name(pieces, place) else None
        if got is None or (place and words[place - 1] == "salah") or words[place + 1 : place + 2] == ["of"]:
            return None
        low = high = float(got[0])
        after, vague = got[1], False
        last = _upper(words, place, after)
        if last is not None:
            high, after = last
            leading = float(number_words.read([words[after - 1]], 0)[0]) if _figure(words[after - 1]) else 0.0  # type: ignore[index]
            scale = _scale(words, place, after)
            low = low * scale if scale > 1 and low * scale <= high and not leading else low
            vague = True
    start, (dimension, factor, noun, after) = _start(words, place), _unit(pieces, words, place, after)
    hedge, start = _hedge(words, start)
    if not hedge and words[after : after + 1] == ["lebih"]:
        hedge = "above"
    low, high = _bounds(low, high, hedge)
    return (
        Quantity(
            start=pieces[start].start(),
            end=pieces[after - 1].end(),
            low=low * factor,
            high=high * factor,
            dimension=dimension,
            noun=noun,
            hedged=vague or bool(hedge),
        ),
        after,
    )


def _in_name(pieces: Sequence[re.Match[str]], place: int) -> bool:
    """Is the word the last one of a name, as "Dua" of "Pulau Dua"?"""
    before, word = (pieces[place - 1].group() if place else ""), pieces[place].group()
    return before[:1].isalpha() and before[:1].isupper() and before[-1:].islower() and word[0].isupper() and word[-1].islower()


def _figure(word: str) -> bool:
    return word[:1].isdigit()


def _upper(words: Sequence[str], place: int, after: int) -> tuple[float, int] | None:
    """The upper end of a range whose lower end is at words[place:after]."""
    if after + 1 >= len(words):
        return None
    between = any(word in _BETWEEN for word in words[max(0, place - 2) : place])
    if not (words[after] in _TO or (between and words[after] in _AND)):
        return None
    skip = after + 2 if words[after + 1] in {"rp", "us$", "$"} and after + 2 < len(words) else after + 1
    got = number_words.read(words, skip)
    return (float(got[0]), got[1]) if got else None


def _scale(words: Sequence[str], place: int, after: int) -> float:
    """What the scale after a range's upper end multiplies, where the lower end has none: "2 sampai 3 juta"."""
    known = numbers.values("scale")
    last = words[after - 1]
    own = any(word in known for word in words[place : place + 2])
    return float(known[last]) if last in known and known[last].isdigit() and not own else 1.0


def _start(words: Sequence[str], place: int) -> int:
    """Where an amount begins: at its currency, where that precedes the number."""
    before = _units().get(words[place - 1]) if place else None
    return place - 1 if before and before[0].startswith("money") else place


def _unit(pieces: Sequence[re.Match[str]], words: Sequence[str], place: int, after: int) -> tuple[str, float, str, int]:
    """(dimension, factor, noun, the place after the unit) of a number at words[place:after]."""
    if place and (before := _units().get(words[place - 1])) and before[0].startswith("money"):
        return (*before, "", after)
    if after >= len(words):
        return "count", 1.0, "", after
    word = words[after]
    if word in _units():
        dimension, factor = _units()[word]
        after += 1
        if dimension == "money:USD" and after < len(words) and pieces[after].group()[0].isupper():
            name = words[after]
            dimension = dimension if name in {"as", "amerika"} else f"money:{word} {name}"
            after += 1
        return dimension, factor, "", after
    if word in FUNCTION_WORDS or word in DENIALS or _NO_NOUN.fullmatch(word):
        return "count", 1.0, "", after
    if word[0].isalpha() and pieces[after].group()[0].islower():
        return "count", 1.0, stem(word), after + 1
    return "count", 1.0, "", after


def _hedge(words: Sequence[str], start: int) -> tuple[str, int]:
    """(how the number is rounded, where the words begin that say so)."""
    for many in range(_LONGEST_HEDGE, 0, -1):
        if start >= many and (kind := _hedges().get(" ".join(words[start - many : start]))):
            return kind, start - many
    return "", start


def _bounds(low: float, high: float, hedge: str) -> tuple[float, float]:
    if hedge == "about":
        room = max(NEAR * high, _half_of_last_digit(high))
        return low - room, high + room
    if hedge == "below":
        return low * UNDER, high
    if hedge == "above":
        return low, high * OVER
    return low, high


def _half_of_last_digit(value: float) -> float:
    """Half of what the last digit that is not 0 is worth, for whole numbers: 500 for 5,000."""
    worth, whole = 1, int(value)
    if whole != value or not whole:
        return 0.0
    while whole % (worth * 10) == 0:
        worth *= 10
    return worth / 2


def _continues(before: Quantity, one: Quantity, text: str) -> bool:
    gap = text[before.end : one.start].strip()
    return (
        before.dimension == one.dimension == "duration"
        and gap in {"", "dan", "and", ","}
        and one.high < before.low
        and not one.hedged
    )


@cache
def _units() -> dict[str, tuple[str, float]]:
    rows = lists.table("units").where(kind="unit")
    return {word: (dimension, float(factor)) for _, dimension, factor, _, word in rows}


@cache
def _people() -> frozenset[str]:
    return frozenset(stem(word) for word in lists.column("units", "word", kind="person"))


@cache
def measures() -> dict[str, str]:
    """Words of questions that ask for a measure, with its dimension."""
    return dict(lists.mapping("units", "word", "dimension", kind="measure"))


@cache
def _hedges() -> dict[str, str]:
    return {word: kind for kind in ("about", "below", "above") for word in lists.column("comparison", "word", kind=kind)}


@cache
def _english() -> dict[str, str]:
    """English number words as figures, which the reader of Indonesian numbers then parses."""
    return {word: str(value) for word, value in numbers.whole("cardinal", "en").items()}
