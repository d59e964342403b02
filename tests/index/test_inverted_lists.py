"""What the lists propose, compared with the rows themselves. Vectors have topics, as those of texts do."""

from __future__ import annotations

import numpy as np
import pytest

from qa.errors import IndexBrokenError
from qa.index import inverted_lists
from qa.index.inverted_lists import InvertedLists, code_parts, list_count

DIM = 32


def topical(n: int, seed: int = 0) -> np.ndarray:
    dice = np.random.default_rng(seed)
    topics = np.random.default_rng(99).standard_normal((40, DIM))
    rows = topics[dice.integers(0, 40, n)] + 0.5 * dice.standard_normal((n, DIM))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def written(folder, rows) -> InvertedLists:
    inverted_lists.write(folder, len(rows), rows.shape[1], lambda start, stop: rows[start:stop])
    return InvertedLists.open(folder)


def test_the_true_nearest_are_among_the_candidates(tmp_path):
    rows = topical(6_000)
    lists = written(tmp_path, rows)
    assert (len(lists), lists.lists) == (6_000, 64)
    recall = []
    for question in topical(50, seed=1):
        near = np.argsort(-(rows @ question))[:10]
        recall.append(np.isin(near, lists.candidates(question, 400, 16)).mean())
    assert np.mean(recall) > 0.95


def test_all_lists_propose_every_row_and_a_filter_leaves_its_own(tmp_path):
    rows = topical(300)
    lists = written(tmp_path, rows)
    question = topical(1, seed=2)[0]
    assert sorted(lists.candidates(question, 300, lists.lists)) == list(range(300))
    only = np.packbits(np.isin(np.arange(300), [0, 7, 299]), bitorder="little")
    assert sorted(lists.candidates(question, 300, lists.lists, only)) == [0, 7, 299]


@pytest.mark.parametrize("n", [5, 40])
def test_few_rows_are_found_too(tmp_path, n):
    assert sorted(written(tmp_path, topical(n)).candidates(topical(1)[0], 100, 100)) == list(range(n))


def test_the_same_rows_give_the_same_file(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, topical(500))
    assert (tmp_path / "one" / inverted_lists.FILE).read_bytes() == (tmp_path / "two" / inverted_lists.FILE).read_bytes()


def test_a_missing_cut_or_other_file_is_broken_and_named(tmp_path):
    with pytest.raises(IndexBrokenError, match=inverted_lists.FILE):
        InvertedLists.open(tmp_path)
    path = tmp_path / inverted_lists.FILE
    written(tmp_path, topical(100))
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(IndexBrokenError, match=inverted_lists.FILE):
        InvertedLists.open(tmp_path)


def test_there_are_about_as_many_lists_as_rows_in_one():
    assert [list_count(n) for n in (0, 1, 100, 10_000, 1_000_000, 10**9)] == [1, 1, 8, 128, 1024, 4096]


def test_a_vector_is_cut_into_equal_parts():
    assert [code_parts(dim) for dim in (256, 64, 6, 7)] == [64, 16, 2, 7]
