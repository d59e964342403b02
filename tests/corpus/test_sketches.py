from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.sketches import BANDS, ROWS, candidates, keys_of


def test_bands_propose_what_is_alike_as_often_as_the_formula_says():
    """1 - (1 - s^rows)^bands, over pairs of sets of a known resemblance."""
    dice = np.random.default_rng(7)
    for shared, of in ((150, 300), (60, 300), (6, 300)):
        met = 0
        for _ in range(300):
            both = dice.choice(2**32, size=of, replace=False).astype(np.uint32)
            alone = (of - shared) // 2
            one, other = np.sort(both[: shared + alone]), np.sort(np.concatenate([both[:shared], both[shared + alone :]]))
            met += bool((keys_of(one) == keys_of(other)).any())
        resemblance = shared / of
        expected = 1 - (1 - resemblance**ROWS) ** BANDS
        assert met / 300 == pytest.approx(expected, abs=4 * (expected * (1 - expected) / 300) ** 0.5 + 0.01)


def test_keys_are_the_same_on_every_machine_and_for_ever():
    """Indexes keep them: other numbers here are another format."""
    assert keys_of(np.arange(20, dtype=np.uint32))[:3].tolist() == FIRST


FIRST = [1830100941, 816883109, 2383258313]


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), max_size=12))
def test_candidates_are_the_pairs_that_share_a_key_somewhere_each_once(rows):
    keys = np.array(rows, dtype=np.uint32).reshape(-1, 3).T
    found = [pair for ones, others in candidates(keys) for pair in zip(ones, others, strict=True)]
    obvious = {
        (one, other)
        for other in range(len(rows))
        for one in range(other)
        if any(a == b for a, b in zip(rows[one], rows[other], strict=True))
    }
    assert len(found) == len(set(found))
    assert set(found) == obvious
