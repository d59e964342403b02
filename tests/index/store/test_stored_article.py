from __future__ import annotations

import hashlib
import sqlite3
from datetime import date

import pytest

from qa.index.store.articles import FILE, ArticleWriter
from qa.index.store.stored_article import COLUMNS, StoredArticle, day_of
from qa.schema import Article, Mask

TEXT = "Kereta api tiba. Penumpang turun."
ARTICLE = Article(
    id="a", text=TEXT, source="a.txt", sha256=hashlib.sha256(TEXT.encode()).hexdigest(), title="Kereta", outlet="Harian",
    published=date(2024, 2, 29), masks=(Mask(start=0, end=6, rule="headline"),),
)  # fmt: skip


@pytest.fixture
def row(tmp_path) -> list[object]:
    with ArticleWriter(tmp_path) as writer:
        writer.add(ARTICLE, [])
    with sqlite3.connect(tmp_path / FILE) as connection:
        found = list(connection.execute(f"SELECT {COLUMNS} FROM articles").fetchone())
    connection.close()
    return found


def test_a_row_gives_its_article_whole(row):
    assert StoredArticle(row).article() == ARTICLE


@pytest.mark.parametrize("place", range(14))
def test_a_row_in_which_anything_was_altered_is_refused(row, place):
    row[place] = f"{row[place]}x" if isinstance(row[place], str) else 7
    with pytest.raises(ValueError, match="was altered"):
        StoredArticle(row)


def test_a_day_is_read_as_the_table_has_it():
    assert (day_of("2024-02-29"), day_of(None), day_of("")) == (date(2024, 2, 29), None, None)
