"""Does a claim deny what its quote affirms, or affirm what it denies? By the words that follow each denial."""

from __future__ import annotations

import re

from qa.language import text
from qa.language.text.function_words import DENIALS, denials
from qa.language.text.words import FUNCTION_WORDS

_PIECE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,.;:!?–—]")


def contrary(claim: str, quote: str, *, foreign: bool = False) -> str:
    """Why the two cannot both be true as far as denials go, "" when nothing speaks against it.

    foreign: claim and quote are in two languages, so that only whether they deny at all can be compared.
    """
    mine, theirs = (denied(sentence, failures=not foreign) for sentence in (claim, quote))
    if foreign:
        return "" if bool(mine) == bool(theirs) else "the claim denies what the quote affirms, or the other way round"
    claimed, there = _roots(claim), _roots(quote)
    under = {word for group in theirs for word in group}
    for group in mine:
        known = [word for word in group if word in there]
        if (known and not under & set(known)) or not (known or theirs):
            return f"the claim denies '{group[0]}', which the quote does not"
    under = {word for group in mine for word in group}
    for group in theirs:
        if (
            group[0] in claimed
            and group[0] not in under
            and there.count(group[0]) == sum(group[0] == other[0] for other in theirs)
        ):
            return f"the claim affirms '{group[0]}', which the quote denies"
    return ""


def denied(sentence: str, *, failures: bool = True) -> list[tuple[str, ...]]:
    """For each denial the roots of the one or two content words that follow it in its clause, in order; `failures`: "gagal" denies too."""
    pieces = [text.fold(match.group()) for match in _PIECE.finditer(sentence)]
    found = []
    for at in denials(pieces, failures=failures):
        group: list[str] = []
        for word in pieces[at + 1 :]:
            if not word[0].isalnum() or len(group) == 2:
                break
            if word not in FUNCTION_WORDS and word not in DENIALS:
                group.append(text.stem(word))
        if group:
            found.append(tuple(group))
    return found


def _roots(sentence: str) -> list[str]:
    return [text.stem(text.fold(match.group())) for match in _PIECE.finditer(sentence) if match.group()[0].isalnum()]
