from __future__ import annotations

import pytest

from qa.errors import StoreError
from qa.index import generation
from qa.testing import HashEncoder


class _Forgetful(HashEncoder):
    def passages(self, texts):
        return super().passages(texts)[:-1]


def test_an_encoder_that_forgets_a_text_is_refused_and_nothing_changes(tmp_path, article, layered):
    with pytest.raises(StoreError, match="hash-64"):
        generation.add(tmp_path, "berita", [article(9)], _Forgetful(64), workers=0)
    assert generation.open(tmp_path, "berita").id == layered.id
    assert not [path for path in (tmp_path / "berita").iterdir() if path.name.startswith(".building")]


def test_a_segment_says_what_it_holds(layered):
    for segment in layered.segments:
        entry = segment.entry
        assert (len(segment.articles), segment.articles.n_passages, len(segment.store)) == (
            entry.articles,
            entry.passages,
            entry.passages,
        )
        assert segment.articles.content == entry.content
    assert [segment.entry.first_row for segment in layered.segments[1:]] == [
        segment.entry.end_row for segment in layered.segments[:-1]
    ]
