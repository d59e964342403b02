"""Spans that answer "why" and "how": the clause that gives the reason, the means that somebody came by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer.matching import Wanted
from qa.answer.people import Candidate
from qa.language import spans

_THAT_IS_WHY = re.compile(r"\b(?:itu(?:lah)? (?:sebabnya|mengapa|kenapa|alasan\w*)|that(?: is|'s|’s) why)\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:naik|pakai|menggunakan|kendaraan|transport\w*|ditumpangi|mengendarai|lewat|melalui|menumpang|tiba|datang|berangkat|pergi|sampai|"
    r"arrive\w*|travel\w*|come|came|get|got)\b",
    re.IGNORECASE,
)


def why(sentence: str, _wanted: Wanted) -> Iterator[Candidate]:
    """Clauses of reason or purpose; the whole sentence where it points back ("itu sebabnya"), or for want of them."""
    for start, end, strong in spans.reasons(sentence):
        yield Candidate(start, end, 1.0 if strong else 0.7)
    if _THAT_IS_WHY.search(sentence):
        yield Candidate(0, len(sentence), 0.8)
    yield Candidate(0, len(sentence), 0.25)  # a reason need not be called one, but then the form says nothing


def means_asked(wanted: Wanted) -> bool:
    """Does "how" ask by what somebody came or went?"""
    return wanted.asked.kind == "how" and bool(_BY.search(" ".join([wanted.asked.said, *(term.form for term in wanted.terms)])))


def how(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Means ("dengan pesawat"), and the sentence itself, which hardly answers where means are asked for."""
    by = means_asked(wanted)
    for start, end in spans.means(sentence):
        yield Candidate(start, end, 1.0 if by else 0.6)
    yield Candidate(0, len(sentence), 0.2 if by else 0.5)
