"""Short forms that a text itself explains: "Komisi Pemberantasan Korupsi (KPK)", "Korea Utara (Korut)", "Basuki Purnama alias Ahok".

The letters of a short form in brackets must be in the long one in the same order, from the start of a word on (Schwartz and Hearst,
"A simple algorithm for identifying abbreviation definitions in biomedical text", PSB 2003); the long one is then the fewest words
before the bracket that have them. A bracket that says a party, a country or an age ("Anies (DKI)", "Budi (45)") explains nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.language.annotate.names import OPENERS, TITLES

_SHORT = re.compile(r" \((?<=[\w'’] \()([A-Z][A-Za-z-]{1,11})\)")  # opens with what few texts have: found many times faster
_LONG = re.compile(r"[A-Z][\w'’/-]*(?: (?:(?:dan|untuk|di|atas|bagi|of|and|for|the|on|in|ke) )?(?:[A-Z][\w'’/-]*))*$")
_NAMED = r"(?:alias|(?:also|better) known as|nicknamed|(?:yang )?(?:biasa|akrab|kerap) (?:disapa|dipanggil))"
_OR_NAMED = r"atau(?: yang)?(?: lebih)?(?: biasa| akrab| kerap)? (?:disapa|dipanggil|dikenal(?: sebagai| dengan nama)?)"
_ALIAS = re.compile(
    r"([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){1,4}),? (?:"
    + _NAMED
    + "|"
    + _OR_NAMED
    + r") [\"“]?([A-Z][\w'’-]{2,}(?: [A-Z][\w'’-]{2,})?)"
)
_CALLED = ("alias", "disapa", "dipanggil", "dikenal", "known as", "nicknamed")  # one of them is in every match of _ALIAS
_NO_NAMES = TITLES | OPENERS
_MOST = 12  # words before a bracket that may be the long form
SYLLABLE = 4  # letters that a coined short form takes of one word
_PLAIN = re.compile(r"[^\W\d_][\w'’-]*")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ExplainedName:
    """`short` stands for `long`, which is text[start:end]."""

    long: str
    short: str
    start: int
    end: int


def glosses(text: str) -> Iterator[ExplainedName]:
    """The short forms that a text explains, in brackets first."""
    for found in _SHORT.finditer(text):
        line = text.rfind("\n", max(0, found.start() - 160), found.start()) + 1
        begin = max(line, found.start() - 160)
        long = _LONG.search(text, begin, found.start())
        start = expanded(text[long.start() : long.end()], found.group(1)) if long is not None else None
        if long is not None and start is not None:
            yield ExplainedName(text[long.start() + start : long.end()], found.group(1), long.start() + start, long.end())
        elif found.group(1).isupper():
            yield from _in_small_letters(text, begin, found.start(), found.group(1))
    for found in _ALIAS.finditer(text) if any(words in text for words in _CALLED) else ():
        start = found.start(1)
        for word in found.group(1).split()[:-1]:  # "Menurut Presiden Joko Widodo alias Jokowi"
            if word.casefold() not in _NO_NAMES:
                break
            start += len(word) + 1
        if not set(found.group(2).casefold().split()) <= set(text[start : found.end(1)].casefold().split()):
            yield ExplainedName(text[start : found.end(1)], found.group(2), start, found.end(1))


def expanded(long: str, short: str) -> int | None:
    """Where in `long` the words begin that `short` abbreviates, None where it does not.

    >>> expanded("Ketua Komisi Pemberantasan Korupsi", "KPK")
    6
    >>> expanded("Wali Kota Surabaya Tri Rismaharini", "PDIP") is None
    True
    """
    wanted = short.replace("-", "").casefold()
    letters = long.casefold()
    if len(wanted) < 2 or len(letters) != len(long):  # a few capitals grow when they are folded
        return None
    at = len(letters)
    for place in range(len(wanted) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (letters[at] == wanted[place] and (place > 0 or at == 0 or not _LETTER.match(letters[at - 1]))):
            at -= 1
        if at < 0:
            return None
    words = long[at:].split()
    if not long[at].isupper() or len(words) < 2 or len(words) > _MOST:
        return None
    if short.isupper() and not _by_initials(words, wanted):
        return None
    return at


def _in_small_letters(text: str, begin: int, end: int, short: str) -> Iterator[ExplainedName]:
    """The words before a bracket, as many as it has letters, where each begins with its letter: "purchasing power parity (PPP)"."""
    words = list(_PLAIN.finditer(text, begin, end))[-len(short) :]
    if len(words) == len(short) and all(
        word.group()[0].casefold() == letter.casefold() for word, letter in zip(words, short, strict=True)
    ):
        yield ExplainedName(text[words[0].start() : end], short, words[0].start(), end)


def coined(short: str, words: Sequence[str]) -> bool:
    """Is `short` put together of the beginnings of all `words`, two letters of each at least? All folded.

    >>> coined("korut", ("korea", "utara")), coined("jabar", ("jawa", "barat")), coined("korea", ("korea", "utara"))
    (True, True, False)
    """
    if not words:
        return not short
    first, rest = words[0], words[1:]
    return any(
        first.startswith(short[:length]) and coined(short[length:], rest)
        for length in range(2, min(len(short), len(first), SYLLABLE) + 1)
    )


def _by_initials(words: list[str], wanted: str) -> bool:
    """Of a short form all in capitals most letters open a word: "PBB" is Perserikatan Bangsa-Bangsa, "INA" is not Irina Nabila."""
    capitals = [letter.casefold() for word in words for letter in word if letter.isupper()]
    place = 0
    for letter in wanted:
        if letter in capitals[place:]:
            place = capitals.index(letter, place) + 1
    return place > 0 and sum(1 for letter in wanted if letter in capitals) >= max(min(3, len(wanted)), len(wanted) - 1)
