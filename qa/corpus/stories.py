"""Near-copies of one text, by whichever outlets: MinHash proposes pairs, shared words decide, pairs join to stories.

Broder, SEQUENCES 1997: the share of common hashes of two sketches estimates the resemblance |A ∩ B| / |A ∪ B| of their sets of
shingles. Banding (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4) finds a pair of resemblance s with the
probability 1 - (1 - s^rows)^bands without comparing all pairs; each found pair is then compared on its shingles themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from qa.language.text.words import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.schema import Article

    Shingles = NDArray[np.uint32]  # (n,) sorted, each once

BANDS, ROWS = 24, 2
"""A pair of resemblance 0.5 is proposed with probability 0.999, one of 0.33 with 0.94, one of 0.02 with 0.01."""

WORDS = 3  # words of a shingle
FEWEST = 12  # shingles from which a text can be told from another; shorter ones are copies only when they are the same
ALIKE = 0.33  # resemblance from which the texts of two outlets are copies
INSIDE = 0.6  # ... or the share of the shorter text that stands in the longer
OWN_ALIKE = 0.5  # the same within one outlet, which tells the background of a matter in the same paragraphs again and again
OWN_INSIDE = 0.95
FAR = 7  # days between two copies, beyond which only the same text (SAME) is the same story: "harga emas hari ini" comes daily
SAME = 0.9
FIGURES = 4  # figures from which two texts of one outlet can be told as two issues of one daily report ...
REPEATED = 0.4  # ... when fewer of them than this share are the same
_TOKEN = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MIX = 0x9E3779B1  # odd, so that multiplying is a bijection of 32 bits (Knuth's multiplicative hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles of one story: `resemblance` is |A ∩ B| / |A ∪ B| of their shingles, `inside` |A ∩ B| over the smaller."""

    a: str
    b: str
    resemblance: float
    inside: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell one text, the earliest first; `id` is the earliest one's."""

    id: str
    members: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Sketch:
    id: str
    outlet: str
    published: date | None
    order: int
    shingles: Shingles
    figures: frozenset[str]


class Stories:
    """Articles go in one at a time, in any order; `found` gives the stories. Holds about a kilobyte an article and its sketch."""

    def __init__(self) -> None:
        from datasketch import MinHash, MinHashLSH

        self._near = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
        self._empty = MinHash(num_perm=BANDS * ROWS, hashfunc=int, scheme="affine32", seed=1)
        self._sketches: list[_Sketch] = []
        self._whole: dict[tuple[int, ...], int] = {}
        self._pairs: list[tuple[int, int, Pair]] = []

    def add(self, article: Article) -> None:
        """Compare an article (with its masks) with those that are in, and keep it."""
        text = unmasked(article)
        sketch = _Sketch(
            article.id, article.outlet.casefold(), article.published, len(self._sketches), shingles(text), _figures(text)
        )
        number = sketch.order
        self._sketches.append(sketch)
        if len(sketch.shingles) < FEWEST:
            twin = self._whole.setdefault(tuple(sketch.shingles.tolist()), number)
            if twin != number and len(sketch.shingles):
                self._compare(self._sketches[twin], sketch)
            return
        mine = self._empty.copy()
        mine.update_batch(sketch.shingles)
        for other in self._near.query(mine):
            self._compare(self._sketches[other], sketch)
        self._near.insert(number, mine, check_duplication=False)

    def _compare(self, one: _Sketch, other: _Sketch) -> None:
        pair = compared(one.shingles, other.shingles, one.id, other.id)
        own = bool(one.outlet) and one.outlet == other.outlet
        if copies(pair, own=own) and not _apart(one, other, pair, own=own):
            self._pairs.append((one.order, other.order, pair))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that was judged to be of one story."""
        return tuple(pair for _, _, pair in self._pairs)

    def found(self) -> tuple[Story, ...]:
        """Stories of two articles or more. The earliest leads: by day, those without a day after the dated, then as they came."""
        root = list(range(len(self._sketches)))

        def top(place: int) -> int:
            while root[place] != place:
                root[place] = root[root[place]]
                place = root[place]
            return place

        for one, other, _ in self._pairs:
            root[top(other)] = top(one)
        members: dict[int, list[_Sketch]] = defaultdict(list)
        pairs: dict[int, list[Pair]] = defaultdict(list)
        for one, other, pair in self._pairs:
            pairs[top(one)].append(pair)
            for place in (one, other):
                if self._sketches[place] not in members[top(one)]:
                    members[top(one)].append(self._sketches[place])
        stories = []
        for leader, group in members.items():
            ordered = sorted(group, key=lambda each: (each.published or date.max, each.order))
            ids = tuple(each.id for each in ordered)
            stories.append((ordered[0].order, Story(id=ids[0], members=ids, pairs=tuple(pairs[leader]))))
        return tuple(story for _, story in sorted(stories, key=lambda each: each[0]))


def stories(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories of two articles or more among `articles`."""
    found = Stories()
    for article in articles:
        found.add(article)
    return found.found()


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

    hashed = np.array(list(map(_hash, _TOKEN.findall(fold(text)))), dtype=np.uint32)
    if len(hashed) < WORDS:
        return hashed
    runs = hashed[: len(hashed) - WORDS + 1].copy()
    for place in range(1, WORDS):  # a polynomial in the words' hashes: the order of the words counts; uint32 wraps
        runs = runs * np.uint32(_MIX) + hashed[place : len(hashed) - WORDS + 1 + place]
    return np.unique(runs)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return crc32(word.encode())


def compared(a: Shingles, b: Shingles, first: str = "", second: str = "") -> Pair:
    """How near two sets of shingles are. Two empty ones are nothing to each other."""
    shared = _shared(a, b)
    union, least = len(a) + len(b) - shared, min(len(a), len(b))
    return Pair(a=first, b=second, resemblance=shared / union if union else 0.0, inside=shared / least if least else 0.0)


def _shared(a: Shingles, b: Shingles) -> int:
    import numpy as np

    places: Any = np.searchsorted(b, a)
    return int((b[np.minimum(places, len(b) - 1)] == a).sum()) if len(a) and len(b) else 0


def copies(pair: Pair, *, own: bool) -> bool:
    """Is one made of the other, whatever their days? `own`: both are one outlet's."""
    if own:
        return pair.resemblance >= OWN_ALIKE or pair.inside >= OWN_INSIDE
    return pair.resemblance >= ALIKE or pair.inside >= INSIDE


def _figures(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(text))


def _apart(one: _Sketch, other: _Sketch, pair: Pair, *, own: bool) -> bool:
    """Two issues of a report that comes again and again in the same words: another week, or the same outlet with other figures."""
    if own and min(len(one.figures), len(other.figures)) >= FIGURES:
        same = len(one.figures & other.figures) / min(len(one.figures), len(other.figures))
        if same < REPEATED:
            return True
    far = one.published and other.published and abs((one.published - other.published).days) > FAR
    return bool(far) and pair.resemblance < SAME


def originals(found: Sequence[Story]) -> dict[str, str]:
    """Article id -> id of the earliest article of its story, for articles that share one."""
    return {member: story.id for story in found for member in story.members}
