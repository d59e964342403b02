"""From the reader's logits to spans: windows of long passages, and the best few spans of one window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from qa.retrieve.pairs import PairEncoder, Tokens

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

OVERLAP = 64  # tokens that neighbouring windows share
LONGEST = 64  # tokens of an answer
CANDIDATES = 12  # starts and ends that are combined


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of a pair: its network input, where the passage begins in it, and which passage tokens it holds."""

    ids: Ints
    kinds: Ints
    first: int  # index in ids of the window's first passage token
    offset: int  # that token's index in the passage
    length: int  # passage tokens in the window


def windows(encoder: PairEncoder, question: Tokens, passage: Tokens, title: Tokens | None = None) -> Iterator[Piece]:
    """The pair as one window, or as several that overlap where the passage does not fit."""
    room = encoder.room(question, title)
    step = room - OVERLAP
    start = 0
    while True:
        part = passage.cut(start, start + room)
        ids, kinds, first = encoder.pair(question, part, title)
        yield Piece(ids, kinds, first, start, len(part))
        if start + room >= len(passage):
            return
        start += step


def best_spans(logits: Floats, n: int, *, longest: int = LONGEST) -> list[tuple[int, int, float]]:
    """The n best spans (first token, last token, start logit + end logit) of a passage, best first, none inside another.

    logits: (tokens, 2) of starting and ending an answer. A span has at most `longest` tokens. Ties go to the earlier start.
    """
    import numpy as np

    if not len(logits):
        return []
    starts = np.argsort(-logits[:, 0], kind="stable")[: max(CANDIDATES, 2 * n)]
    ends = np.argsort(-logits[:, 1], kind="stable")[: max(CANDIDATES, 2 * n)]
    options = [
        (float(logits[first, 0] + logits[last, 1]), int(first), int(last))
        for first in starts
        for last in ends
        if first <= last < first + longest
    ]
    options.sort(key=lambda option: (-option[0], option[1], option[2]))
    chosen: list[tuple[int, int, float]] = []
    for score, first, last in options:
        if all(last < other_first or first > other_last for other_first, other_last, _ in chosen):
            chosen.append((first, last, score))
        if len(chosen) == n:
            break
    return chosen
