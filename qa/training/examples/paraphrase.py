"""Questions said in other words: by way of English and back, word for word, and in English.

News seldom repeats a question's words, and most training questions were written beside their passage. A table of
translations (IBM Model 1, both directions, over the parallel sentences) gives each word what it is likely to be called
instead; names, numbers and question words stay.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.language.text.words import FUNCTION_WORDS
from qa.training import data, start_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

Table = dict[str, tuple[tuple[str, float], ...]]

SELDOM = 4  # words seen in fewer sentences than this are left alone
LIKELY = 0.06  # of a translation: less is noise
SURE = 0.04  # of a way there and back: the same
_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]+")
_ASKING = {
    "siapa": "who", "siapakah": "who", "kapan": "when", "kapankah": "when", "mana": "where", "dimana": "where", "dimanakah": "where",
    "berapa": "how many", "berapakah": "how many", "mengapa": "why", "kenapa": "why", "apa": "what", "apakah": "what", "bagaimana": "how",
    "bagaimanakah": "how",
}  # fmt: skip
_DROPPED = frozenset(("yang", "di", "itu"))  # in English, as often as not


@dataclass(frozen=True, slots=True)
class Rewording:
    """Word -> other words with their chances: in English, and in Indonesian by way of English."""

    english: Table
    other: Table

    @classmethod
    def learn(cls, folder: Path) -> Rewording:
        """Both tables from the parallel sentences."""
        pairs = [(_words(en), _words(id_)) for en, id_ in data.texts(folder, data.PARALLEL, "en", "id")]
        seen = Counter(word for en, id_ in pairs for word in {*(f"en {one}" for one in en), *(f"id {one}" for one in id_)})
        number = {word: at for at, word in enumerate(sorted(seen))}
        words = sorted(seen)
        english = [[number[f"en {one}"] for one in en] for en, _ in pairs]
        indonesian = [[number[f"id {one}"] for one in id_] for _, id_ in pairs]
        to_english = start_vectors.translations(indonesian, english, len(words), sure=LIKELY)
        to_indonesian = start_vectors.translations(english, indonesian, len(words), sure=LIKELY)

        def named(table: dict[int, list[tuple[int, float]]]) -> Table:
            return {
                words[one][3:]: tuple((words[other][3:], chance) for other, chance in options)
                for one, options in table.items()
                if seen[words[one]] >= SELDOM
            }

        there, back = named(to_english), named(to_indonesian)
        other: Table = {}
        for word, options in there.items():
            ways: Counter[str] = Counter()
            for step, chance in options:
                for end, more in back.get(step, ()):
                    if end != word and not {end, word} & FUNCTION_WORDS:
                        ways[end] += chance * more  # type: ignore[assignment]
            if kept := tuple((end, chance) for end, chance in ways.items() if chance >= SURE):
                other[word] = kept
        return cls(there, other)

    def reworded(self, question: str, random: Random, *, share: float = 0.4) -> str:
        """The question with about `share` of its words said otherwise."""
        out = []
        for at, token in enumerate(_TOKEN.findall(question)):
            options = self.other.get(token.lower(), ())
            swap = options and not _kept(token, at) and random.random() < share
            out.append(_drawn(options, random) if swap else token)
        return _joined(out)

    def in_english(self, question: str, random: Random) -> str:
        """The question in English, word for word, its order kept."""
        out = []
        for at, token in enumerate(_TOKEN.findall(question)):
            low = token.lower()
            if low in _ASKING:
                out.append(_ASKING[low])
            elif low in _DROPPED and random.random() < 0.5:
                continue
            elif _kept(token, at) or low not in self.english:
                out.append(token)
            else:
                out.append(_drawn(self.english[low], random))
        return _joined(out)


def _words(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text) if token[0].isalnum()]


def _kept(token: str, at: int) -> bool:
    """Names, figures, marks and question words are not touched."""
    return token.lower() in _ASKING or not token[0].isalpha() or (at > 0 and token[0].isupper())


def _drawn(options: Sequence[tuple[str, float]], random: Random) -> str:
    return random.choices([word for word, _ in options], weights=[chance for _, chance in options])[0]


def _joined(tokens: Sequence[str]) -> str:
    return re.sub(r"\s+([?.,!;:)])", r"\1", " ".join(tokens))
