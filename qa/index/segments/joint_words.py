"""The vocabulary of an index: the file of its build, and what the segments behind it change in the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence
from typing import NamedTuple

from qa.index.store.word_file import WordFile
from qa.language.text.corpus_words import Vocabulary, can_be_meant, consonants_of

_KEPT = 50_000
"""Counts of words that were asked for, at most."""


class Changes(NamedTuple):
    """What a segment changes in the counts before it."""

    count: Callable[[str], int]
    words: Callable[[], Iterator[tuple[str, int]]]
    passages: int  # that it has: it can add no more than so many to a count


class JointWords(Vocabulary):
    """Safe from many threads: what two of them look up at a time is the same."""

    def __init__(self, filed: WordFile, later: Sequence[Changes]) -> None:
        self._filed, self._later = filed, tuple(later)
        self._known: dict[str, int] = {}
        self._lengths: dict[int, Sequence[str]] = {}
        self._changed: Counter[str] | None = None
        self._most: int | None = None

    def __getitem__(self, word: str) -> int:
        if (count := self._known.get(word)) is None:
            count = self._filed.count(word) + sum(segment.count(word) for segment in self._later)
            if len(self._known) >= _KEPT:
                self._known = {}
            self._known[word] = count
        if count <= 0:
            raise KeyError(word)
        return count

    def __bool__(self) -> bool:
        return self.most > 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def keys(self) -> KeysView[str]:
        """Every word, read again."""
        return self._all().keys()

    def items(self) -> ItemsView[str, int]:
        """Every word with its count, read again."""
        return self._all().items()

    @property
    def most(self) -> int:
        """The count of the commonest word. A word that is not among the commonest of the build has at most the count of the last of
        these and one for each passage that came later; only where that might be more all words are read.
        """
        if self._most is None:
            commonest = self._filed.commonest
            found = max(self.get(word, 0) for word in commonest)
            others = 0 if self._filed.whole else min(commonest.values())
            if found < others + sum(segment.passages for segment in self._later):
                found = max(self._all().values(), default=0)
            self._most = found
        return self._most

    def of_length(self, letters: int) -> Sequence[str]:
        """See Vocabulary."""
        if (words := self._lengths.get(letters)) is None:
            words = [*self._filed.of_length(letters), *(word for word in self._new() if len(word) == letters)]
            self._lengths[letters] = words
        return words

    def with_consonants(self, consonants: str) -> Sequence[str]:
        """See Vocabulary."""
        return [*self._filed.with_consonants(consonants), *(word for word in self._new() if consonants_of(word) == consonants)]

    def _new(self) -> Iterator[str]:
        return (word for word in self._changes() if can_be_meant(word))

    def _changes(self) -> Mapping[str, int]:
        """Of all later segments together. Read once, then kept."""
        if self._changed is None:
            changed: Counter[str] = Counter()
            for segment in self._later:
                for word, count in segment.words():
                    changed[word] += count
            self._changed = changed
        return self._changed

    def _all(self) -> dict[str, int]:
        words = Counter(dict(self._filed.words()))
        for word, count in self._changes().items():
            words[word] += count
        return {word: count for word, count in words.items() if count > 0}
