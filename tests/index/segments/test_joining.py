from __future__ import annotations

from dataclasses import replace

import pytest

from qa.index import generation
from qa.index.segments import joining
from qa.index.store.manifest import SegmentEntry


def entries(*passages: int) -> list[SegmentEntry]:
    return [
        SegmentEntry(folder=f"s{n}", store="exact", first_row=0, end_row=count, articles=1, passages=count, content="")
        for n, count in enumerate(passages)
    ]


@pytest.mark.parametrize(
    ("sizes", "run"),
    [
        ([5], None),
        ([1, 1, 1, 1, 1, 1, 1, 1], None),  # the first stays
        ([900_000, *[1] * 7], None),
        ([900_000, *[1] * 8], range(1, 9)),
        ([900_000, *[5_000] * 8], range(1, 9)),
        ([900_000, *[5_000] * 7, *[10] * 8], range(8, 16)),  # the small ones first
        ([900_000, 200_000, *[5_000] * 7, 10], range(2, 10)),
        ([900_000, *[200_000] * 9], None),
    ],
)
def test_neighbours_of_a_level_are_due_when_there_are_enough(sizes, run):
    assert joining.due(entries(*sizes)) == run


def test_segments_that_the_files_of_a_large_build_go_by_stay():
    sizes = [900_000, 5_000, *[10] * 8]
    rows = [replace(entry, first_row=n) for n, entry in enumerate(entries(*sizes))]
    assert joining.due(rows, 2) == range(2, 10)
    assert joining.due(rows, 3) is None


def test_what_takes_long_is_left_to_who_has_time():
    assert joining.few(entries(900_000, *[10] * 8)) == range(1, 9)
    assert joining.few(entries(900_000, *[5_000] * 8)) is None


def test_many_small_segments_become_one_by_themselves_and_read_the_same(tmp_path, article, build, add):
    build([article(0)])
    counts = [len(add(article(n)).segments) for n in range(1, 20)]
    assert max(counts) <= joining.AT_MOST
    assert min(counts[8:]) < 5
    served = generation.open(tmp_path, "berita")
    assert [row.id for row in served.articles.articles()] == [f"a{n}" for n in range(20)]


def test_tidying_joins_all_that_is_due(tmp_path, article, build, add, monkeypatch):
    monkeypatch.setattr(joining, "AT_ONCE", 0)
    build([article(0)])
    for n in range(1, 12):
        add(article(n))
    tidied = generation.tidy(tmp_path, "berita")
    assert [segment.n_articles for segment in tidied.segments] == [1, 11]
    tidied.verify()
    assert generation.tidy(tmp_path, "berita").id == tidied.id
