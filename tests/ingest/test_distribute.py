"""A build on a cluster: the index of one process, hash for hash, though a worker dies on the way."""

from __future__ import annotations

import json
import threading
import time

import pytest

from qa.assistant import Assistant
from qa.errors import CorpusError, StoreError
from qa.index.segments import items
from qa.ingest import distribute, shards
from qa.settings import load

pytestmark = [pytest.mark.extra("distributed"), pytest.mark.integration, pytest.mark.filterwarnings("ignore")]

FURNITURE = "Ikuti berita terbaru kami di aplikasi."


def written(folder, files=12, each=20):
    """Records in several files: outlets with furniture, ids that come twice, one file that cannot be read."""
    folder.mkdir()
    for file in range(files):
        rows = []
        for number in range(each):
            n = file * each + number
            text = f"Pasar ke-{n} dibuka oleh Wali Kota Melati.\n\n{FURNITURE}\n\nPasar itu memiliki {n + 3} kios dan {n} gudang."
            rows.append(
                {"id": f"a{n % 230}", "title": f"Pasar {n}", "text": text, "outlet": f"Koran {n % 3}", "published": "2024-03-04"}
            )
        (folder / f"{file:02}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "kosong.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def small(monkeypatch):
    """Shards, blocks and chunks so small that there are many of each."""
    real = shards.shards
    monkeypatch.setattr(distribute, "shards", lambda found, **told: real(found, size=4000, **told))
    monkeypatch.setattr(distribute, "CHUNK", 15)
    monkeypatch.setattr(items, "MASKED_TOGETHER", 100)


def hashes(built):
    """What is the same whenever the same index is built: the engines' own files of words have random names."""
    told = built.generation.manifest
    same = {name: entry.sha256 for name, entry in told.files.items() if "lexical" not in name}
    terms = [built.generation.lexical.terms(row) for row in range(built.generation.n_passages)]
    return told.corpus_sha256, same, terms


def test_the_index_is_the_one_of_one_process_though_a_worker_is_killed(cluster, small, tmp_path, monkeypatch):
    folder = written(tmp_path / "articles")
    alone = Assistant.build([folder], "own", settings=load({"indexes": tmp_path / "alone"}))
    again = Assistant.build([folder], "own", settings=load({"indexes": tmp_path / "again"}))
    assert hashes(again) == hashes(alone)  # else the comparison below would say nothing
    given, killed = [], threading.Event()
    real = distribute.read_prepared

    def read(place, key):
        given.append(key)
        if len(given) == 2 and not killed.is_set():
            cluster.kill()
            killed.set()
        return real(place, key)

    monkeypatch.setattr(distribute, "read_prepared", read)
    monkeypatch.setattr(distribute, "AHEAD", 2)
    settings = load({"indexes": tmp_path / "far"})
    skipped = []
    far = Assistant.build([folder], "own", settings=settings, scheduler=cluster.address, on_skip=skipped.append)
    assert killed.is_set()
    assert hashes(far) == hashes(alone)
    assert [(each.source, each.why) for each in far.added.skipped] == [(each.source, each.why) for each in skipped]
    assert {(each.source, each.why) for each in skipped} == {(each.source, each.why) for each in alone.added.skipped}
    assert any("kosong.txt" in each.source for each in skipped)
    assert any("same id" in each.why for each in skipped)
    assert far.ask("Berapa kios di pasar ke-7?").citations
    assert not list((tmp_path / "far").glob("**/*.prepared.jsonl"))  # what is built needs its parts no more
    cluster.add()


def test_a_build_that_broke_off_continues_where_it_was(cluster, small, tmp_path, monkeypatch):
    folder = written(tmp_path / "articles", files=4)
    settings = load({"indexes": tmp_path / "far"})
    real, given = distribute.read_prepared, []

    def broken(place, key):
        given.append(key)
        if len(given) == 3:
            raise StoreError("the power went")
        return real(place, key)

    monkeypatch.setattr(distribute, "read_prepared", broken)
    with pytest.raises(StoreError, match="power"):
        Assistant.build([folder], "own", settings=settings, scheduler=cluster.address)
    end = time.monotonic() + 60
    while len(left := sorted((tmp_path / "far").glob("**/*.prepared.jsonl"))) < 5 and time.monotonic() < end:
        time.sleep(0.1)
    before = {path: path.stat().st_ino for path in left}
    monkeypatch.setattr(distribute, "read_prepared", lambda place, key: (kept.append(key), real(place, key))[1])
    kept = []
    inodes = {}
    rmtree = distribute.shutil.rmtree

    def keep(path, **told):
        inodes.update({file: file.stat().st_ino for file in before})
        rmtree(path, **told)

    monkeypatch.setattr(distribute.shutil, "rmtree", keep)
    built = Assistant.build([folder], "own", settings=settings, scheduler=cluster.address)
    assert inodes == before  # what was made before was not made again
    monkeypatch.undo()
    assert hashes(built)[0] == hashes(Assistant.build([folder], "x", settings=load({"indexes": tmp_path / "alone"})))[0]


def test_where_nothing_can_be_read_the_build_fails_as_it_does_alone(cluster, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "kosong.txt").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="no article"):
        Assistant.build([tmp_path / "articles"], "own", settings=load({"indexes": tmp_path / "far"}), scheduler=cluster.address)


def test_a_scheduler_that_is_not_there_is_said_so_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(distribute, "CONNECT", 1)
    with pytest.raises(StoreError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1 .*Cure"):
        Assistant.build([tmp_path], "own", settings=load({"indexes": tmp_path}), scheduler="tcp://127.0.0.1:1")
