"""Articles and an index of several segments, some of whose articles are no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qa.index import generation
from qa.schema import Article
from qa.testing import HashEncoder


@pytest.fixture
def article() -> Callable[..., Article]:
    """(number, text) -> an article; without a text it has words that no other has."""

    def made(n: int, text: str = "", outlet: str = "", day: int | None = None) -> Article:
        text = text or f"{' '.join(f'Kata{n}x{word} berita{n}y{word}.' for word in range(8))}"
        return Article(
            id=f"a{n}", text=text, source=f"a{n}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(),
            outlet=outlet or f"Harian {n}", published=date(2024, 5, day or n + 1),
        )  # fmt: skip

    return made


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., generation.Generation]:
    """Articles -> a generation with them below tmp_path."""
    return lambda these, **more: generation.build(
        tmp_path, "berita", these, HashEncoder(64), passage_chars=120, workers=0, **more
    )


@pytest.fixture
def add(tmp_path: Path) -> Callable[..., generation.Generation]:
    """Articles -> the next generation below tmp_path."""
    return lambda *these, **more: generation.add(tmp_path, "berita", these, HashEncoder(64), workers=0, **more)


@pytest.fixture
def layered(tmp_path: Path, article, build, add) -> generation.Generation:
    """Segments s0 (a0 to a3), s1 (a4, a5), s2 (a6), s3 with tombstones for a1 and a5 alone."""
    build(map(article, range(4)))
    add(article(4), article(5))
    add(article(6))
    return generation.remove(tmp_path, "berita", ["a1", "a5"])
