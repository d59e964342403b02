"""Indonesian and English as people type it into a chat, turned into the words that newspapers print (data/chat_spelling.tsv).

No name and no abbreviation is turned into another word: what is in capitals is taken for one, a key that is also an abbreviation
of something else ("bpk", "sby") holds only where the words beside it make it clear ("di sby"), and a text typed all in capitals is read in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa.language import lists
from qa.language.text import function_words
from qa.language.text.identify import language
from qa.language.text.words import is_indonesian
from qa.schema import Language

_TOKEN = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*|\s+|.", re.DOTALL)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)
_MARKS = re.compile(r"([?!.,])[?!.,]+")
_TWICE = re.compile(r"([a-z]{3,})2(nya|an)?")
_SPACES = re.compile(r"\s+")
_QUESTIONS = function_words.words("question", language="id")
_FIRST, _LAST, _NUMBER = "^", "$", "#"  # the table's marks for a place
_ACRONYM = 4  # letters up to which a word in capitals is taken for an abbreviation, whatever the table says


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a word of chat stands for ("" when it is said for the tone alone), and the words beside which it does; none: everywhere."""

    standard: str
    previous: frozenset[str]
    next: frozenset[str]

    @property
    def everywhere(self) -> bool:
        return not (self.previous or self.next)


@cache
def spellings(spoken: Language) -> dict[str, tuple[Spelling, ...]]:
    """Word of chat -> what it stands for; rows that hold in some places alone come first."""
    found: dict[str, list[Spelling]] = {}
    for _, short, standard, previous, following in lists.table("chat_spelling").where(language=spoken):
        found.setdefault(short, []).append(Spelling(standard, frozenset(previous.split()), frozenset(following.split())))
    return {short: tuple(sorted(rows, key=lambda row: row.everywhere)) for short, rows in found.items()}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(map(str.lower, lists.column("abbreviations", "short")))


def normalise(question: str) -> str:
    """The question in standard words: short forms, chat spelling, stretched letters, particles and shouting undone.

    Words with a capital inside an ordinary question are taken for names and stay. A question in standard words comes back as it
    was, but for runs of white space and of question marks.
    """
    text = _MARKS.sub(lambda run: "?" if "?" in run.group() else run.group(1), _SPACES.sub(" ", question).strip())
    shouted = _shouted(text)
    if shouted:
        text = text.lower()
    spoken = language(text)
    tokens = _TOKEN.findall(text)
    places = [at for at, token in enumerate(tokens) if token[0].isalnum()]
    spelled = [tokens[at] for at in places]
    for order, at in enumerate(places):
        if tokens[at][0].isalpha():
            tokens[at] = _word(spelled, order, spoken)
    mended = _SPACES.sub(" ", "".join(tokens)).strip()
    mended = re.sub(r" +([?!.,;:])", r"\1", mended)
    if not any(character.isalnum() for character in mended):
        return text
    if question.lstrip()[:1].isupper() and not shouted:
        mended = mended[0].upper() + mended[1:]
    return mended


def _shouted(text: str) -> bool:
    """No small letter at all in several words: shouting, not an acronym ("KPK?")."""
    words = [word for word in text.split() if any(character.isalpha() for character in word)]
    return len(words) >= 2 and text.upper() == text and any(sum(map(str.isalpha, word)) > 3 for word in words)


def _word(words: Sequence[str], at: int, spoken: Language) -> str:
    """The word at a place in standard spelling; "" for a particle."""
    token = words[at]
    lower = token.lower().replace("’", "'")
    if token[0].isupper() and at > 0 and not (token.isupper() and len(token) > _ACRONYM):
        return token  # a name
    if token.isupper() and len(token) <= _ACRONYM and len(token) > 1:
        return token  # an abbreviation
    squeezed = lower
    if not _ROMAN.fullmatch(lower) and not lower.startswith("www") and lower not in _abbreviations():
        squeezed = _STRETCHED.sub(r"\1", lower)
    standard = _standard(squeezed, words, at, spoken)
    if standard is not None:
        return standard
    if spoken == "id":
        twice = _TWICE.fullmatch(squeezed)
        if twice and is_indonesian(base := _anywhere(twice.group(1))):
            return f"{base}-{base}{twice.group(2) or ''}"
        if squeezed.endswith("kah") and squeezed[:-3] in _QUESTIONS and squeezed != "apakah":
            return squeezed[:-3]
    if squeezed != lower and not token.isupper():
        return squeezed
    return token


def _standard(word: str, words: Sequence[str], at: int, spoken: Language) -> str | None:
    """What the word stands for at this place, None where the table does not say."""
    before = words[at - 1].lower() if at else _FIRST
    after = words[at + 1].lower() if at + 1 < len(words) else _LAST
    beside = {after, _NUMBER} if after[0].isdigit() else {after}
    for row in spellings(spoken).get(word, ()):
        if before in row.previous or beside & row.next:
            return row.standard
        if row.everywhere and not (_opens_a_name(words, at) and row.standard not in _QUESTIONS):
            return row.standard
    return None


def _opens_a_name(words: Sequence[str], at: int) -> bool:
    """Two words with a capital open the question: "Lo Kheng Hong siapa?"."""
    return at == 0 and len(words) > 1 and words[0][0].isupper() and words[1][0].isupper()


def _anywhere(word: str) -> str:
    """What an Indonesian word of chat stands for in every context, else the word."""
    return next((row.standard for row in spellings("id").get(word, ()) if row.everywhere and row.standard), word)
