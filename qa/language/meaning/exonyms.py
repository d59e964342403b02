"""Names that Indonesian and English spell differently: countries, their people, capitals, bodies, points of the compass.

A closed list of what both languages have a word of their own for (data/exonyms.tsv), and for all else the sound of the spelling: "Moscow" and
"Moskow", "Yury" and "Yuri" are the same name, "Putin" and "Kim" are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from qa.language import lists
from qa.language.text.words import fold, terms

_COUNTRY_KINDS = frozenset({"country", "union"})


def _rows() -> Iterator[tuple[str, frozenset[str]]]:
    """(kind, the forms of both languages) of each row."""
    for kind, _, english, indonesian in lists.table("exonyms").rows:
        yield kind, frozenset(english.split("|")) | frozenset(indonesian.split("|"))


@cache
def _alike() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for _, forms in _rows():
        for form in forms:
            table[form] = table.get(form, frozenset()) | forms
    return table


@cache
def _countries() -> frozenset[str]:
    return frozenset(form for kind, forms in _rows() if kind in _COUNTRY_KINDS for form in forms)


@cache
def _longest() -> int:
    """Words of the longest form."""
    return max(len(form.split()) for form in _alike())


def is_country(name: str, *, whole: bool = False) -> bool:
    """Does the name open with a country's name or its people's; with `whole`, is it nothing else?"""
    words = fold(name).split()
    return any(" ".join(words[:size]) in _countries() for size in range(1, _longest() + 1) if not whole or size == len(words))


def spellings(name: str) -> frozenset[str]:
    """The folded name as it is, and as either language spells what it opens or ends with: "north korea" and "korea utara"."""
    words = [re.sub(r"'s?$", "", part) for part in fold(name).split()]
    found = {" ".join(words)}
    for size in range(min(_longest(), len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            for other in _alike().get(" ".join(words[at : at + size]), ()):
                found.add(" ".join((*words[:at], other, *words[at + size :])))
        if len(found) > 1:
            break
    return frozenset(found)


def same_name(name: str, words: frozenset[str], skip: frozenset[str] = frozenset(), *, by_sound: bool = True) -> str:
    """The first word of `name` that nothing in `words` (folded) says in either language, "" when each is said.

    `skip`: folded words that need not be said, such as titles. A possessive "'s" is no part of a name. by_sound: a name
    may be spelled as the other language hears it; within one language it may not.
    """
    parts = [re.sub(r"'s?$", "", fold(part)).strip(".,") for part in name.split()]
    at = 0
    while at < len(parts):
        for size in range(min(_longest(), len(parts) - at), 0, -1):
            phrase = " ".join(parts[at : at + size])
            if any(set(terms(other)) <= words for other in _alike().get(phrase, ())):
                at += size
                break
        else:
            if parts[at] and parts[at] not in skip and not _said(parts[at], words, by_sound=by_sound):
                return name.split()[at]
            at += 1
    return ""


def _said(word: str, words: frozenset[str], *, by_sound: bool) -> bool:
    pieces = terms(word) or [word]
    if not by_sound or all(piece in words for piece in pieces):
        return all(piece in words or piece.isdigit() for piece in pieces)
    sounds = {sound(other) for other in words if len(other) > 3}
    return all(piece in words or (len(piece) > 3 and sound(piece) in sounds) for piece in pieces)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A folded word with what the two languages spell differently made the same: double letters, c/k/q, y/i, ph/f, v/w, a last vowel."""
    plain = word.replace("ph", "f").replace("x", "ks").translate(str.maketrans("cqyvz", "kkiws"))
    plain = re.sub(r"(.)\1+", r"\1", plain).replace("kh", "k").replace("sh", "s")
    return plain.rstrip("aeiou") if len(plain) > 5 else plain
