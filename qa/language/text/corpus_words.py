"""The words of a corpus with their counts, as much of them as somebody asks for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence

LEAST = 3  # letters of a word that a typing error is mended to

_VOWELS = str.maketrans("", "", "aeiou")


class Vocabulary(Mapping[str, int]):
    """Folded word -> number of passages that have it, where reading all of them would take long."""

    @property
    @abstractmethod
    def most(self) -> int:
        """The count of the commonest word; 0 without one."""

    @abstractmethod
    def of_length(self, letters: int) -> Sequence[str]:
        """The words of so many letters, LEAST or more, and of nothing but letters; one that no passage has any more may be among them."""

    @abstractmethod
    def with_consonants(self, consonants: str) -> Sequence[str]:
        """As `of_length`, those that are left with these letters without their vowels."""


def consonants_of(word: str) -> str:
    """The word without its vowels."""
    return word.translate(_VOWELS)


def can_be_meant(word: str) -> bool:
    """Whether a typing error may be mended to it."""
    return len(word) >= LEAST and word.isalpha()


_latest: list[tuple[Mapping[str, int], int]] = []


def commonest(vocabulary: Mapping[str, int]) -> int:
    """The count of the commonest word; 0 without one. Kept for the next call with the same object: one that was changed needs a new one."""
    if isinstance(vocabulary, Vocabulary):
        return vocabulary.most
    latest = _latest[-1:]  # another thread may put another there
    if not latest or latest[0][0] is not vocabulary:
        latest = [(vocabulary, max(vocabulary.values(), default=0))]
        _latest[:] = latest
    return latest[0][1]
