"""Words of Indonesian news that say the same: what one article calls "meneken" another calls "menandatangani" (data/synonyms.tsv).

A word stands for all that has its root. English words reach them through the lexicon (qa.language.bridge).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from qa.language import lists


@cache
def groups() -> tuple[frozenset[str], ...]:
    """The groups, each of two words at least; some are of two words ("juru bahasa")."""
    return tuple(frozenset((word, *rest.split("|"))) for word, rest in lists.table("synonyms").rows)


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in groups():
        for word in group:
            table.setdefault(word, set()).update(group)
    return {word: frozenset(words) for word, words in table.items()}


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lists.one_of(word for word in _table() if ' ' in word)})\b")


def phrases(folded: str) -> list[str]:
    """The synonyms of more than one word that stand in a folded text, in order.

    >>> phrases("kepala negara itu dan juru bahasanya")
    ['kepala negara']
    """
    return _phrases().findall(folded)


def others(word: str, same_root: Callable[[str, str], bool]) -> frozenset[str]:
    """The words that may stand for a folded word, itself left out; found by its form, else by its root as `same_root` judges.

    >>> sorted(others("jurnalis", lambda one, other: one == other))
    ['reporter', 'wartawan']
    """
    table = _table()
    known = table.get(word) or frozenset().union(*(words for key, words in table.items() if same_root(word, key)))
    return known - {word}
