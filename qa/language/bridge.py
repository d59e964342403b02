"""English questions for Indonesian articles: what each word may be called there, and a word-for-word rendering.

The rendering keeps names and numbers, puts adjectives and nouns in Indonesian order ("Russian president" -> "presiden Rusia") and
chooses among renderings by what a word does in the sentence and, where given, by which words the archive knows. It is made for
search and for readers of Indonesian text, not for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.language import frames, phrasing
from qa.language.clauses import units
from qa.language.english import english_words
from qa.language.lexicon import LONGEST, Lexicon, Options, opened
from qa.language.loans import spellings
from qa.language.roles import with_roles
from qa.language.words import EN_FUNCTION, fold, terms

Known = Callable[[str], bool]
"""Whether the archive has a word (folded)."""

_WEAK = 0.2  # of the best rendering's score: a rendering below says something else too often to be searched


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """The English words [start, end) of a question and their renderings, (Indonesian, score 0 to 1), best first."""

    english: str
    start: int
    end: int
    options: Options


def glosses(question_words: Sequence[str], *, known: Known | None = None, lexicon: Lexicon | None = None) -> tuple[Gloss, ...]:
    """Renderings of an English question's words, the longest entries first; words without one (names, numbers) give none.

    `known` lets loans be guessed by their spelling: "cosmodrome" is "kosmodrom" where the archive has that word.
    """
    lexicon = lexicon or opened()
    forms = [fold(word) for word in question_words]
    found: list[Gloss] = []
    at = 0
    while at < len(forms):
        for end in range(min(len(forms), at + LONGEST), at, -1):
            if end == at + 1 and (forms[at] in EN_FUNCTION or not forms[at].isalpha()):
                continue
            options = lexicon.find(forms[at:end])[1]
            if end == at + 1:
                options = _with_loans(forms[at], options, known)
            if options:
                found.append(Gloss(english=" ".join(forms[at:end]), start=at, end=end, options=options))
                at = end
                break
        else:
            at += 1
    return tuple(found)


def search_terms(question: str, *, known: Known | None = None, lexicon: Lexicon | None = None) -> list[str]:
    """Indonesian index terms for an English question: of every word its likely renderings, each term once.

    With `known` only terms that the archive has.
    """
    out: dict[str, None] = {}
    for gloss_ in glosses(english_words(question), known=known, lexicon=lexicon):
        best = gloss_.options[0][1]
        for indonesian, score in gloss_.options:
            if score >= _WEAK * best:
                out.update(dict.fromkeys(term for term in terms(indonesian) if known is None or known(term)))
    return list(out)


def gloss(question: str, *, known: Known | None = None, lexicon: Lexicon | None = None) -> str:
    """An English question word for word in Indonesian; names and numbers stay as they are, an empty question gives "".

    >>> gloss("Who met the Russian defence minister in Moscow?")
    'siapa yang bertemu menteri pertahanan Rusia di Moskow?'
    """
    lexicon = lexicon or opened()
    words = [word for word in english_words(question) if word]
    if not words:
        return ""
    frame = frames.opening([fold(word) for word in words])
    if not frame.says and (asked := _after_comma(question)):
        return ", ".join(part for part in (gloss(text, known=known, lexicon=lexicon) for text in asked) if part)
    clause = units(question, words, frame, lexicon, lambda form, options: _with_loans(form, options, known))
    pieces = phrasing.say(frame, with_roles(clause, frame), known)
    text = " ".join(piece for piece in pieces if piece)
    return text + "?" if text and question.rstrip().endswith("?") else text


def _after_comma(question: str) -> tuple[str, str] | None:
    """("According to the bank", "how fast will it grow?") where the question opens after a comma."""
    for found in re.finditer(r",\s+", question):
        rest = question[found.end() :]
        if frames.opening([fold(word) for word in english_words(rest)]).says:
            return question[: found.start()], rest
    return None


def _with_loans(form: str, options: Options, known: Known | None) -> Options:
    """The options, and for a word that has none the loan's spelling that the archive (else the lexicon) knows."""
    if options:
        return options
    knows = known or opened().indonesian.__contains__
    return tuple((spelled, 0.3) for spelled in spellings(form) if knows(spelled))[:1]
