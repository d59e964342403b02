"""How an index is made of files, and where it is searched."""

from __future__ import annotations

import pytest

from qa.errors import UsageError
from qa.index import generation
from qa.indexing import built_from, placed, read_articles
from qa.settings import load


def test_what_is_read_comes_and_what_is_not_is_noted_and_reported(root, tmp_path):
    (tmp_path / "kosong.txt").write_text("", encoding="utf-8")
    skipped, told = [], []
    articles = list(read_articles([root / "seeds", tmp_path], load(), skipped, told.append))
    assert len(articles) == 5
    assert [each.source for each in skipped] == ["kosong.txt"] == [each.source for each in told]


def test_an_index_is_built_as_the_settings_say_and_searched_in_its_own_files(root, tmp_path):
    settings = load({"indexes": tmp_path, "corpus.passage_chars": 150})
    built = built_from([root / "seeds"], "own", settings, [], on_skip=None, on_note=None, progress=False)
    assert built.manifest.passage_chars == 150
    assert generation.open(tmp_path, "own").id == built.id
    assert placed(built, settings, changed=True) is built


def test_a_store_of_an_unknown_kind_is_refused_before_anything_is_sent(root, tmp_path):
    settings = load({"indexes": tmp_path, "store.url": "redis://store"})
    built = built_from([root / "seeds"], "own", settings, [], on_skip=None, on_note=None, progress=False)
    with pytest.raises(UsageError, match="unknown store"):
        placed(built, settings)
