"""What every test shares: no network but loopback, an index over the seeds that is built once, and the line between tiers.

`pytest --unit` needs the base install and [dev] alone: tests marked extra, browser, integration, slow, gguf, gpu or cluster are left out,
and the packages of the other extras are hidden, so that a test without its mark fails on every machine and not only on a small one.
Without the option a test whose package is missing is skipped with the reason; with QA_NO_SKIPS=1 (CI) a skip is a failure.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a hub is never asked, whatever a library's default
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

ROOT = Path(__file__).resolve().parent.parent

EXTRAS = (
    "torch onnx sentence_transformers transformers langchain langchain_core langchain_openai langchain_tests langgraph llama_cpp gguf "
    "mcp openai playwright schemathesis pymilvus milvus_lite psycopg distributed dask"
).split()
"""What the extras other than dev bring, as it is imported. `openai` and `langchain_core` come with langchain-openai."""
HIDDEN = "hidden by --unit:"
NOT_UNIT = {"extra", "browser", "integration", "slow", "gguf", "gpu", "cluster"}

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


@pytest.fixture(scope="session")
def build_archive(tmp_path_factory):
    """(articles as rows of JSON lines, settings beside that of the folder) -> an assistant over an index of these articles alone."""
    from qa.assistant import Assistant
    from qa.settings import load

    def build(rows, **chosen):
        folder = tmp_path_factory.mktemp("archive")
        path = folder / "articles.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return Assistant.build([path], "archive", settings=load({"indexes": folder / "indexes", **chosen}))

    return build


def pytest_addoption(parser):
    parser.addoption("--unit", action="store_true", help="only what the base install and [dev] can run, in under two minutes")


class _Hidden(importlib.abc.MetaPathFinder):
    """Imports of the extras fail as they do where they are not installed."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in EXTRAS:
            raise ModuleNotFoundError(f"{HIDDEN} {fullname}: a test that needs it is marked extra", name=fullname)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Hides the extras before anything is configured, with the pytest plugins that they bring; each worker of pytest-xdist does so too."""
    if config.getoption("unit"):
        for name, plugin in config.pluginmanager.list_name_plugin():
            if getattr(plugin, "__name__", "").partition(".")[0] in EXTRAS:
                config.pluginmanager.unregister(plugin, name)
        sys.meta_path.insert(0, _Hidden())


def pytest_collection_modifyitems(config, items):
    if config.getoption("unit"):
        left_out = [bool(NOT_UNIT.intersection(mark.name for mark in item.iter_markers())) for item in items]
        config.hook.pytest_deselected(items=[item for item, out in zip(items, left_out, strict=True) if out])
        items[:] = [item for item, out in zip(items, left_out, strict=True) if not out]
        return
    for item in items:
        needed = {package for mark in item.iter_markers("extra") for package in mark.args}
        if missing := sorted(package for package in needed if importlib.util.find_spec(package) is None):
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)}. Cure: make full"))


def _no_skips(report):
    meant = hasattr(report, "wasxfail") or HIDDEN in str(report.longrepr)
    if os.environ.get("QA_NO_SKIPS") == "1" and report.skipped and not meant:
        report.outcome = "failed"
        report.longrepr = f"skipped, and QA_NO_SKIPS=1 allows none: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _no_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _no_skips((yield))
