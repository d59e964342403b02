from __future__ import annotations

import hashlib
from contextlib import ExitStack
from datetime import date

import pytest

from qa.corpus.entities.local import named
from qa.index.entities.joint_names import JointEntities, Part
from qa.index.store.articles import Articles, ArticleWriter
from qa.schema import Article

OLD = {
    "a": 'Presiden Joko Widodo (Jokowi) tiba. "Ya," kata Widodo.',
    "b": "Pengusaha Widodo Makmur tiba di Solo. Menurut Widodo, ya.",
    "c": '"Tidak," kata Jokowi di Solo.',
}
NEW = {
    "d": '"Waduk penuh," kata Jokowi di Solo. Jokowi pulang.',
    "e": "Presiden Joko Widodo pergi ke Solo. Kata Joko Widodo, ya.",
    "f": "Menteri Rina Handoko tiba. Kata Rina, hujan.",
}
GONE = {"c"}


@pytest.fixture
def files(tmp_path):
    with ExitStack() as open_files:
        read = []
        for name, texts in (("old", OLD), ("new", NEW)):
            (tmp_path / name).mkdir()
            with ArticleWriter(tmp_path / name) as writer:
                for id_, text in texts.items():
                    sha256 = hashlib.sha256(text.encode()).hexdigest()
                    one = Article(id=id_, text=text, source=id_, sha256=sha256, outlet="Pagi", published=date(2024, 1, 1))
                    writer.add(one, (), names=named(text))
            read.append(open_files.enter_context(Articles(tmp_path / name)))
        yield read


@pytest.fixture
def joint(files):
    old, new = files
    return JointEntities(
        [Part(old.entities, lambda id_: id_ in OLD and id_ not in GONE), Part(new.entities, lambda id_: id_ in NEW)]
    )


def test_a_name_is_one_over_both_files_and_removed_articles_are_left_out(joint):
    joko = joint.meant("Joko Widodo")
    assert joint.meant("Joko Widodo") == joko
    assert [place.article_id for place in joint.places(joko)] == ["a", "e", "d"]
    assert joint.meant("Widodo Makmur").id != joko.id
    assert [place.article_id for place in joint.places(joint.meant("Rina Handoko"))] == ["f"]


def test_a_single_word_that_another_file_leaves_open_means_nobody(joint):
    assert joint.meant("Widodo") is None
    assert {one.name for one in joint.possible("Widodo")} == {"Joko Widodo", "Widodo Makmur"}


def test_who_an_article_means_is_the_joint_entity(joint):
    joko = joint.meant("Joko Widodo")
    assert joint.named_in("a", "Widodo") == joko
    assert joint.named_in("e", "Joko Widodo") == joko
    assert joint.named_in("c", "Jokowi") is None  # removed
    assert joint.entity_of("Joko Widodo") == joko.id
    assert joint.entity_of("Zainuddin") is None


def test_the_most_named_are_counted_over_both_files(joint):
    found = {one.name: one.articles for one in joint.most(9)}
    assert found["Solo"] == 4
    assert found["Joko Widodo"] == 4
    assert len(joint.most(1)) == 1


def test_one_file_is_read_as_it_is(files):
    old, _ = files
    alone = JointEntities([Part(old.entities)])
    assert [one.name for one in alone.most(9)] == [one.name for one in old.entities.most(9)]
    assert alone.of_article("a") == old.entities.of_article("a")
    assert JointEntities([]).of_article("a") is None
