"""Roots of Indonesian words by PySastrawi: which words are of one root, and which the dictionary knows."""

from __future__ import annotations

from functools import cache, lru_cache

from qa.language import lists
from qa.language.text.words import fold, stem


def known_root(word: str) -> bool:
    """Is the word, or its root, in the dictionary of Indonesian roots? Most family names and misspelt words are not."""
    return fold(word) in _roots() or stem(word) in _roots()


def dictionary_word(word: str) -> bool:
    """Is the word itself in the dictionary of Indonesian roots? Costs a look-up; `known_root` finds derived words too."""
    return fold(word) in _roots()


@cache
def _roots() -> frozenset[str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return frozenset(StemmerFactory().get_words())


@lru_cache(maxsize=200_000)
def same_root(one: str, other: str) -> bool:
    """Two words of one Indonesian root, or an English plural. Cheap tests first: the stemmer costs a hundred times more."""
    if len(one) < 4 or len(other) < 4 or not one.isalpha() or not other.isalpha():
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short) and long[len(short) :] in _ENDINGS:
        return True
    root = _root(one)
    tail = root[1:] if root[0] in "kpst" else root  # menulis, memakai, menyapu: the first letter melts into the prefix
    return len(root) >= 3 and tail in other and _root(other) == root and other not in _apart().get(one, ())


_ENDINGS = frozenset(["s", "es", "ed", "d", "nya", "ing"])


@lru_cache(maxsize=100_000)
def _root(word: str) -> str:
    root = stem(word)
    return root if len(root) >= 3 else word


@cache
def _apart() -> dict[str, frozenset[str]]:
    """Of each such word those that share its root and not its meaning.

    >>> "menunjukkan" in _apart()["ditunjuk"], "menunjuk" in _apart()["ditunjuk"]
    (True, False)
    """
    apart: dict[str, frozenset[str]] = {}
    for one, other in lists.table("roots_apart").rows:
        for words, others in ((one, other), (other, one)):
            for word in words.split():
                apart[word] = apart.get(word, frozenset()).union(others.split())
    return apart
