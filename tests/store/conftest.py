"""A Milvus over TCP on loopback: Milvus Lite's own server, started once for all tests of this folder, ended with them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import subprocess
import sys
import time
import uuid
from datetime import date
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.index.allowed_rows import AllowedRows
from qa.settings import load

OVER_TCP = [pytest.mark.extra("pymilvus", "milvus_lite"), pytest.mark.integration]
OUTLETS = ("Koran Pagi", 'Harian "Senja"', "Radio Kota")
THINGS = ("pasar", "jembatan", "sekolah", "pelabuhan", "museum", "bendungan")
PLACES = ("Melati", "Kenanga", "Cempaka", "Mawar", "Teratai")
QUESTIONS = (
    "Kapan pasar Melati dibuka?",
    "Siapa yang membangun jembatan Kenanga?",
    "berapa pengunjung museum",
    "Radio Kota pelabuhan",
)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory):
    """(process, url) of a server of its own; skipped where Milvus Lite or its client is not installed."""
    for package in ("milvus_lite", "pymilvus"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}. Cure: pip install 'sitasi[milvus]' milvus-lite")
    command = shutil.which("milvus-lite", path=str(Path(sys.executable).parent))
    assert command, "milvus-lite is installed without its command"
    port, data = free_port(), tmp_path_factory.mktemp("milvus")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([command, "server", "--data-dir", str(data), "--host", "127.0.0.1", "--port", str(port)], **quiet)
    end = time.monotonic() + 120
    while True:
        assert process.poll() is None, f"milvus-lite ended with status {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < end, "milvus-lite did not listen within two minutes"
            time.sleep(0.1)
    yield process, f"milvus+http://127.0.0.1:{port}"
    process.kill()
    process.wait(20)


@pytest.fixture(scope="session")
def milvus(milvus_server):
    return milvus_server[1]


def written(number, more=""):
    thing, place = THINGS[number % len(THINGS)], PLACES[number % len(PLACES)]
    text = (
        f"Wali Kota {place} membuka {thing} {place} yang ke-{number}.\n\nPembangunan {thing} itu memakan biaya {number} miliar rupiah. "
        f"{'Pengunjung datang dari seluruh provinsi. ' * (number % 4)}{more}\n"
    )
    return {
        "id": f"a{number}",
        "title": f"{thing.title()} {place} dibuka",
        "text": text,
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}",
    }


def records(path, items):
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


@pytest.fixture(scope="session", params=["embedded", pytest.param("milvus-lite", marks=OVER_TCP)])
def options(request, tmp_path_factory):
    """The settings under which an index lies in this engine; its name is no other test's."""
    made = {"indexes": tmp_path_factory.mktemp("indexes"), "index": f"t{uuid.uuid4().hex[:8]}", "corpus.passage_chars": 150}
    return made | ({"store.url": request.getfixturevalue("milvus")} if request.param != "embedded" else {})


@pytest.fixture(scope="session")
def built(options, tmp_path_factory):
    """An assistant over sixty articles; nobody writes to it."""
    path = records(tmp_path_factory.mktemp("articles") / "sixty.jsonl", [written(number) for number in range(60)])
    return Assistant.build([path], options["index"], settings=load(options))


@pytest.fixture
def own(options, tmp_path):
    """Builds an index of the test's own in the same engine."""

    def build(numbers, index=None):
        settings = load(options | {"indexes": tmp_path / "indexes", "index": index or f"o{uuid.uuid4().hex[:8]}"})
        path = records(tmp_path / f"{uuid.uuid4().hex}.jsonl", [written(number) for number in numbers])
        return Assistant.build([path], settings.index, settings=settings)

    return build


@pytest.fixture(scope="session")
def make_article():
    return written


@pytest.fixture(scope="session")
def make_records():
    return records


@pytest.fixture
def questions():
    return (*QUESTIONS, *(f"{thing} {place}" for thing in THINGS for place in PLACES))


def filters(generation):
    """Rows allowed in every form that a search may be given them."""
    articles = generation.articles
    window, outlet = (date(2024, 2, 1), date(2024, 6, 30)), (OUTLETS[1].upper(),)
    yield None, range(generation.n_passages)
    for days, outlets in ((window, ()), (None, outlet), (window, outlet), ((date(1999, 1, 1), date(1999, 1, 2)), ())):
        rows = list(articles.rows_in(days, outlets))
        yield AllowedRows.of(articles.rows_in(days, outlets), days, outlets), rows
        yield rows, rows


@pytest.fixture
def every_filter():
    return filters
