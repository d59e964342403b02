"""Sketches of texts: sets of shingles, and keys that near-copies are likely to share.

Broder, SEQUENCES 1997: the share of common hashes of two sketches estimates the resemblance |A ∩ B| / |A ∪ B| of their sets of
shingles. Banding (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4) finds a pair of resemblance s with the
probability 1 - (1 - s^rows)^bands without comparing all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from qa.language.text.words import fold, word_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.schema import Article

    Shingles = NDArray[np.uint32]  # (n,) sorted, each once
    Keys = NDArray[np.uint32]  # (BANDS,)

BANDS, ROWS = 24, 2
"""A pair of resemblance 0.5 is proposed with probability 0.999, one of 0.33 with 0.94, one of 0.02 with 0.01."""

WORDS = 3  # words of a shingle
FEWEST = 12  # shingles from which two texts can be distinguished; shorter ones are copies only when they are the same
_MIX = 0x9E3779B1  # odd, so that multiplying is a bijection of 32 bits (Knuth's multiplicative hash)


def unmasked(article: Article) -> str:
    """The reporting of an article: its text without what is masked."""
    at, kept = 0, []
    for mask in article.masks:
        kept.append(article.text[at : mask.start])
        at = max(at, mask.end)
    kept.append(article.text[at:])
    return "\n".join(kept)


def shingles(text: str) -> Shingles:
    """(n,) uint32: hashes of every run of WORDS words, sorted, each once. Case, accents and punctuation do not count."""
    import numpy as np

    numbers = np.array(list(map(hashed, word_runs(fold(text)))), dtype=np.uint32)
    if len(numbers) < WORDS:
        return numbers
    runs = numbers[: len(numbers) - WORDS + 1].copy()
    for place in range(1, WORDS):  # a polynomial in the words' hashes: the order of the words counts; uint32 wraps
        runs = runs * np.uint32(_MIX) + numbers[place : len(numbers) - WORDS + 1 + place]
    runs.sort()
    distinct: Shingles = runs[np.append(True, runs[1:] != runs[:-1])]  # np.unique takes four times as long
    return distinct


@lru_cache(maxsize=100_000)
def hashed(word: str) -> int:
    """32 bits of a word."""
    return crc32(word.encode())


def candidates(keys: NDArray[np.uint32]) -> Iterator[tuple[list[int], list[int]]]:
    """Band by band, the articles that share a key there and in no band before: (earlier ones, later ones) of (BANDS, n) keys."""
    import numpy as np

    for band, mine in enumerate(keys):
        order = np.argsort(mine, kind="stable")
        same = np.zeros(len(mine) + 1, dtype=np.int8)
        same[1:-1] = mine[order][1:] == mine[order][:-1]
        for start, stop in np.flatnonzero(np.diff(same)).reshape(-1, 2):
            group = order[start : stop + 1]
            for place in range(1, len(group)):
                earlier, later = group[:place], group[place]
                fresh = earlier[~(keys[:band, earlier] == keys[:band, [later]]).any(axis=0)]
                yield fresh.tolist(), [int(later)] * len(fresh)


def keys_of(shingled: Shingles) -> Keys:
    """(BANDS,) uint32: of the least of BANDS * ROWS hashes of the shingles, ROWS in one number.

    Two sets agree in a hash with the probability of their resemblance, and so in a band with its ROWS-th power. The hashes are
    (a x + b) mod 2^64 div 2^32 with odd a (Dietzfelbinger, STACS 1996). A text too short for that is like those that are the same.
    """
    import numpy as np

    if len(shingled) < FEWEST:
        return np.full(BANDS, crc32(shingled.tobytes()), dtype=np.uint32)
    factors, terms = _hashes()
    least = ((factors * shingled.astype(np.uint64) + terms) >> np.uint64(32)).min(axis=1).astype(np.uint32).reshape(BANDS, ROWS)
    keys: Keys = least[:, 0] * np.uint32(_MIX) + least[:, 1]
    return keys


@lru_cache(maxsize=1)
def _hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """(BANDS * ROWS, 1) factors and terms, the same for ever: the sketches that indexes keep were made with them."""
    import numpy as np

    drawn = [sha256(f"{name} {n}".encode()).digest()[:8] for name in ("a", "b") for n in range(BANDS * ROWS)]
    numbers = np.array([int.from_bytes(each) for each in drawn], dtype=np.uint64).reshape(2, -1, 1)
    return numbers[0] | np.uint64(1), numbers[1]
