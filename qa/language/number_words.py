"""Numbers in words, digits and both together, as one token each: "dua puluh tiga", "1,5 juta", "dua setengah", "ke-13".

Values are exact fractions, so that "0,1" is a tenth. A token that is no number goes through `joined` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from qa.language import numbers

_TEN = 10
_UNITS = {word: value for word, value in numbers.whole("cardinal", "id").items() if value < _TEN}
_ONE = numbers.whole("one")
_WHOLE = {word: value for word, value in numbers.whole("cardinal", "id").items() if value >= _TEN} | _ONE
_LARGE = {word: value for word, value in numbers.whole("scale").items() if value >= 1000}
_SMALL = {"belas": 0, "puluh": 10, "ratus": 100}
_HALF, _POINT = "setengah", "koma"
_FIRST = "pertama"

_VALUE = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"ke-?(\d+)")


def joined(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens with every number as one: its value in digits, after "ke" where it says which one in a row.

    >>> list(joined(["dua", "ratus", "lima", "puluh", "ribu", "orang"])), list(joined(["1.5", "juta"])), list(joined(["ketiga", "belas"]))
    (['250000', 'orang'], ['1500000'], ['ke13'])
    """
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if match := _ORDINAL.fullmatch(token):
            yield f"ke{int(match[1])}"
            place += 1
        elif token == _FIRST:
            yield "ke1"
            place += 1
        elif token.startswith("ke") and _starts(token[2:]) and token[2:] != _HALF:
            words = (token[2:], *tokens[place + 1 :])
            end = _run(words, 0)
            yield f"ke{_written(_spelled(words[:end]))}"
            place += end
        elif (found := read(tokens, place)) is not None:
            yield _written(found[0])
            place = found[1]
        else:
            yield token
            place += 1


def read(tokens: Sequence[str], place: int) -> tuple[Fraction, int] | None:
    """The number that begins at tokens[place], with the index after it; None where none begins. Decimals have a point: "1.5".

    >>> read(["sekitar", "dua", "puluh", "ribu", "orang"], 1), read(["1.5", "juta"], 0), read(["orang"], 0)
    ((Fraction(20000, 1), 4), (Fraction(1500000, 1), 2), None)
    """
    if _VALUE.fullmatch(tokens[place]):
        return _digits(tokens, place)
    if _starts(tokens[place]):
        end = _run(tokens, place)
        return _spelled(tokens[place:end]), end
    return None


def _starts(word: str) -> bool:
    return word in _UNITS or word in _WHOLE or word == _HALF


def _run(words: Sequence[str], start: int) -> int:
    """Where the number that starts at `start` ends. A unit follows a scale, never a unit: "dua tiga orang" are two numbers."""
    end = start + 1
    decimals = False
    while end < len(words):
        word, before = words[end], words[end - 1]
        if word == _POINT:
            if decimals or before not in _UNITS or end + 1 >= len(words) or words[end + 1] not in _UNITS:
                break
            decimals = True
        elif word in _UNITS:
            if not (before == _POINT or (decimals and before in _UNITS) or _scales(before)):
                break
        elif word in _WHOLE:
            if not _scales(before):
                break
        elif word == _HALF:
            if before not in _UNITS or decimals:
                break
        elif word in _LARGE:
            decimals = False
        elif word not in _SMALL or decimals:
            break
        end += 1
    return end


def _scales(word: str) -> bool:
    return word in _LARGE or word in _SMALL or word in _ONE


def _spelled(run: Sequence[str]) -> Fraction:
    """The number that words name. Units wait for their scale; a thousand or more closes what precedes it."""
    total, group, unit = Fraction(0), Fraction(0), Fraction(0)
    digit = Fraction(0)  # what the next decimal digit is worth; 0 before any "koma"
    for word in run:
        if word in _UNITS and digit:
            unit, digit = unit + _UNITS[word] * digit, digit / 10
        elif word in _UNITS:
            group, unit = group + unit, Fraction(_UNITS[word])
        elif word == _POINT:
            digit = Fraction(1, 10)
        elif word == _HALF:
            unit += Fraction(1, 2)
        elif word in _WHOLE:
            group, unit = group + unit + _WHOLE[word], Fraction(0)
        elif word == "belas":
            group, unit = group + 10 + unit, Fraction(0)
        elif word in _SMALL:
            group, unit = group + unit * _SMALL[word], Fraction(0)
        else:
            total, group, unit, digit = total + (group + unit) * _LARGE[word], Fraction(0), Fraction(0), Fraction(0)
    return total + group + unit


def _digits(tokens: Sequence[str], place: int) -> tuple[Fraction, int]:
    """Digits with the scales after them ("3 juta 200 ribu"), and the place after that."""
    total, end, smallest = Fraction(0), place, 0
    while end < len(tokens) and _VALUE.fullmatch(tokens[end]):
        after = end + 1
        scale = 1
        while after < len(tokens) and tokens[after] in _LARGE:
            scale, after = scale * _LARGE[tokens[after]], after + 1
        if end > place and (scale == 1 or scale >= smallest):
            break
        total, end, smallest = total + Fraction(tokens[end]) * scale, after, scale
        if scale == 1:
            break
    return total, end


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
