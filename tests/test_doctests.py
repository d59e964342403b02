"""Every example in a docstring is run, and gives what is shown below it."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
SHOWN = sorted(path for path in HOME.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))


def test_there_are_examples():
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(HOME)))
def test_the_examples_of_a_module_are_true(path):
    module = importlib.import_module(".".join(("qa", *path.relative_to(HOME).with_suffix("").parts)))
    done = doctest.testmod(module, raise_on_error=False)
    assert done.attempted
    assert not done.failed
