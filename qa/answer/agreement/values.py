"""A candidate's answer as a typed value: an amount, days, a time of the clock, or words that name somebody or something."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from qa.answer.agreement.quantities import Quantity, measured, person, quantities
from qa.answer.extractive.candidates import Candidate, trimmed
from qa.language import lists, text
from qa.language.annotate import names as proper_names
from qa.language.annotate.names import TITLES
from qa.language.lists import one_of
from qa.language.text.words import FUNCTION_WORDS, stem
from qa.language.time.moments import moments
from qa.schema import Kind, Query

MOST_WORDS = 8  # of an answer in words that is one value and no account
_HOURS = re.compile(
    r"\b(?:pukul|jam|at)\s+(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?:\s*(?P<zone>WIB|WITA|WIT|waktu\s+\w+|[ap]\.?m\b))?",
    re.IGNORECASE,
)
_ASKS_HOUR = re.compile(r"\b(?:pukul|jam)\s+berapa\b|\b(?:what|which)\s+(?:time|hour)\b|\bat\s+what\s+time\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bberapa(?:kah)?\s+(?:banyak\s+|jumlah\s+)?([^\W\d_]+)|\bhow many\s+([^\W\d_]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What the answer tells of the calendar: the days `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A time of the day in minutes after midnight, in the zone that is written ("" where none is)."""

    minutes: int
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentWords:
    """The content words of an answer, folded, without titles and the question's own words; `named` when it is a proper name."""

    terms: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Polar:
    """Yes or no."""

    yes: bool


Value = Quantity | Days | TimeOfDay | ContentWords | Polar


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A typed value and the words of the passage that tell it: passage.text[start:end]."""

    value: Value
    start: int
    end: int


def value(query: Query, one: Candidate) -> Shown | None:
    """What a candidate answers, typed by what the question asks for; None where it is no value of that type."""
    kind: Kind = query.kind
    if kind in {"how_many", "how_long"}:
        return _amount(query, one)
    if kind == "when":
        return _hour(one) if _ASKS_HOUR.search(query.text) else _days(one)
    if kind in {"who", "where", "what", "why"}:
        return _words(query, one)
    return None


def narrowed(query: Query, one: Candidate) -> Candidate:
    """A candidate for a cause that is a long account, as the words after what names the cause ("dipicu oleh"); any other as it is."""
    account = len(one.answer.split()) > MOST_WORDS or re.search(r"[.!?]\s", one.answer)
    if query.kind != "why" or not account:
        return one
    for first, last in text.sentences(one.hit.passage.text):
        if first < one.end and one.start < last and (cause := _cause().search(one.hit.passage.text, max(first, one.start), last)):
            start, end = trimmed(one.hit.passage.text, *cause.span("what"))
            if start < end:
                return replace(one, start=start, end=end, first=first, last=last)
    return one


def names_cause(query: Query, shown: Shown, sentence: str, at: int) -> bool:
    """Do the words before the value say that it is a cause? `at`: where it begins in the sentence."""
    asked = query.kind == "why" and isinstance(shown.value, ContentWords)
    return asked and any(match.start("what") == at for match in _cause().finditer(sentence))


@cache
def _cause() -> re.Pattern[str]:
    """What names a cause, and the words that follow: to the next mark or clause, eight at most."""
    cue = one_of(lists.column("comparison", "word", kind="cause"))
    word = r"(?!(?:yang|saat|ketika|setelah|sehingga|that|which|when|after|while)\b)[^\s,.;:!?]+"
    return re.compile(rf"\b(?:{cue})\s+(?P<what>{word}(?:[ \t]+{word}){{0,{MOST_WORDS - 1}}})", re.IGNORECASE)


def counted(question: str) -> str:
    """The root of what a question counts ("berapa rumah": rumah), "" where it counts nothing or only "orang"."""
    found = _COUNTED.search(question)
    return stem(text.fold(found[1] or found[2])) if found else ""


def _amount(query: Query, one: Candidate) -> Shown | None:
    """The amount that the span touches; of several the one of what is asked."""
    wanted, noun = asked_dimensions(query), counted(query.text)
    there = {found.noun for found in quantities(one.hit.passage.text)}
    noun = noun if not noun or noun in there or person(noun) else ""  # "berapa kapasitas": what nothing is counted in
    touched = [
        found for found in quantities(one.quote) if found.start + one.first < one.end and one.start < found.end + one.first
    ]
    fitting = [found for found in touched if _fits(found, wanted, noun)]
    if not fitting:
        return None
    best = min(fitting, key=lambda found: (bool(noun) and found.noun != noun, found.start))
    start, end = best.start + one.first, best.end + one.first
    if (
        len(touched) == 1
        and "." not in one.answer.replace("Rp.", "").rstrip("0123456789")
        and len(one.answer.split()) <= MOST_WORDS
    ):
        start, end = min(start, one.start), max(end, one.end)
    return Shown(value=best, start=start, end=end)


def asked_dimensions(query: Query) -> frozenset[str]:
    """The dimensions that an answer may have: those of the question's words, else a duration for how long; none: anything counted."""
    if (one := measured(query.text)) or query.kind != "how_long":
        return frozenset({one} - {""})
    return frozenset({"duration", "length"} if query.language == "en" else {"duration"})


