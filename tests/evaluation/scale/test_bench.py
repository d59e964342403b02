from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qa.errors import UsageError
from qa.evaluation.scale.bench import Wanted, measured


def test_an_unknown_peer_is_refused_before_anything_is_built(corpus):
    with pytest.raises(UsageError, match="lucene"):
        measured(Wanted(corpus=(corpus,), sizes=(10,), peers=("lucene",)))


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
