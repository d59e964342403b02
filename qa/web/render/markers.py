"""Where the numbers of citations are in an answer's text: the page, copies and exports all show them at the same places."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.schema import Citation

MARKER = re.compile(r"\[(\d{1,3})\]")


def markers(text: str, citations: Sequence[Citation]) -> Mapping[int, tuple[int, Citation]]:
    """Start -> (end, citation) of each marker of the text.

    A "[2]" inside a cited quote is the article's own and stays text; so does a number that no citation has.
    """
    known = {c.n: c for c in citations}
    quoted = [(at, at + len(quote)) for quote in (" ".join(c.quote.split()) for c in citations) if (at := text.find(quote)) >= 0]
    return {
        found.start(): (found.end(), known[int(found[1])])
        for found in MARKER.finditer(text)
        if int(found[1]) in known and not any(start <= found.start() < end for start, end in quoted)
    }


def pieces(text: str, citations: Sequence[Citation]) -> tuple[str | int, ...]:
    """The text cut at its markers: strings, and the numbers between them (the space before a number goes)."""
    at = markers(text, citations)
    cut: list[str | int] = []
    for start, end in pairwise(sorted({0, len(text), *at, *(end for end, _ in at.values())})):
        if start in at:
            if cut and isinstance(cut[-1], str):
                cut[-1] = cut[-1].rstrip()
            cut.append(at[start][1].n)
        else:
            cut.append(text[start:end])
    return tuple(piece for piece in cut if piece != "")
