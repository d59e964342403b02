"""Words that say no to each other: a sentence with only the other word answers the other question."""

from __future__ import annotations

from functools import cache

OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("dalam inside", "luar outside"), ("berhasil sukses succeed succeeded successful", "gagal failed fail"), ("naik meningkat rise", "turun menurun fall"),
        ("menang win won", "kalah lose lost"), ("setuju mendukung menerima support agree", "menolak menentang menolaknya reject oppose"),
        ("hidup selamat alive", "tewas meninggal dead"), ("dibuka buka open", "ditutup tutup closed"), ("pertama first", "terakhir last"),
    )
)  # fmt: skip
"""Two words, or more of the same meaning, of which one says no to a question with the other."""
DIRECTIONS = frozenset(
    "utara selatan barat timur tengah tenggara north south west east central northern southern western eastern".split()
)
"""Words that make one name out of another: Korea Utara is not Korea Selatan."""


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Of each word the words that say no to it.

    >>> sorted(opposites()["menang"])
    ['kalah', 'lose', 'lost']
    """
    return {word: other for pair in OPPOSITES for one, other in (pair, pair[::-1]) for word in one}
