from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from qa.index.entities.name_lookup import Entities
from qa.index.entities.name_tables import name_rows
from qa.index.store.articles import Articles, ArticleWriter
from qa.schema import Article

TEXTS = {
    "a": ("Pagi", date(2024, 3, 4), 'Presiden Joko Widodo (Jokowi) tiba. "Ya," kata Widodo.'),
    "b": ("Pagi", date(2024, 3, 5), "Pengusaha Widodo Makmur tiba di Solo. Menurut Widodo, ya."),
    "c": ("Sore", date(2024, 3, 6), '"Tidak," kata Jokowi di Solo.'),
    "d": ("Sore", None, '"Hujan," kata Widodo.'),
}


def article(id_):
    outlet, day, text = TEXTS[id_]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=id_, text=text, source=id_, sha256=sha256, outlet=outlet, published=day)


@pytest.fixture
def read(tmp_path):
    with ArticleWriter(tmp_path) as writer:
        for id_ in TEXTS:
            writer.add(article(id_), (), names=name_rows(TEXTS[id_][2]))
    with Articles(tmp_path) as opened:
        yield opened


def test_a_full_name_and_an_explained_short_form_mean_one_entity(read):
    names = read.entities
    assert names.known
    assert names.meant("Joko Widodo") == names.meant("jokowi")
    assert names.meant("Joko Widodo").articles == 2


def test_a_surname_alone_means_nobody_and_may_be_several(read):
    assert read.entities.meant("Widodo") is None
    assert {one.name for one in read.entities.possible("Widodo")} == {"Joko Widodo", "Widodo Makmur", "Widodo"}


def test_an_article_says_whom_a_form_means_there(read):
    names = read.entities
    assert names.named_in("a", "Widodo").name == "Joko Widodo"
    assert names.named_in("b", "Widodo").name == "Widodo Makmur"
    assert names.named_in("d", "Widodo") is None
    assert names.named_in("a", "Solo") is None


def test_places_give_the_articles_with_their_forms_within_days_and_outlets(read):
    names = read.entities
    joko = names.meant("Joko Widodo")
    assert [(place.article_id, set(place.forms)) for place in names.places(joko)] == [
        ("a", {"Joko Widodo", "Jokowi", "Widodo"}),
        ("c", {"Jokowi"}),
    ]
    assert [place.article_id for place in names.places(joko, window=(date(2024, 3, 5), date(2024, 3, 9)))] == ["c"]
    assert [place.article_id for place in names.places(joko, outlets=("pagi",))] == ["a"]


def test_the_most_named_come_first_and_by_kind_and_word(read):
    names = read.entities
    assert [one.name for one in names.most(9, kinds=["place"])] == ["Solo"]
    assert {one.name for one in names.most(9, holding="widodo")} == {"Joko Widodo", "Widodo Makmur", "Widodo"}
    assert [one.several for one in names.most(9, holding="widodo") if one.name == "Widodo"] == [True]
    assert names.most(9, holding="%") == ()
    assert len(names) == 4


def test_what_was_found_in_an_article_comes_back_as_it_was(read):
    assert read.entities.of_article("a") == name_rows(TEXTS["a"][2])


def test_an_index_from_before_names_has_none():
    with closing(sqlite3.connect(":memory:")) as empty:
        names = Entities(lambda sql, values: empty.execute(sql, values).fetchall(), known=False)
        assert not names.known
        assert names.meant("Joko Widodo") is None
        assert names.of_article("a") is None
        assert names.most(5) == ()
