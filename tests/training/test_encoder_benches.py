"""The bench that changes the shipped vectors without training: each change is what its name says."""

from __future__ import annotations

import numpy as np
import pytest

from qa.settings import Retrieve
from qa.training.bags import Bags


@pytest.fixture
def reweighing(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "evals" / "bench"))
    import reweighing

    return reweighing


def bags(rows: list[list[int]]) -> Bags:
    return Bags(
        np.array([token for row in rows for token in row], dtype=np.uint16),
        np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
    )


@pytest.fixture
def table():
    return np.random.default_rng(2).normal(size=(6, 64)).astype(np.float32)


PASSAGES = [[0, 1, 1], [0, 2], [0, 3, 4], [0, 5]]


def test_the_weights_of_a_token_follow_from_how_many_passages_hold_it(reweighing, table):
    found = reweighing.corpus(bags(PASSAGES), table)
    assert found.frequency.tolist() == pytest.approx([0.4, 0.2, 0.1, 0.1, 0.1, 0.1])
    assert found.idf.tolist() == pytest.approx([0.5] + [np.log(5 / 2)] * 5)  # ln(5 / 5) = 0 is lifted to a half
    heavier = reweighing.variants()["idf^0.25"](table, found)
    np.testing.assert_allclose(heavier, table * (found.idf**0.25)[:, None], rtol=1e-5)
    lighter = reweighing.variants()["SIF(0.001)^0.25"](table, found)
    np.testing.assert_allclose(lighter, table * ((0.001 / (0.001 + found.frequency)) ** 0.25)[:, None], rtol=1e-5)


def test_a_direction_that_is_taken_out_is_gone_and_it_was_the_one_of_the_widest_spread(reweighing, table):
    found = reweighing.corpus(bags(PASSAGES), table)
    left = reweighing.variants()["less 1 directions"](table, found)
    np.testing.assert_allclose(left @ found.directions[:, 0], 0, atol=1e-5)
    assert found.spread[0] == found.spread.max()
    assert reweighing.variants()["first 64 dimensions"](table, found).shape == (6, 64)


def test_the_gain_is_that_of_the_bench_of_retrieval(reweighing):
    rankings = [[(3, 0.9), (1, 0.5)], [(0, 0.9), (2, 0.1)], [(1, 0.3)]]
    gains = reweighing._gains(rankings, (1, 0, 2))
    assert gains.tolist() == pytest.approx([1 / np.log2(3), 1.0, 0.0])
    assert gains.mean() == pytest.approx(reweighing.retrieval.measured(rankings, (1, 0, 2))["nDCG@10"])


def test_the_shipped_vectors_are_measured_as_cosines_of_sums(reweighing, table):
    questions = [[1, 2], [5]]
    pool = reweighing.retrieval.Pool("made", ("a", "b", "c", "d"), ("x", "y"), (1, 3))
    given = reweighing.Prepared(pool, [[(1, 2.0)], []], bags(PASSAGES), bags(questions))
    encoder, fused, cosines = reweighing.measured(table, given, Retrieve())
    small = table.astype(np.float16).astype(np.float32)

    def vector(row: list[int]) -> np.ndarray:
        total = small[row].sum(axis=0)
        return total / np.linalg.norm(total)

    exact = np.array([[vector(question) @ vector(passage) for passage in PASSAGES] for question in questions])
    np.testing.assert_allclose(cosines, exact[[0, 1], [1, 3]], rtol=1e-4)
    ranks = [int((row >= row[gold]).sum()) for row, gold in zip(exact, (1, 3), strict=True)]
    assert encoder.tolist() == pytest.approx([1 / np.log2(1 + rank) for rank in ranks])
    assert len(fused) == 2
