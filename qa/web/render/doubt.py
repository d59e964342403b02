"""Degrees of not knowing: not in these articles; perhaps this, not sure; what comes near. And a word for how sure an answer is.

A headline and the line under it say the same thing, and no passage is shown that has nothing to do with what was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.language.text import question_terms, stem, terms
from qa.messages import in_words

if TYPE_CHECKING:
    from qa.schema import Answer, Hit, Reading
    from qa.web.wording.languages import Words

NEAR = 3  # nearest passages shown where there is no answer: enough to see why, few enough to read
_LOOKED_AT = 5  # hits among which they are sought
_SHARE = 3  # a passage that nobody read comes near when it has one in three of the words that were asked
_HIGH, _FAIR = 0.85, 0.6  # confidence from which an answer is called sure, and fairly sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is said instead of an answer, with the places (in `Answer.hits`) of the passages that are shown."""

    degree: str  # "none", "perhaps" or "empty"
    headline: str
    line: str
    places: tuple[int, ...] = ()


def doubt(answer: Answer, words: Words) -> Doubt:
    """The degree of an answer that was withheld, in words that do not contradict each other."""
    if answer.reason == "empty-question":
        return Doubt(degree="empty", headline=words.empty, line=in_words(answer.reason, words.language))
    if answer.reason == "low-confidence":
        place = likeliest(answer)
        if candidate(answer, place):
            others = tuple(at for at in near(answer) if at != place)
            return Doubt(degree="perhaps", headline=words.perhaps_this, line=words.perhaps_line, places=(place, *others)[:NEAR])
        return Doubt(degree="perhaps", headline=words.perhaps_here, line=words.perhaps_line, places=_first(answer))
    if answer.reason == "not-proved":
        line = in_words(answer.reason, words.language)
        return Doubt(degree="perhaps", headline=words.perhaps_here, line=line, places=_first(answer))
    places = near(answer)
    reason = answer.reason if places or answer.reason != "not-in-articles" else "nothing-found"
    line = f"{in_words(reason, words.language)} {answer.trace.note}".strip()  # the note says which days were searched
    return Doubt(degree="none", headline=words.no_answer, line=line, places=places)


def near(answer: Answer) -> tuple[int, ...]:
    """The places of the hits that have to do with the question: by the reader where it read them, else by a word in common."""
    if answer.reason == "nothing-found":
        return ()
    asked = frozenset(map(stem, question_terms(answer.trace.query or answer.question)))
    return tuple(at for at, hit in enumerate(answer.hits[:_LOOKED_AT]) if _about(hit, asked, answer.language))[:NEAR]


def likeliest(answer: Answer) -> int:
    """The place of the hit that the reader finds likeliest to answer; 0 where it read none."""
    read = [(reading.answerable, -at) for at, hit in enumerate(answer.hits) if (reading := _reading(hit)) and reading.spans]
    return -max(read)[1] if read else 0


def candidate(answer: Answer, place: int) -> tuple[int, int] | None:
    """The span of a hit's passage (code points of its text) that may be the answer, where the reader found one."""
    reading = _reading(answer.hits[place]) if 0 <= place < len(answer.hits) else None
    if not reading or not reading.spans:
        return None
    best = reading.spans[0]
    return (best.start, best.end) if 0 <= best.start < best.end <= len(answer.hits[place].passage.text) else None


def sureness(answer: Answer, words: Words) -> str:
    """How sure an answer is, in a word."""
    return words.sure_high if answer.confidence >= _HIGH else words.sure_fair if answer.confidence >= _FAIR else words.sure_low


def _first(answer: Answer) -> tuple[int, ...]:
    return near(answer) or tuple(range(min(1, len(answer.hits))))


def _reading(hit: Hit) -> Reading | None:
    return hit.reading


def _about(hit: Hit, asked: frozenset[str], language: str) -> bool:
    reading = _reading(hit)
    if reading is not None:
        return bool(reading.relevance > 0)
    if language != "id" or not asked:  # words do not cross languages
        return True
    shared = asked & set(map(stem, terms(f"{hit.passage.title} {hit.passage.text}")))
    return len(shared) * _SHARE >= len(asked)
