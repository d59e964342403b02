"""Vectors, over the index's own files and over Milvus: compared with numpy, row by row."""

from __future__ import annotations

import numpy as np
import pytest

from qa.errors import StoreError
from qa.store import ranked as ranking

pytestmark = pytest.mark.filterwarnings("ignore")
QUESTIONS = (
    "Kapan pasar Melati dibuka?",
    "Siapa yang membangun jembatan Kenanga?",
    "berapa pengunjung museum",
    "Radio Kota pelabuhan",
)


@pytest.mark.parametrize("named", [1000, 3])
@pytest.mark.parametrize("question", QUESTIONS)
def test_vectors_are_compared_exactly_under_every_filter(built, question, named, monkeypatch, every_filter):
    monkeypatch.setattr(ranking, "_NAMED", named)
    generation = built.generation
    vector = built._encoder.question(question)
    every = generation.vectors.vectors(0, generation.n_passages)
    cosines = every @ vector / np.linalg.norm(vector)
    for allowed, rows in every_filter(generation):
        found = generation.vectors.search(vector, 10, allowed)
        assert len(found) == min(10, len(rows))
        assert {row for row, _ in found} <= set(rows)
        for row, score in found:
            assert score == pytest.approx(float(cosines[row]), abs=2e-3)
        best = sorted((float(cosines[row]) for row in rows), reverse=True)[: len(found)]
        assert [score for _, score in found] == pytest.approx(best, abs=2e-3)


def test_k_beyond_the_passages_gives_all_and_no_k_none(built):
    generation = built.generation
    vector = built._encoder.question(QUESTIONS[0])
    n = generation.n_passages
    assert len(generation.vectors.search(vector, 10 * n)) == n == len(generation.vectors) == len(generation.lexical)
    assert generation.vectors.search(vector, 0) == []
    assert generation.lexical.search(["pasar"], 0) == []


def test_a_vector_of_zeros_finds_nothing_and_a_wrong_one_is_refused(built):
    store = built.generation.vectors
    assert store.search(np.zeros(store.dim, dtype=np.float32), 5) == []
    for wrong in (np.ones(3, dtype=np.float32), np.full(store.dim, np.nan, dtype=np.float32)):
        with pytest.raises(StoreError, match="Cure"):
            store.search(wrong, 5)
