from __future__ import annotations

import math
import random
import shutil
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import IndexBrokenError, StoreError
from qa.index import lexical
from qa.index.lexical import Lexical, LexicalWriter


def kept_length(n: int) -> int:
    """The length that one byte keeps for a passage of n terms: exact below 24 + 16, then 24 + a float of three bits' precision."""
    if n < 24:
        return n
    rest = n - 24
    shift = max(rest.bit_length() - 4, 0)
    return 24 + (rest >> shift << shift)


def bm25(
    corpus: list[list[str]], question: list[str], *, length=len, k1: float = 1.2, b: float = 0.75
) -> list[tuple[int, float]]:
    """The formula of lexical.py, word by word: (row, score) of every row that shares a term, best first, ties to the lower row."""
    n = len(corpus)
    average = sum(map(len, corpus)) / n
    counts = [Counter(passage) for passage in corpus]
    scores = [0.0] * n
    for term in set(question):
        df = sum(term in count for count in counts)
        idf = math.log(1 + (n - df + 0.5) / (df + 0.5))
        for row, count in enumerate(counts):
            if tf := count[term]:
                scores[row] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length(corpus[row]) / average))
    return sorted(((row, score) for row, score in enumerate(scores) if score > 0), key=lambda hit: (-hit[1], hit[0]))


def rounded(passage: list[str]) -> int:
    return kept_length(len(passage))


def corpus(n: int, longest: int, seed: int = 0) -> list[list[str]]:
    rng = random.Random(seed)
    words = [f"kata{int(rng.paretovariate(0.7)) % 500}" for _ in range(2000)]
    return [[rng.choice(words) for _ in range(rng.randint(1, longest))] for _ in range(n)]


def same(got: list[tuple[int, float]], want: list[tuple[int, float]]) -> None:
    """Equal scores place by place (single against double precision), and equal rows wherever scores are not neck and neck."""
    assert len(got) == len(want)
    exact = dict(want)
    for (row, score), (_, best) in zip(got, want, strict=True):
        assert score == pytest.approx(best, rel=1e-4)
        assert exact[row] == pytest.approx(score, rel=1e-4)


def test_a_worked_example():
    # n = 2, df("kereta") = 1, idf = ln(1 + 1.5/1.5) = ln 2; |d| = 2, avgdl = 1.5:
    # ln 2 * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.5)) = 0.6931 * 2.2 / 2.5 = 0.60997
    assert bm25([["kereta", "api"], ["kapal"]], ["kereta"]) == [(0, pytest.approx(0.60997, abs=1e-5))]


def test_scores_and_order_equal_the_exact_formula_for_passages_of_up_to_forty_terms(tmp_path):
    passages = corpus(300, 39)
    index = Lexical.write(tmp_path, passages)
    for seed in range(40):
        question = random.Random(seed).choices([f"kata{i}" for i in range(60)], k=1 + seed % 6)
        same(index.search(question, 300), bm25(passages, question))


def test_longer_passages_are_scored_with_their_rounded_length_and_nothing_else(tmp_path):
    passages = corpus(300, 400, seed=1)
    index = Lexical.write(tmp_path, passages)
    for seed in range(40):
        question = random.Random(seed).choices([f"kata{i}" for i in range(60)], k=1 + seed % 6)
        same(index.search(question, 300), bm25(passages, question, length=rounded))


def test_rounding_moves_a_score_by_less_than_a_tenth():
    passages = corpus(300, 400, seed=1)
    for seed in range(20):
        question = random.Random(seed).choices([f"kata{i}" for i in range(60)], k=4)
        near = dict(bm25(passages, question, length=rounded))
        for row, score in bm25(passages, question):
            assert near[row] == pytest.approx(score, rel=0.1)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8), min_size=1, max_size=12),
    st.lists(st.sampled_from("abcdefg"), max_size=5),
    st.integers(1, 14),
)
def test_any_corpus_any_question_any_k_equals_the_formula(tmp_path_factory, passages, question, k):
    index = Lexical.write(tmp_path_factory.mktemp("bm25"), passages)
    got, want = index.search(question, k), bm25(passages, question)[:k]
    same(got, want)


def test_equal_passages_come_in_the_order_of_their_rows_whatever_k(tmp_path):
    index = Lexical.write(tmp_path, [["lain"], *[["sama", "kata"]] * 200])
    for k in (1, 2, 7, 150, 199, 200, 500):
        assert [row for row, _ in index.search(["sama"], k)] == list(range(1, min(k, 200) + 1))


def test_ties_hold_across_segments(tmp_path, monkeypatch):
    with LexicalWriter(tmp_path) as writer:
        for _ in range(12):
            writer.add(["sama"])
            writer._writer.commit()  # each commit ends a segment
    assert [row for row, _ in Lexical(tmp_path).search(["sama"], 5)] == [0, 1, 2, 3, 4]


def test_k_beyond_the_passages_gives_those_that_share_a_term(tmp_path):
    index = Lexical.write(tmp_path, [["a"], ["b"], ["a", "b"]])
    assert {row for row, _ in index.search(["a"], 99)} == {0, 2}
    assert len(index) == 3


def test_a_repeated_question_word_counts_once(tmp_path):
    index = Lexical.write(tmp_path, [["a", "b"], ["c", "d"]])
    assert index.search(["a", "a", "a"], 5) == index.search(["a"], 5)


