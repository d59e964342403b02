from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qa.errors import CorpusError, DuplicateError, IndexBrokenError, IndexBusyError, IndexMissingError, StoreError, UsageError
from qa.index import generation
from qa.index.segments.building import STAGES
from qa.index.store import lock
from qa.schema import Article
from qa.testing import HashEncoder

CITIES = ["Jakarta", "Bandung", "Medan", "Surabaya", "Makassar", "Denpasar", "Padang", "Manado"]


def article(n: int, more: str = "") -> Article:
    city = CITIES[n % len(CITIES)]
    text = (
        f"Wali Kota {city} meresmikan jembatan nomor {n} pada hari Senin. Jembatan itu panjangnya {100 + n} meter dan dibangun dua tahun. "
        f"Warga {city} menyambut peresmian itu dengan gembira. Anggaran jembatan mencapai {n + 2} miliar rupiah. {more}"
    )
    return Article(
        id=f"a{n}", text=text, source=f"a{n}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), title=f"Jembatan {city} {n}",
        outlet=f"Harian {n % 3}", published=date(2023, 9, 1 + n % 28),
    )  # fmt: skip


def build(root, articles, name="berita", **more):
    return generation.build(root, name, articles, HashEncoder(64), passage_chars=150, workers=0, **more)


def content(of: generation.Generation):
    """Everything that a reader can see of a generation, whatever its segments: rows only have to rise."""
    rows = [row for _, passages, first in of.articles.rows() for row in range(first, first + len(passages))]
    assert rows == sorted(set(rows))
    return (
        list(of.articles.stream()),
        [of.lexical.terms(row) for row in rows],
        of.vectors.vectors(0, rows[-1] + 1).tolist(),
        dict(of.articles.vocabulary()),
        of.articles.stories(),
        of.articles.outlets(),
        of.manifest.corpus_sha256,
    )


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "indexes"


def test_a_build_gives_one_row_for_each_passage_everywhere(root):
    built = build(root, map(article, range(10)))
    assert built.n_articles == 10
    assert built.n_passages == built.articles.n_passages == len(built.lexical) == len(built.vectors) > 10
    for row in range(built.n_passages):
        passage = built.articles.passage(row)
        assert built.articles.article(passage.article_id).text[passage.start : passage.end] == passage.text
        vector = built.vectors.vectors(row, row + 1)[0]
        expected = HashEncoder(64).passages([f"{passage.title} — {passage.text}"])[0]
        assert vector == pytest.approx(expected, abs=1e-3)
        assert set(passage.text.lower().replace(".", "").split()) <= set(built.lexical.terms(row))


def test_what_was_built_opens_equal_and_verified(root):
    built = build(root, map(article, range(5)))
    opened = generation.open(root, "berita", HashEncoder(64))
    opened.verify()
    assert (opened.id, opened.name, opened.encoder_name, opened.manifest) == (built.id, "berita", "hash-64", built.manifest)
    assert content(opened) == content(built)
    assert opened.folder.name == f"gen-{opened.id}"
    assert len(opened.id) == 12


