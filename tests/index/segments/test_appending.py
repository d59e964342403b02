"""A change writes what changed: whatever comes and goes, the index reads as a build of what is left, and answers so once it is merged."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from qa.index import generation, inverted_lists
from qa.index.segments import joining, joint_vectors
from qa.index.store import manifest
from qa.retrieve.search import search
from qa.schema import Article, Query
from qa.settings import Retrieve
from qa.testing import HashEncoder

FERRY = (
    "Kapal penyeberangan KM Bahari tenggelam di perairan Selat Lembeh pada Sabtu malam setelah dihantam gelombang tinggi. "
    "Kepala Kantor SAR Manado mengatakan tim gabungan telah mengevakuasi empat puluh dua penumpang ke pelabuhan Bitung. "
)
BRIDGE = (
    "Wali Kota Medan meresmikan jembatan baru di Sungai Deli pada hari Senin. Anggaran jembatan mencapai tujuh miliar rupiah. "
    "Warga menyambut peresmian itu dengan gembira karena waktu tempuh ke pasar berkurang. "
)
RICE = (
    "Harga beras di Pasar Induk Cipinang turun dua persen menjelang akhir pekan. Bulog menyalurkan cadangan ke tiga provinsi. "
    "Petani di Karawang memulai panen raya lebih awal dari tahun lalu. "
)
ENDS = ("", "Tiga orang masih dicari hingga Minggu pagi.", "Ralat: angka di atas sudah diperbarui.", "* * *")
QUESTIONS = ("Di mana KM Bahari tenggelam?", "Berapa anggaran jembatan?", "harga beras Cipinang", "Siapa yang memulai panen?")

articles = st.builds(
    lambda number, text, end, day: article(f"a{number}", text + end, day),
    st.integers(0, 5),
    st.sampled_from((FERRY, BRIDGE, RICE, FERRY + BRIDGE, "")),
    st.sampled_from(ENDS[1:]),
    st.sampled_from((1, 2, 3, None)),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(articles, min_size=1, max_size=3, unique_by=lambda each: each.id)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 5).map("a{}".format), min_size=1, max_size=2, unique=True)),
        st.tuples(st.just("merge"), st.integers(1, 4)),
        st.tuples(st.just("compact"), st.none()),
    ),
    min_size=1,
    max_size=8,
)


def article(id_: str, text: str, day: int | None = 1, outlet: str = "") -> Article:
    return Article(
        id=id_, text=text, source=f"{id_}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), title="", outlet=outlet or f"Harian {id_[-1]}",
        published=date(2024, 5, day) if day else None,
    )  # fmt: skip


def build(root: Path, these, name: str = "berita", **more) -> generation.Generation:
    return generation.build(root, name, these, HashEncoder(64), passage_chars=120, workers=0, **more)


def add(root: Path, *these: Article, **more) -> generation.Generation:
    return generation.add(root, "berita", these, HashEncoder(64), workers=0, **more)


def reading(of: generation.Generation):
    """Everything that a reader sees, but for the numbers of the rows, which only have to rise."""
    rows = [row for _, passages, first in of.articles.rows() for row in range(first, first + len(passages))]
    assert rows == sorted(set(rows))
    place = {row: n for n, row in enumerate(rows)}
    question = HashEncoder(64).question("tenggelam di Selat Lembeh")
    return (
        list(of.articles.stream()),
        of.articles.articles(),
        [of.lexical.terms(row) for row in rows],
        of.vectors.vectors(0, 10**6).tolist(),
        [of.articles.passage(row) for row in rows],
        dict(of.articles.vocabulary()),
        of.articles.stories(),
        of.articles.outlets(),
        [place[row] for row in of.articles.rows_in((date(2024, 5, 1), date(2024, 5, 2)), ())],
        [(place[row], round(score, 5)) for row, score in of.vectors.search(question, 5)],
        [(place[row], round(score, 5)) for row, score in of.vectors.search(question, 3, rows[1::2])],
        (of.n_articles, of.n_passages, len(of.lexical), len(of.vectors), of.manifest.corpus_sha256),
    )


def answers(of: generation.Generation):
    """What search finds, with its scores."""
    hits = [search(Query(text=question), of, HashEncoder(64), Retrieve()) for question in QUESTIONS]
    return [[(hit.passage, hit.rank, round(hit.score, 5)) for hit in found] for found in hits]


@given(steps, st.booleans())
@examples(max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # one takes a second: to shrink takes minutes
def test_any_changes_read_as_a_build_of_what_is_left_and_a_merged_index_answers_as_it(changes, listed):
    how = {"lists_above": 0 if listed else 1000}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(joint_vectors, "PROBED", 1)  # so few rows have few lists: all are looked into
        patched.setattr(joint_vectors, "COMPARED", 0)
        root = Path(folder)
        now = {each.id: each for each in (article("a0", FERRY), article("a9", RICE))}
        served = build(root / "changed", now.values(), **how)
        for what, told in changes:
            if what == "add":
                for each in told:
                    if now.get(each.id) != each:
                        now.pop(each.id, None)  # what is changed is at the end
                        now[each.id] = each
                served = add(root / "changed", *told)
            elif what == "remove":
                there = [id_ for id_ in told if id_ in now]
                for id_ in there:
                    del now[id_]
                served = generation.remove(root / "changed", "berita", there)
            elif what == "merge":
                run = range(max(1, len(served.segments) - told), len(served.segments))
                served = merged(served, run) if run else served
            else:
                served = generation.compact(root / "changed", "berita", **how)
            served.verify()
        fresh = build(root / "fresh", now.values(), **how)
        assert (fresh.lists is not None) == listed
        assert reading(served) == reading(fresh)
        assert reading(generation.open(root / "changed", "berita")) == reading(fresh)
        compacted = generation.compact(root / "changed", "berita", **how)
        assert compacted.manifest.files.get(inverted_lists.FILE) == fresh.manifest.files.get(inverted_lists.FILE)
        assert (compacted.manifest.content, answers(compacted)) == (fresh.manifest.content, answers(fresh))


def merged(old: generation.Generation, run: range) -> generation.Generation:
    plan = generation._after(old, 0, 50_000, progress=False, on_stage=None)
    joining.merge(old, plan, run)
    return generation.open(old.folder.parent.parent, old.name)


def test_what_did_not_change_is_the_same_file_and_only_the_new_text_is_encoded(tmp_path):
    old = build(tmp_path, [article("a0", FERRY), article("a1", RICE)])
    kept = {name: (old.folder / name).stat().st_ino for name in old.manifest.files if not name.endswith(".json")}
    encoder = HashEncoder(64)
    new = generation.add(tmp_path, "berita", [article("a2", BRIDGE)], encoder, workers=0)
    assert {name: (new.folder / name).stat().st_ino for name in kept} == kept
    assert encoder.calls == len(new.articles.rows_of("a2"))
    assert [segment.entry.folder for segment in new.segments] == ["s0", "s1"]


def test_a_reader_keeps_its_snapshot_when_an_article_is_changed_and_removed(tmp_path):
    held = build(tmp_path, [article("a0", FERRY), article("a1", RICE)])
    before, told = reading(held), answers(held)
    add(tmp_path, article("a0", BRIDGE))
    generation.remove(tmp_path, "berita", ["a1"])
    add(tmp_path, article("a3", RICE + FERRY))
    assert not held.folder.exists()
    assert (reading(held), answers(held)) == (before, told)


def test_a_removed_article_is_found_by_neither_arm_nor_by_its_words(tmp_path):
    build(tmp_path, [article("a0", FERRY), article("a1", RICE), article("a2", BRIDGE)])
    left = generation.remove(tmp_path, "berita", ["a0"])
    rows = set(left.articles.rows_of("a1")) | set(left.articles.rows_of("a2"))
    assert {row for row, _ in left.vectors.search(HashEncoder(64).question(FERRY), 50)} <= rows
    assert left.lexical.search(["tenggelam"], 10) == []
    assert "tenggelam" not in left.articles.vocabulary()
    with pytest.raises(IndexError, match="row"):
        left.articles.passage(0)
    with pytest.raises(IndexError, match="row 0"):
        left.lexical.terms(0)


def test_an_index_of_the_format_before_opens_and_is_written_anew_by_its_first_change(tmp_path):
    built = build(tmp_path / "new", [article("a0", FERRY), article("a1", RICE)])
    old = as_before(built, tmp_path / "old")
    opened = generation.open(tmp_path / "old", "berita")
    opened.verify()
    assert (opened.id, opened.manifest.format, len(opened.segments)) == (old.name[4:], manifest.UNSEGMENTED, 1)
    assert reading(opened)[:-1] == reading(built)[:-1]
    changed = add(tmp_path / "old", article("a2", BRIDGE))
    assert (changed.manifest.format, len(changed.segments)) == (manifest.FORMAT, 1)
    assert reading(changed) == reading(add(tmp_path / "new", article("a2", BRIDGE)))


def as_before(built: generation.Generation, root: Path) -> Path:
    """The same generation as the program before segments wrote it: its files beside the manifest, without what is new."""
    folder = root / "berita" / ".made"
    (folder / "lexical").mkdir(parents=True)
    files = {}
    for name, entry in built.manifest.files.items():
        plain = name.removeprefix("s0/")
        if plain != "sketches.npy":
            (folder / plain).write_bytes((built.folder / name).read_bytes())
            files[plain] = entry
    values = replace(
        built.manifest, format=manifest.UNSEGMENTED, content=built.segments[0].entry.content, files=files, corpus_sha256="0" * 64
    )
    final = manifest.publish(folder, values)
    manifest.point(final)
    return final
