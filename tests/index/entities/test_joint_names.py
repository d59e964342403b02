"""Over several segments names read as in one, but for what only both texts together would join."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qa.index import generation
from qa.schema import Article
from qa.testing import HashEncoder

FIRST = "Gubernur Jawa Barat Ridwan Kamil meresmikan jembatan itu. Ridwan Kamil berterima kasih kepada warga Bandung."
SECOND = "Presiden Joko Widodo bertemu Ridwan Kamil di Istana Negara. Joko Widodo menyebut pertemuan itu hangat."
THIRD = "Ridwan Kamil kembali ke Bandung pada Sabtu sore. Menurut Ridwan Kamil, jalan tol itu rampung tahun depan."


def article(id_: str, text: str) -> Article:
    return Article(id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest())


def build(root: Path, **texts: str) -> generation.Generation:
    these = [article(id_, text) for id_, text in texts.items()]
    return generation.build(root, "berita", these, HashEncoder(64), passage_chars=200, workers=0)


def add(root: Path, **texts: str) -> generation.Generation:
    return generation.add(root, "berita", [article(id_, text) for id_, text in texts.items()], HashEncoder(64), workers=0)


@pytest.fixture
def layered(tmp_path) -> generation.Generation:
    build(tmp_path / "layered", a=FIRST)
    add(tmp_path / "layered", b=SECOND)
    return add(tmp_path / "layered", c=THIRD)


def test_a_name_is_one_entity_whichever_segments_have_it(tmp_path, layered):
    names, whole = layered.articles.entities, build(tmp_path / "whole", a=FIRST, b=SECOND, c=THIRD).articles.entities
    for name in ("Ridwan Kamil", "Joko Widodo"):
        joint, one = names.meant(name), whole.meant(name)
        assert joint is not None
        assert one is not None
        assert (joint.name, joint.kind, joint.mentions, joint.articles) == (one.name, one.kind, one.mentions, one.articles)
        assert names.places(joint) == whole.places(one)
        assert names.entity_of(name) == joint.id
        assert [entity.id for entity in names.possible(name)] == [joint.id]
    assert {entity.name for entity in names.most(99)} == {entity.name for entity in whole.most(99)}
    assert names.most(1)[0].name == whole.most(1)[0].name == "Ridwan Kamil"
    assert len(names) == len(whole)


def test_what_an_article_names_is_given_by_the_segment_that_it_lives_in(tmp_path, layered):
    names, whole = layered.articles.entities, build(tmp_path / "whole", a=FIRST, b=SECOND, c=THIRD).articles.entities
    for id_ in "abc":
        assert names.of_article(id_) == whole.of_article(id_)
        meant = names.named_in(id_, "Ridwan Kamil")
        assert meant is not None
        assert meant.id == names.entity_of("Ridwan Kamil")
    assert names.of_article("zzz") is None
    assert names.named_in("zzz", "Ridwan Kamil") is None


def test_a_removed_article_is_no_place_of_a_name(tmp_path, layered):
    left = generation.remove(tmp_path / "layered", "berita", ["b"]).articles.entities
    kamil = left.meant("Ridwan Kamil")
    assert kamil is not None
    assert [place.article_id for place in left.places(kamil)] == ["a", "c"]


def test_compacting_joins_names_as_one_build_does(tmp_path, layered):
    del layered
    compacted = generation.compact(tmp_path / "layered", "berita").articles.entities
    assert compacted.most(99) == build(tmp_path / "whole", a=FIRST, b=SECOND, c=THIRD).articles.entities.most(99)
