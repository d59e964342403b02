from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from qa.errors import UsageError
from qa.evaluation.scale.scale_report import growth, load, markdown, save


def row(engine, passages, ms, **more):
    ask = {
        "first_seconds": 0.4,
        "p50_ms": ms,
        "p95_ms": 2 * ms,
        "p99_ms": 3 * ms,
        "cpu_p50_ms": ms,
        "cpu_p95_ms": 2 * ms,
        "rss_mb": 90,
        "clients": {"1": 5.0, "2": 9.0, "8": 9.5},
    }
    build = {
        "passages": passages,
        "seconds": 2.0,
        "per_second": passages / 2,
        "per_cpu_second": passages,
        "disk_mb": 3.5,
        "peak_rss_mb": 120,
    }
    return {"engine": engine, "wanted": passages, "build": build, "ask": ask, **more}


RESULT = {
    "machine": {"cores": 2, "load": 0.5}, "questions": 20, "corpus_articles": 7, "left_out": {"txtai": "not installed here: txtai"},
    "rows": [
        row("sitasi", 100, 2.0, cold={"seconds": 1.0, "cpu": 0.9, "peak_rss_mb": 300}),
        row("bm25s", 100, 1.0),
        row("sitasi", 100_000, 3.0, cold={"seconds": 1.4, "cpu": 1.2, "peak_rss_mb": 400}),
    ],
}  # fmt: skip


def test_every_engine_has_a_line_in_each_table_and_growth_is_a_ratio():
    told = markdown(RESULT)
    assert told.count("| bm25s |") == 3
    assert (
        "From 100 to 100,000 passages a search takes 1.5 times the processor time, and a question from a cold start 1.3 times."
        in told
    )
    assert "Left out: txtai (not installed here: txtai)." in told


def test_the_plot_is_svg_with_a_point_for_each_size():
    svg = ET.fromstring(growth([RESULT["rows"][0], RESULT["rows"][2]]))
    assert len(svg.findall("{http://www.w3.org/2000/svg}circle")) == 4


def test_files_are_written_and_one_size_has_no_plot(tmp_path):
    assert [path.name for path in save(RESULT, tmp_path / "all")] == ["bench.json", "bench.md", "growth.svg"]
    assert json.loads((tmp_path / "all" / "bench.json").read_text()) == RESULT
    assert [path.name for path in save({**RESULT, "rows": RESULT["rows"][:2]}, tmp_path / "one")] == ["bench.json", "bench.md"]


def test_results_are_read_again_and_anything_else_is_refused(tmp_path):
    assert load(tmp_path / "none") is None
    save(RESULT, tmp_path)
    assert load(tmp_path) == RESULT
    assert not list(tmp_path.glob(".bench*"))
    for text in ("{", "[]", '{"rows": []}'):
        (tmp_path / "bench.json").write_text(text)
        with pytest.raises(UsageError, match=r"bench\.json holds no results"):
            load(tmp_path)
