from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from qa.errors import CorpusError, UsageError
from qa.index import generation
from qa.index.syncing import NOTE, Synced, sync
from qa.settings import Settings, load
from qa.testing.fakes import HashEncoder

TEXTS = {
    "satu.txt": "Wali Kota Medan meresmikan jembatan baru di Sungai Deli pada hari Senin.",
    "dua.txt": "Harga beras di Pasar Induk Cipinang turun dua persen menjelang akhir pekan.",
    "dalam/tiga.txt": "Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam.",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in TEXTS.items():
        write(tmp_path / "berita" / name, text)
    return tmp_path / "berita"


@pytest.fixture
def told(tmp_path) -> Settings:
    return load({"indexes": tmp_path / "indexes"})


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def synced(told: Settings, folder: Path, skipped: list | None = None) -> Synced:
    return sync(told, "mine", folder, HashEncoder(64), on_skip=(skipped if skipped is not None else []).append)


def texts(of: generation.Generation) -> dict[str, str]:
    return {article.source: article.text for article, _ in of.articles.stream()}


def test_a_folder_without_an_index_is_built_and_then_left_alone(folder, told):
    first = synced(told, folder)
    assert (first.added, first.removed, first.read, texts(first.served)) == (3, 0, 3, TEXTS)
    again = synced(told, folder)
    assert (again.added, again.removed, again.read, again.served.id) == (0, 0, 0, first.served.id)


def test_what_is_new_changed_and_gone_is_taken_in_and_only_that_is_read(folder, told):
    synced(told, folder)
    write(folder / "empat.txt", "Petani di Karawang memulai panen raya lebih awal dari tahun lalu.")
    write(folder / "dua.txt", "Ralat: harga beras di Pasar Induk Cipinang turun tiga persen.")
    (folder / "satu.txt").unlink()
    done = synced(told, folder)
    assert (done.added, done.removed, done.read) == (2, 2, 2)
    assert texts(done.served) == {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.txt")}
    assert texts(generation.open(told.indexes, "mine")) == texts(done.served)


def test_records_of_one_file_come_and_go_by_their_ids(folder, told):
    def records(*told: tuple[str, str]) -> None:
        write(folder / "arsip.jsonl", "".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in told))

    records(("r1", TEXTS["satu.txt"] + " Satu."), ("r2", TEXTS["dua.txt"] + " Dua."))
    synced(told, folder)
    records(("r2", TEXTS["dua.txt"] + " Dua."), ("r3", "Rel kereta cepat diperpanjang sampai Surabaya."))
    done = synced(told, folder)
    assert {id_ for id_ in ("r1", "r2", "r3") if done.served.articles.place(id_)} == {"r2", "r3"}
    assert (done.added, done.removed) == (1, 1)


def test_what_cannot_be_read_is_named_every_time_and_read_once(folder, told):
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4 nothing of a PDF")
    for reads in (4, 0):
        skipped: list = []
        done = synced(told, folder, skipped)
        assert ([each.source for each in skipped], done.read) == (["rusak.pdf"], reads)


def test_without_its_note_everything_is_read_and_nothing_changes(folder, told):
    before = synced(told, folder).served.id
    for damage in (b"", b"[]", b'{"folder": 1}', None):
        note = told.indexes / "mine" / NOTE
        note.unlink() if damage is None else note.write_bytes(damage)
        done = synced(told, folder)
        assert (done.read, done.added, done.served.id) == (3, 0, before)


def test_a_text_that_changes_in_the_same_second_and_to_the_same_length_is_seen(folder, told):
    synced(told, folder)
    path = folder / "dua.txt"
    seen = path.stat()
    path.write_text(TEXTS["dua.txt"].replace("dua", "tig"), encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert "tig persen" in texts(synced(told, folder).served)["dua.txt"]


def test_an_index_is_not_emptied_by_a_folder_that_is_away(folder, told):
    before = synced(told, folder).served.id
    for path in folder.rglob("*.txt"):
        path.unlink()
    with pytest.raises(CorpusError, match="no article would be left"):
        synced(told, folder)
    with pytest.raises(UsageError, match="is no folder"):
        synced(told, folder / "nowhere")
    assert generation.open(told.indexes, "mine").id == before
