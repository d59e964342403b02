"""Where sources disagree and where they only seem to: the suite is what it says, and the figures hold."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_agreement", ROOT / "evals" / "bench" / "agreement.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_agreement"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles():
    lines = (ROOT / "evals" / "agreement" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_suite_has_enough_of_each_kind(bench):
    cases = bench.read()
    verdicts = Counter(case["verdict"] for case in cases)
    assert len(cases) == len({case["question"] for case in cases}) >= 60
    assert verdicts["contradict"] >= 15
    assert verdicts["update"] >= 15
    assert sum(bool(case["look_alike"]) for case in cases) >= 25
    assert set(verdicts) == {"contradict", "update", "scope", "agree", "single"}


def test_every_side_is_in_an_article_of_its_story(bench, articles):
    for case in bench.read():
        texts = [article["text"] for article in articles if article["id"][:3] == case["story"]]
        assert texts
        assert (len(case["values"]) >= 2) == (case["verdict"] in {"contradict", "update", "scope"})
        for value in case["values"]:
            assert value in {"Ya", "Tidak", "Yes", "No"} or any(value in text for text in texts), (case["id"], value)


def test_a_third_is_unseen_and_shares_no_story_with_the_rest(bench):
    cases = bench.read()
    unseen = {case["story"] for case in cases if case["half"] == "unseen"}
    assert not unseen & {case["story"] for case in cases if case["half"] == "read"}
    assert 0.25 <= sum(case["half"] == "unseen" for case in cases) / len(cases) <= 0.4


@pytest.mark.integration
def test_disagreements_are_found_and_look_alikes_are_none(bench):
    report = bench.measured()
    for half in ("read", "unseen", "both"):
        figures = report[half]
        assert figures["f1"] >= 0.85, (half, report["wrong"])
        assert figures["false_alarms"] <= 0.05, (half, report["wrong"])
        assert figures["sides"] >= 0.85, (half, report["wrong"])
    assert report["both"]["told_scope"] >= 0.6
    assert report["both"]["added_ms"]["mean"] <= 40
