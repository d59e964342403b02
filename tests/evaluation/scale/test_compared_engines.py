from __future__ import annotations

import importlib.util

import pytest

from qa.errors import UsageError
from qa.evaluation.scale import compared_engines as engines


def test_an_unknown_engine_lists_the_known_and_ours_lacks_nothing():
    assert engines.missing("sitasi") == ""
    with pytest.raises(UsageError, match=r"'lucene'.*sitasi.*langchain"):
        engines.missing("lucene")


def test_what_a_peer_lacks_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda package: None if package == "bm25s" else object())
    assert engines.missing("bm25s") == "bm25s"
    assert engines.missing("txtai") == ""
