from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_dates", ROOT / "evals" / "bench" / "dates.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_dates"] = module
    spec.loader.exec_module(module)
    return module


def test_the_table_has_two_hundred_expressions_each_once(bench):
    rows = [(row["published"], row["text"], row["start"]) for row in bench.read()]
    assert len(rows) >= 200
    assert len(set(rows)) == len(rows)


def test_nineteen_of_twenty_expressions_are_read_right(bench):
    report = bench.measured()
    assert report["right"] >= 0.95, report["faults"]
