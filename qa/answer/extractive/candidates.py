"""From readings to candidates: each answer span of each passage that was read, and the sentences that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.language import text
from qa.schema import Hit

EACH = 4  # spans of a passage that are looked at
LONGEST_QUOTE = 3  # sentences that a span may reach over
_EDGES = " \t\r\n,;:.!?-–—'‘’"
_MARKS = {"“": "”", '"': '"', "«": "»"}
_PAIRS = {"(": ")", "[": "]", **_MARKS}
_CLOSED = {close: mark for mark, close in _PAIRS.items()}
_MINUS = re.compile(r"(?:^|(?<=\s))[-–−]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A span of a hit's passage that may be the answer. Offsets are code points of the passage's text, half open.

    `start` and `end` are the span's, `first` and `last` those of the whole sentences that hold it.
    """

    hit: Hit
    start: int
    end: int
    first: int
    last: int
    score: float  # the sum of the two logits
    key: str = field(init=False, compare=False)  # the answer as two passages that say the same are compared: folded words

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", " ".join(text.terms(self.answer)))  # once, though each candidate is compared with each

    @property
    def answer(self) -> str:
        """The span's words."""
        return self.hit.passage.text[self.start : self.end]

    @property
    def quote(self) -> str:
        """The sentences' words."""
        return self.hit.passage.text[self.first : self.last]


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The spans of every hit that was read, hits in their order, each hit's best span first."""
    return [candidate for hit in hits if hit.reading is not None for candidate in _of(hit)]


def sentences_of(hit: Hit) -> list[Candidate]:
    """Each sentence of a hit's passage as a candidate by itself, in order; score 0."""
    return [
        Candidate(hit=hit, start=start, end=end, first=start, last=end, score=0.0)
        for start, end in text.sentences(hit.passage.text)
    ]


def _of(hit: Hit) -> Iterator[Candidate]:
    body = hit.passage.text
    spans = text.sentences(body)
    for span in (hit.reading.spans if hit.reading else ())[:EACH]:
        start, end = trimmed(body, span.start, span.end)
        covered = [at for at, (first, last) in enumerate(spans) if first < end and start < last]
        if start >= end or not covered or len(covered) > LONGEST_QUOTE:
            continue
        yield Candidate(hit=hit, start=start, end=end, first=spans[covered[0]][0], last=spans[covered[-1]][1], score=span.score)


def trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words, then without punctuation at its edges.

    A bracket or quotation mark with its partner stays, but for marks round the whole span; so does the minus of a number. One whose
    partner follows the span at once has it: "Sabtu (20/7/2024" ends in the bracket.
    """
    while 0 < start < len(body) and body[start - 1].isalnum() and body[start].isalnum():
        start -= 1
    while 0 < end < len(body) and body[end - 1].isalnum() and body[end].isalnum():
        end += 1
    while True:
        before = start, end
        while start < end and (body[start] in _EDGES or _alone(body, start, start, end)) and not _MINUS.match(body, start):
            start += 1
        while start < end and (body[end - 1] in _EDGES or _alone(body, end - 1, start, end)):
            end -= 1
        if end - start > 1 and _MARKS.get(body[start]) == body[end - 1] and body[start] not in body[start + 1 : end - 1]:
            start, end = start + 1, end - 1
        if before == (start, end):
            break
    if end < len(body) and _closes(body[end], body[start:end]):
        end += 1
    if re.match(r"\.(?=\s|$)", body[end : end + 2]) and re.search(r"(?:^|[\s.])[A-Z]$", body[start:end]):
        end += 1  # the stop of an initial belongs to it: "Joko W."
    return start, end


def _closes(mark: str, span: str) -> bool:
    """Is the mark the partner of a bracket or quotation mark that the span opens and does not close?"""
    partner = _CLOSED.get(mark)
    return partner is not None and (span.count(mark) % 2 == 1 if partner == mark else span.count(partner) > span.count(mark))


def _alone(body: str, at: int, start: int, end: int) -> bool:
    """Is the mark at an edge of body[start:end] a bracket or quotation mark without its partner in there?"""
    mark, rest = body[at], body[start + 1 : end] if at == start else body[start : end - 1]
    if _PAIRS.get(mark) == mark:
        return rest.count(mark) % 2 == 0
    partner = _PAIRS.get(mark) or _CLOSED.get(mark)
    return partner is not None and partner not in rest
