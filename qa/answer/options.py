"""Which of two answers that a question laid before us ("Kim atau Putin?") a sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer.matching import Wanted
from qa.answer.people import Candidate
from qa.language import text

_CLAUSE = re.compile(r"[,;:](?=\s)|\s(?:sementara|sedangkan|namun|tetapi|while|whereas|but)\s")
_THAN = re.compile(
    r"\b(?:lebih|more|earlier|later|\w+er)\b[^,.;]*\b(?:dari(?:pada)?|ketimbang|dibanding(?:kan)?|than)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def options(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Where the sentence says one of the answers that the question laid before us; of a name of several words one is enough.

    What others are measured by ("lebih dulu dari Kim") is not the answer. Where it says both, the one fits whose clause says more of the
    question ("Putin datang dengan pesawat, sementara Kim ...").
    """
    found = [match for option in wanted.asked.options for match in _mentions(sentence, option)]
    ends = [*(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    shares: list[tuple[float, float]] = []
    for match in found:
        stop = next(end for end in ends if end >= match.start())
        start = max((end for end in ends if end < match.start()), default=0)
        clause = {text.fold(word) for word, _, _ in text.words(sentence[start:stop])}
        said = [term for term in wanted.terms if term.form in clause]
        # A name ties a clause to the question more than a verb, which may be another one of that meaning.
        shares.append((sum(term.weight for term in said if term.name), sum(term.weight for term in said if not term.name)))
    measures = [_THAN.search(sentence, 0, match.start()) is not None for match in found]
    most = max((share for share, measure in zip(shares, measures, strict=True) if not measure), default=None)
    for match, share, measure in zip(found, shares, measures, strict=True):
        yield Candidate(match.start(), match.end(), 1.0 if share == most and not measure else 0.4)


def _mentions(sentence: str, option: str) -> list[re.Match[str]]:
    parts = option.split() if option[:1].isupper() else []
    for said in (option, *(part for part in parts if part != option)):
        if found := list(re.finditer(rf"\b{re.escape(said)}(?:nya)?\b", sentence, re.IGNORECASE)):
            return found
    return []
