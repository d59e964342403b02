"""The language of a question or a sentence, recognised by its function words and never by what it is about.

A name tells nothing: capitals inside a text, and the small words between them ("Gone with the Wind"), count only where nothing else does.
Where the function words are even, the first question word decides, then the forms of the words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from qa.language import lists
from qa.language.text import function_words
from qa.language.text.words import is_indonesian, words
from qa.schema import Language

Identified = Literal["id", "en", "mixed"]
_OPENING = 2  # how much more the first question word says than another word
_ENGLISH_FORM = re.compile(rf"[a-z]*(?:{lists.alternatives('phrases', 'english-ending')})")
"""Endings that Indonesian words lack."""
_INDONESIAN_FORM = re.compile(r"[a-z]{3,}(?:nya|kah)")


class Signs(NamedTuple):
    """How many words speak for either language."""

    indonesian: int
    english: int


def identify(text: str) -> Identified:
    """The language of a text; "mixed" where both have function words in it, so that it is to be asked in both."""
    inside, _ = _signs(text)
    if inside.indonesian and inside.english:
        return "mixed"
    return language(text)


def language(text: str) -> Language:
    """The language that most function words are of; a text that tells nothing is Indonesian."""
    outside, anywhere = _signs(text)
    for indonesian, english in (outside, anywhere):
        if indonesian != english:
            return "en" if english > indonesian else "id"
    return _by_form(text)


def _signs(text: str) -> tuple[Signs, Signs]:
    """Signs outside names, and in all of the text; the first question word counts thrice."""
    found = words(text)
    spelled = [word for word, _, _ in found]
    lower = [word.lower().replace("’", "'") for word in spelled]
    named = _in_names(spelled)
    counted = []
    for all_of_it in (False, True):
        total = {"id": 0, "en": 0}
        opened = False
        for at, word in enumerate(lower):
            spoken = _spoken(word)
            if spoken is None or (named[at] and (not all_of_it or spelled[at].isupper())):
                continue
            asks = not opened and word in _questions()
            total[spoken] += 1 + _OPENING * asks
            opened = opened or asks
        counted.append(Signs(total["id"], total["en"]))
    return counted[0], counted[1]


def _in_names(spelled: list[str]) -> list[bool]:
    """For each word whether it belongs to a name: a capital inside the text, or a small word between two of them.

    A text in which every word has a capital tells no names from other words.
    """
    upper = [word[0].isupper() for word in spelled]
    if all(upper):
        return [False] * len(spelled)
    # The first word has its capital anyway; it belongs to a name only where it is no function word.
    capital = upper[:1] and [upper[0] and _spoken(spelled[0].lower()) is None, *upper[1:]]
    named = list(capital)
    for at in range(1, len(spelled) - 1):
        if not capital[at] and spelled[at] in _joining():
            named[at] = named[at - 1] and any(capital[at + 1 : at + 3])
    return named


@cache
def _table() -> dict[str, Language]:
    table: dict[str, Language] = {}
    pairs: tuple[tuple[Language, Language], ...] = (("id", "en"), ("en", "id"))
    for spoken, other in pairs:
        rows = lists.table("chat_spelling").where(language=spoken, previous="", next="")
        chat = {short for _, short, standard, *_ in rows if len(short) > 1 and standard == standard.lower()}  # no name is a sign
        foreign = function_words.words(language=other).union(lists.column("chat_spelling", "short", language=other))
        table |= dict.fromkeys(function_words.signs(spoken) | (chat - foreign), spoken)
    return table


def _spoken(word: str) -> Language | None:
    """The language that a word is a sign of."""
    known = _table().get(word)
    if known is None and word.endswith("'s"):
        return "en"
    return known


@cache
def _questions() -> frozenset[str]:
    """Question words of both languages, as chats spell them too."""
    asking = function_words.words("question")
    chat = {short for _, short, standard, *_ in lists.table("chat_spelling").rows if standard and standard.split()[0] in asking}
    return asking | chat


@cache
def _joining() -> frozenset[str]:
    """Small English words that join two parts of a name."""
    return function_words.words("adposition", "conjunction", "determiner", language="en")


def _by_form(text: str) -> Language:
    """The language of words that are all content: "oil price forecast"; Indonesian where a word is one, or nothing tells."""
    small = [word for word, _, _ in words(text) if word.isalpha() and word.islower() and word.isascii()]
    if any(_INDONESIAN_FORM.fullmatch(word) or is_indonesian(word) for word in small):
        return "id"
    return "en" if any(_ENGLISH_FORM.fullmatch(word) for word in small) else "id"