def test_the_manifest_lists_every_file_with_its_true_size_and_hash(root):
    built = build(root, map(article, range(5)))
    on_disk = {path.relative_to(built.folder).as_posix(): path for path in built.folder.rglob("*") if path.is_file()}
    engines_own = {"manifest.json", "lexical/.tantivy-meta.lock"}  # the lock is made by whoever opens the index
    assert set(on_disk) - engines_own == set(built.manifest.files)
    for name, entry in built.manifest.files.items():
        data = on_disk[name].read_bytes()
        assert (entry.size, entry.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_nothing_on_disk_is_a_pickle(root):
    built = build(root, map(article, range(5)))
    for name in built.manifest.files:
        assert not (built.folder / name).read_bytes().startswith(b"\x80")


def test_adding_gives_what_building_everything_gives_and_encodes_the_new_alone(root, tmp_path):
    old = build(root, map(article, range(6)))
    encoder = HashEncoder(64)
    added = generation.add(root, "berita", map(article, range(6, 9)), encoder, workers=0)
    whole = build(tmp_path / "whole", map(article, range(9)))
    assert encoder.calls == whole.n_passages - old.n_passages
    assert content(added) == content(whole)
    assert generation.open(root, "berita").id == added.id


def test_removing_gives_what_building_the_rest_gives(root, tmp_path):
    build(root, map(article, range(9)))
    left = generation.remove(root, "berita", ["a0", "a4", "a8"])
    assert content(left) == content(build(tmp_path / "rest", [article(n) for n in (1, 2, 3, 5, 6, 7)]))


def test_many_additions_and_removals_end_where_one_build_does(root, tmp_path):
    build(root, [article(0)])
    for n in range(1, 6):
        generation.add(root, "berita", [article(n)], HashEncoder(64), workers=0)
    for n in (0, 3):
        generation.remove(root, "berita", [f"a{n}"])
    last = generation.add(root, "berita", [article(0)], HashEncoder(64), workers=0)
    assert content(last) == content(build(tmp_path / "once", [article(n) for n in (1, 2, 4, 5, 0)]))


def test_an_article_that_is_there_already_is_left_and_a_changed_one_replaced(root):
    before = build(root, map(article, range(4)))
    encoder = HashEncoder(64)
    assert generation.add(root, "berita", [article(1), article(2)], encoder, workers=0).id == before.id
    assert encoder.calls == 0
    changed = article(1, more="Ralat: jembatan itu sebenarnya dibangun tiga tahun.")
    after = generation.add(root, "berita", [article(0), changed], encoder, workers=0)
    assert [row.id for row in after.articles.articles()] == ["a0", "a2", "a3", "a1"]
    assert after.articles.article("a1").text == changed.text


def test_a_new_article_is_masked_with_what_its_outlet_repeats(root):
    furniture = "Ikuti terus kabar dari kanal kami setiap pagi"
    build(root, [replace(article(n, f"\n{furniture}"), outlet="Harian Pagi") for n in range(4)])
    fresh = replace(article(9, f"\n{furniture}"), outlet="Harian Pagi")
    after = generation.add(root, "berita", [fresh], HashEncoder(64), workers=0)
    assert furniture in {fresh.text[mask.start : mask.end] for mask in after.articles.article("a9").masks}


def test_an_unknown_id_is_not_removed_and_nothing_changes(root):
    before = build(root, map(article, range(3)))
    with pytest.raises(CorpusError, match="'zzz'"):
        generation.remove(root, "berita", ["a1", "zzz"])
    assert generation.open(root, "berita").id == before.id
    assert generation.remove(root, "berita", []).id == before.id


def test_the_last_article_is_not_removed(root):
    before = build(root, map(article, range(2)))
    with pytest.raises(CorpusError, match="no article"):
        generation.remove(root, "berita", ["a0", "a1"])
    assert generation.open(root, "berita").id == before.id


def test_two_articles_of_one_id_are_refused_by_name_and_nothing_changes(root):
    before = build(root, map(article, range(2)))
    with pytest.raises(DuplicateError, match="a5"):
        build(root, [article(5), article(6), article(5)])
    with pytest.raises(DuplicateError, match="a5"):
        generation.add(root, "berita", [article(5), article(5)], HashEncoder(64), workers=0)
    assert generation.open(root, "berita").id == before.id


def test_a_build_without_articles_is_refused_and_leaves_no_index(root):
    with pytest.raises(CorpusError, match="no article"):
        build(root, [])
    assert generation.names(root) == []
    with pytest.raises(IndexMissingError):
        generation.open(root, "berita")


def test_an_error_on_the_way_leaves_the_old_generation_and_no_rubbish(root):
    before = build(root, map(article, range(2)))

    def breaking():
        yield article(7)
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        build(root, breaking())
    assert generation.open(root, "berita").id == before.id
    assert sorted(path.name for path in (root / "berita").iterdir()) == sorted([".lock", "current", f"gen-{before.id}"])


def test_where_the_seeds_are_at_hand_the_cure_can_be_typed_unchanged(tmp_path, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(IndexMissingError, match="Cure: qa build seeds --index seeds"):
        generation.open(tmp_path, "seeds")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IndexMissingError, match="Cure: qa build PATH… --index seeds"):
        generation.open(tmp_path, "seeds")


def test_an_unknown_index_lists_those_there_are(root):
    build(root, [article(1)], name="satu")
    build(root, [article(2)], name="dua")
    for refused in (
        lambda: generation.open(root, "tiga"),
        lambda: generation.add(root, "tiga", [article(3)], HashEncoder(64)),
        lambda: generation.remove(root, "tiga", ["a1"]),
    ):
        with pytest.raises(IndexMissingError, match=r"'tiga'.*dua, satu.*qa build"):
            refused()
    assert generation.names(root) == ["dua", "satu"]
    assert generation.names(root / "nowhere") == []
    assert not (root / "tiga").exists()


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "a\\b", ".hidden", "a..b", "a b", "-x", "a\n", "x" * 65, "\0"])
def test_a_name_that_could_leave_the_folder_is_refused(root, name):
    with pytest.raises(UsageError, match="name of an index"):
        build(root, [article(1)], name=name)
    with pytest.raises(UsageError, match="name of an index"):
        generation.open(root, name)
    assert not root.exists()


