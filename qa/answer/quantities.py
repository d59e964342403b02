"""Spans that answer "when", "how many" and "how long": times, figures, durations, each with how well its form fits what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer.matching import Wanted
from qa.answer.measures import AGE, measured
from qa.answer.people import Candidate
from qa.language import spans, text
from qa.language.roots import same_root

_COUNTED = re.compile(
    r"\b(?:peringatan|ulang tahun|hut|hari jadi|perayaan|(?:ber)?usia|(?:ber)?umur|anniversary)\s(?:ke-?)?$", re.IGNORECASE
)
_EARLIER = re.compile(  # "30 menit lebih dulu" tells when, not how long
    r"\W*(?:lebih (?:dulu|awal|cepat|lambat)|sebelumnya|setelahnya|kemudian|(?:yang )?(?:lalu|silam)|earlier|later|ago)\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"(?:\b(?:ber)?(?:usia|umur)\w*\s(?:\w+\s){0,2}|\baged?\s|\()$", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:akan|bakal|hendak|segera|nanti(?:nya)?|mendatang|depan|besok|lusa|(?:be)?rencana\w*|(?:di)?rencanakan|(?:di)?jadwal\w*|target\w*|menjelang|"
    r"will|would|plan\w*|next|upcoming|scheduled|going to)\b",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:lalu|silam|kemarin|tadi|last|ago|yesterday)\b", re.IGNORECASE)
_PAST = 0.2  # fit of a time in a sentence without a word of what is to come, where that is asked for
_DATE_LIKE = re.compile(r"^(?:1[5-9]|20)\d\d$")


def when(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Dates, hours, years, those first that name the unit asked for."""
    noun = wanted.asked.noun
    clocks = set(spans.clocks(sentence))
    past = wanted.future and not _TO_COME.search(sentence)
    for start, end in spans.times(sentence):
        said = sentence[start:end]
        fit = 0.9
        if noun in {"jam", "pukul", "time", "hour"}:
            fit = 1.0 if (start, end) in clocks else 0.15
        elif noun in {"tahun", "year", "abad", "century"}:
            fit = 1.0 if re.search(r"\d{4}|abad", said) else 0.15
        elif noun in {"tanggal", "date", "tgl"}:
            fit = 1.0 if re.search(r"\d", said) and (start, end) not in clocks and not _DATE_LIKE.match(said) else 0.3
        elif noun in {"hari", "day"}:
            fit = (
                1.0
                if re.match(r"(?:hari )?(?:sen|sel|rab|kam|jum|sab|ming|mon|tue|wed|thu|fri|sat|sun)", said.casefold())
                else 0.5
            )
        elif (start, end) in clocks:
            fit = 0.7
        gone = past or (wanted.future and _GONE.search(said + sentence[end : end + 12]))
        yield Candidate(start, end, min(fit, _PAST) if gone else fit)


def how_many(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Figures with what they count or are measured in, and places in an order where one is asked for."""
    noun = wanted.asked.noun
    measure = measured(wanted)
    times = spans.times(sentence)
    which = wanted.asked.in_order
    if which:
        yield from (Candidate(start, end, 0.9) for start, end in spans.ordinals(sentence))
    for start, end in spans.numbers(sentence):
        said = sentence[start:end]
        if any(start >= first and start < last for first, last in times):
            fit = 0.05
        elif measure is not None:
            fit = 1.0 if measure.search(said + sentence[end : end + 8]) else 0.15
            if measure is AGE and not _AGED.search(sentence[:start]):
                fit = 0.15
        elif noun and any(same_root(noun, word) or word == noun for word in text.fold(said).split()):
            fit = 1.0
        elif noun and _counts(noun, sentence, start, end):
            fit = 0.8
        else:
            fit = 0.7 if which else 0.45
        yield Candidate(start, end, fit)


def _counts(noun: str, sentence: str, start: int, end: int) -> bool:
    """Does the noun asked for stand within three words of the number?"""
    near = text.fold(sentence[max(0, start - 25) : end + 25]).split()
    return any(word.strip(".,") == noun or same_root(noun, word.strip(".,")) for word in near)


def how_long(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Stretches of time, less those that only tell how much earlier or later."""
    unit = wanted.asked.noun
    times = spans.times(sentence)
    for start, end in spans.durations(sentence):
        clash = any(start >= first and end <= last for first, last in times) or bool(_COUNTED.search(sentence[:start]))
        clash = clash or (not unit and bool(_EARLIER.match(sentence, end)))
        said = text.fold(sentence[start:end])
        yield Candidate(start, end, 0.2 if clash else 1.0 if not unit or unit in said else 0.7)
