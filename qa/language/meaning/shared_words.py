"""How many of a question's words a text has: as such or by their root."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa.language import text

_CHANGED = {"k": "ng", "p": "m", "s": "ny", "t": "n"}
"""What the first letter of a root becomes behind meN- and peN-: "tulis" is found in "menulis" as "nulis"."""
_SHORTEST = 4


def share(terms: Sequence[tuple[str, float]], body: str) -> float:
    """The share of the terms, by their weight, that a text has as such or by their root; 0 of none."""
    folded = _folded(body)
    every = sum(weight for _, weight in terms)
    return sum(weight for term, weight in terms if _has(term, folded)) / every if every else 0.0


def _has(term: str, body: str) -> bool:
    """Does the folded body have the term, or a word of its root? Digits must be a word of their own."""
    if term[:1].isdigit():
        return f" {term} " in body
    return any(form in body for form in _forms(term))


@lru_cache(maxsize=8192)
def _forms(term: str) -> tuple[str, ...]:
    """Strings of which one is in every body that has the term: short ones as whole words, longer ones by their root."""
    root = text.stem(term)
    if len(root) < _SHORTEST:
        return (f" {term} ",)
    changed = _CHANGED.get(root[0])
    return (root, changed + root[1:]) if changed and root[1] in "aeiou" else (root,)


@lru_cache(maxsize=512)
def _folded(body: str) -> str:
    return f" {' '.join(text.terms(body))} "
