from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qa.errors import IndexBrokenError, StoreError, UsageError
from qa.index import vectors
from qa.index.vectors import STORES, ExactVectors, FaissVectors, store


def cosines(rows, question) -> list[tuple[int, float]]:
    """(row, cosine) for every row that is not zero, best first, ties to the lower row; plain Python on the numbers given."""

    def length(v):
        return sum(float(x) ** 2 for x in v) ** 0.5

    found = [
        (row, sum(float(a) * float(b) for a, b in zip(v, question, strict=True)) / (length(v) * length(question)))
        for row, v in enumerate(rows)
        if length(v) > 0
    ]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))


def near(got, every, k=None) -> None:
    """The first k of all rows' cosines, within 1e-3 place by place, and each row's score its own: of rows that are alike any may come."""
    assert [row for row, _ in got] == list(dict.fromkeys(row for row, _ in got))
    exact = dict(every)
    for (row, score), (_, best) in zip(got, every[:k], strict=True):
        assert score == pytest.approx(best, abs=1e-3)
        assert score == pytest.approx(exact[row], abs=1e-3)


def made(n: int, dim: int = 32, seed: int = 0):
    rows = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(params=sorted(STORES))
def kind(request):
    return store(request.param)


def filled(kind, rows):
    made = kind(rows.shape[1])
    made.add(rows)
    return made


@pytest.mark.parametrize("k", [1, 5, 200, 1000])
def test_the_k_best_are_those_of_exact_cosine(kind, k):
    rows = made(200)
    for question in made(10, seed=1):
        got = filled(kind, rows).search(question, k)
        assert len(got) == min(k, 200)
        near(got, cosines(rows, question), k)


def test_a_row_finds_itself_first_with_a_score_of_one(kind):
    rows = made(300, 256)
    index = filled(kind, rows)
    for row in (0, 17, 299):
        (found, score), *_ = index.search(rows[row], 3)
        assert found == row
        assert score == pytest.approx(1.0, abs=1e-3)


def test_lengths_do_not_matter(kind):
    rows = made(50)
    long = filled(kind, rows * np.linspace(0.01, 900, 50, dtype=np.float32)[:, None])
    question = made(1, seed=2)[0]
    near(long.search(question * 7, 50), cosines(rows, question))


@pytest.mark.parametrize("k", [1, 3, 40, 100, 120, 500])
def test_equal_rows_come_in_their_order(kind, k):
    rows = np.repeat(made(2), [20, 100], axis=0)
    assert [row for row, _ in filled(kind, rows).search(rows[50], k)][:100] == list(range(20, 20 + min(k, 100)))


def test_rows_of_zeros_keep_their_numbers_and_are_never_found(kind):
    rows = np.zeros((60, 8), dtype=np.float32)
    rows[41] = [-1, 0, 0, 0, 0, 0, 0, 0]  # worse than a zero row's inner product of 0
    rows[50] = [0, 1, 0, 0, 0, 0, 0, 0]  # exactly 0, and real
    index = filled(kind, rows)
    assert len(index) == 60
    question = np.array([1, 0, 0, 0, 0, 0, 0, 0], dtype=np.float32)
    for k in (2, 5, 60):
        assert index.search(question, k) == [(50, 0.0), (41, -1.0)]
    assert index.search(question, 1) == [(50, 0.0)]


def test_a_question_of_zeros_finds_nothing(kind):
    assert filled(kind, made(5)).search(np.zeros(32, dtype=np.float32), 3) == []


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_refused_with_the_row(kind, bad):
    index = filled(kind, made(5))
    rows = made(4)
    rows[2, 3] = bad
    with pytest.raises(StoreError, match="row 7"):
        index.add(rows)
    assert len(index) == 5
    question = made(1)[0]
    question[0] = bad
    with pytest.raises(StoreError, match="question"):
        index.search(question, 3)


