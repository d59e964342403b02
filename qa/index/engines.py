"""Which engine compares vectors, by how many there are: the one place that decides.

    up to EXACT_BELOW       every row, in numpy (qa.index.vectors.ExactVectors)
    above                   every row, in FAISS, memory-mapped (qa.index.vectors.FaissVectors)
    above LISTS_ABOVE       besides, an inverted file over all rows that a build wrote (qa.index.inverted_lists): it proposes
                            candidates, and the rows themselves put these in order

    above WORD_FILE_ABOVE   the words of the passages too in a file of their own (qa.index.store.word_file), looked up one by one

The first two hold for a segment and its rows, the last for a whole build. What is added later is compared with every row until the
index is compacted.
"""

from __future__ import annotations

EXACT_BELOW = 50_000
"""Passages. numpy needs no FAISS to be loaded (70 ms), and is as fast up to here."""

LISTS_ABOVE = 200_000
"""Passages. Comparing with every row takes FAISS some 17 ms of one core for a million; under 3 ms nobody needs more files."""

WORD_FILE_ABOVE = 20_000
"""Passages. Fewer have so few words that they are read at once."""


def row_store(passages: int, exact_below: int = EXACT_BELOW) -> str:
    """The name of the store for the rows of a segment, a key of qa.index.vectors.STORES."""
    return "exact" if passages <= exact_below else "faiss"


def wants_lists(passages: int, lists_above: int = LISTS_ABOVE) -> bool:
    """Whether a build of so many passages gets an inverted file."""
    return passages > lists_above


def wants_word_file(passages: int) -> bool:
    """Whether a build of so many passages gets a file of its words."""
    return passages > WORD_FILE_ABOVE
