"""Against the obvious: every living row compared with numpy."""

from __future__ import annotations

import numpy as np
import pytest

from qa.testing import HashEncoder


def obvious(of, question, k, allowed=None):
    living = [row for _, passages, first in of.articles.rows() for row in range(first, first + len(passages))]
    rows = [row for row in living if allowed is None or row in set(allowed)]
    scored = [(row, float(of.vectors.vectors(row, row + 1)[0] @ question)) for row in rows]
    return sorted(scored, key=lambda hit: (-hit[1], hit[0]))[:k]


@pytest.mark.parametrize("k", [1, 3, 100])
@pytest.mark.parametrize("only", [None, slice(None, None, 2), slice(0, 0)])
def test_the_nearest_of_all_segments_are_the_nearest_of_the_living(layered, k, only):
    rows = None if only is None else list(range(layered.segments[-1].entry.end_row))[only]
    for text in ("Kata0x1 berita6y2", "Kata5x0 berita5y1 Kata5x3", "lain sekali"):
        question = HashEncoder(64).question(text)
        found = layered.vectors.search(question, k, rows)
        expected = obvious(layered, question, k, rows)
        assert [row for row, _ in found] == [row for row, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)


def test_nothing_is_found_for_zeros_or_none_wanted(layered):
    assert layered.vectors.search(np.zeros(64, dtype=np.float32), 3) == []
    assert layered.vectors.search(HashEncoder(64).question("Kata0x1"), 0) == []


def test_there_are_as_many_as_living_passages(layered):
    assert len(layered.vectors) == layered.n_passages == len(layered.vectors.vectors(0, 10**6))
    assert layered.vectors.dim == 64
