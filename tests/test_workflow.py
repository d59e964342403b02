"""The workflow and the hook that users copy: pinned, able to do nothing but read, and each of its commands runs unchanged."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / ".github/workflows/evals.yml").read_text(encoding="utf-8")
FLOW = yaml.safe_load(TEXT)
STEPS = FLOW["jobs"]["gate"]["steps"]
SUITE = [
    {
        "id": "kiosks",
        "question": "Berapa kios yang dimiliki Pasar Beringin?",
        "answers": ["320 kios"],
        "sources": [{"source": "pasar.txt", "quote": "Pasar Beringin memiliki 320 kios di dua lantai."}],
        "kind": "how_many",
    },
    {"id": "concert", "question": "Berapa harga tiket konser Coldplay?", "kind": "how_many"},
]
ARTICLE = "Pasar Beringin dibuka lagi\n\nWali Kota membuka Pasar Beringin pada Senin (4/3/2024).\n\nPasar Beringin memiliki 320 kios di dua lantai.\n"


def command(name: str) -> str:
    return next(step["run"] for step in STEPS if step.get("name") == name)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A repository of somebody else, with the workflow's environment set to its names."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/pasar.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals/mine.jsonl").write_text("\n".join(map(json.dumps, SUITE)) + "\n", encoding="utf-8")
    summary = tmp_path / "summary.md"
    environment = {
        **os.environ,
        **FLOW["env"],
        "ARTICLES": "articles",
        "INDEX": "mine",
        "SUITE": "evals/mine.jsonl",
        "GITHUB_STEP_SUMMARY": str(summary),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }

    def run(name: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-e", "-c", command(name)], cwd=tmp_path, env={**environment, **more}, capture_output=True, text=True
        )

    return run, summary


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it():
    used = re.findall(r"uses: (\S+)(.*)", TEXT)
    assert len(used) == 4
    for action, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_the_workflow_may_only_read_and_takes_no_expression_into_a_shell():
    assert FLOW["permissions"] == {"contents": "read"}
    assert not any("${{" in step.get("run", "") for step in STEPS)


def test_reports_and_summary_are_there_whatever_the_gate_says():
    assert {step["name"] for step in STEPS if step.get("if") == "always()"} == {"Summary", "Reports"}


@pytest.mark.integration
def test_every_command_runs_unchanged_in_a_repository_of_somebody_else(elsewhere):
    run, summary = elsewhere
    for name in ("Build the index", "Check the suite"):
        done = run(name)
        assert done.returncode == 0, done.stderr
    missing = run("Gate", BASELINE="evals/baseline.json")
    assert missing.returncode == 1
    assert "--update-baseline" in missing.stderr  # how it is made
    run("Summary")
    assert summary.read_text(encoding="utf-8").startswith("No report")
    recorded = subprocess.run(
        [sys.executable, "-m", "qa.cli", "eval", "evals/mine.jsonl", "--index", "mine", "--baseline", "evals/baseline.json", "--update-baseline"],
        cwd=summary.parent,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert recorded.returncode == 0, recorded.stderr
    done = run("Gate")
    assert done.returncode == 0, done.stdout + done.stderr
    run("Summary")
    assert "Not worse than the baseline" in summary.read_text(encoding="utf-8")


@pytest.mark.parametrize(("cannot_tell", "status", "expected"), [("fail", 3, 3), ("warn", 3, 0), ("warn", 1, 1), ("fail", 0, 0)])
def test_the_gate_fails_by_the_exit_status_of_the_eval(elsewhere, tmp_path, cannot_tell, status, expected):
    run, _ = elsewhere
    stand_in = tmp_path / "bin"
    stand_in.mkdir()
    (stand_in / "qa").write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    (stand_in / "qa").chmod(0o755)
    done = run("Gate", CANNOT_TELL=cannot_tell, PATH=f"{stand_in}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == expected
    assert ("::warning" in done.stdout) == (cannot_tell == "warn" and status == 3)


def test_the_hook_checks_the_suites_that_pre_commit_names_after_its_options(elsewhere, tmp_path):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    words = [*hook["entry"].split()[1:], "--articles", "articles", "evals/mine.jsonl"]
    assert re.search(hook["files"], "evals/mine.jsonl")
    assert not re.search(hook["files"], "evals/out/report.json")
    good = subprocess.run([sys.executable, "-m", "qa.cli", *words], cwd=tmp_path, capture_output=True, text=True)
    assert good.returncode == 0, good.stdout
    (tmp_path / "articles/pasar.txt").write_text(ARTICLE.replace("320", "321"), encoding="utf-8")
    bad = subprocess.run([sys.executable, "-m", "qa.cli", *words], cwd=tmp_path, capture_output=True, text=True)
    assert bad.returncode == 1
    assert "mine.jsonl:1: not letter for letter" in bad.stdout
