"""Typing errors: the nearest word that the corpus really uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.language.text.words import FUNCTION_WORDS, fold, is_indonesian

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS = str.maketrans("", "", "aeiou")
_LEAST = 4  # letters; shorter words are too near to everything
_LONG = 8  # letters from which two errors are forgiven


class Speller:
    """The words of a corpus, by length and by their consonants, made once per vocabulary {word: frequency}."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self._by_length: dict[int, list[str]] = {}
        self._by_consonants: dict[str, list[str]] = {}
        for word in vocabulary:
            if len(word) >= _LEAST - 1 and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
                self._by_consonants.setdefault(word.translate(_VOWELS), []).append(word)

    def correct(self, word: str) -> str:
        """The nearest known word, or `word` itself when it is known here or in Indonesian, short, a number, or near to nothing."""
        folded = fold(word)
        if len(folded) < _LEAST or not folded.isalpha() or folded in self.vocabulary or folded in FUNCTION_WORDS:
            return word
        if is_indonesian(folded):  # "luas" is no slip of "luar", though no article says it
            return word
        return self._nearest(folded) or self._voweled(folded) or word

    def _nearest(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= _LONG else 1
        choices = [near for size in range(len(word) - allowed, len(word) + allowed + 1) for near in self._by_length.get(size, ())]
        found: list[tuple[str, Any, int]] = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        # In a short word the first letter is hardly ever the wrong one, and letting it vary invents other words.
        near = [
            (distance, -self.vocabulary[other], other) for other, distance, _ in found if len(word) >= 6 or other[0] == word[0]
        ]
        return min(near)[2] if near else ""

    def _voweled(self, word: str) -> str:
        """The commonest word whose letters include these in order, where vowels were left out: "pmimpn" -> "pemimpin"."""
        consonants = word.translate(_VOWELS)
        if len(consonants) < 3 or len(word) - len(consonants) > len(word) // 3:
            return ""
        fits = [other for other in self._by_consonants.get(consonants, ()) if len(other) > len(word) and _inside(word, other)]
        return min(fits, key=lambda other: (-self.vocabulary[other], other), default="")


def _inside(short: str, long: str) -> bool:
    """Are the letters of `short` found in `long`, in order?"""
    letters = iter(long)
    return all(letter in letters for letter in short)


_latest: list[Speller] = []


def correct(word: str, vocabulary: Mapping[str, int]) -> str:
    """The nearest word of `vocabulary` {folded word: frequency} within Damerau-Levenshtein 1 (2 from 8 letters on), else `word`.

    A word that is known here or in Indonesian, a number, or one under 4 letters is never changed. The vocabulary's index is kept for the next
    call with the same object; a vocabulary that was changed needs a new object.
    """
    if not _latest or _latest[0].vocabulary is not vocabulary:
        _latest[:] = [Speller(vocabulary)]
    return _latest[0].correct(word)
