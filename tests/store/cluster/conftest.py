"""A Milvus of several processes, started once for the tests of this folder and ended with them; see evals/bench/milvus_cluster.py."""

from __future__ import annotations

import importlib.util
import sys
import uuid
from types import SimpleNamespace

import pytest

from qa.assistant import Assistant
from qa.settings import load


def script(root, name):
    """A script of evals/bench; scripts find one another by their names there."""
    spec = importlib.util.spec_from_file_location(name, root / "evals" / "bench" / f"{name}.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def bench(root):
    return script(root, "milvus_cluster")


@pytest.fixture(scope="session")
def under_load(root, bench):
    return script(root, "milvus_failure").under_load


@pytest.fixture(scope="session")
def cluster(bench, tmp_path_factory):
    """Running: three query nodes beside one of every other role, with passwords. Skipped where its programs are not here."""
    wheel, etcd = bench.wheel_here(), bench.etcd_here()
    if lacks := bench.missing(wheel, etcd):
        pytest.skip(f"this machine lacks {lacks}")
    with bench.Cluster(tmp_path_factory.mktemp("cluster"), wheel, etcd, secured=True) as running:
        yield running


@pytest.fixture(scope="session")
def pair(cluster, bench, tmp_path_factory, make_article, make_records):
    """The same index in its own files and in the cluster, in two replicas; tests add to it and remove from it alike."""
    options = {"indexes": tmp_path_factory.mktemp("indexes"), "index": f"c{uuid.uuid4().hex[:8]}", "corpus.passage_chars": 150}
    stored = {"store.url": cluster.url, "store.token": bench.TOKEN, "store.seconds": 5, "store.replicas": 2}
    path = make_records(tmp_path_factory.mktemp("articles") / "some.jsonl", [make_article(number) for number in range(140)])
    there = Assistant.build([path], options["index"], settings=load(options | stored))
    return SimpleNamespace(there=there, files=lambda: Assistant.open(settings=load(options)), settings=load(options | stored))
