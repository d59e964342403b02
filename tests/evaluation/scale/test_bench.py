from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qa.errors import UsageError
from qa.evaluation.scale import bench
from qa.evaluation.scale.bench import Wanted, measured
from qa.evaluation.scale.scale_report import load, save


def test_an_unknown_peer_is_refused_before_anything_is_built(corpus):
    with pytest.raises(UsageError, match="lucene"):
        measured(Wanted(corpus=(corpus,), sizes=(10,), peers=("lucene",)))


@pytest.fixture
def steps(monkeypatch):
    """What is measured, in order; nothing is built. An engine that is put into `fails` fails, one in `ends` ends the run."""
    asked, fails, ends = [], set(), set()

    def step(details):
        engine, wanted = details["engine"], details["folder"].rsplit("-", 1)[-1]
        if engine in ends:
            raise KeyboardInterrupt
        if details["step"] == "build":
            asked.append((engine, int(wanted)))
            if engine in fails:
                raise UsageError(f"{engine} could not build (MemoryError: no room)")
            return {
                "passages": int(wanted),
                "seconds": 1.0,
                "per_second": 1.0,
                "per_cpu_second": 1.0,
                "disk_mb": 1.0,
                "peak_rss_mb": 1,
            }
        times = dict.fromkeys(("first_seconds", "p50_ms", "p95_ms", "p99_ms", "cpu_p50_ms", "cpu_p95_ms", "rss_mb"), 1.0)
        return {**times, "clients": {}, "passages": 7}

    monkeypatch.setattr(bench, "_step", step)
    monkeypatch.setattr(bench, "cold", lambda *_: {"seconds": 1.0, "cpu": 1.0, "peak_rss_mb": 1})
    monkeypatch.setattr(bench, "missing", lambda _: "")
    return asked, fails, ends


def run(corpus, out, **more):
    return measured(Wanted(corpus=(corpus,), keep=lambda result: save(result, out), before=load(out), **more))


def sizes(result):
    return [(row["engine"], row["wanted"]) for row in result["rows"]]


def test_what_was_measured_is_kept_at_once_and_a_run_that_ended_is_gone_on_with(corpus, tmp_path, steps):
    asked, _, ends = steps
    ends.add("bm25s")
    wanted = {"sizes": (10, 20), "peers": ("bm25s",), "peers_at": 20, "slow_at": 10}
    with pytest.raises(KeyboardInterrupt):
        run(corpus, tmp_path / "out", **wanted)
    assert sizes(load(tmp_path / "out")) == [("sitasi", 10), ("sitasi", 20)]
    ends.clear()
    asked.clear()
    assert sizes(run(corpus, tmp_path / "out", **wanted)) == [("sitasi", 10), ("sitasi", 20), ("bm25s", 20)]
    assert asked == [("bm25s", 20)]
    asked.clear()
    assert len(run(corpus, tmp_path / "out", **wanted)["rows"]) == 3  # nothing is missing: anew
    assert len(asked) == 3


def test_an_engine_that_fails_is_named_and_loses_nothing_of_the_others(corpus, tmp_path, steps):
    asked, fails, _ = steps
    fails.update({"txtai", "sitasi"})
    wanted = {"sizes": (10,), "peers": ("txtai", "bm25s"), "peers_at": 10, "slow_at": 10}
    result = run(corpus, tmp_path / "out", **wanted)
    assert sizes(result) == [("bm25s", 10)]
    assert "no room" in result["left_out"]["txtai"]
    assert list(result["left_out"]) == ["sitasi, 10 passages", "txtai"]
    assert load(tmp_path / "out") == result
    fails.clear()
    asked.clear()
    assert run(corpus, tmp_path / "out", **wanted)["left_out"] == {}
    assert asked == [("sitasi", 10), ("txtai", 10)]


def test_an_index_that_is_there_is_measured_once(corpus, tmp_path, steps):
    for peers, rows in ((("bm25s",), 1), ((), 2)):
        result = run(
            corpus,
            tmp_path / "out",
            sizes=(),
            peers=peers,
            peers_at=5,
            slow_at=5,
            index=(tmp_path, "news") if not peers else None,
        )
        assert sum(row.get("index", "").endswith("news") for row in result["rows"]) == rows - 1
    assert sizes(load(tmp_path / "out")) == [("bm25s", 5), ("sitasi", 5), ("sitasi", 7)]


def test_results_over_another_corpus_are_not_mixed_with_these(corpus, tmp_path, steps):
    run(corpus, tmp_path / "out", sizes=(10,))
    with pytest.raises(UsageError, match="Cure: give another --out"):
        run(corpus, tmp_path / "out", sizes=(10,), questions=("Satu?", "Dua?"))


def test_the_message_of_a_step_that_fails_comes_back(corpus, tmp_path):
    details = {
        "step": "build",
        "engine": "sitasi",
        "folder": str(tmp_path),
        "index": "bench",
        "corpus": [str(corpus) + "x"],
        "articles": 3,
    }
    with pytest.raises(UsageError, match=r"sitasi could not build .*corpus\.jsonlx"):
        bench._step(details)


@pytest.mark.integration
def test_the_command_builds_asks_and_writes_its_files(corpus, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "bench", str(corpus), "--sizes", "50", "--out", str(tmp_path / "out")],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "| sitasi | 50 |" in done.stdout
    assert "[1/1, 0 s] sitasi, 50 passages" in done.stderr
    (row,) = json.loads((tmp_path / "out" / "bench.json").read_text())["rows"]
    assert row["ask"]["recall_at_10"] == 1.0
    assert row["cold"]["seconds"] > 0
