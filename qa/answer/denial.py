"""Does a claim deny what its quote affirms, or affirm what it denies? By the words that each denial stands before."""

from __future__ import annotations

import re

from qa.language import text
from qa.language.words import FUNCTION_WORDS

_DENIALS = frozenset(
    """tidak bukan belum tak tanpa jangan tiada takkan enggak nggak no not never without none neither nor cannot didn't doesn't don't isn't
    aren't wasn't weren't won't wouldn't can't couldn't hasn't haven't""".split()
)
_TURNS = frozenset(
    "hanya saja cuma sekadar semata jauh lama lain kurang lebih ayal only just merely far long less more later".split()
)
"""After a denial these deny nothing that follows: "tidak hanya", "tidak jauh dari", "not only"."""
_PIECE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,.;:!?–—]")


def contrary(claim: str, quote: str, *, foreign: bool = False) -> str:
    """Why the two cannot both be true as far as denials go, "" when nothing speaks against it.

    foreign: claim and quote are in two languages, so that only whether they deny at all can be compared.
    """
    mine, theirs = denied(claim), denied(quote)
    if foreign:
        return "" if bool(mine) == bool(theirs) else "the claim denies what the quote affirms, or the other way round"
    said, there = _roots(claim), _roots(quote)
    under = {word for group in theirs for word in group}
    for group in mine:
        known = [word for word in group if word in there]
        if (known and not under & set(known)) or not (known or theirs):
            return f"the claim denies '{group[0]}', which the quote does not"
    under = {word for group in mine for word in group}
    for group in theirs:
        if group[0] in said and group[0] not in under and there.count(group[0]) == sum(group[0] == other[0] for other in theirs):
            return f"the claim affirms '{group[0]}', which the quote denies"
    return ""


def denied(sentence: str) -> list[tuple[str, ...]]:
    """For each denial the roots of the one or two content words that follow it in its clause, in order."""
    pieces = [match.group() for match in _PIECE.finditer(sentence)]
    found = []
    for at, piece in enumerate(pieces):
        if text.fold(piece) not in _DENIALS or (at + 1 < len(pieces) and text.fold(pieces[at + 1]) in _TURNS):
            continue
        group: list[str] = []
        for after in pieces[at + 1 :]:
            word = text.fold(after)
            if not word[0].isalnum() or len(group) == 2:
                break
            if word not in FUNCTION_WORDS and word not in _DENIALS:
                group.append(text.stem(word))
        if group:
            found.append(tuple(group))
    return found


def _roots(sentence: str) -> list[str]:
    return [text.stem(text.fold(match.group())) for match in _PIECE.finditer(sentence) if match.group()[0].isalnum()]
