"""What is known of word pairs without a sentence that has both: spelling, and nearness in the shipped encoder's space."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.language.gloss.loanwords import spellings
from qa.language.text.words import EN_FUNCTION, ID_FUNCTION, fold, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qa.index.encode import StaticEncoder

SAME = 2.0  # what an equal spelling counts, in sightings
LOAN = 1.5  # what a loan's spelling counts
FLOOR = 0.30  # cosines below this are noise
NEIGHBOUR = 0.62  # an Indonesian word this near to an English one is taken for its rendering
_LOAN_SEEN = 8  # a loan's Indonesian spelling has to be seen so often
_LOAN_LETTERS = 6
_PASSIVE_SEEN = 10

Floats = NDArray[np.float64]


def nearness(encoder: StaticEncoder) -> Callable[[Sequence[tuple[str, str]]], Floats]:
    """(lemma, root) pairs -> what speaks for each, counted like sightings: spelling, and the cosine above its floor."""

    def near(pairs: Sequence[tuple[str, str]]) -> Floats:
        english = {word: row for row, word in enumerate(dict.fromkeys(pair[0] for pair in pairs))}
        foreign = {word: row for row, word in enumerate(dict.fromkeys(pair[1] for pair in pairs))}
        left, right = encoder.passages(list(english)), encoder.passages(list(foreign))
        rows = np.array([(english[e], foreign[f]) for e, f in pairs], dtype=np.int64)
        out = np.zeros(len(pairs))
        for start in tqdm(range(0, len(pairs), 200_000), desc="nearness", unit="part"):
            part = rows[start : start + 200_000]
            cosine = np.einsum("ij,ij->i", left[part[:, 0]], right[part[:, 1]])
            out[start : start + len(part)] = np.maximum(0.0, cosine - FLOOR)
        loans = {word: frozenset(spellings(word)) for word in english}
        for row, (e, f) in enumerate(pairs):
            if e == f:
                out[row] = SAME
            elif f in loans[e]:
                out[row] += LOAN
            elif e in EN_FUNCTION or f in ID_FUNCTION:
                out[row] = 0.0
        return out

    return near


def neighbours(encoder: StaticEncoder, lacking: Iterable[str], foreign: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """For each English word that has no sure rendering: its nearest Indonesian words, over the floor, with their cosines."""
    wanted = sorted(lacking)
    if not wanted or not foreign:
        return {}
    right = encoder.passages(list(foreign)).T
    out: dict[str, list[tuple[str, float]]] = {}
    for start in tqdm(range(0, len(wanted), 512), desc="neighbours", unit="part"):
        part = wanted[start : start + 512]
        cosines = encoder.passages(part) @ right
        for word, row in zip(part, cosines, strict=True):
            best = [int(place) for place in np.argsort(-row, kind="stable")[:3] if row[place] >= NEIGHBOUR]
            options = [(foreign[place], float(row[place])) for place in best if foreign[place] != word]
            if options and foreign[best[0]] != word:
                out[word] = options
    return out


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Folded words made of letters, counted."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in (fold(piece) for piece, _, _ in words(text)) if word.isalpha())
    return counts


def loans(english: Iterable[str], foreign: Mapping[str, int]) -> dict[str, str]:
    """English word -> its Indonesian spelling, where Indonesian texts have that often and oftener than the English one."""
    out: dict[str, str] = {}
    for word in sorted(set(english)):
        if len(word) < _LOAN_LETTERS or word in ID_FUNCTION:
            continue
        for spelled in spellings(word):
            seen = foreign.get(spelled, 0)
            if len(spelled) >= _LOAN_LETTERS and seen >= _LOAN_SEEN and seen > foreign.get(word, 0):
                out[word] = spelled
                break
    return out


def passive(active: str, foreign: Mapping[str, int]) -> str:
    """The passive of an Indonesian verb in me-, as its texts have it oftenest ("mengatakan" -> "dikatakan"); "" for others.

    The prefix hides the first letter of many roots (meng-katakan, meny-ebut), so the candidates are looked up.
    """
    candidates = [
        f"di{letter}{active.removeprefix(prefix)}"
        for prefix, letters in (("meng", ("", "k")), ("meny", ("s",)), ("mem", ("", "p")), ("men", ("", "t")), ("me", ("",)))
        if active.startswith(prefix) and len(active) > len(prefix) + 2
        for letter in letters
    ]
    best = max(candidates, key=lambda word: (foreign.get(word, 0), word), default="")
    return best if foreign.get(best, 0) >= _PASSIVE_SEEN else ""
