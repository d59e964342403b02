"""A build in parts is a build; one that was killed continues, and gives what an undisturbed build gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qa.errors import DuplicateError, StoreError
from qa.index import engines, generation, prepare
from qa.index.segments import build_parts, items
from qa.schema import Article
from qa.testing import HashEncoder

FERRY = (
    "Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam setelah dihantam gelombang tinggi. "
    "Kepala Kantor SAR Manado mengatakan tim gabungan telah mengevakuasi empat puluh dua penumpang ke pelabuhan Bitung. "
)


def article(n: int) -> Article:
    own = " ".join(f"Kata{n}x{word} berita{n}y{word}." for word in range(8))
    text = f"{FERRY} {'Tambahan redaksi. ' * (n % 3)}" if n % 7 == 3 else own
    return Article(
        id=f"a{n}", text=text, source=f"a{n}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), outlet=f"Harian {n}",
        published=date(2024, 5, 28 - n),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(build_parts, "PART", 8)
    monkeypatch.setattr(prepare, "ALONE", 0)  # else so many are taken in before the first is written
    monkeypatch.setattr(items, "MASKED_TOGETHER", 4)


def build(root: Path, articles, encoder: HashEncoder | None = None, resume: str = "") -> generation.Generation:
    return generation.build(root, "berita", articles, encoder or HashEncoder(64), passage_chars=120, workers=0, resume=resume)


def reading(of: generation.Generation):
    of.verify()
    rows = range(of.n_passages)
    return (
        list(of.articles.stream()),
        [of.lexical.terms(row) for row in rows],
        of.vectors.vectors(0, of.n_passages).tolist(),
        dict(of.articles.vocabulary()),
        of.articles.stories(),
        of.manifest.corpus_sha256,
    )


class Killed(BaseException):
    """As sudden as a signal, but for the tidying that a signal leaves out: see test_crashes for the signal."""


def broken_off(at: int) -> Iterator[Article]:
    for n in range(at):
        yield article(n)
    raise Killed


def whole(tmp_path: Path, monkeypatch) -> generation.Generation:
    with monkeypatch.context() as patch:
        patch.setattr(build_parts, "PART", 10**6)
        return build(tmp_path / "whole", map(article, range(25)))


def test_a_build_in_parts_reads_as_one_in_one_part_with_stories_across_them(tmp_path, monkeypatch):
    built = build(tmp_path / "parts", map(article, range(25)))
    assert len(built.segments) >= 4
    assert len(built.articles.stories()) == 4
    assert set(built.articles.stories().values()) == {"a24"}
    assert reading(built) == reading(whole(tmp_path, monkeypatch))


@pytest.mark.parametrize("at", [3, 11, 18, 24])
def test_a_build_that_was_broken_off_continues_and_encodes_only_the_rest(tmp_path, monkeypatch, at):
    root = tmp_path / "parts"
    with pytest.raises(Killed):
        build(root, broken_off(at), resume="here")
    encoder = HashEncoder(64)
    built = build(root, map(article, range(25)), encoder, resume="here")
    assert reading(built) == reading(whole(tmp_path, monkeypatch))
    assert (encoder.calls < built.n_passages) == (at > 8)
    assert not list((root / "berita").glob(f"{build_parts.UNFINISHED}*"))
    after = generation.add(root, "berita", [article(25)], HashEncoder(64), workers=0)
    assert after.n_articles == 26


def test_a_part_that_was_damaged_is_written_again(tmp_path, monkeypatch):
    root = tmp_path / "parts"
    with pytest.raises(Killed):
        build(root, broken_off(24), resume="here")
    second = next((root / "berita").glob(f"{build_parts.UNFINISHED}*/s1"))
    (second / "vectors.npy").write_bytes(b"nonsense")
    assert reading(build(root, map(article, range(25)), resume="here")) == reading(whole(tmp_path, monkeypatch))


def test_other_inputs_start_over_and_changed_articles_are_reported(tmp_path, monkeypatch):
    root = tmp_path / "parts"
    with pytest.raises(Killed):
        build(root, broken_off(24), resume="here")
    with pytest.raises(StoreError, match="changed since"):
        build(root, map(article, range(1, 26)), resume="here")
    assert reading(build(root, map(article, range(25)), resume="here")) == reading(whole(tmp_path, monkeypatch))
    with pytest.raises(Killed):
        build(root, broken_off(24), resume="here")
    with pytest.raises(StoreError, match="changed since"):
        build(root, map(article, range(3)), resume="here")
    with pytest.raises(Killed):
        build(root, broken_off(24), resume="here")
    encoder = HashEncoder(64)
    assert encoder.calls < build(root, map(article, range(25)), encoder, resume="there").n_passages == encoder.calls


def test_an_id_that_an_earlier_part_has_is_refused(tmp_path):
    with pytest.raises(DuplicateError, match="a2"):
        build(tmp_path, [*map(article, range(20)), article(2)])


def test_an_id_of_a_part_that_a_killed_build_finished_is_refused(tmp_path):
    with pytest.raises(Killed):
        build(tmp_path, broken_off(24), resume="here")
    with pytest.raises(DuplicateError, match="a2"):
        build(tmp_path, [*map(article, range(25)), article(2)], resume="here")


def test_the_words_of_a_large_build_are_read_from_their_file_through_changes(tmp_path, monkeypatch):
    expected = dict(whole(tmp_path, monkeypatch).articles.vocabulary())
    monkeypatch.setattr(engines, "WORD_FILE_ABOVE", 10)
    built = build(tmp_path / "parts", map(article, range(25)))
    assert built.words is not None
    assert built.built_rows == built.words.end_row == built.n_passages
    assert dict(built.articles.vocabulary()) == expected
    generation.remove(tmp_path / "parts", "berita", ["a1"])
    after = generation.add(tmp_path / "parts", "berita", [article(26)], HashEncoder(64), workers=0)
    assert after.words is not None
    assert "kata1x1" not in after.articles.vocabulary()
    assert "kata26x1" in after.articles.vocabulary()
    assert after.articles.vocabulary().keys() == {
        *expected,
        *(f"{w}26{x}{n}" for w, x in (("kata", "x"), ("berita", "y")) for n in range(8)),
    } - {f"{w}1{x}{n}" for w, x in (("kata", "x"), ("berita", "y")) for n in range(8)}
