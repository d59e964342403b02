from __future__ import annotations

import numpy as np
import pytest

from qa.errors import IndexBrokenError
from qa.index import generation
from qa.index.segments import merging
from qa.index.segments.segment import Segment


def test_rows_of_dead_articles_and_of_other_segments_are_not_alive(layered):
    first, second, third, last = layered.segments
    every = np.arange(-5, layered.segments[-1].entry.end_row + 5)
    alive = np.concatenate([segment.alive(every) for segment in (first, second, third, last)]).tolist()
    living = [row for id_ in ("a0", "a2", "a3", "a4", "a6") for row in layered.articles.rows_of(id_)]
    assert alive == living
    assert second.alive(list(first.alive(every))).tolist() == []


def test_in_a_joined_segment_rows_have_holes_and_vectors_have_none(tmp_path, layered):
    plan = generation._after(layered, 0, 50_000, progress=False, on_stage=None)
    merging.merge(layered, plan, range(1, 4))
    joined = generation.open(tmp_path, "berita").segments[1]
    rows = joined.alive(np.arange(joined.entry.first_row, joined.entry.end_row))
    assert len(rows) == joined.entry.passages < joined.entry.end_row - joined.entry.first_row
    places = joined.positions(rows)
    assert places.tolist() == list(range(len(rows)))
    assert joined.rows(places).tolist() == rows.tolist()


def test_a_file_of_another_segment_is_refused_by_name(layered):
    first, second = layered.segments[:2]
    with pytest.raises(IndexBrokenError, match=r"articles\.sqlite: it belongs to another generation"):
        Segment(first.folder, second.entry)


def test_the_sketches_have_a_column_for_each_article(layered):
    assert [segment.sketches.shape[1] for segment in layered.segments] == [4, 2, 1, 0]
    (layered.segments[1].folder / "sketches.npy").write_bytes((layered.segments[0].folder / "sketches.npy").read_bytes())
    with pytest.raises(IndexBrokenError, match=r"sketches\.npy: shape \(24, 4\) for 2 articles"):
        _ = Segment(layered.segments[1].folder, layered.segments[1].entry).sketches
