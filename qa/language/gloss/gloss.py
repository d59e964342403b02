"""English over Indonesian articles: what each word may be called there, and a rendering word for word.

The rendering keeps the order of the English words, names and numbers, and chooses among the renderings of the lexicon by which words
the other side has. It is made for search and for comparing two sentences, not for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from qa.language import calendar, lists
from qa.language.gloss.lexicon import LONGEST, Lexicon, Options, opened
from qa.language.gloss.loanwords import spellings
from qa.language.text.english_forms import bases, english_words
from qa.language.text.function_words import words as function_words
from qa.language.text.words import EN_FUNCTION, fold, terms

Known = Callable[[str], bool]
"""Whether the archive has a word (folded)."""

FORMS_OF_BE = frozenset("is are was were am be been being".split())
_WEAK = 0.2  # of the best rendering's score: a rendering below says something else too often to be searched
_UNKNOWN = 0.3  # what a rendering that the archive lacks keeps of its score
_MISFIT = 0.05  # what an active one keeps where the English verb is passive, and a passive one where it is not
_BEFORE = 3  # words before a participle among which a form of be makes it passive
_PASSIVE = re.compile(r"(?:di|ter)\w{4,}")
_VERB = re.compile(rf"(?:me[mnlrywgk]?|ber|di|ter)\w{{3,}}|(?:{lists.one_of(lists.cue('bare-verb'))})$")
_EQUAL = 0.5  # of the best rendering's score: a noun at least so likely takes a verb's place behind an article
_DATE = re.compile(rf"\b({lists.one_of(calendar.months('full', language='id'))}) (\d{{1,2}})(?=\W|$)", re.IGNORECASE)
_ORDINAL, _YEARS = re.compile(r"(\d+)(?:st|nd|rd|th)"), re.compile(r"(\d{3,4})s")


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
    """An English text word for word in Indonesian; names and numbers stay as they are, an empty text gives "".

    >>> gloss("Kim was welcomed by President Putin in October.")
    'Kim disambut oleh presiden Putin pada Oktober'
    """
    lexicon = lexicon or opened()
    words = [word for word in english_words(question) if word]
    forms = [fold(word) for word in words]
    shouted = sum(word.isupper() for word in words) > len(words) / 2
    pieces: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST), at, -1):
            if end == at + 1 and (not forms[at].isalpha() or (forms[at] in _small() and (words[at].islower() or not at))):
                continue
            options = lexicon.find(forms[at:end])[1]
            if end == at + 1:
                options = _with_loans(forms[at], options, known)
            if options and (shouted or not _is_name(words[at:end], options, first=at == 0)):
                single = end == at + 1
                pieces.append(_best(options, known, passive=single and _passive(forms, at), noun=single and _noun(forms, at)))
                at = end
                break
        else:
            pieces.append(_as_it_is(words, forms, at))
            at += 1
    text = _DATE.sub(r"\2 \1", " ".join(piece for piece in pieces if piece))
    return text + "?" if text and question.rstrip().endswith("?") else text


@cache
def _small() -> dict[str, str]:
    return {row[0]: row[1] for row in lists.table("english_small_words").rows}


@cache
def _bearers() -> frozenset[str]:
    """Common nouns that English writes with a capital before or in a name ("President", "Lake")."""
    return frozenset(lists.column("titles", "word")) | frozenset(lists.column("english_bearers", "word"))


def _as_it_is(words: Sequence[str], forms: Sequence[str], at: int) -> str:
    """A small word, a number or a name."""
    following = forms[at + 1] if at + 1 < len(forms) else ""
    if forms[at] in _small() and (words[at].islower() or not at):
        timed = following[:1].isdigit() or following in _times()
        return "pada" if timed and forms[at] in {"in", "on", "at", "by"} else _small()[forms[at]]
    ordinal, years = _ORDINAL.fullmatch(forms[at]), _YEARS.fullmatch(forms[at])
    return f"ke-{ordinal[1]}" if ordinal else f"{years[1]}-an" if years else words[at]


@cache
def _times() -> frozenset[str]:
    return frozenset(calendar.months("full", language="en").keys() | calendar.weekdays("full", language="en").keys())


def _is_name(words: Sequence[str], options: Options, *, first: bool) -> bool:
    """Words with a capital are a name, unless they are called by a name too, or an office; "Un" in a name is not the UN."""
    if options[0][0].isupper() and not words[0].isupper():
        return True
    if first or not words[0][:1].isupper():
        return False
    if len(words) > 1:
        return not all(word[:1].isupper() or word.islower() for word in words)
    return not options[0][0][:1].isupper() and fold(words[0]) not in _bearers()


def _passive(forms: Sequence[str], at: int) -> bool:
    """A participle after a form of be, or before "by"."""
    by = at + 1 < len(forms) and forms[at + 1] == "by"
    be = any(form in FORMS_OF_BE for form in forms[max(0, at - _BEFORE) : at])
    return (by or be) and bool(bases(forms[at])) and not forms[at].endswith(("ing", "s"))


def _noun(forms: Sequence[str], at: int) -> bool:
    """A base form at once behind an article or whose it is: "the fire", and not "the injured"."""
    return at > 0 and forms[at - 1] in _determiners() and not forms[at].endswith(("ed", "ing"))


@cache
def _determiners() -> frozenset[str]:
    return function_words("determiner", language="en")


def _best(options: Options, known: Known | None, *, passive: bool, noun: bool) -> str:
    """The likeliest rendering that the other side knows, passive where the English word is, and no verb where it is a noun."""
    likely = {rendering: score for rendering, score in options if score >= _EQUAL * options[0][1]}
    nouns = {rendering for rendering in likely if not _VERB.match(rendering)} if noun else set()

    def weight(option: tuple[str, float]) -> float:
        rendering, score = option
        heard = known is None or all(known(fold(word)) for word in rendering.split())
        fits = rendering in nouns or (not nouns and _undergone(rendering, options) == passive)
        return score * (1.0 if heard else _UNKNOWN) * (1.0 if fits else _MISFIT)

    return max(options, key=weight)[0]


def _undergone(rendering: str, options: Options) -> bool:
    """Is it the passive of a verb? What begins with "ter" is one beside its active alone: "terbawa" beside "membawa", and not "terjadi"."""
    if not _PASSIVE.match(rendering):
        return False
    rest = rendering.removeprefix("ter")[1:]
    return rendering.startswith("di") or any(other.startswith("me") and other.endswith(rest) for other, _ in options)


def _with_loans(form: str, options: Options, known: Known | None) -> Options:
    """The options, and for a word that has none the loan's spelling that the archive (else the lexicon) knows."""
    if options:
        return options
    knows = known or opened().indonesian.__contains__
    return tuple((spelled, 0.3) for spelled in spellings(form) if knows(spelled))[:1]
