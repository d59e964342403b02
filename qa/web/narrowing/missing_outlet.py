"""An outlet that a question names and the archive has not: the page says so, instead of answering from others in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.corpus.datelines import newsy
from qa.language.lists import column

_NAME = r"[\w.'’-]+(?: [A-Z][\w.'’-]*){0,3}"
_CUE = re.compile(
    rf"\b(?i:menurut|versi|dilansir|dikutip|diberitakan|according to|reported by)(?: (?i:dari|oleh|koran|harian|media|situs|portal|the newspaper))* (?P<name>{_NAME})"
)


def missing_outlet(question: str, outlets: Sequence[str]) -> str:
    """The outlet that a question names with a cue ("menurut Kompas") and that is none of `outlets`; "" where there is none."""
    known = [outlet.casefold() for outlet in outlets]
    for found in _CUE.finditer(question):
        name = found["name"].strip(" .,?!")
        folded = name.casefold()
        if _named(name) and not any(folded in outlet or outlet in folded for outlet in known):
            return name
    return ""


def _named(name: str) -> bool:
    """A name of a newspaper; written small only where the word names one by itself: "menurut tempo", but "menurut berita itu"."""
    return newsy(name) and (name != name.lower() or "." in name or name in column("outlet_words", "word", alone="yes"))
