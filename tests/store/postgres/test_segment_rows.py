"""The rows of a segment: whole or not at all, and the same text comes back, whatever stands in it."""

from __future__ import annotations

import pytest

from qa.corpus.reading.read import article_of
from qa.errors import CorpusError, DuplicateError
from qa.index.store.articles import Articles
from qa.index.store.writer import ArticleWriter
from qa.schema import Passage

ODD = ("tab\tand\\backslash", "baris\r\nbaru \\N", "“kutip” — 𝄞 \u2028 \ufeff", "x" * 9000)


def whole(article):
    return [
        Passage(
            id=f"{article.id}:0-{len(article.text)}", article_id=article.id, start=0, end=len(article.text), text=article.text
        )
    ]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "n" / "gen" / "s0").mkdir(parents=True)
    return tmp_path / "n" / "gen" / "s0"


def test_odd_texts_and_long_ids_come_back_as_they_were(article_tables, folder):
    articles = [article_of(text, f"{n}.txt", article_id=f"{n}-" + "i" * (4000 * n)) for n, text in enumerate(ODD)]
    with ArticleWriter(folder, store=article_tables) as writer:
        for article in articles:
            writer.add(article, whole(article), [["kata", "w" * 5000]])
    with Articles(folder, article_tables) as read:
        assert [read.article(article.id).text for article in articles] == [article.text for article in articles]
        assert read.vocabulary() == {"kata": 4, "w" * 5000: 4}
        read.tables.verify()


def test_an_id_is_given_once(article_tables, folder):
    article = article_of("Satu.", "a.txt", article_id="a")
    writer = ArticleWriter(folder, store=article_tables)
    writer.add(article, whole(article))
    with pytest.raises(DuplicateError, match="'a' is taken"), writer:
        writer.add(article, whole(article))


@pytest.mark.integration
@pytest.mark.extra("psycopg")
def test_a_character_that_the_database_cannot_hold_is_named(stored, folder):
    from qa.indexing import article_store
    from qa.settings import load

    store = article_store(load(stored))
    article = article_of("Nol \0 di sini.", "a.txt", article_id="a")
    with pytest.raises(CorpusError, match="NUL"), ArticleWriter(folder, store=store) as writer:
        writer.add(article, whole(article))
