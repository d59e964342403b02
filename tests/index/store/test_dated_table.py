"""Dated sentences are kept with the articles of an index, through changes of it, and found again where a file has no table of them."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date

import pytest

from qa.corpus.dated import dated_sentences, packed
from qa.index import generation
from qa.index.store import dated_table
from qa.index.store.articles import Articles, ArticleWriter
from qa.schema import Article
from qa.testing import HashEncoder

TEXTS = {
    "a": "Jembatan Linden dibuka pada 12 Maret 2021. Warga bersorak.",
    "b": "Pasar itu ramai. Pedagang menjual ikan.",
    "c": "Gedung itu runtuh kemarin. Tidak ada korban.",
}


def article(id_, text, day=date(2023, 9, 14)):
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=id_, text=text, source=id_, sha256=sha256, published=day)


ARTICLES = [article(id_, text) for id_, text in TEXTS.items()]


def told(articles):
    return {
        one.id: [moment.first for each in found for moment in each.moments] for one, found in articles.dated("id", list(TEXTS))
    }


def test_an_index_gives_the_articles_that_tell_a_time_by_id_and_by_row(tmp_path):
    built = generation.build(tmp_path, "days", ARTICLES, HashEncoder(16), workers=0)
    assert told(built.articles) == {"a": [date(2021, 3, 12)], "c": [date(2023, 9, 13)]}
    rows = list(built.articles.rows_of("c"))
    assert [one.id for one, _ in built.articles.dated("row", rows)] == ["c"]
    assert built.articles.dated_line(ARTICLES[0]) == packed(dated_sentences(ARTICLES[0]))


def test_workers_give_what_one_process_gives(tmp_path, monkeypatch):
    monkeypatch.setattr("qa.index.prepare.ALONE", 1)
    built = generation.build(tmp_path, "days", ARTICLES, HashEncoder(16), workers=1)
    assert told(built.articles) == {"a": [date(2021, 3, 12)], "c": [date(2023, 9, 13)]}


def test_a_change_keeps_them_and_a_new_day_of_publication_moves_what_is_relative_to_it(tmp_path):
    generation.build(tmp_path, "days", ARTICLES, HashEncoder(16), workers=0)
    changed = generation.add(tmp_path, "days", [article("c", TEXTS["c"], date(2023, 9, 20))], HashEncoder(16), workers=0)
    assert told(changed.articles) == {"a": [date(2021, 3, 12)], "c": [date(2023, 9, 19)]}


@pytest.mark.parametrize("by", ["id", "row"])
def test_a_file_without_the_table_is_read_whole(tmp_path, by):
    with ArticleWriter(tmp_path) as writer:
        for one in ARTICLES:
            writer.add(one, ())
    with sqlite3.connect(tmp_path / "articles.sqlite") as connection:
        connection.execute("DROP TABLE dated")
    connection.close()
    with Articles(tmp_path) as read:
        assert read.dated.line(ARTICLES[2]) == packed(dated_sentences(ARTICLES[2]))
        values = list(TEXTS) if by == "id" else [0]
        assert [one.id for _, one, _ in read.dated.of(by, values)] == (["a", "c"] if by == "id" else [])


def test_more_ids_than_one_statement_takes_are_asked_for_together(tmp_path, monkeypatch):
    monkeypatch.setattr(dated_table, "_TOGETHER", 1)
    built = generation.build(tmp_path, "days", ARTICLES, HashEncoder(16), workers=0)
    assert sorted(told(built.articles)) == ["a", "c"]
