"""Typing errors: the nearest word that the corpus really uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.language.text.corpus_words import LEAST, Vocabulary, can_be_meant, consonants_of
from qa.language.text.words import FUNCTION_WORDS, fold, is_indonesian

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LEAST = LEAST + 1  # letters; shorter words are too near to everything
_LONG = 8  # letters from which two errors are forgiven


class _Words:
    """Words by their length and by their consonants. None is taken out again: more are put in as a corpus grows."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._first = words
        self._more: set[str] = set()  # put in since
        self._by_length: dict[int, list[str]] = {}
        self._by_consonants: dict[str, list[str]] = {}
        self._put(words)

    def take(self, words: Mapping[str, int]) -> bool:
        """Put in what is new of `words`; False, and nothing done, where that is much, or little of what is in is theirs."""
        new = [word for word in words if word not in self._first and word not in self._more]
        if len(new) > len(words) // 10 or len(self._first) + len(self._more) > 2 * len(words):
            return False
        self._put(new)
        self._more.update(new)
        return True

    def _put(self, words: Iterable[str]) -> None:
        for word in words:
            if can_be_meant(word):
                self._by_length.setdefault(len(word), []).append(word)
                self._by_consonants.setdefault(consonants_of(word), []).append(word)

    def of_length(self, letters: int) -> Sequence[str]:
        """See Vocabulary."""
        return self._by_length.get(letters, ())

    def with_consonants(self, consonants: str) -> Sequence[str]:
        """See Vocabulary."""
        return self._by_consonants.get(consonants, ())


class Speller:
    """The words of a corpus, by length and by their consonants, made once per vocabulary {word: frequency}.

    before    of the corpus that this one grew from: what it has made is gone on with, and only what is new is put in

    A Vocabulary finds its words itself.
    """

    def __init__(self, vocabulary: Mapping[str, int], before: Speller | None = None) -> None:
        self.vocabulary = vocabulary
        self.words: _Words | Vocabulary
        if isinstance(vocabulary, Vocabulary):
            self.words = vocabulary
        else:
            grown = before.words if before and isinstance(before.words, _Words) else None
            self.words = grown if grown and grown.take(vocabulary) else _Words(vocabulary)

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
        choices = [near for size in range(len(word) - allowed, len(word) + allowed + 1) for near in self.words.of_length(size)]
        found: list[tuple[str, Any, int]] = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        # In a short word the first letter is hardly ever the wrong one, and letting it vary invents other words.
        near = [
            (distance, -self.vocabulary[other], other)
            for other, distance, _ in found
            if (len(word) >= 6 or other[0] == word[0]) and other in self.vocabulary
        ]
        return min(near)[2] if near else ""

    def _voweled(self, word: str) -> str:
        """The commonest word whose letters include these in order, where vowels were left out: "pmimpn" -> "pemimpin"."""
        consonants = consonants_of(word)
        if len(consonants) < 3 or len(word) - len(consonants) > len(word) // 3:
            return ""
        fits = [
            other
            for other in self.words.with_consonants(consonants)
            if len(other) > len(word) and other in self.vocabulary and _inside(word, other)
        ]
        return min(fits, key=lambda other: (-self.vocabulary[other], other), default="")


def _inside(short: str, long: str) -> bool:
    """Are the letters of `short` found in `long`, in order?"""
    letters = iter(long)
    return all(letter in letters for letter in short)


_latest: list[Speller] = []


def correct(word: str, vocabulary: Mapping[str, int]) -> str:
    """The nearest word of `vocabulary` {folded word: frequency} within Damerau-Levenshtein 1 (2 from 8 letters on), else `word`.

    A word that is known here or in Indonesian, a number, or one under 4 letters is never changed. The vocabulary's index is kept for the next
    call with the same object; a vocabulary that was changed needs a new object, and keeps the index where little is new.
    """
    if not _latest or _latest[0].vocabulary is not vocabulary:
        _latest[:] = [Speller(vocabulary, _latest[0] if _latest else None)]
    return _latest[0].correct(word)
