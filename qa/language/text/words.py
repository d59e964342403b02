"""Words: their spans in a text, their folded forms, their stems, and the function words of both languages."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from string import ascii_lowercase
from typing import Any

from qa.language import lists
from qa.language.text import function_words


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as prose."""
    return frozenset(text.split())


_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u00a0": " ",
}

ID_FUNCTION = function_words.dropped("id")
EN_FUNCTION = function_words.dropped("en")
FUNCTION_WORDS = ID_FUNCTION | EN_FUNCTION

_RUN = r"(?:[^\W_]+[\u0300-\u036f\u064b-\u0652]*)+"  # letters, with marks that are characters of their own
_DOMAIN = rf"(?:{lists.one_of(lists.words('domains', 'joined'))})(?![^\W_])"
_WORD = re.compile(
    rf"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # A.S., B.J, a.n.
    rf"|{_RUN}(?:(?:[-‐‑'’ʼ]|(?<=\d)[.,:/](?=\d)|\.(?={_DOMAIN})){_RUN})*",  # Jong-un, Jum'at, Soyuz-2.1a, 7:09, 13/9/2023, x.co.id
    re.IGNORECASE,
)
_ANY_RUN = re.compile(r"\w+")
# Of a character of ASCII itself where it is in such a run, or in a word of small letters, and a space else; for bytes.translate.
_RUNS = bytes(code if code < 128 and _ANY_RUN.match(chr(code)) else ord(" ") for code in range(256))
_LETTERS = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
_NEVER_INSIDE = (", ", '"', "(", ")")
"""What no word goes across, as white space: without them most of what is between spaces is one word, and needs no pattern."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PARTS = re.compile(r"-|(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=\d)/")


def fold(text: str) -> str:
    """For matching only: NFKC, case folded, accents off, quotes and dashes plain. Does not keep lengths, so never for spans."""
    if text.isascii():
        return text.lower()
    text = _plain(text)
    if text.isascii():  # most news has only quotes and dashes beyond ASCII
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return _plain(unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))))


def _plain(text: str) -> str:
    for character in _PLAIN.keys() & set(text):  # `translate` would look up every character of the text: five times as slow
        text = text.replace(character, _PLAIN[character])
    return text


def word_runs(text: str) -> list[str]:
    """The runs of letters, digits and underscores, in order: what a pattern of word characters finds, in half its time where all is ASCII.

    >>> word_runs("jum'at, 12/3")
    ['jum', 'at', '12', '3']
    """
    return text.encode().translate(_RUNS).decode().split() if text.isascii() else _ANY_RUN.findall(text)


def words(text: str) -> list[tuple[str, int, int]]:
    """Surface words with their spans: (text[start:end], start, end); compounds and numbers stay whole."""
    return [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def ascii_words(text: str) -> list[str]:
    """The runs of the letters a to z in the text's small letters, in order: a third of the time that a regular expression takes."""
    return text.lower().encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()


def terms(text: str) -> list[str]:
    """Index terms: folded words in order; a compound gives itself and its parts, a grouped number its bare digits too."""
    folded = fold(text)
    for mark in _NEVER_INSIDE:
        folded = folded.replace(mark, " ")
    out: list[str] = []
    for piece in folded.split():
        if piece.isalnum():
            out.append(piece)
        else:
            out.extend(_terms_of(piece))
    return out


@lru_cache(maxsize=32_768)
def _terms_of(piece: str) -> tuple[str, ...]:
    """The terms of a folded text without white space."""
    return tuple(chain.from_iterable((word,) if word.isalnum() else _forms(word) for word in _WORD.findall(piece)))


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    """The index forms of a compound: jong-un -> jong-un, jong, un; 1.500 -> 1.500, 1500; a.s. -> as; jum'at -> jumat; kim's -> kim."""
    if "'" in word:
        stemmed = word[:-2] if word.endswith("'s") else word.replace("'", "")
        return (stemmed,) if stemmed.isalnum() else _forms(stemmed)
    if _THOUSANDS.fullmatch(word):
        return (word, re.sub(r"[.,]", "", word))
    if word[1:2] == "." and word[0].isalpha() and all(len(part) <= 1 for part in word.split(".")):
        return (word.replace(".", ""),)
    parts = dict.fromkeys(part for part in _PARTS.split(word) if part)
    return (word, *(part for part in parts if part != word))


def stem(word: str) -> str:
    """The Indonesian root of a word by PySastrawi (Nazief-Adriani with a dictionary: "menteri" stays), kept in a cache."""
    return _stem(fold(word))


@lru_cache(maxsize=20_000)
def is_indonesian(word: str) -> bool:
    """Has PySastrawi's dictionary of roots the word, or its root?"""
    root = stem(word)
    return bool(_stemmer().delegatedStemmer.dictionary.contains(root))


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return word if len(word) < 5 or not word.isalpha() else str(_stemmer().stem(word)) or word


@cache
def _stemmer() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()
