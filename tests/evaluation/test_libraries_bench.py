"""The reasons that docs/dependencies.md gives for code of our own are measured, and still hold."""

from __future__ import annotations

import runpy

import pytest


@pytest.fixture(scope="module")
def bench(root):
    return runpy.run_path(str(root / "evals" / "bench" / "libraries.py"))


def test_our_reader_of_days_finds_more_than_the_library(bench):
    found = bench["dates"]()
    assert found["days"] > 100
    assert found["ours"]["right"] > 0.95
    if "dateparser" in found:
        assert found["dateparser"]["right"] < found["ours"]["right"]


def test_names_of_countries_come_from_the_library_and_others_are_ours(bench):
    found = bench["names"]()
    assert found["rows"] > found["countries"] > found["other kinds"]
    if "cldr" in found:
        assert found["of our forms in cldr"] < found["forms"]
