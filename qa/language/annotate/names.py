"""Proper names in running text: capitalised words that belong together ("Kepala Roscosmos Yury Borisov" gives the last three).

No list of names is used: a daily archive meets new ones every day. What is used is the spelling: capitals inside a
sentence, codes with figures ("Soyuz-2.1a", "Hwasong-18"), short joining words inside a name ("bin", "van", "of").
The first word of a sentence is capitalised anyway; it counts only when its form or its neighbour speaks for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.language import calendar, lists

# Of small words only those are given that a capital may follow: the others, most words, neither are in a name nor join two.
_WORD = re.compile(r"(?:[a-z]++ (?=[a-z]))*+([^\W_][\w'’]*+(?:[-.]\w[\w'’]*+)*+)")
_JOINS = lists.cue("inside-name")
# "and"/"the" join only in English names ("Johnson and Johnson"); between two people they would glue a list together.
_WEAK_JOINS = frozenset({"and", "the", "y"})
_DERIVED = re.compile(r"^(?:(?:me|ber|di|ter|pe|se|ke)\w{4,}|\w{5,}nya)$")
_SURELY_DERIVED = re.compile(r"^(?:(?:pe|ke|ber)\w{3,}an|me[mnlr]\w{4,}|\w{4,}(?:nya|kan)|kunjungan|pertemuan)$")
_ZONES = frozenset({"wib", "wita", "wit"})
_CALENDAR = calendar.months(besides=False).keys() | calendar.weekdays(*calendar.PRINTED).keys() | _ZONES
OPENERS = lists.words("openers", "no-name")
"""Words that often open an Indonesian or English sentence and are no names."""
TITLES = frozenset(lists.column("titles", "word"))
"""Capitalised words before a name and say what its bearer is; they are not the name."""
OFFICES = frozenset(lists.column("titles", "word", kind="office"))
"""Titles that one person holds at a time; the others are forms of address."""


def names(text: str) -> list[tuple[int, int]]:
    """Spans of proper names, left to right, without overlap. A text all in capitals or all small has none."""
    if text.isupper():
        return []
    return list(_runs(text, [(match[1], match.start(1), match.end()) for match in _WORD.finditer(text)]))


def _runs(text: str, words: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    first = -1  # word of the run that is open; the others follow it one by one
    for index, (word, start, _end) in enumerate(words):
        if first < 0:
            if not word.islower() and _is_name(text, words, index):  # most words are small: they begin no name
                first = index
            continue
        touching = _close(text, words[index - 1], start)
        if touching and (_joins(words, index) or (word[0].isdigit() and len(word) <= 4 and not _starts_date(words, index))):
            continue
        name = not word.islower() and _is_name(text, words, index)
        if not (name and touching):
            yield from _trim(words[first:index])
            first = index if name else -1
    if first >= 0:
        yield from _trim(words[first:])


def _trim(run: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    while run and run[-1][0].casefold() in _JOINS:
        run = run[:-1]
    while run and run[0][0].isdigit():
        run = run[1:]
    if run:
        yield run[0][1], run[-1][2]


def _close(text: str, before: tuple[str, int, int], start: int) -> bool:
    gap = text[before[2] : start]
    return gap in {" ", " '", "' "} or (gap == ". " and len(before[0]) == 1)


def _joins(words: list[tuple[str, int, int]], index: int) -> bool:
    word = words[index][0]
    if word not in _JOINS or word in _WEAK_JOINS or index + 1 >= len(words):
        return False
    return words[index + 1][0][0].isupper()


def _starts_date(words: list[tuple[str, int, int]], index: int) -> bool:
    """A number before a small word counts something ("Rusia 5 jam"); at the end or before a capital it may be part of a name."""
    if index + 1 >= len(words):
        return len(words[index][0]) > 2
    return not words[index + 1][0][0].isupper() and len(words[index][0]) > 2


def _is_name(text: str, words: list[tuple[str, int, int]], index: int) -> bool:
    word, start, _ = words[index]
    inside, alone, followed = _where_a_name(word)
    if inside == alone == followed or not opens_sentence(text, start):
        return inside  # most words: it does not matter where they are
    return followed if followed == alone or _next_is_capital(text, words, index) else alone


@lru_cache(maxsize=50_000)
def _where_a_name(word: str) -> tuple[bool, bool, bool]:
    """Is a word a name inside a sentence, where it opens one, and where it opens one and a capital follows it?"""
    if not word[0].isupper() and (word.islower() or word[0].isdigit() or not any(map(str.isupper, word[1:]))):
        return False, False, False
    folded = word.casefold()
    if folded.replace("’", "'") in _CALENDAR or folded in OPENERS:
        return False, False, False
    if len(word) == 1:
        return True, False, False
    if folded in TITLES or "-" in folded or word.isupper():
        return True, True, True
    return True, not _DERIVED.match(folded), not _SURELY_DERIVED.match(folded)


def _next_is_capital(text: str, words: list[tuple[str, int, int]], index: int) -> bool:
    if index + 1 >= len(words):
        return False
    return words[index + 1][0][0].isupper() and _close(text, words[index], words[index + 1][1])


def opens_sentence(text: str, at: int) -> bool:
    """True where only quotation marks, brackets and spaces are between `at` and the end of a sentence before it."""
    if at > 1 and text[at - 1] == " " and text[at - 2].isalnum():
        return False  # most words
    before = text[max(0, at - 40) : at].rstrip(" \t\"'“”‘’([")
    if before.endswith((" -", " –", "--")):  # "Liputan6.com, Moskow - Kim ..."
        return True
    return not before or before[-1] in ".?!:;\n…"
