"""Golden files change by one command, `pytest tests/corpus --update-golden`, and are reviewed as diffs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", default=False, help="rewrite the golden files of tests/corpus")


@pytest.fixture
def golden(request):
    """golden(name, value): the value equals what tests/corpus/golden/<name>.json holds, or is written there when asked to."""

    def check(name, value):
        path = GOLDEN / f"{name}.json"
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert path.is_file(), f"no golden file {path.name}: run `pytest tests/corpus --update-golden` and review the diff"
        assert value == json.loads(path.read_text(encoding="utf-8"))

    return check
