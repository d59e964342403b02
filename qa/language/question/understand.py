"""question -> Query: language, mended spelling, kind, names, days and outlets.

The words of the archive decide what is an error: a word that the corpus (or `known`) has is never changed, so a rare name
stays as it was typed. A name that nobody knows stays too unless it differs from a known word by a slip of the finger.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from qa.language import lists, text
from qa.language.annotate import names as proper_names
from qa.language.question import question_types as kinds
from qa.language.question.event_days import event_days, wants_newest, without_newest
from qa.language.text.corpus_words import commonest
from qa.language.text.words import FUNCTION_WORDS, is_indonesian
from qa.language.time import dates
from qa.schema import Language, Query

_ASKING = frozenset(["mengapa", "kenapa", "bagaimana", "kapan", "siapa", "berapa", "mana", "apa", "apakah"])
_SURE = 6  # letters from which a capitalised word that is near to an everyday one is a slip of it
_TRIM = " \t\r\n.,;:!?\"'“”‘’()[]"
_OUTLET_CUE = rf"(?:{lists.one_of(lists.cue('outlet'))})"
_DOMAIN = re.compile(r"(?:\.(?:com|co|id|net|org|news|tv))+$")


def understand(
    question: str,
    *,
    vocabulary: Mapping[str, int] | None,
    outlets: Sequence[str] = (),
    today: date | None = None,
    known: Collection[str] = frozenset(),
    proper: Collection[str] = frozenset(),
    near: date | None = None,
    before: str = "",
) -> Query:
    """The question as the engine sees it; never raises, an empty question gives a Query with an empty text.

    vocabulary  folded word -> number of passages that have it; None leaves typing errors alone
    outlets     outlets of the corpus; one that the question names with a cue ("menurut Kontan") restricts the search
    today       the day that "kemarin" and "minggu lalu" count from; None: such words give no window
    known       further folded words that are no errors although the corpus lacks them ("gaji" in a small archive)
    near        the day that a date without its year is nearest to: the archive's last
    before      the turn before, whose date "minggu itu" points to
    proper      folded words that the corpus writes with a capital; lets names be seen in "kapan putin datang"
    """
    as_asked = " ".join(question.split())
    language = text.language(as_asked)
    normal = text.normalise(as_asked)
    asked = kinds.asked(normal, language)
    mended = _mend(normal, asked, language, vocabulary, known)
    if mended != normal:
        asked = kinds.asked(mended, language)
    restricted = _outlets(mended, outlets)
    in_both = language == "en" or text.identify(as_asked) == "mixed"
    rendered = _gloss(mended, vocabulary) if in_both else ""
    window = dates.window(mended, today)
    event = None if window else event_days(mended, near=near, before=before)
    bound = event if event and event.binding else None
    plain, newest = without_newest(f"{mended[: bound.start]} {mended[bound.end :]}" if bound else mended)
    when = " ".join((mended[bound.start : bound.end] if bound else "", *newest))  # articles of those days need not have its words
    apart = text.terms(_gloss(when, vocabulary) if when and language == "en" else when)
    return Query(
        text=mended,
        language=language,
        kind=asked.kind,
        names=_names(mended, asked.speaker, proper, restricted),
        speaker=asked.speaker,
        window=window,
        plain=re.sub(r"\s+(?=[?.!,])", "", plain).lstrip(" ,"),
        event=event.days if event else None,
        event_binds=event is not None and event.binding,
        newest=wants_newest(mended) or (event is not None and event.newest),
        outlets=restricted,
        standalone=as_asked,
        terms=_terms(rendered if language == "en" else mended, vocabulary or {}, apart),
        gloss=rendered,
    )


def _terms(question: str, vocabulary: Mapping[str, int], apart: Collection[str] = ()) -> tuple[tuple[str, float], ...]:
    """Content words with their rarity: 1 for a word that no passage has or one alone, 0 for one that the most common word's passages all have."""
    most = math.log1p(commonest(vocabulary) or 1)
    kept = [
        term
        for term in dict.fromkeys(text.terms(question))
        if term not in apart and term not in FUNCTION_WORDS and term not in _ASKING
    ]
    return tuple((term, 1.0 - math.log1p(max(1, vocabulary.get(term, 1)) - 1) / max(most, 0.7)) for term in kept)


