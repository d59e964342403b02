from __future__ import annotations

from datetime import date

import pytest

from qa.errors import CorpusError
from qa.index import generation
from qa.schema import Article


def test_the_living_are_listed_in_the_order_in_which_they_came(layered):
    assert [row.id for row in layered.articles.articles()] == ["a0", "a2", "a3", "a4", "a6"]
    assert [article.id for article, _ in layered.articles.stream()] == ["a0", "a2", "a3", "a4", "a6"]
    assert (len(layered.articles), layered.articles.n_passages) == (5, layered.n_passages)


def test_a_removed_article_is_in_nothing_that_can_be_read(layered):
    for read in (layered.articles.article, layered.articles.rows_of, layered.articles.story):
        with pytest.raises(CorpusError, match="'a1' in 'berita'"):
            read("a1")
    assert layered.articles.place("a5") is None
    assert not {"kata1x1", "berita5y3"} & layered.articles.vocabulary().keys()
    assert "berita4y3" in layered.articles.vocabulary()
    assert "Harian 5" not in layered.articles.outlets()
    assert layered.articles.outlets() == ("Harian 0", "Harian 2", "Harian 3", "Harian 4", "Harian 6")


def test_a_row_of_a_removed_article_or_of_none_is_refused(layered):
    dead = layered.segments[0].entry.dead[0][1]
    for row in (dead, -1, 10**6):
        with pytest.raises(IndexError, match="row"):
            layered.articles.passage(row)


def test_days_and_outlets_narrow_over_all_segments(layered):
    rows = layered.articles.rows_in((date(2024, 5, 2), date(2024, 5, 6)), ())
    assert list(rows) == [row for id_ in ("a2", "a3", "a4") for row in layered.articles.rows_of(id_)]
    assert list(layered.articles.rows_in(None, ["HARIAN 6"])) == list(layered.articles.rows_of("a6"))
    assert layered.articles.rows_in(None, ()) is None


def test_passages_come_in_the_order_asked_for_from_whichever_segment(layered):
    rows = [layered.articles.rows_of(id_)[0] for id_ in ("a6", "a0", "a4", "a6")]
    assert [passage.article_id for passage in layered.articles.passages(rows)] == ["a6", "a0", "a4", "a6"]


def test_the_latest_of_an_outlet_are_the_living_ones(tmp_path, article, build, add):
    build([article(n, outlet="Pagi") for n in range(3)])
    add(article(3, outlet="Pagi"), article(4, outlet="Sore"))
    left = generation.remove(tmp_path, "berita", ["a2"])
    assert list(left.articles.latest(["Pagi"], 2)) == ["a3", "a1"]


def test_the_fingerprint_is_that_of_a_build_of_the_same_articles(layered, tmp_path, article):
    from qa.testing import HashEncoder

    rest: list[Article] = [article(n) for n in (0, 2, 3, 4, 6)]
    fresh = generation.build(tmp_path / "fresh", "berita", rest, HashEncoder(64), passage_chars=120, workers=0)
    assert layered.articles.fingerprint() == fresh.articles.fingerprint()
