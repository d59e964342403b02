"""The seam under the articles: its own store keeps them in one SQLite file."""

from __future__ import annotations

import pytest

from qa.errors import IndexBrokenError, StoreError
from qa.index.store.article_tables import FILE, FILES, REFERENCE, unmarked


@pytest.fixture
def written(tmp_path):
    tables = FILES.create(tmp_path)
    tables.insert("pairs", [("a", "b"), ("a", "b"), ("b", "c")])
    tables.insert("words", [])
    tables.insert("content", [("f00",)])
    tables.finish()
    return tmp_path


def test_what_was_written_is_read_and_a_pair_stands_once(written):
    tables = FILES.open(written)
    assert tables.select("SELECT a, b FROM pairs ORDER BY a") == [("a", "b"), ("b", "c")]
    assert tables.has("entities")
    assert not tables.has("nothing")
    tables.verify()
    tables.close()


def test_finished_tables_can_be_amended(written):
    tables = FILES.amend(written)
    tables.insert("pairs", [("c", "d"), ("a", "b")])
    tables.finish()
    assert len(FILES.open(written).select("SELECT a FROM pairs")) == 3


def test_a_segment_whose_articles_are_in_a_database_is_refused_with_the_option(tmp_path):
    with pytest.raises(IndexBrokenError, match=f"{FILE} is missing"):
        FILES.open(tmp_path)
    (tmp_path / REFERENCE).write_text("{}", encoding="utf-8")
    assert unmarked(tmp_path).name == REFERENCE
    with pytest.raises(IndexBrokenError, match="Cure: --articles postgresql"):
        FILES.open(tmp_path)
    with pytest.raises(StoreError, match="Cure: --articles"):
        FILES.forget(tmp_path.parent)


def test_a_folder_of_files_alone_is_forgotten_without_a_word(written):
    FILES.forget(written)
    assert (written / FILE).exists()