def _fits(found: Quantity, wanted: frozenset[str], noun: str) -> bool:
    dimension = found.dimension.partition(":")[0]
    if wanted:
        return dimension in wanted or (dimension == "count" and not found.noun)
    if dimension != "count":
        return dimension != "duration" and (not noun or not person(noun))
    return not noun or not found.noun or found.noun == noun or (person(noun) and person(found.noun)) or _loose(noun, found.noun)


def _loose(noun: str, other: str) -> bool:
    """A counter ("ekor", "unit", "buah") is of anything, and English counts in plurals."""
    return (
        noun.rstrip("s") == other.rstrip("s") or other in {"ekor", "unit", "buah"} or noun in {"ekor", "unit", "buah", "banyak"}
    )


def _days(one: Candidate) -> Shown | None:
    """The days that the span touches; none where it reaches over several, which do not say which one answers."""
    text_, shift = one.hit.passage.text, one.first
    touched = [
        each
        for each in moments(one.quote, one.hit.passage.published)
        if each.start + shift < one.end and one.start < each.end + shift
    ]
    if not touched or len(touched) > 1:
        return None
    start, end = touched[0].start + shift, touched[0].end + shift
    if len(one.answer.split()) <= MOST_WORDS:
        start, end = min(start, one.start), max(end, one.end)
    start, end = trimmed(text_, start, end)
    return Shown(value=Days(first=touched[0].first, last=touched[0].last), start=start, end=end)


def _hour(one: Candidate) -> Shown | None:
    for match in _HOURS.finditer(one.quote):
        if match.start() + one.first < one.end and one.start < match.end() + one.first and int(match["hour"]) <= 24:
            minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
            zone = text.fold(match["zone"] or "").replace(".", "")
            minutes += 720 if zone == "pm" and minutes < 720 else 0
            return Shown(value=TimeOfDay(minutes=minutes, zone=zone), start=one.start, end=one.end)
    return None


def _words(query: Query, one: Candidate) -> Shown | None:
    if len(one.answer.split()) > MOST_WORDS or re.search(r"[.!?]\s", one.answer.replace("dr. ", "")[2:]):
        return None
    spans = proper_names.names(one.quote)
    named = any(start + one.first < one.end and one.start < end + one.first for start, end in spans)
    terms = tuple(word for word in (text.fold(word) for word, _, _ in text.words(one.answer)) if word not in FUNCTION_WORDS)
    asked = {stem(term) for term in text.terms(query.text)}
    new = tuple(word for word in terms if stem(word) not in asked)  # "lewat atap" and "lewat pintu" share only what was asked
    kept = tuple(word for word in new if word not in TITLES) or new
    return Shown(value=ContentWords(terms=kept, named=named), start=one.start, end=one.end) if kept else None