def test_another_width_is_refused(kind):
    index = filled(kind, made(5))
    with pytest.raises(StoreError, match=r"\(3, 16\)"):
        index.add(made(3, 16))
    with pytest.raises(StoreError, match=r"\(16,\)"):
        index.search(made(1, 16)[0], 3)


def test_only_allowed_rows_are_found_in_any_order_given(kind):
    rows = made(200)
    index = filled(kind, rows)
    question = made(1, seed=3)[0]
    for n in (0, 1, 10, 199, 200):
        allowed = np.random.default_rng(n).permutation(200)[:n].tolist()
        want = [hit for hit in cosines(rows, question) if hit[0] in set(allowed)]
        for k in (3, 500):
            near(index.search(question, k, allowed), want[:k])


def test_removed_rows_are_gone_and_the_rest_move_up(kind):
    rows = made(100)
    index = filled(kind, rows)
    gone = [0, 3, 50, 99, 3]
    index.remove(gone)
    left = np.delete(rows, sorted(set(gone)), axis=0)
    assert len(index) == len(left)
    question = made(1, seed=4)[0]
    near(index.search(question, 96), cosines(left, question))
    with pytest.raises(IndexError, match="96"):
        index.remove([96])
    index.add(rows[:1])
    assert index.search(rows[0], 1)[0][0] == 96


def test_adding_twice_is_adding_together(kind):
    rows = made(90)
    parts = kind(32)
    parts.add(rows[:10])
    parts.search(rows[0], 1)
    parts.add(rows[10:10])
    parts.add(rows[10:])
    question = made(1, seed=5)[0]
    assert parts.search(question, 90) == filled(kind, rows).search(question, 90)


def test_an_empty_store_finds_nothing(kind, tmp_path):
    index = kind(8)
    assert index.search(np.ones(8, dtype=np.float32), 3) == []
    index.save(tmp_path)
    assert len(kind.open(tmp_path)) == 0


def test_what_was_saved_opens_the_same(kind, tmp_path):
    index = filled(kind, made(120))
    index.save(tmp_path)
    opened = kind.open(tmp_path)
    question = made(1, seed=6)[0]
    assert opened.search(question, 30) == index.search(question, 30)
    assert (len(opened), opened.dim) == (120, 32)
    assert [path.name for path in tmp_path.iterdir()] == [kind.file]


