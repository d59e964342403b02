"""What English words do to word order, learned from aligned pairs: "new rocket" turns round in Indonesian, "two rockets" does not.

For each English form three shares, as digits 0 to 9: how often it changes places with the content word right after it, with
the one right before it, and how often its neighbours are those of a verb.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qa.training.lexicon_phrases import EN_LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qa.training.lexicon_align import Links
    from qa.training.lexicon_pairs import Pair

SEEN = 3  # a form seen less often tells nothing
NAME = "<name>"  # a word that both languages write alike
OTHER = "<word>"  # any form that tells nothing itself
_PRIOR = 4.0  # sightings of the average of its kind that each share starts with
_BEFORE_VERBS = frozenset(
    "to will would can could must should may might shall did do does not i you he she we they who never cannot let 'll please".split()
)
_BEFORE_NOUNS = frozenset(
    "the a an of his her their its this my your our for in at from these those no some any each every 's on into by with".split()
)


def order_table(pairs: Sequence[Pair], links: Sequence[Links]) -> dict[str, tuple[float, float, float]]:
    """English form -> (changes places with what follows, with what precedes, is a verb), each 0 to 1."""
    left, right, verbs = (_Share() for _ in range(3))
    for pair, linked in zip(pairs, links, strict=True):
        for first, second, turned in _neighbours(pair, linked):
            left.add(first, hit=turned)
            right.add(second, hit=turned)
        for before, word in zip(pair.english, pair.english[1:], strict=False):
            if word not in EN_LIGHT and (before in _BEFORE_VERBS or before in _BEFORE_NOUNS):
                verbs.add(word, hit=before in _BEFORE_VERBS)
    words = {word for share in (left, right, verbs) for word, times in share.seen.items() if times >= SEEN} | {NAME, OTHER}
    kind = {word: _kind(verbs, word) for word in words | set(left.seen) | set(right.seen)}
    means = [
        {group: share.mean({word for word, its in kind.items() if its == group}) for group in range(4)} for share in (left, right)
    ]
    return {
        word: (left.of(word, means[0][kind[word]]), right.of(word, means[1][kind[word]]), verbs.of(word, verbs.mean(verbs.seen)))
        for word in sorted(words)
    }


def _kind(verbs: _Share, word: str) -> int:
    """0 a noun or an adjective, 1 in between, 2 a verb, 3 not known: what a word that was seen seldom is likely to be like."""
    if verbs.seen[word] < SEEN or word in (NAME, OTHER):
        return 3
    share = verbs.hits[word] / verbs.seen[word]
    return 0 if share < 0.2 else 1 if share < 0.5 else 2


class _Share:
    """Hits among sightings of each word, drawn to an average."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()

    def add(self, word: str, *, hit: bool) -> None:
        self.seen[word] += 1
        self.hits[word] += hit

    def mean(self, words: Iterable[str]) -> float:
        """The share of all sightings of `words` together."""
        seen = hits = 0
        for word in words:
            seen += self.seen[word]
            hits += self.hits[word]
        return hits / max(1, seen)

    def of(self, word: str, mean: float) -> float:
        return mean if word == OTHER else (self.hits[word] + _PRIOR * mean) / (self.seen[word] + _PRIOR)


def _neighbours(pair: Pair, links: Links) -> Iterator[tuple[str, str, bool]]:
    """Two content words side by side whose renderings stand near each other, and whether those changed places."""
    best: dict[int, tuple[float, int]] = {}
    for i, j, sure in links:
        if sure > best.get(i, (0.5, 0))[0]:
            best[i] = (sure, j)
    for i in range(len(pair.english) - 1):
        if i not in best or i + 1 not in best or any(word in EN_LIGHT for word in pair.english[i : i + 2]):
            continue
        a, b = best[i][1], best[i + 1][1]
        if 0 < abs(a - b) <= 3:
            yield _class(pair, i), _class(pair, i + 1), b < a


def _class(pair: Pair, i: int) -> str:
    word = pair.english[i]
    return NAME if word in pair.words and word.isalpha() else word