def test_another_encoder_is_refused_with_what_differs(root):
    build(root, [article(1)])
    for encoder, differs in ((HashEncoder(32), "name"), (_Renamed(32), "dimension"), (_Retrained(64), "weights")):
        with pytest.raises(StoreError, match=f"hash-64.*another {differs}.*qa build"):
            generation.open(root, "berita", encoder)
    with pytest.raises(StoreError, match="another"):
        generation.add(root, "berita", [article(2)], HashEncoder(32))


class _Renamed(HashEncoder):
    def __init__(self, dim):
        super().__init__(dim)
        self.name = "hash-64"


class _Retrained(HashEncoder):
    sha256 = "f" * 64


class _Misshapen(HashEncoder):
    def passages(self, texts):
        return super().passages(texts)[:-1]


def test_an_encoder_that_forgets_a_text_is_refused(root):
    with pytest.raises(StoreError, match="hash-64"):
        generation.build(root, "berita", [article(1)], _Misshapen(64), workers=0)


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(data[:-1])
    else:
        path.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])


@pytest.mark.parametrize("how", ["gone", "cut", "altered"])
def test_any_damage_to_any_file_is_found_and_named_with_its_cure(root, how):
    built = build(root, map(article, range(5)))
    shutil.copytree(root, root.parent / "whole")
    for name in [*built.manifest.files, "manifest.json"]:
        shutil.rmtree(root)
        shutil.copytree(root.parent / "whole", root)
        damage(built.folder / name, how)
        with pytest.raises(IndexBrokenError, match=rf"{Path(name).name}.*qa build"):
            generation.open(root, "berita").verify()


def test_an_index_of_another_format_says_so(root):
    built = build(root, [article(1)])
    values = json.loads((built.folder / "manifest.json").read_text())
    (built.folder / "manifest.json").write_text(json.dumps({**values, "format": 99}))
    with pytest.raises(IndexBrokenError, match="format 99"):
        generation.open(root, "berita")


@pytest.mark.parametrize("pointer", [b"", b"gen-", b"../../etc", b"gen-000000000000\n", b"\xff\xfe"])
def test_a_bad_pointer_is_broken_and_the_next_build_mends_it(root, pointer):
    build(root, [article(1)])
    (root / "berita" / "current").write_bytes(pointer)
    with pytest.raises(IndexBrokenError, match=r"qa build"):
        generation.open(root, "berita")
    build(root, [article(2)])
    assert generation.open(root, "berita").articles.article("a2")


def test_a_broken_generation_is_mended_by_the_next_build(root):
    built = build(root, [article(1)])
    (built.folder / "s0" / "articles.sqlite").unlink()
    build(root, [article(2)])
    generation.open(root, "berita").verify()


def test_the_generation_before_is_kept_and_older_ones_are_not(root):
    ids = [build(root, [article(n)]).id for n in range(4)]
    assert sorted(path.name for path in (root / "berita").glob("gen-*")) == sorted(f"gen-{id_}" for id_ in ids[-2:])


