"""Near-copies of one text, by whichever outlets: sketches propose pairs, shared words decide, pairs join to stories."""

from __future__ import annotations

import os
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from qa.corpus.sketches import BANDS, FEWEST, candidates, hashed, keys_of, shingles, unmasked
from qa.schema import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.corpus.sketches import Shingles

ALIKE = 0.33  # resemblance from which the texts of two outlets are copies
INSIDE = 0.6  # ... or the share of the shorter text that is in the longer
OWN_ALIKE = 0.5  # the same within one outlet, which tells the background of a matter in the same paragraphs again and again
OWN_INSIDE = 0.95
FAR = 7  # days between two copies, beyond which only the same text (SAME) is the same story: "harga emas hari ini" comes daily
SAME = 0.9
FIGURES = 4  # figures from which two texts of one outlet can be recognised as two issues of one daily report ...
REPEATED = 0.4  # ... when fewer of them than this share are the same
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


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
class Sketch:
    """What of an article is compared with others; `order` counts the articles as they came."""

    id: str
    outlet: str
    published: date | None
    order: int
    shingles: Shingles
    figures: frozenset[int]  # hashes of them


def sketch_of(article: Article, order: int) -> Sketch:
    """Of an article with its masks."""
    text = unmasked(article)
    figures = frozenset(map(hashed, _figures(text)))
    return Sketch(article.id, article.outlet.casefold(), article.published, order, shingles(text), figures)


class Stories:
    """Articles go in one at a time, in any order; `found` gives the stories.

    What is compared lies in a file without a name that goes with this object; memory holds some two hundred bytes an article.
    """

    _file: Any = None

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where the file lies; None: where temporary files do."""
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - it is closed with this object
        self._ends = array("q", [0])  # of each article's shingles and figures in the file, in numbers of four bytes
        self._keys = array("I")
        self._ids: list[str] = []
        self._outlets: list[str] = []
        self._days = array("l")  # ordinal; 0: none
        self._pairs: list[tuple[int, int, Pair]] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def __del__(self) -> None:
        if self._file is not None:  # else the disk was full
            with suppress(OSError):  # the same, and what it had not written yet is wanted no more
                self._file.close()

    def add(self, article: Article) -> None:
        """Take an article (with its masks) in."""
        import numpy as np

        sketch = sketch_of(article, len(self))
        figures = np.array(sorted(sketch.figures), dtype=np.uint32)
        self._file.write(sketch.shingles.tobytes())
        self._file.write(figures.tobytes())
        self._ends.append(self._ends[-1] + len(sketch.shingles))
        self._ends.append(self._ends[-1] + len(figures))
        self._keys.frombytes(keys_of(sketch.shingles).tobytes())
        self._ids.append(sketch.id)
        self._outlets.append(sys.intern(sketch.outlet))
        self._days.append(sketch.published.toordinal() if sketch.published else 0)
        self._pairs = None

    @property
    def keys(self) -> NDArray[np.uint32]:
        """(BANDS, n): articles that share none in any place are not compared."""
        import numpy as np

        return np.frombuffer(self._keys, dtype=np.uint32).reshape(-1, BANDS).T

    def sketch(self, number: int) -> Sketch:
        """Of the article that came as the `number`th, from 0."""
        import numpy as np

        begin, middle, end = self._ends[2 * number : 2 * number + 3]
        self._file.flush()
        data = np.frombuffer(os.pread(self._file.fileno(), 4 * (end - begin), 4 * begin), dtype=np.uint32)
        day = self._days[number]
        return Sketch(
            self._ids[number], self._outlets[number], date.fromordinal(day) if day else None, number,
            data[: middle - begin], frozenset(data[middle - begin :].tolist()),
        )  # fmt: skip

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that was judged to be of one story."""
        return tuple(pair for _, _, pair in self.joined())

    def found(self) -> tuple[Story, ...]:
        """Stories of two articles or more. The earliest leads: by day, those without a day after the dated, then as they came."""
        root = list(range(len(self)))

        def top(place: int) -> int:
            while root[place] != place:
                root[place] = root[root[place]]
                place = root[place]
            return place

        for one, other, _ in self.joined():
            root[top(other)] = top(one)
        members: dict[int, dict[int, None]] = defaultdict(dict)
        pairs: dict[int, list[Pair]] = defaultdict(list)
        for one, other, pair in self.joined():
            pairs[top(one)].append(pair)
            members[top(one)].update({one: None, other: None})
        stories = []
        for leader, group in members.items():
            ordered = sorted(group, key=lambda each: (self._days[each] or date.max.toordinal(), each))
            ids = tuple(self._ids[each] for each in ordered)
            stories.append((ordered[0], Story(id=ids[0], members=ids, pairs=tuple(pairs[leader]))))
        return tuple(story for _, story in sorted(stories, key=lambda each: each[0]))

    def joined(self) -> list[tuple[int, int, Pair]]:
        """(earlier, later, pair) of `pairs`, the articles by the numbers in which they came."""
        if self._pairs is None:
            self._pairs = sorted(
                (
                    (one, other, pair)
                    for ones, others in candidates(self.keys)
                    for one, other in zip(ones, others, strict=True)
                    if (pair := paired(self.sketch(one), self.sketch(other)))
                ),
                key=lambda found: (found[1], found[0]),
            )
        return self._pairs


def paired(one: Sketch, other: Sketch) -> Pair | None:
    """The pair that two articles make when they are of one story. Texts of a few words are copies only when they are the same."""
    if min(len(one.shingles), len(other.shingles)) < FEWEST and one.shingles.tolist() != other.shingles.tolist():
        return None
    pair = compared(one.shingles, other.shingles, one.id, other.id)
    own = bool(one.outlet) and one.outlet == other.outlet
    return pair if copies(pair, own=own) and not _apart(one, other, pair, own=own) else None


def stories(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories of two articles or more among `articles`."""
    found = Stories()
    for article in articles:
        found.add(article)
    return found.found()


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


def _apart(one: Sketch, other: Sketch, pair: Pair, *, own: bool) -> bool:
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
