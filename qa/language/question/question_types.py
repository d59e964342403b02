"""What sort of answer a question wants: question -> QuestionType, from its interrogative words (data/question_types.tsv).

The first row that matches wins, so the narrow ones come first: "siapa saja" before "siapa", "jam berapa" (a time) and "berapa jam" (a
duration) before "berapa". Spoken order is as good as written order ("Kim tiba naik apa?"), therefore a row looks for its words anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from qa.language import lists
from qa.schema import Kind, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionType:
    """`speaker` is whose words are asked for, as the question writes the name ("" if nobody's).

    `cues` are the spans of the question that only say that it is a question: no article has to contain them.
    """

    kind: Kind
    speaker: str = ""
    interrogative: str = ""  # the words that made it this kind, as written ("dari mana", "naik apa")
    cues: tuple[tuple[int, int], ...] = ()


_EITHER = re.compile(r"\b(?:atau(?:kah)?|or) (?!(?:tidak|belum|bukan|nggak|ngga|gak|tak|not|no)\b)\w", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_ASIDE = re.compile(r"(?<=\w)(?<!\bsince)(?<!\buntil),? \b(?:when|where|while|who|whose|whom)\b.*", re.IGNORECASE | re.DOTALL)


def asked(question: str, language: Language) -> QuestionType:
    """What `question` wants. A text without any interrogative word counts as "what"."""
    speaker = next(
        (
            found["speaker"].strip(" ,.?!")
            for kind, pattern in _rows(language)
            if kind == "speaker" and (found := pattern.search(question))
        ),
        "",
    )
    for kind, pattern in _rows(language):
        found = pattern.search(question if language == "id" else _without_aside(question)) if kind != "speaker" else None
        if found:
            either = kind == "yes_no" and _EITHER.search(question)
            return QuestionType(
                kind="what" if either else cast("Kind", kind), speaker=speaker, interrogative=found.group(), cues=_cues(found)
            )
    return QuestionType(kind="what", speaker=speaker)


@cache
def _rows(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern) of a language, in order."""
    named = {name: pattern for _, name, _, pattern, _ in lists.table("question_types").where(kind="name")}

    def whole(pattern: str) -> str:
        return re.sub(r"<([A-Z]+)>", lambda found: whole(named[found[1]]), pattern)

    rows = lists.table("question_types").where(language=language)
    return tuple((kind, re.compile(whole(pattern), re.IGNORECASE)) for _, _, kind, pattern, _ in rows)


def _without_aside(question: str) -> str:
    """An English question up to a second word that asks: "Who led the police when the card came out?" asks who, not when."""
    aside = _ASIDE.search(question)
    return question[: aside.start()] if aside and _ASKS.search(question[: aside.start()]) else question


def _cues(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """The matched span less its named groups, which articles do contain."""
    start, end = match.span()
    spans = []
    for name in sorted((name for name in match.re.groupindex if match.group(name)), key=match.start):
        spans.append((start, match.start(name)))
        start = match.end(name)
    return tuple((left, right) for left, right in (*spans, (start, end)) if right > left)
