from __future__ import annotations

import pytest

from qa.evaluation.scale import trial
from qa.evaluation.scale.compared_engines import Sitasi
from qa.index import generation
from qa.index.segments import joint_vectors


@pytest.fixture
def told(tmp_path, corpus, monkeypatch):
    monkeypatch.setattr(trial, "SECONDS", 0.05)
    return {"engine": "sitasi", "folder": str(tmp_path / "made"), "index": "bench", "corpus": [str(corpus)], "articles": 60,
            "questions": [f"Jembatan {n} dibuka" for n in range(6)]}  # fmt: skip


def test_a_build_and_its_questions_are_measured(told):
    made, asked = trial.built(told), trial.asked(told)
    assert made["passages"] == asked["passages"] == 60
    assert made["seconds"] > 0
    assert made["disk_mb"] > 0
    assert 0 < asked["p50_ms"] <= asked["p95_ms"] <= asked["p99_ms"]
    assert asked["recall_at_10"] == 1.0
    assert set(asked["clients"]) == {"1", "2", "8"}
    assert all(asked["clients"].values())


def test_recall_counts_what_the_index_misses(told, monkeypatch):
    trial.built(told)
    engine = Sitasi()
    engine.open(trial.Path(told["folder"]))
    nearest = joint_vectors.SegmentedVectors.search
    monkeypatch.setattr(joint_vectors.SegmentedVectors, "search", lambda *given: nearest(*given)[1:])  # loses the best
    assert trial.recall(engine, told["questions"]) == pytest.approx(0.9)
    assert generation.names(trial.Path(told["folder"])) == ["bench"]
