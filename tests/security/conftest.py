"""What the security tests share: a command line in a process of its own, and small indexes that may be damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

QUESTION = "Kapan Rapat Zarqunda digelar?"


@pytest.fixture
def qa(root):
    """qa("ask", ..., indexes=folder, user=65534): the finished command, with text; never more than two minutes."""

    def run(*args, indexes=None, before=(), env=None, **more):
        command = [*before, sys.executable, "-m", "qa.cli", *map(str, args), *(["--indexes", str(indexes)] if indexes else [])]
        return subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            **more,
        )

    return run


@pytest.fixture
def records(tmp_path):
    """records("a.jsonl", rows): the file."""

    def write(name, rows):
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def marker(day="3 Maret 2019", **more):
    """An article that answers QUESTION."""
    text = f"Rapat Zarqunda digelar pada {day} di Kota Belumba.\nRapat itu dipimpin oleh Sutarno Wibisana dan dihadiri dua belas utusan."
    return {"id": "marker", "title": "Rapat Zarqunda di Belumba", "outlet": "Warta Belumba", "text": text, **more}


def others(n=12):
    """Articles about something else."""
    return [
        {
            "id": f"a{i}",
            "title": f"Panen desa {i}",
            "text": f"Desa nomor {i} memanen {i * 7} ton padi pada hari Rabu, kata kepala desa.",
        }
        for i in range(n)
    ]


@pytest.fixture
def news():
    return marker, others, QUESTION
