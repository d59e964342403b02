"""A short run of evals/bench/crashes.py, which can be run for minutes: nothing is lost, whatever happens to whoever writes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from qa.errors import StoreError
from qa.index import generation

SCRIPT = Path(__file__).resolve().parents[2] / "evals" / "bench" / "crashes.py"

pytestmark = pytest.mark.integration


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("kind", "trials"), [("kill", 8), ("damage", 10), ("full", 6)])
def test_nothing_is_lost_and_nothing_is_wrong_whatever_happens(kind, trials):
    done = run("--kinds", kind, "--trials", str(trials), "--seed", "7")
    if "no disk can be mounted here" in done.stderr:
        pytest.skip(f"a disk that is full: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert '"failures": 0' in done.stdout
    assert f'"{kind}": {trials}' in done.stdout


@pytest.fixture
def crashes():
    spec = importlib.util.spec_from_file_location("crashes", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_folder_that_may_only_be_read_answers_and_refuses_changes(tmp_path, crashes, monkeypatch):
    """As any user but root meets it: root may write everywhere, so the system's answer is given for it."""
    crashes.make(tmp_path)
    before = crashes.read(tmp_path)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("qa.index.segments.building.mkdtemp", refused)
    for name in ("add", "change", "remove", "join", "compact"):
        with pytest.raises(StoreError, match=r"cannot be written: Permission denied.*Cure:"):
            crashes.WORK[name](tmp_path)
    assert crashes.read(tmp_path) == before
    assert generation.open(tmp_path, crashes.NAME).n_articles == 26
