"""The units in which speech is attributed: sentences, each with the quotations that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.language.text.sentences import sentences

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", " "))


def blanked(text: str, masks: Sequence[tuple[int, int]]) -> str:
    """The text with what is masked or cannot be seen put as white space, so that offsets stay."""
    text = text.translate(_INVISIBLE)
    for start, end in masks:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def units(text: str, quotes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, joined where a quotation runs over their border or where what follows a closing mark starts with a small letter."""
    waiting: tuple[int, int] | None = None
    borders = [(first - 1, last + 1) for first, last in quotes]
    place = 0
    for start, end in sentences(text):
        if waiting is not None:
            while place < len(borders) and borders[place][1] <= waiting[1]:
                place += 1
            crosses = place < len(borders) and borders[place][0] < start <= borders[place][1]
            continues = re.match(r"[\"”»]?\s*,?\s*[a-z]", text[start : start + 6]) and re.search(
                r"[\"”»]\s*$", text[waiting[0] : start]
            )
            verb_last = (
                bool(
                    re.search(
                        r"\b(?:melanjutkan|menambahkan|mengatakan|berkata|ujarnya|said)[.:,]\s*$", text[waiting[0] : waiting[1]]
                    )
                )
                and text[start] in '"“'
            )
            if crosses or continues or verb_last:
                waiting = waiting[0], end
                continue
            yield waiting
        waiting = start, end
    if waiting is not None:
        yield waiting
