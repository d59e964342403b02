"""Which Indonesian words a dictionary knows: the roots of PySastrawi and what is made of them."""

from __future__ import annotations

from functools import cache

from qa.language.words import fold, stem


def known_root(word: str) -> bool:
    """Is the word, or its root, in the dictionary of Indonesian roots? Most family names and misspelt words are not."""
    return fold(word) in _roots() or stem(word) in _roots()


@cache
def _roots() -> frozenset[str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return frozenset(StemmerFactory().get_words())
