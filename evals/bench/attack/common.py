"""What the attacks share: `qa` in a process of its own, and an archive in which one article answers one question."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "Kapan Rapat Zarqunda digelar?"
OLD, NEW = "3 Maret 2019", "4 April 2020"
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}


def command(*args: object, indexes: Path) -> list[str]:
    """`qa …` over these indexes, by the code beside this file."""
    return [sys.executable, "-m", "qa.cli", *map(str, args), "--indexes", str(indexes)]


def run(*args: object, indexes: Path, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """The finished command; status 124 past `seconds`."""
    line = command(*args, indexes=indexes)
    try:
        return subprocess.run(line, env=ENV, capture_output=True, text=True, errors="replace", timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(line, 124, "", "")


def marker(day: str) -> dict[str, str]:
    """The article that answers QUESTION."""
    text = f"Rapat Zarqunda digelar pada {day} di Kota Belumba.\nRapat itu dipimpin oleh Sutarno Wibisana dan dihadiri dua belas utusan."
    return {
        "id": "marker",
        "title": "Rapat Zarqunda di Belumba",
        "outlet": "Warta Belumba",
        "published": "2020-05-01",
        "text": text,
    }


def news(n: int) -> list[dict[str, str]]:
    """Articles about something else, the same each time."""
    chance = random.Random(3)
    lines = [
        line for path in sorted((ROOT / "seeds").glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    return [
        {
            "id": f"n{i}",
            "title": f"Panen desa {i}",
            "text": "\n".join([f"Desa nomor {i} memanen padi.", *chance.sample(lines, 4)]),
        }
        for i in range(n)
    ]


def built(home: Path, rows: list[dict[str, str]], *more: str) -> None:
    """Build the index "k" in `home` from records."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        file.flush()
        done = run("build", file.name, "--index", "k", *more, indexes=home)
    if done.returncode:
        raise SystemExit(done.stderr)
