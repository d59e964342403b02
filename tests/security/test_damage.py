"""A damaged index answers as it did, or refuses with the file's name and the cure: never a wrong citation, never a traceback."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3

import pytest

from qa.errors import IndexBrokenError, QaError, StoreError
from qa.index import generation
from qa.index.store.articles import Articles
from qa.index.store.damage import reading
from qa.schema import Article
from qa.testing import HashEncoder


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    """Two archives of a hundred articles, with the same ids and lengths and other words."""
    import hashlib

    def articles(word):
        for n in range(100):
            text = f"Rapat {word} nomor {n:03} digelar pada 3 Maret 2019 di Kota Belumba. Sutarno memimpin {n:03} utusan {word}."
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            yield Article(id=f"a{n}", text=text, source=f"a{n}.txt", sha256=sha256, title=f"Rapat {n:03}")

    home = tmp_path_factory.mktemp("damage")
    for name, word in (("satu", "merah"), ("dua", "hijau")):
        generation.build(home / name, "k", articles(word), HashEncoder(64), passage_chars=100, workers=0)
    return home


@pytest.fixture
def home(built, tmp_path):
    shutil.copytree(built / "satu", tmp_path / "i")
    return tmp_path / "i"


def folder(home):
    return next((home / "k").glob("gen-*"))


def asked(home):
    """Everything a question does with an index."""
    opened = generation.open(home, "k", HashEncoder(64))
    rows = opened.lexical.search(["rapat", "merah", "042"], 5)
    opened.vectors.search(HashEncoder(64).question("Rapat merah 042"), 5)
    passages = opened.articles.passages([row for row, _ in rows])
    opened.articles.vocabulary()
    return [opened.articles.article(passage.article_id).text for passage in passages]


def test_one_flipped_bit_in_a_text_is_no_quote(home):
    path = folder(home) / "articles.sqlite"
    data = bytearray(path.read_bytes())
    at = data.index(b"nomor 042 digelar pada 3 Maret") + len(b"nomor 042 digelar pada ")
    data[at] ^= 4  # 3 becomes 7
    path.write_bytes(data)
    with pytest.raises(IndexBrokenError, match=r"articles\.sqlite.*Cure"):
        asked(home)


@pytest.mark.parametrize("column", ["text", "title", "published", "url", "masks", "sha256"])
def test_what_is_altered_after_opening_is_noticed_when_it_is_read(home, column):
    opened = generation.open(home, "k")
    with sqlite3.connect(opened.folder / "articles.sqlite") as writer:
        writer.execute(f"UPDATE articles SET {column} = '[[1, 2, \"x\"]]' WHERE id = 'a42'")
    writer.close()
    row = opened.articles.rows_of("a42")[0]
    for read in (lambda: opened.articles.article("a42"), lambda: opened.articles.passages([row])):
        with pytest.raises(IndexBrokenError, match=r"articles\.sqlite: .*a42.* Cure"):
            read()
    assert opened.articles.article("a41").text


@pytest.mark.parametrize("change", ['start = -5, "end" = 3', '"end" = 100000', "article = 7", "start = 4000"])
def test_a_span_that_is_not_its_articles_is_noticed(home, change):
    row = generation.open(home, "k").articles.rows_of("a42")[0]
    with sqlite3.connect(folder(home) / "articles.sqlite") as writer:
        writer.execute(f"UPDATE passages SET {change} WHERE row = {row}")
    writer.close()
    with Articles(folder(home)) as articles, pytest.raises(IndexBrokenError, match=r"articles\.sqlite: .*was altered.* Cure"):
        articles.passages([row])


def test_a_file_of_another_generation_is_noticed_whatever_its_size(home, built):
    other = folder(built / "dua")
    for file in ("articles.sqlite", "vectors.npy"):
        for path in (folder(home) / file, other / file):
            assert path.stat().st_size == (other / file).stat().st_size
        kept = (folder(home) / file).read_bytes()
        shutil.copy(other / file, folder(home) / file)
        with pytest.raises(IndexBrokenError, match=file):
            asked(home)
        (folder(home) / file).write_bytes(kept)
    assert asked(home)


def test_the_files_say_themselves_which_generation_they_are_of(home, built, monkeypatch):
    monkeypatch.setattr("qa.index.store.manifest.sample_of", lambda path: "")  # as where a difference lies between the samples
    opened = generation.open
    monkeypatch.setattr("qa.index.store.manifest.read", _without_samples(generation.manifest.read))
    assert opened(home, "k")
    for file in ("articles.sqlite", "vectors.npy"):
        shutil.copytree(home, home.parent / file)
        shutil.copy(folder(built / "dua") / file, folder(home.parent / file) / file)
        with pytest.raises(IndexBrokenError, match=f"{file}: it belongs to another generation"):
            opened(home.parent / file, "k")


def _without_samples(read):
    from qa.index.store import manifest

    def unsampled(path):
        found = manifest.FileEntry.__init__
        manifest.FileEntry.__init__ = lambda self, *, size, sha256, sample: found(self, size=size, sha256=sha256, sample="")
        try:
            return read(path)
        finally:
            manifest.FileEntry.__init__ = found

    return unsampled


def test_any_damage_is_refused_by_name_or_does_no_harm(home, built, tmp_path):
    right = asked(home)
    chance = random.Random(13)
    files = [path.relative_to(home) for path in sorted(home.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    for file in files:
        for how in ("cut", "emptied", "deleted", "flipped", "noise"):
            shutil.rmtree(tmp_path / "x", ignore_errors=True)
            shutil.copytree(home, tmp_path / "x")
            path = tmp_path / "x" / file
            data = bytearray(path.read_bytes())
            if how == "deleted":
                path.unlink()
            elif how == "flipped":
                bit = chance.randrange(len(data) * 8)
                data[bit // 8] ^= 1 << bit % 8
                path.write_bytes(data)
            else:
                path.write_bytes({"cut": data[: len(data) // 2], "emptied": b"", "noise": chance.randbytes(len(data))}[how])
            said = refused(tmp_path / "x", right)
            assert not said or path.name in said or str(folder(tmp_path / "x")) in said, (file, how)
            assert not said or "Cure" in said, (file, how)


def refused(home, right):
    """What was said instead of an answer; "" for the right one."""
    try:
        assert asked(home) == right
    except QaError as error:
        return str(error)
    return ""


def test_files_altered_behind_an_opened_index_are_an_error_of_ours(home):
    opened = generation.open(home, "k")
    for path in sorted((opened.folder / "lexical").iterdir()):
        if path.suffix in {".idx", ".term", ".store", ".fast", ".fieldnorm"}:
            with path.open("r+b") as file:  # in place: the engine has it mapped
                file.write(os.urandom(path.stat().st_size))
    for _ in range(5):
        for ask in (lambda: opened.lexical.search(["rapat", "merah"], 5), lambda: opened.lexical.terms(3)):
            try:
                ask()
            except IndexBrokenError as error:
                assert "lexical" in str(error)  # noqa: PT017 - it may also answer


def test_a_panic_of_the_engine_is_an_error_with_the_files_name(tmp_path):
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
    with pytest.raises(IndexBrokenError, match=r"lexical: .*out of range.*Cure"), reading(tmp_path / "lexical"):
        raise panic("index out of range")
    with pytest.raises(KeyboardInterrupt), reading(tmp_path):
        raise KeyboardInterrupt


@pytest.mark.integration
def test_a_lost_pointer_is_broken_and_doctor_says_so(home, qa):
    (home / "k/current").unlink()
    with pytest.raises(IndexBrokenError, match=r"current is missing.*Cure: build the index again"):
        generation.open(home, "k")
    told = qa("doctor", indexes=home)
    assert told.returncode == 1
    assert "BAD   index 'k'" in told.stdout
    assert "current is missing" in told.stdout


def test_the_next_writer_collects_what_killed_writers_left(home):
    (home / "k/.current-4711").write_text("gen-000000000000\n")
    (home / "k/.building-4711-x").mkdir()
    generation.remove(home, "k", ["a1"])
    assert not [path.name for path in (home / "k").iterdir() if path.name.startswith((".current", ".building"))]


def test_a_pointer_that_may_not_be_read_is_said(home, monkeypatch):
    (home / "k/current").unlink()
    (home / "k/current").mkdir()
    with pytest.raises(StoreError, match=r"current cannot be read.*Cure"):
        generation.open(home, "k")
