"""Which quotation marks belong together, where desks type straight ones, leave some out and glue others to their neighbours."""

from __future__ import annotations

LONGEST = 1500
"""Characters that a quotation may have; a mark without a partner within them binds nothing."""

_MARKS = '"“”„«»'
_OPENS = "“„«"


def paired(text: str) -> list[tuple[int, int]]:
    """Spans text[start:end] between quotation marks, in order, without overlap, the marks left out.

    A paragraph that opens a quotation and does not close it ends it, when the next paragraph opens again (as long quotations are
    printed); otherwise a mark without a partner is none.
    """
    found: list[tuple[int, int]] = []
    opened = -1
    for at, mark in enumerate(text):
        if mark not in _MARKS:
            continue
        before = text[at - 1] if at else "\n"
        after = text[at + 1] if at + 1 < len(text) else "\n"
        if opened >= 0 and at - opened > LONGEST:
            opened = -1
        starts = (before.isspace() or before in "([–—-:,.") and not after.isspace() and after not in ",.;:!?)"
        if opened < 0:
            if starts or (mark in _OPENS and not after.isspace()) or (after.isalnum() and mark not in "”»"):
                opened = at
            continue
        again = mark in _OPENS or (mark == '"' and starts and before == "\n" and after.isupper())
        if again:
            line = text.find("\n", opened)
            if 0 <= line < at:
                found.append((opened + 1, _trimmed(text, opened + 1, line)))
            opened = at
            continue
        found.append((opened + 1, _trimmed(text, opened + 1, at)))
        opened = -1
    return [(start, end) for start, end in found if end > start]


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return end