def _gloss(question: str, vocabulary: Mapping[str, int] | None) -> str:
    from qa.language.gloss.gloss import gloss

    return gloss(question, known=vocabulary.__contains__ if vocabulary else None)


def _mend(
    normal: str, asked: kinds.QuestionType, language: Language, vocabulary: Mapping[str, int] | None, known: Collection[str]
) -> str:
    """The question, already in standard spelling, with typing errors corrected."""
    if not vocabulary:
        return normal
    interrogative = {index for start, end in asked.cues for index in range(start, end)}
    pieces: list[str] = []
    at = 0
    for spelled, start, end in text.words(normal):
        pieces.append(normal[at:start])
        word = text.fold(spelled)
        at = end
        if start in interrogative or not _may_be_wrong(word, vocabulary, known):
            pieces.append(spelled)
            continue
        # An English word that an Indonesian archive lacks is no error; only a name can be one.
        foreign = language == "en" and (not spelled[0].isupper() or _english(word))
        better = word if foreign else text.correct(word, vocabulary)
        if start and spelled[0].isupper() and len(word) < _SURE and is_indonesian(better):
            better = word  # a short name that the articles lack is no slip of an everyday word: "Lawu" is not "lalu"
        # A word that becomes an interrogative would turn the question into another.
        pieces.append(
            _like(spelled, better) if better != word and better not in FUNCTION_WORDS and better not in _ASKING else spelled
        )
    return "".join(pieces) + normal[at:]


def _english(word: str) -> bool:
    from qa.language.gloss.lexicon import opened  # late: most questions need no lexicon

    return bool(opened().find([word])[1])


def _may_be_wrong(word: str, vocabulary: Mapping[str, int], known: Collection[str]) -> bool:
    if len(word) < 4 or not word.isalpha() or word in vocabulary or word in known:
        return False
    return text.stem(word) == word  # a word that the dictionary of roots can take apart is no error


def _like(spelled: str, better: str) -> str:
    return better.capitalize() if spelled[0].isupper() else better


def _names(question: str, speaker: str, proper: Collection[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """Names as written, the speaker asked for first, each once; an outlet that the search is restricted to is none of them."""
    found = [speaker] if speaker else []
    found += [question[start:end].strip(_TRIM) for start, end in proper_names.names(question)]
    found += _small_names(question, proper)
    kept: list[str] = []
    for name in found:
        folded = text.fold(name)
        if any(re.fullmatch(_outlet_pattern(outlet), folded) for outlet in outlets):
            continue
        if name and not any(f" {folded} " in f" {text.fold(other)} " for other in kept):
            kept.append(name)
    return tuple(kept)


def _small_names(question: str, proper: Collection[str]) -> list[str]:
    """Runs of small-letter words that the corpus writes with capitals."""
    runs: list[list[int]] = []
    last = -2
    for word, start, end in text.words(question):
        if text.fold(word) in proper and question[start].islower():
            if runs and question[last:start].isspace():
                runs[-1][1] = end
            else:
                runs.append([start, end])
            last = end
    return [question[start:end] for start, end in runs]


def _outlets(question: str, outlets: Sequence[str]) -> tuple[str, ...]:
    folded = text.fold(question)
    return tuple(
        outlet
        for outlet in dict.fromkeys(outlets)
        if outlet and re.search(rf"\b{_OUTLET_CUE} (?:portal |media |situs |koran |harian )?{_outlet_pattern(outlet)}", folded)
    )


def _outlet_pattern(outlet: str) -> str:
    """How people call an outlet: "KONTAN.CO.ID" is "kontan", "kontan.co.id" and "Kontan"."""
    name = text.fold(outlet)
    bare = _DOMAIN.sub("", name)
    return rf"(?:{re.escape(name)}|{re.escape(bare)})(?![\w-])"
