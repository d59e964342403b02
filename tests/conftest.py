"""What every test shares: no network but loopback, and an index over the seeds that is built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a hub is never asked, whatever a library's default
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

ROOT = Path(__file__).resolve().parent.parent

# An example is slow when the machine is busy, not when the code is wrong: time is measured in evals/bench.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds_settings(tmp_path_factory):
    from qa.settings import load

    return load({"indexes": tmp_path_factory.mktemp("indexes")})


@pytest.fixture(scope="session")
def assistant(seeds_settings):
    """The real thing over the five seed articles; tests that add or remove articles build their own."""
    from qa.assistant import Assistant

    return Assistant.build([ROOT / "seeds"], "seeds", settings=seeds_settings)
