from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_quotations", ROOT / "evals" / "bench" / "quotations.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_quotations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report(bench):
    return bench.measured()


def test_the_suite_has_two_hundred_quotations_that_are_in_their_articles(bench):
    articles, gold = bench.read()
    assert len(gold) >= 200
    for case in gold:
        text = articles[case["article"]][1]
        assert text[case["start"] : case["start"] + len(case["quote"])] == case["quote"]
        assert case["speaker"]


def test_every_article_says_where_it_comes_from():
    for line in (ROOT / "evals" / "quotations" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        assert article["outlet"]
        assert article["title"]
    assert "CC BY 4.0" in (ROOT / "evals" / "quotations" / "README.md").read_text(encoding="utf-8")


def test_nine_of_ten_quotations_are_given_to_who_said_them(report):
    assert report["right"] >= 0.92, report["faults"]


def test_hardly_any_quotation_is_given_to_somebody_else(report):
    assert report["wrong_person"] <= 0.02, report["faults"]


def test_what_nobody_said_is_no_quotation(report):
    assert report["spurious"] <= 3, report["faults"]


@pytest.mark.parametrize(
    ("name", "wanted", "right"),
    [
        ("Rita", ["Rita Elsy"], True),
        ("Rita Elsy", ["Rita"], True),
        ("Rina", ["Rita Elsy"], False),
        ("M Taufiq Furqan", ["M. Taufiq Furqan"], True),
        ("", ["Rita"], False),
        ("Rudy", ["FX Hadi Rudyatmo", "Rudy"], True),
    ],
)
def test_a_name_is_right_in_full_and_in_short(bench, name, wanted, right):
    assert bench.same(name, wanted) is right