def test_the_same_rows_give_the_same_file(kind, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        filled(kind, made(50)).save(tmp_path / name)
    assert (tmp_path / "one" / kind.file).read_bytes() == (tmp_path / "two" / kind.file).read_bytes()


def test_an_opened_store_does_not_change_its_file(kind, tmp_path):
    filled(kind, made(20)).save(tmp_path)
    before = (tmp_path / kind.file).read_bytes()
    opened = kind.open(tmp_path)
    opened.add(made(3))
    opened.remove([0])
    assert len(opened) == 22
    assert (tmp_path / kind.file).read_bytes() == before


def test_stored_vectors_come_back_within_half_precision(kind):
    rows = made(100)
    index = filled(kind, rows)
    assert index.vectors(10, 20) == pytest.approx(rows[10:20], abs=1e-3)
    assert index.vectors(90, 400).shape == (10, 32)
    assert index.vectors(5, 5).shape == (0, 32)
    assert index.vectors(10, 20).dtype == np.float32


def test_rows_come_by_their_numbers_in_the_order_asked_for(kind):
    rows = made(100)
    assert filled(kind, rows).at(np.array([99, 0, 7])) == pytest.approx(rows[[99, 0, 7]], abs=1e-3)
    assert filled(kind, rows).at(np.array([], dtype=np.int64)).shape == (0, 32)


def test_rows_of_an_opened_file_are_read_from_it_and_a_file_that_was_cut_since_is_named(tmp_path):
    rows = made(100)
    filled(FaissVectors, rows).save(tmp_path)
    with (tmp_path / "vectors.faiss").open("ab") as file:
        file.write(b"a signature behind the rows, of 32 bytes")
    opened = FaissVectors.open(tmp_path)
    chosen = np.array([99, 0, 7, 7])
    assert opened._file
    assert opened.at(chosen).tolist() == filled(FaissVectors, rows).at(chosen).tolist()
    assert opened.vectors(5, 200).tolist() == filled(FaissVectors, rows).vectors(5, 200).tolist()
    assert opened.at(np.array([], dtype=np.int64)).shape == (0, 32)
    os.truncate(tmp_path / "vectors.faiss", 3_000)
    with pytest.raises(IndexBrokenError, match=r"vectors\.faiss.*ends before"):
        opened.at(chosen)
    with pytest.raises(IndexBrokenError, match=r"vectors\.faiss.*ends before"):
        opened.vectors(0, 100)


def test_a_missing_or_cut_file_is_broken_and_named(kind, tmp_path):
    with pytest.raises(IndexBrokenError, match=kind.file):
        kind.open(tmp_path)
    filled(kind, made(50)).save(tmp_path)
    path = tmp_path / kind.file
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(IndexBrokenError, match=kind.file):
        kind.open(tmp_path)


def test_a_file_of_objects_is_refused_and_not_unpickled(tmp_path):
    np.save(tmp_path / ExactVectors.file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(IndexBrokenError, match=ExactVectors.file):
        ExactVectors.open(tmp_path)


def test_a_file_of_another_number_type_is_refused(tmp_path):
    np.save(tmp_path / ExactVectors.file, made(5))
    with pytest.raises(IndexBrokenError, match="float32"):
        ExactVectors.open(tmp_path)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.float32, st.tuples(st.integers(1, 20), st.just(4)), elements=st.integers(-3, 3).map(float)),
    st.integers(1, 25),
)
def test_both_stores_give_one_answer(rows, k):
    question = np.array([1, 2, -1, 0.5], dtype=np.float32)
    exact, fast = filled(ExactVectors, rows).search(question, k), filled(FaissVectors, rows).search(question, k)
    for got in (exact, fast):
        near(got, cosines(rows, question), k)


def test_a_store_too_large_to_keep_as_float32_finds_the_same(monkeypatch):
    rows = made(100)
    question = made(1, seed=8)[0]
    kept = filled(ExactVectors, rows).search(question, 20)
    monkeypatch.setattr(vectors, "_KEPT_BYTES", 0)
    near(filled(ExactVectors, rows).search(question, 20), cosines(rows, question), 20)
    assert [row for row, _ in filled(ExactVectors, rows).search(question, 20)] == [row for row, _ in kept]


def test_what_is_added_after_a_search_is_found(kind):
    index = filled(kind, made(30))
    fresh = made(1, seed=9)
    index.search(fresh[0], 1)
    index.add(fresh)
    assert index.search(fresh[0], 1)[0][0] == 30
    index.remove([30])
    assert index.search(fresh[0], 1)[0][0] != 30


def test_more_rows_than_one_block_are_compared(monkeypatch):
    rows = made(100)
    question = made(1, seed=7)[0]
    whole = filled(ExactVectors, rows).search(question, 20)
    monkeypatch.setattr(vectors, "_BLOCK", 7)
    assert [row for row, _ in filled(ExactVectors, rows).search(question, 20)] == [row for row, _ in whole]
    near(filled(ExactVectors, rows).search(question, 20, range(50)), [hit for hit in cosines(rows, question) if hit[0] < 50][:20])


def test_an_unknown_store_lists_the_known():
    with pytest.raises(UsageError, match=r"'annoy'.*exact, faiss"):
        store("annoy")


def test_a_small_index_is_searched_without_loading_faiss():
    script = (
        "import sys, numpy as np\nfrom qa.index.vectors import store\n"
        "v = store('exact')(4); v.add(np.eye(4, dtype=np.float32)); v.search(np.ones(4, dtype=np.float32), 2)\n"
        "print('faiss' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
