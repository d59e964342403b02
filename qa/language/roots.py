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


@cache
def _apart() -> dict[str, frozenset[str]]:
    """Of each such word those that share its root and not its meaning.

    >>> "menunjukkan" in _apart()["ditunjuk"], "menunjuk" in _apart()["ditunjuk"]
    (True, False)
    """
    return {word: other for pair in _MEANINGS for one, other in (pair, pair[::-1]) for word in one}
