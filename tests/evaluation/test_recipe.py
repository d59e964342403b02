"""docs/evaluation.md, "Gate your own corpus": its lines run as printed in an empty folder, and then a worse program fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration


@pytest.fixture
def shell(root, tmp_path):
    """Runs lines of the page. What this environment has already (the virtual environment) is left out, and a person accepts each draft."""
    (tmp_path / "articles").mkdir()
    for path in sorted((root / "seeds").glob("*.txt"))[:2]:
        (tmp_path / "articles" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "qa").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qa.cli "$@"\n', encoding="utf-8")
    (tmp_path / "qa").chmod(0o755)
    who = {f"GIT_{part}_{key}": "test@example.org" for part in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}

    def run(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line],
            cwd=tmp_path,
            env={
                **os.environ,
                **who,
                "SITASI": str(root),
                "PYTHONPATH": str(root),
                "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            },
            capture_output=True,
            text=True,
        )

    return run


def lines(root: Path) -> list[str]:
    page = (root / "docs/evaluation.md").read_text(encoding="utf-8")
    return [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]


def test_the_recipe_runs_as_printed_and_its_gate_finds_what_got_worse(root, shell):
    printed = lines(root)
    assert [line.split()[0] for line in printed].count("qa") == 5
    drafts = []
    for line in printed:
        if line.startswith(("python3 -m venv", "pip install")):
            continue
        if line.startswith("qa eval review"):
            done = [shell(f"{line.split('#')[0].rstrip()} --accept {draft}") for draft in drafts]
            assert any(one.returncode == 0 for one in done), done
            continue
        done = shell(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        if line.startswith("qa eval draft"):
            drafts = re.findall(r"^(draft-\w+)", done.stdout, re.MULTILINE)
    tracked = shell("git ls-files").stdout.split()
    assert "constraints.txt" in tracked
    assert shell("git status --porcelain").stdout.split() == ["??", "qa"]  # the shim above, and nothing that the recipe left
    worse = shell("qa eval evals/mine.jsonl --index mine --baseline evals/baseline.json --set answer.threshold=1")
    assert worse.returncode in {1, 3}, worse.stdout  # worse, or so few drafts that the gate cannot tell
