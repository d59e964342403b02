from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from qa.cli.command_line import main

TEXT = "Wali Kota Medan meresmikan jembatan baru di Sungai Deli pada hari Senin. Anggarannya mencapai tujuh miliar rupiah."


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "berita").mkdir()
    for n in range(3):
        (tmp_path / "berita" / f"a{n}.txt").write_text(f"{TEXT} Laporan ke-{n}.", encoding="utf-8")
    return tmp_path / "berita"


def run(tmp_path: Path, *words: str) -> int:
    return main([*words, "--index", "mine", "--indexes", str(tmp_path / "indexes")])


def test_sync_says_what_came_and_went_and_compact_joins_it(tmp_path, folder, capsys):
    assert run(tmp_path, "sync", str(folder)) == 0
    assert "3 articles added, 0 removed, 3 files read; now 3 articles" in capsys.readouterr().out
    (folder / "a0.txt").unlink()
    (folder / "a9.txt").write_text(f"{TEXT} Laporan ke-9.", encoding="utf-8")
    assert run(tmp_path, "sync", str(folder)) == 0
    assert "1 articles added, 1 removed, 1 files read; now 3 articles" in capsys.readouterr().out
    assert run(tmp_path, "compact") == 0
    assert "2 segments before, 1 now; 3 articles" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["sync", "build"])
def test_what_cannot_be_read_is_listed_in_a_file_until_it_can(tmp_path, folder, capsys, command):
    (folder / "kosong.txt").write_text("", encoding="utf-8")
    assert run(tmp_path, command, str(folder)) == 1
    file = tmp_path / "indexes" / "mine" / "unread.jsonl"
    assert str(file) in capsys.readouterr().err
    assert [json.loads(line)["source"] for line in file.read_text().splitlines()] == ["kosong.txt"]
    (folder / "kosong.txt").unlink()
    assert run(tmp_path, command, str(folder)) == 0
    assert not file.exists()


def test_a_folder_that_is_none_is_misuse(tmp_path, capsys):
    assert run(tmp_path, "sync", str(tmp_path / "nowhere")) == 2
    assert "is no folder. Cure:" in capsys.readouterr().err


@pytest.mark.integration
def test_a_watched_folder_is_taken_in_as_it_changes_until_it_is_stopped(tmp_path, folder):
    words = ["sync", str(folder), "--watch", "--index", "mine", "--indexes", str(tmp_path / "indexes")]
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - a shell's background ignores it
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert "3 articles added" in process.stdout.readline()
            assert "watching" in process.stderr.readline()
            (folder / "baru.txt").write_text(f"{TEXT} Laporan baru.", encoding="utf-8")
            assert "1 articles added, 0 removed" in process.stdout.readline()
        finally:
            process.send_signal(signal.SIGINT)
            stop = threading.Timer(30, process.kill)
            stop.start()
        assert process.wait(60) == 0
        stop.cancel()
