"""Roots of Indonesian words by PySastrawi: which words its dictionary knows."""

from __future__ import annotations

from functools import cache

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
