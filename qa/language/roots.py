"""Roots of Indonesian words by PySastrawi: which words are of one root, and which the dictionary knows."""

from __future__ import annotations

from functools import cache, lru_cache

from qa.language.words import fold, stem


def known_root(word: str) -> bool:
    """Is the word, or its root, in the dictionary of Indonesian roots? Most family names and misspelt words are not."""
    return fold(word) in _roots() or stem(word) in _roots()


@cache
def _roots() -> frozenset[str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return frozenset(StemmerFactory().get_words())


@lru_cache(maxsize=200_000)
def same_root(one: str, other: str) -> bool:
    """Two words of one Indonesian root, or an English plural. Cheap tests first: the stemmer costs a hundred times more."""
    if len(one) < 4 or len(other) < 4 or not one.isalpha() or not other.isalpha():
        return False
    short, long = sorted((one, other), key=len)
    if long in {short + "s", short + "es", short + "ed", short + "d", short + "nya", short + "ing"}:
        return True
    if _apart(one, other):
        return False
    root = _root(one)
    tail = root[1:] if root[0] in "kpst" else root  # menulis, memakai, menyapu: the first letter melts into the prefix
    return len(root) >= 3 and tail in other and _root(other) == root


@lru_cache(maxsize=100_000)
def _root(word: str) -> str:
    root = stem(word)
    return root if len(root) >= 3 else word


# Words of one root that mean different things: neither side stands for the other.
_MEANINGS = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("menunjuk ditunjuk penunjukan", "menunjukkan ditunjukkan menunjukan petunjuk"),
        ("meninggal", "meninggalkan ditinggal ditinggalkan tinggal peninggalan"),
        ("mengangkat diangkat pengangkatan", "berangkat keberangkatan angkatan perangkat"),
        ("pemerintah pemerintahan", "perintah memerintahkan diperintahkan"),
        ("mendatang pendatang", "datang kedatangan mendatangi didatangi mendatangkan"),
        ("pengadilan mengadili diadili", "adil keadilan"),
        ("bakar", "terbakar kebakaran membakar"),
        ("perusahaan pengusaha", "berusaha usaha diusahakan mengusahakan"),
        ("persatuan kesatuan satuan bersatu", "satu"),
        ("keluar keluaran mengeluarkan dikeluarkan", "luar"),
    )
)


def _apart(one: str, other: str) -> bool:
    """Has the root that they share two meanings, and each word another one of them?

    >>> _apart("ditunjuk", "menunjukkan"), _apart("ditunjuk", "menunjuk")
    (True, False)
    """
    return any((one in left and other in right) or (one in right and other in left) for left, right in _MEANINGS)
