"""The seam under the articles: its own store keeps them in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from qa.corpus.passages import cut
from qa.errors import IndexBrokenError, StoreError
from qa.index.store import article_tables
from qa.index.store.article_tables import FILE, FILES, REFERENCE, unmarked
from qa.index.store.writer import ArticleWriter
from qa.schema import Article


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


@pytest.fixture
def batched(tmp_path, monkeypatch):
    monkeypatch.setattr(article_tables, "_TOGETHER", 2)
    tables = FILES.create(tmp_path)
    tables.insert("named", [(0, n, f"a{n}", "", "", 0, 0, 0, 0) for n in range(5)])
    tables.insert("words", [("satu", 1)])
    return tables


def test_rows_are_in_their_order_over_the_ends_of_batches(tmp_path, batched):
    batched.finish()
    read = FILES.open(tmp_path)
    assert read.select("SELECT key FROM named ORDER BY rowid") == [(n,) for n in range(5)]
    assert read.select("SELECT word FROM words") == [("satu",)]


def test_stories_reach_passages_that_wait_to_be_written(tmp_path):
    article = Article(id="x", text="Hujan turun.", source="x", sha256=hashlib.sha256(b"Hujan turun.").hexdigest())
    with ArticleWriter(tmp_path) as writer:
        writer.add(article, cut(article, passage_chars=700))
        writer.tell_stories({"x": "y"})
    assert FILES.open(tmp_path).select("SELECT story FROM passages") == [("y",)]


def test_tables_whose_last_rows_cannot_be_written_are_closed(batched):
    batched.insert("content", [("f00", "too many")])
    with pytest.raises(StoreError, match="2 values"):
        batched.finish()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        batched.tell({})


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