def test_a_reader_continues_with_its_generation_whatever_is_published(root):
    reader = build(root, map(article, range(5)))
    before = content(reader)
    for n in range(5, 9):
        build(root, [article(n)])
    assert not reader.folder.exists()
    with ThreadPoolExecutor(4) as pool:
        assert all(seen == before for seen in pool.map(lambda _: content(reader), range(8)))


def test_readers_never_see_half_a_generation_while_writers_write(root):
    build(root, [article(0)])
    done = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def read():
        while not done.is_set():
            try:
                opened = generation.open(root, "berita")
                opened.verify()
                seen.append(opened.n_articles)
            except BaseException as error:  # noqa: BLE001 - handed to the test below
                failures.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(1, 6):
        generation.add(root, "berita", [article(n)], HashEncoder(64), workers=0)
    done.set()
    reader.join()
    # A reader slower than two publications may find its generation deleted; it must say so, never serve a part of it.
    assert all(isinstance(error, IndexBrokenError | OSError) for error in failures)
    assert seen == sorted(seen)


def test_a_second_writer_is_refused_with_the_name_of_the_first(root):
    build(root, [article(1)])
    with lock.writing(root / "berita"):
        for write in (
            lambda: build(root, [article(2)]),
            lambda: generation.add(root, "berita", [article(2)], HashEncoder(64)),
            lambda: generation.remove(root, "berita", ["a1"]),
        ):
            with pytest.raises(IndexBusyError, match=str(os.getpid())):
                write()
        assert generation.open(root, "berita").n_articles == 1  # readers are not kept out
    build(root, [article(2)])


KILLED = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from test_generation import article, generation, HashEncoder

    def die(stage):
        if stage == {stage!r}:
            os.kill(os.getpid(), signal.SIGKILL)

    def articles():
        for n in range(10, 14):
            yield article(n)
        die("while reading")

    generation.build(Path({root!r}), "berita", articles(), HashEncoder(64), passage_chars=150, workers=0, on_stage=die)
""")


@pytest.mark.parametrize("stage", ["while reading", *STAGES])
def test_a_builder_killed_at_any_stage_leaves_a_whole_index_and_the_next_build_succeeds(root, stage):
    before = build(root, map(article, range(3)))
    script = KILLED.format(tests=str(Path(__file__).parent), stage=stage, root=str(root))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    served = generation.open(root, "berita")
    served.verify()
    if stage == "clean":  # the pointer had been replaced
        assert served.n_articles == 4
    else:
        assert content(served) == content(before)
    after = build(root, map(article, range(5)))
    generation.open(root, "berita").verify()
    assert after.n_articles == 5
    assert not list((root / "berita").glob(".building-*"))
    assert len(list((root / "berita").glob("gen-*"))) == 2


def test_the_stages_are_reported_in_their_order(root):
    told = []
    build(root, [article(1)], on_stage=told.append)
    assert tuple(told) == STAGES


def test_a_large_index_is_searched_by_faiss_and_finds_the_same(root, tmp_path):
    exact = build(root, map(article, range(30)))
    fast = build(tmp_path / "fast", map(article, range(30)), exact_below=10)
    assert (exact.manifest.store, fast.manifest.store) == ("exact", "faiss")
    question = HashEncoder(64).question("jembatan di Medan")
    found, same = exact.vectors.search(question, 10), fast.vectors.search(question, 10)
    assert [score for _, score in same] == pytest.approx([score for _, score in found], abs=1e-3)
    generation.remove(tmp_path / "fast", "berita", ["a0"])
    smaller = generation.compact(tmp_path / "fast", "berita", exact_below=1000)
    assert smaller.manifest.store == "exact"
    assert np.asarray(smaller.vectors.vectors(0, 5)).shape == (5, 64)


def test_a_quick_build_shows_no_bar(root, capsys):
    build(root, [article(1)], progress=True)
    assert capsys.readouterr().err == ""


def test_a_long_build_shows_articles_rate_and_time_left(root, capsys, monkeypatch):
    import tqdm

    real = tqdm.tqdm
    monkeypatch.setattr(tqdm, "tqdm", lambda **kw: real(**{**kw, "delay": 0, "mininterval": 0}))
    build(root, map(article, range(40)), progress=True, total=40)
    shown = capsys.readouterr().err
    assert "40/40" in shown
    assert "passages" in shown
