"""Opposites: words of states that exclude one another ("tewas" and "selamat", "opened" and "closed"), from data/opposites.tsv."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from qa.language import lists
from qa.language.text.function_words import denials
from qa.language.text.words import fold, stem, words

State = tuple[str, str]
"""What the state is of, and which side of it."""


@cache
def _table() -> dict[str, frozenset[State]]:
    table: dict[str, frozenset[State]] = {}
    for of, side, _, word in lists.table("opposites").rows:
        table[word] = table.get(word, frozenset()) | {(of, side)}
    return table


@lru_cache(maxsize=512)
def states(body: str) -> frozenset[State]:
    """The states that the words of a text tell.

    >>> sorted(states("Dua orang tewas"))
    [('life', 'dead')]
    """
    return frozenset(state for form in _forms(body) for state in _table().get(form, ()))


def opposed(statement: str, sentence: str) -> bool:
    """Does a sentence tell the opposite of a statement's state and not the state itself? Of two texts of which one denies something nothing is said.

    >>> opposed("sopir itu tewas", "Sopir selamat."), opposed("sopir itu tewas", "Sopir selamat, penumpang tewas.")
    (True, False)
    """
    mine, theirs = states(statement), states(sentence)
    of = {of for of, _ in theirs - mine} & {of for of, _ in mine} - {of for of, _ in mine & theirs}
    return bool(of) and not any(next(denials(_folded(body)), None) is not None for body in (statement, sentence))


def tells_both(statement: str, sentence: str) -> bool:
    """Does a sentence tell a statement's state and its opposite: "reopened after it had been closed"?"""
    mine, theirs = states(statement), states(sentence)
    return bool({of for of, _ in mine & theirs} & {of for of, _ in theirs - mine})


def _folded(body: str) -> list[str]:
    return [fold(word) for word, _, _ in words(body)]


def _forms(body: str) -> set[str]:
    """Its words, their roots, and pairs of them."""
    folded = _folded(body)
    return {*folded, *map(stem, folded), *(" ".join(pair) for pair in pairwise(folded))}
