"""The order in which passages are read."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qa.errors import ModelError
from qa.retrieve import ranking
from qa.retrieve.ranking import Evidence, reordered, score, shipped, words_found
from qa.schema import Hit, Passage, Query


def passage(text: str, **more) -> Passage:
    return Passage(
        id=text, article_id="a", start=0, end=len(text), text=text, **{"title": "", "outlet": "", "published": None} | more
    )


def evidence(cosine: float = 0.0, words: float = 0.0, bm25: float = 0.0) -> Evidence:
    return Evidence(cosine=cosine, words=words, bm25=bm25)


def test_a_score_is_the_weighed_sum():
    assert score(evidence(0.5, 0.25, 2.0), evidence(2.0, 4.0, 0.5)) == 3.0


def test_hits_are_put_in_order_with_ranks_from_one_and_ties_keep_theirs():
    hits = [Hit(passage=passage(name), score=9.0, rank=rank, stage="fused") for rank, name in enumerate("abcd", 1)]
    known = [evidence(0.1), evidence(0.1, words=0.5), evidence(0.1), evidence(0.9)]
    ordered = reordered(hits, known, evidence(1.0, 1.0, 1.0))
    assert [(hit.passage.id, hit.rank) for hit in ordered] == [("d", 1), ("b", 2), ("a", 3), ("c", 4)]
    assert [hit.score for hit in ordered] == pytest.approx([0.9, 0.6, 0.1, 0.1])


def test_words_count_in_the_heading_too():
    query = Query(text="", terms=(("pasar", 0.25), ("demak", 0.5), ("2019", 0.25)))
    assert words_found(query, passage("Pasar dibuka.")) == 0.25
    assert words_found(query, passage("Pasar dibuka.", title="Demak ramai", published=date(2019, 5, 1))) == 1.0


def test_the_shipped_coefficients_are_a_fit_that_names_its_data():
    table = json.loads(ranking.FILE.read_text(encoding="utf-8"))
    assert table["command"] == "qa train ranking"
    assert all(len(digest) == 64 for digest in table["fitted_on"].values())
    assert shipped() == Evidence(**table["weights"])
    assert all(weight > 0 for weight in table["weights"].values())


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"weights": {"cosine": 1}}', '{"weights": {"cosine": 1, "words": "x", "bm25": 1}}']
)
def test_broken_coefficients_are_named_with_the_cure(tmp_path, monkeypatch, broken):
    path = tmp_path / "ranking.json"
    path.write_text(broken, encoding="utf-8")
    monkeypatch.setattr(ranking, "FILE", path)
    with pytest.raises(ModelError, match=r"ranking\.json: not the coefficients .*qa train ranking"):
        shipped.__wrapped__()


def test_absent_coefficients_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(ranking, "FILE", tmp_path / "ranking.json")
    with pytest.raises(ModelError, match=r"ranking\.json: No such file.*qa train ranking"):
        shipped.__wrapped__()
