from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_names", ROOT / "evals" / "bench" / "names.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_names"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pairs(bench):
    return bench.rows(ROOT / "evals" / "names" / "pairs.jsonl")


@pytest.fixture(scope="module")
def result(bench, pairs, tmp_path_factory):
    with bench.indexed(tmp_path_factory.mktemp("names"), bench.articles()) as read:
        return bench.score(read, pairs)


def test_every_form_of_the_suite_is_in_its_article(bench, pairs):
    texts = {article.id: article.text for article in bench.articles()}
    assert len(pairs) >= 100
    for pair in pairs:
        for article, form in (pair["a"], pair["b"]):
            assert form in texts[article], (article, form)


def test_two_people_are_never_taken_for_one(result):
    assert result.wrong == ()
    assert result.apart >= 70


def test_four_of_five_forms_are_given_to_whom_they_mean(result):
    assert result.recall >= 0.8, result.missed


def test_the_score_sees_a_pair_that_is_taken_for_one(bench, tmp_path):
    with bench.indexed(tmp_path, bench.articles()) as read:
        false = [{"a": ["n01", "Joko Widodo"], "b": ["n01", "Jokowi"], "same": False}]
        assert len(bench.score(read, false).wrong) == 1
