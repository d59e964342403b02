"""A short run of the laws in evals/bench/attack; `make fuzz` tries a million inputs."""

from __future__ import annotations

import logging
import random
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = (
    "sentences", "dates", "masks", "passages and page", "what a text says of itself", "questions", "orders to machines", "print",
    "markdown", "encodings", "endpoint", ".jsonl", ".csv", ".html", ".docx", ".pdf",
)  # fmt: skip


@pytest.fixture
def laws(monkeypatch, root):
    monkeypatch.syspath_prepend(str(root / "evals" / "bench" / "attack"))
    import laws

    return laws


def test_every_law_is_tried(laws):
    assert set(laws.LAWS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_given_a_law_holds_and_only_our_own_errors_are_raised(laws, name):
    often, law, draw = laws.LAWS[name]
    made = laws.Inputs(random.Random(0))

    @settings(max_examples=3 + often, deadline=None)
    @given(st.integers(0, 2**64))
    def holds(seed):
        made.chance = random.Random(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the libraries' own, about damage that they mend
            laws.kept(law, draw(made))

    logging.disable(logging.CRITICAL)
    try:
        holds()
    finally:
        logging.disable(logging.NOTSET)
