"""What the lexicon learns from: sentence pairs as words, lemmas and roots, and the English names that encyclopedia leads give.

A lead such as "Kantor pos (bahasa Inggris: post office) adalah …" is a pair of a title and its English name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.language import text
from qa.language.text.english_forms import bases, english_words
from qa.language.text.words import fold
from qa.training import data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_SURE_CASE = 0.85
LONGEST = 60  # words; longer sentences align badly
_ENGLISH_NAME = re.compile(
    r"\((?:[^()]{0,40}\b)?(?:bahasa )?Inggris\s*:\s*(?P<name>[A-Za-z][A-Za-z' -]{2,50}?)\s*[),;]", re.IGNORECASE
)
_COMPARED = ("er", "est")


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence in both languages: words in lower case as written, the forms that are aligned, and how Indonesian is cased.

    `roots[j]` belongs to `words[j]`, `lemmas[i]` to `english[i]`. `weight` counts the pair so many times.
    """

    english: tuple[str, ...]
    lemmas: tuple[str, ...]
    words: tuple[str, ...]
    roots: tuple[str, ...]
    cased: tuple[str, ...]  # the Indonesian words as written
    weight: float = 1.0


def indonesian_words(sentence: str) -> list[str]:
    """Words as written; reduplications ("anak-anak") stay whole."""
    return [word for word, _, _ in text.words(sentence)]


def root(word: str) -> str:
    """What an Indonesian word is aligned by: its root, and of a reduplication the root of one half."""
    first, _, second = word.partition("-")
    return text.stem(first) if second.startswith(first) else text.stem(word)


def lemmatiser(counts: Mapping[str, int]) -> Callable[[str], str]:
    """English word -> the base it is aligned by: the likeliest base that the texts have; comparatives stay as they are."""

    def lemma(word: str) -> str:
        if word.endswith(_COMPARED):
            return word
        known = [base for base in bases(word) if counts.get(base, 0) > 0]
        return known[0] if known else word

    return lemma


def sentence_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """(English, Indonesian) as the file has them, each once."""
    seen: set[tuple[str, str]] = set()
    for english, indonesian in data.texts(folder, data.PARALLEL, "en", "id"):
        if english and indonesian and (key := (data.canonical(english), data.canonical(indonesian))) not in seen:
            seen.add(key)
            yield english, indonesian


def titled_pairs(leads: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(English name, title) of leads that open with the title and say its English name in brackets."""
    for title, lead in leads:
        bare = re.sub(r"\s*\(.*?\)\s*$", "", title)
        found = _ENGLISH_NAME.search(lead[:200])
        if found and lead[: len(bare)].lower() == bare.lower() and found.start() < len(bare) + 60:
            name = found["name"].strip()
            if data.canonical(name) != data.canonical(bare):
                yield name, bare


def prepare(pairs: Iterable[tuple[str, str]], lemma: Callable[[str], str], weight: float = 1.0) -> list[SentencePair]:
    """The pairs as words; empty and very long ones are left out."""
    out: list[SentencePair] = []
    for english, indonesian in pairs:
        left = tuple(fold(word) for word in english_words(english))
        cased = tuple(indonesian_words(indonesian))
        if not 0 < len(left) <= LONGEST or not 0 < len(cased) <= LONGEST:
            continue
        right = tuple(fold(word) for word in cased)
        lemmas, roots = tuple(lemma(word) for word in left), tuple(root(word) for word in right)
        out.append(SentencePair(left, lemmas, right, roots, cased, weight))
    return out


def casing(pairs: Iterable[SentencePair]) -> dict[str, str]:
    """Folded Indonesian word -> how it is nearly always written inside a sentence, for words that have a capital there."""
    forms: dict[str, Counter[str]] = {}
    for pair in pairs:
        for place, (word, written) in enumerate(zip(pair.words, pair.cased, strict=True)):
            if place:
                forms.setdefault(word, Counter())[written] += 1
    best = {word: max(counts, key=lambda form: (counts[form], form)) for word, counts in forms.items()}
    sure = {word: form for word, form in best.items() if forms[word][form] >= _SURE_CASE * forms[word].total()}
    return {word: form for word, form in sure.items() if form != word and form[:1].isupper()}
