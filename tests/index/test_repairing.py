from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qa.errors import IndexBrokenError
from qa.index import generation
from qa.index.repairing import Repaired, repair
from qa.schema import Article
from qa.testing import HashEncoder


def article(n: int) -> Article:
    text = f"Jembatan nomor {n} di Sungai Deli diresmikan pada hari Senin. Anggarannya mencapai {n + 2} miliar rupiah."
    return Article(id=f"a{n}", text=text, source=f"a{n}.txt", sha256=hashlib.sha256(text.encode()).hexdigest())


@pytest.fixture
def root(tmp_path) -> Path:
    """Three segments; a1 and a4 were removed."""
    generation.build(tmp_path, "berita", map(article, range(4)), HashEncoder(64), passage_chars=120, workers=0)
    generation.add(tmp_path, "berita", [article(4), article(5)], HashEncoder(64), workers=0)
    generation.remove(tmp_path, "berita", ["a1", "a4"])
    return tmp_path


def mended(root: Path) -> Repaired:
    return repair(root, "berita", encoder="hash-64", passage_chars=120, open_encoder=lambda _: HashEncoder(64))


def served(root: Path) -> Path:
    return root / "berita" / (root / "berita" / "current").read_text().strip()


def spoil(path: Path, part: bytes) -> None:
    """Turn one bit inside `part`, wherever it is in the file."""
    data = bytearray(path.read_bytes())
    at = data.index(part)
    data[at] ^= 1
    path.write_bytes(data)


def ids(of: generation.Generation) -> list[str]:
    return [row.id for row in of.articles.articles()]


@pytest.mark.parametrize("file", ["s0/vectors.npy", "s1/sketches.npy", "lexical/meta.json"])
def test_what_can_be_made_again_is_and_nothing_is_lost_or_deleted(root, file):
    damaged = served(root)
    (damaged / file).write_bytes(b"nonsense")
    with pytest.raises(IndexBrokenError, match="qa doctor --repair"):
        generation.open(root, "berita")
    done = mended(root)
    assert (ids(done.served), done.lost) == (["a0", "a2", "a3", "a5"], ())
    generation.open(root, "berita", HashEncoder(64)).verify()
    assert (next(path for path in done.aside if path.name.endswith(damaged.name)) / file).read_bytes() == b"nonsense"
    assert generation.add(root, "berita", [article(9)], HashEncoder(64), workers=0).n_articles == 5


def test_a_text_that_was_altered_is_named_and_not_served(root):
    spoil(served(root) / "s0" / "articles.sqlite", b"Jembatan nomor 2 di")
    done = mended(root)
    assert ids(done.served) == ["a0", "a3", "a5"]
    assert len(done.lost) == 1
    assert "'a2'" in done.lost[0]


def test_without_its_manifest_the_articles_are_there_still(root):
    for each in (root / "berita").glob("gen-*"):
        (each / "manifest.json").write_bytes(b"{")
    done = mended(root)
    assert {"a0", "a2", "a3", "a5"} <= set(ids(done.served))


def test_a_lost_pointer_points_to_what_is_whole_again(root):
    before = generation.open(root, "berita").id
    (root / "berita" / "current").unlink()
    done = mended(root)
    assert (done.served.id, done.lost, done.aside) == (before, (), ())
    assert generation.open(root, "berita").id == before


def test_where_no_article_is_whole_it_says_so_and_touches_nothing(root):
    for path in (root / "berita").rglob("articles.sqlite"):
        path.write_bytes(b"nonsense")
    before = sorted(root.rglob("*"))
    with pytest.raises(IndexBrokenError, match="no article that is whole"):
        mended(root)
    assert sorted(root.rglob("*")) == before
