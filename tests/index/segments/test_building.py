from __future__ import annotations

import pytest

from qa.errors import CorpusError
from qa.index import generation
from qa.index.segments.building import STAGES


def test_a_change_tells_its_stages_in_their_order(article, layered, add):
    told: list[str] = []
    add(article(9), on_stage=told.append)
    assert tuple(told) == STAGES


def test_an_index_without_a_passage_is_refused_and_the_one_before_stays(tmp_path, article, build, add):
    before = build([article(0)])
    with pytest.raises(CorpusError, match="no article with text"):
        add(article(0, "* * *"))
    assert generation.open(tmp_path, "berita").id == before.id


def test_the_manifest_counts_the_living(layered):
    assert (layered.manifest.articles, layered.manifest.passages) == (5, layered.articles.n_passages)
    assert len(layered.lexical) == layered.manifest.passages
