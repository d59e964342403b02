"""From aligned pairs to entries: which Indonesian words an English word or short phrase is rendered with, and how surely.

A phrase pair is two spans whose links all stay between them (Koehn, Och and Marcu, NAACL 2003). Its score is the root of the
product of both conditional chances, so that "sakit", which much else says, loses against "rumah sakit" for "hospital".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tqdm import tqdm

from qa.language.text.words import EN_FUNCTION, ID_FUNCTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qa.training.lexicon.align import Links
    from qa.training.lexicon.sentence_pairs import SentencePair

LONGEST = 3  # words of a phrase, in both languages
LINKED = 0.5  # links less likely than this bind no phrases
ENOUGH = 0.04  # a rendering with a lower score is noise
DOUBT = 0.6  # taken from each count: what was seen once is worth less than half
PHRASE_SEEN = 2  # a phrase of several English words has to be seen so often
PHRASE_SURE = 0.35  # and has to have this score
KEPT = 6  # renderings of an entry
_WIDER = 0.85  # a rendering of more words wins over a part of it from this share of its score
_CLITICS = ("-nya", "-mu", "-ku", "nya", "ku", "mu")

EN_LIGHT = EN_FUNCTION | frozenset(
    "'s s t am shall should may might must cannot if but so no nor because while also just only very too up out off over again all any some each both"
    " us him me them her himself itself themselves our yours mine being having doing am let got one ones".split()
)
ID_LIGHT = ID_FUNCTION | frozenset(
    "tetapi tapi namun jika kalau serta maka agar supaya hanya lebih pun lah nya anda aku kau ku mu hal cara sebuah seorang suatu seekor"
    " begitu sehingga sampai hingga maupun melainkan yaitu yakni bukan belum sedang masih".split()
)

Counts = dict[str, Counter[str]]


@dataclass(slots=True)
class PhraseCounts:
    """English -> Indonesian -> how often, and how often each side was there at all."""

    pairs: Counts = field(default_factory=lambda: defaultdict(Counter))
    english: Counter[str] = field(default_factory=Counter)
    foreign: Counter[str] = field(default_factory=Counter)

    def score(self, english: str, foreign: str) -> float:
        """sqrt(p(foreign | english) * p(english | foreign)), 0 to 1, with counts lowered by the doubt."""
        together = self.pairs[english][foreign] - DOUBT
        both = max(self.english[english], together + DOUBT) * max(self.foreign[foreign], together + DOUBT)
        return float(max(0.0, together) / both**0.5)


def plain_forms(counts: Counter[str]) -> Callable[[str], str]:
    """Indonesian word -> the word without possessive or doubling, where the texts have that oftener ("harganya" -> "harga")."""

    def plain(word: str) -> str:
        first, _, second = word.partition("-")
        if second and second in (first, first + "nya") and counts[first]:
            return first
        for ending in _CLITICS:
            if word.endswith(ending) and len(word) - len(ending) >= 4 and counts[word.removesuffix(ending)] >= counts[word]:
                return word.removesuffix(ending)
        return word

    return plain


def table(pairs: Sequence[SentencePair], links: Sequence[Links]) -> PhraseCounts:
    """All phrase pairs that the links allow, counted."""
    found = PhraseCounts()
    plain = plain_forms(Counter(word for pair in pairs for word in pair.words))
    for pair, linked in tqdm(zip(pairs, links, strict=True), total=len(pairs), desc="phrases", unit="pair"):
        words = [plain(word) for word in pair.words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                found.foreign[" ".join(words[start:end])] += pair.weight
        for start in range(len(pair.lemmas)):
            for end in range(start + 1, min(start + LONGEST, len(pair.lemmas)) + 1):
                found.english[" ".join(pair.lemmas[start:end])] += pair.weight
        for english, start, end, sure in _consistent(pair, linked):
            found.pairs[english][" ".join(words[start:end])] += sure * pair.weight
    return found


def _consistent(pair: SentencePair, links: Links) -> Iterator[tuple[str, int, int, float]]:
    """(English phrase, start and end of the Indonesian span, the weakest link)."""
    of_e: dict[int, list[tuple[int, float]]] = defaultdict(list)
    of_f: dict[int, set[int]] = defaultdict(set)
    for i, j, sure in links:
        if sure >= LINKED:
            of_e[i].append((j, sure))
            of_f[j].add(i)
    for start in range(len(pair.lemmas)):
        for end in range(start + 1, min(start + LONGEST, len(pair.lemmas)) + 1):
            ends = (pair.lemmas[start], pair.lemmas[end - 1])
            if any(word in EN_LIGHT for word in ends) or not all(any(c.isalpha() for c in word) for word in ends):
                continue
            if any(i not in of_e for i in (start, end - 1)):
                continue
            bound = [link for i in range(start, end) for link in of_e.get(i, ())]
            low, high = min(j for j, _ in bound), max(j for j, _ in bound)
            if high - low >= LONGEST or any(not start <= i < end for j in range(low, high + 1) for i in of_f.get(j, ())):
                continue
            sure = min(sure for _, sure in bound)
            for left, right in _widened(pair.words, low, high, of_f):
                yield " ".join(pair.lemmas[start:end]), left, right + 1, sure


def _widened(words: Sequence[str], low: int, high: int, of_f: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
    """The span, and the span with a content word beside it that nothing is linked to."""
    spans = [(low, high)]
    if high - low + 1 < LONGEST:
        if low and not of_f.get(low - 1) and words[low - 1] not in ID_LIGHT:
            spans.append((low - 1, high))
        if high + 1 < len(words) and not of_f.get(high + 1) and words[high + 1] not in ID_LIGHT:
            spans.append((low, high + 1))
    for left, right in spans:
        if words[left] not in ID_LIGHT and words[right] not in ID_LIGHT and any(c.isalpha() for c in words[left] + words[right]):
            yield left, right


def entries(found: PhraseCounts) -> dict[str, list[tuple[str, float]]]:
    """English -> its renderings with their scores, best first."""
    out: dict[str, list[tuple[str, float]]] = {}
    for english in sorted(found.pairs):
        several = " " in english
        scored = sorted(
            ((foreign, found.score(english, foreign)) for foreign in found.pairs[english]), key=lambda one: (-one[1], one[0])
        )
        kept = _nested([(foreign, score) for foreign, score in scored if score >= ENOUGH])
        if not kept or (several and kept[0][0] == english):
            continue
        if several and (kept[0][1] < PHRASE_SURE or found.pairs[english][kept[0][0]] < PHRASE_SEEN):
            continue
        best = kept[0][1]
        out[english] = [(foreign, score) for foreign, score in kept if score >= 0.15 * best][:KEPT]
    return {english: options for english, options in out.items() if options}


def _nested(scored: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of a rendering and a part of it only one stays: the longer where it is nearly as sure ("rumah sakit"), else the part."""
    scores = dict(scored)
    dropped: set[str] = set()
    for longer, sure in scores.items():
        words = longer.split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = " ".join(words[start:end])
                if part != longer and part in scores:
                    dropped.add(part if sure >= _WIDER * scores[part] else longer)
    return [(foreign, score) for foreign, score in scored if foreign not in dropped]
