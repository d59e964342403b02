"""A corpus of forty short articles."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for n in range(40):
            text = f"Jembatan nomor {n} dibuka wali kota pada hari Senin. Warga desa{n} menyambutnya. Biayanya {n} miliar rupiah."
            lines.write(json.dumps({"title": f"Jembatan {n} dibuka", "text": text}) + "\n")
    return path
