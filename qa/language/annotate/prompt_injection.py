"""Sentences that speak to a language model instead of a reader: "abaikan semua instruksi sebelumnya", "you are now …".

News does quote orders ("abaikan imbauan itu"), so an order alone is no sign. A sign is an order together with what only a
machine has: instructions given before, a prompt, a role to play, tools to call, template marks of a chat.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from qa.language import lists
from qa.language.text.sentences import sentences
from qa.language.text.words import fold, word_runs


@cache
def signs() -> tuple[re.Pattern[str], ...]:
    """The patterns of the table (data/prompt_injection.tsv), in the order of its rows."""
    parts = _parts()
    return tuple(
        re.compile(re.sub(r"@\w+@", lambda part: parts[part.group()], pattern))
        for sign, pattern, _ in lists.table("prompt_injection").rows
        if not sign.startswith("@")
    )


def _hinted(plain: str) -> bool:
    """Has a text a word or mark that every sentence with a sign has? Most sentences of news have none, and are read once."""
    return any(map(_hints, word_runs(plain))) or _hint("@hint-mark@").search(plain) is not None


@lru_cache(maxsize=50_000)
def _hints(word: str) -> bool:
    return _hint("@hint-word@").search(word) is not None


@cache
def _hint(kind: str) -> re.Pattern[str]:
    return re.compile(_parts()[kind])


def _parts() -> Mapping[str, str]:
    return {sign: pattern for sign, pattern, _ in lists.table("prompt_injection").rows if sign.startswith("@")}


def instructions(text: str) -> list[tuple[int, int]]:
    """Spans that speak to a machine, left to right: from the sentence that does to the end of its line, for what follows is its order."""
    found: list[tuple[int, int]] = []
    if not _hinted(_seen(text)):
        return found
    for start, end in sentences(text):
        if (not found or start >= found[-1][1]) and speaks_to_a_machine(text[start:end]):
            line = text.find("\n", end)
            found.append((start, line if line >= 0 else len(text)))
    return found


def addressed(text: str, start: int, end: int) -> bool:
    """Does a span of `text` touch words that speak to a machine, or the order that follows them on their line?"""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    lines = text[first : last if last >= 0 else len(text)]
    return any(left < end - first and start - first < right for left, right in instructions(lines))


def speaks_to_a_machine(sentence: str) -> bool:
    """Does this sentence order a language model about, or imitate the marks that steer one?"""
    plain = _seen(sentence)
    return _hinted(plain) and any(sign.search(plain) for sign in signs())


def _seen(text: str) -> str:
    """As a model reads it: folded, without what hides between letters, on one line."""
    hidden = [] if text.isascii() else [c for c in set(text) if unicodedata.category(c) in {"Cf", "Co", "Cn"}]
    for character in hidden:
        text = text.replace(character, "")
    return " ".join(fold(text).split())