@pytest.mark.parametrize("question", [[], [""], ["  "], ["tidak-ada"]])
def test_no_shared_term_gives_nothing(tmp_path, question):
    assert Lexical.write(tmp_path, [["a"]]).search(question, 5) == []


HOSTILE = [
    '"',
    "AND",
    "*",
    "a:b",
    "terms:a",
    "\U0001f680",
    "a" * 70_000,
    "-a",
    "+a",
    "(",
    "a~2",
    "[a TO z]",
    "\\",
    "\0",
    "\ud800",
    "a^9",
    "NOT a",
    "/a.*/",
]


@pytest.mark.parametrize("word", HOSTILE, ids=[f"hostile-{n}" for n in range(len(HOSTILE))])
def test_a_hostile_word_is_a_word_and_never_syntax(tmp_path, word):
    index = Lexical.write(tmp_path, [["a"], ["b"], ["z"]])
    plain = [part for part in word.split() if part == "a"]  # "NOT a" is the two words NOT and a
    assert index.search([word], 5) == index.search(plain, 5)


def test_a_strange_word_that_was_indexed_is_found_by_itself_alone(tmp_path):
    words = ['"', "AND", "a:b", "\U0001f680", "c++", "(x", "soyuz-2.1a", "7:09", "été"]
    index = Lexical.write(tmp_path, [[word, "biasa"] for word in words])
    for row, word in enumerate(words):
        assert [found for found, _ in index.search([word], 20)] == [row]


def test_a_very_long_question_is_answered(tmp_path):
    index = Lexical.write(tmp_path, corpus(50, 30))
    assert len(index.search([f"kata{n}" for n in range(5000)], 50)) == 50


@pytest.mark.parametrize("engine_filters", [True, False])
def test_only_allowed_rows_come_with_the_scores_they_have_anyway(tmp_path, monkeypatch, engine_filters):
    monkeypatch.setattr(lexical, "_FILTER_ROWS", 10_000 if engine_filters else 0)
    passages = corpus(200, 30)
    index = Lexical.write(tmp_path, passages)
    for seed in range(20):
        allowed = sorted(random.Random(seed).sample(range(200), 1 + 9 * seed))
        question = [f"kata{seed}", "kata1", "kata2"]
        same(index.search(question, 7, allowed), [hit for hit in bm25(passages, question) if hit[0] in allowed][:7])
    assert index.search(["kata1"], 7, []) == []


def test_the_terms_of_every_row_are_kept(tmp_path):
    passages = [["kim", "jong-un", "kim"], ["\U0001f680"], [], ["satu"]]
    index = Lexical.write(tmp_path, passages)
    assert [index.terms(row) for row in range(4)] == passages
    assert list(index.stream()) == passages
    with pytest.raises(IndexError, match="row 4"):
        index.terms(4)


def test_document_frequency_counts_passages(tmp_path):
    index = Lexical.write(tmp_path, [["a", "a"], ["a"], ["b"]])
    assert [index.document_frequency(term) for term in ("a", "b", "c", "\ud800")] == [2, 1, 0, 0]


def test_an_index_without_passages_finds_nothing(tmp_path):
    assert Lexical.write(tmp_path, []).search(["a"], 3) == []


def test_opening_starts_no_thread_that_watches_the_folder(tmp_path):
    Lexical.write(tmp_path, [["a"]])
    before = threading.active_count(), len(list((tmp_path / "lexical").iterdir()))
    Lexical(tmp_path)
    assert (threading.active_count(), len(list((tmp_path / "lexical").iterdir()))) == before


def test_an_opened_index_continues_after_its_folder_was_deleted(tmp_path):
    index = Lexical.write(tmp_path, corpus(500, 60))
    before = index.search(["kata1", "kata2"], 50)
    shutil.rmtree(tmp_path / "lexical")
    with ThreadPoolExecutor(4) as pool:
        assert all(found == before for found in pool.map(lambda _: index.search(["kata1", "kata2"], 50), range(20)))
    assert index.terms(0) == corpus(500, 60)[0]


def test_a_folder_that_takes_no_lock_file_is_read_all_the_same(tmp_path, monkeypatch):
    Lexical.write(tmp_path, [["a"]])
    lock = tmp_path / "lexical" / ".tantivy-meta.lock"
    lock.unlink()
    lock.mkdir()  # as good as a read-only folder, also for root
    assert Lexical(tmp_path).search(["a"], 5)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="TMPDIR") as caught:
        Lexical(tmp_path)
    assert not isinstance(caught.value, IndexBrokenError)


def test_a_folder_that_is_no_index_is_broken_and_named(tmp_path):
    with pytest.raises(IndexBrokenError, match="lexical"):
        Lexical(tmp_path)
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "meta.json").write_text("{")
    with pytest.raises(IndexBrokenError, match="lexical"):
        Lexical(tmp_path)


def test_after_an_error_the_engine_writes_no_more(tmp_path):
    for n in range(20):  # without a wait for the engine's threads, one in two folders is filled again while it is removed
        folder = tmp_path / str(n)
        folder.mkdir()
        try:
            with LexicalWriter(folder) as writer:
                writer.add(["kata"])
                raise OSError("the disk went away")  # noqa: TRY301
        except OSError:  # as the build does it: while the error is on its way
            shutil.rmtree(folder, ignore_errors=True)
            assert not folder.exists(), n
