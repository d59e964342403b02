"""Against the obvious: every living row compared with numpy."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from qa.index import generation
from qa.index.segments import joint_vectors
from qa.index.segments.joint_vectors import SegmentedVectors
from qa.schema import Article
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


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A build of 500 passages with lists, one segment more, and tombstones in both."""
    root = tmp_path_factory.mktemp("listed")

    def these(numbers):
        for n in numbers:
            text = " ".join(f"Kata{n % 25}x{word} umum{word}." for word in range(8)) + f" berita{n}y1 berita{n}y2"
            yield Article(id=f"a{n}", text=text, source="x", sha256=hashlib.sha256(text.encode()).hexdigest())

    generation.build(root, "besar", these(range(500)), HashEncoder(64), passage_chars=700, workers=0, lists_above=400)
    generation.add(root, "besar", these(range(500, 520)), HashEncoder(64), workers=0)
    return generation.remove(root, "besar", [f"a{n}" for n in (0, 25, 50, 75, 100, 510)])


def test_when_all_lists_are_looked_into_they_find_what_comparing_every_row_finds(listed, monkeypatch):
    assert len(listed.lists) == 500
    monkeypatch.setattr(joint_vectors, "COMPARED", 0)
    monkeypatch.setattr(joint_vectors, "PROBED", 1)
    by_rows = SegmentedVectors(listed.segments)
    for n in range(25):
        question = HashEncoder(64).question(f"Kata{n}x1 Kata{n}x2 berita{n + 25}y2")
        found, exact = listed.vectors.search(question, 10), by_rows.search(question, 10)
        assert [row for row, _ in found] == [row for row, _ in exact]
        assert [score for _, score in found] == pytest.approx([score for _, score in exact], abs=1e-5)


@pytest.mark.parametrize("compared", [0, 4_000])
@pytest.mark.parametrize("k", [1, 12, 40, 1000])
def test_under_a_filter_as_many_are_found_as_there_are(listed, monkeypatch, k, compared):
    monkeypatch.setattr(joint_vectors, "COMPARED", compared)
    living = [row for _, passages, first in listed.articles.rows() for row in range(first, first + len(passages))]
    question = HashEncoder(64).question("Kata3x1 Kata3x2")
    for allowed in (living[100:112], living[::3], [0, 25, living[-1]], [], None):
        there = len(set(living if allowed is None else allowed) & set(living))
        found = listed.vectors.search(question, k, allowed)
        assert len(found) == min(k, there)
        assert {row for row, _ in found} <= set(living if allowed is None else allowed)
        if k >= there:
            assert [row for row, _ in found] == [row for row, _ in obvious(listed, question, k, allowed)]


def test_rows_that_are_all_alike_are_found_without_the_help_of_codes(tmp_path, article):
    same = [article(n, "Satu berita yang sama.") for n in range(30)]
    built = generation.build(tmp_path, "sama", same, HashEncoder(64), workers=0, lists_above=0)
    found = built.vectors.search(HashEncoder(64).question("berita sama"), 30)
    assert [row for row, _ in found] == list(range(30))


def test_a_segment_that_was_joined_with_what_came_later_is_compared_row_by_row(listed, tmp_path):
    lists = type("Shorter", (), {"__len__": lambda _: 300})()
    assert len(SegmentedVectors(listed.segments, lists).search(HashEncoder(64).question("Kata3x1"), 700)) == listed.n_passages
