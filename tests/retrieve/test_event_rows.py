"""Days in a question narrow the search, never widen it, and lose no article that tells of them."""

from __future__ import annotations

from datetime import date

import pytest

from qa.retrieve import event_rows
from qa.retrieve.event_rows import allowed
from qa.schema import Turn

ARTICLES = [
    ("may", "2020-05-12", "Harga emas di pasar Lembayu naik menjadi Rp 900.000 per gram."),
    ("june", "2020-06-20", "Harga emas di pasar Lembayu turun menjadi Rp 850.000 per gram."),
    ("later", "2021-02-01", "Pada Mei 2020 harga emas di pasar Lembayu naik tajam karena pandemi."),
    ("undated", None, "Harga emas di pasar Lembayu pernah Rp 500.000 per gram."),
    ("other", "2019-01-05", "Bupati Rina Sari membuka pasar Lembayu yang baru."),
]


@pytest.fixture(scope="module")
def gold(build_archive):
    return build_archive(
        {"id": id_, "title": id_, "text": text, "outlet": f"Harian {id_}", **({"published": day} if day else {})}
        for id_, day, text in ARTICLES
    )


def searched(assistant, question, history=(), **only):
    return {assistant.article(hit.passage.article_id).source for hit in assistant.search(question, history, read=False, **only)}


def test_a_month_keeps_what_was_published_then_what_names_it_and_what_has_no_day(gold):
    assert searched(gold, "Berapa harga emas di pasar Lembayu?") == {"may", "june", "later", "undated", "other"}
    assert searched(gold, "Berapa harga emas di pasar Lembayu pada Mei 2020?") == {"may", "later", "undated"}


def test_before_and_since_are_open_on_one_side(gold):
    assert searched(gold, "Siapa yang membuka pasar Lembayu sebelum Januari 2020?") == {"other", "undated"}
    assert searched(gold, "Berapa harga emas di pasar Lembayu sejak Februari 2021?") == {"later", "undated"}


def test_that_month_is_the_month_of_the_turn_before(gold):
    turn = Turn(question="Kapan harga emas naik?", answer="Harga emas naik pada 12 Mei 2020.", short="12 Mei 2020")
    assert searched(gold, "Berapa harga emas di pasar Lembayu bulan itu?", [turn]) == {"may", "later", "undated"}


def test_days_and_filters_hold_together_and_never_widen(gold):
    asked = "Berapa harga emas di pasar Lembayu pada Mei 2020?"
    assert searched(gold, asked, until="2020-05-31") == {"may"}
    query = gold.query(asked, outlet="Harian june")
    rows = gold.generation.articles.rows_in(query.window, query.outlets)
    assert list(allowed(query.event, rows, gold.generation)) == []
    assert allowed(None, rows, gold.generation) is rows


def test_where_nothing_is_left_the_answer_says_to_what_it_was_narrowed(gold):
    answer = gold.ask("Berapa harga emas di pasar Lembayu pada Mei 2020?", outlet="Harian june")
    assert (answer.abstained, answer.reason) == (True, "nothing-found")
    assert answer.trace.note == "Yang dicari hanya artikel yang tentang 2020-05-01 sampai 2020-05-31, di Harian june."
    english = gold.ask("How much was gold in Lembayu in May 2020?", outlet="Harian june")
    assert english.trace.note == "Only articles were searched that are about 2020-05-01 to 2020-05-31, by Harian june."


def test_an_outlet_that_the_question_names_narrows_to_it(gold):
    assert searched(gold, "Menurut Harian june, berapa harga emas di pasar Lembayu?") == {"june"}
    assert searched(gold, "According to Harian june, how much is gold in Lembayu?") == {"june"}


def test_words_that_most_passages_have_narrow_nothing(gold, monkeypatch):
    monkeypatch.setattr(event_rows, "MOST", 0)
    assert allowed((date(2020, 5, 1), date(2020, 5, 31)), None, gold.generation) is None


def test_days_narrow_nothing_where_no_article_has_a_day(build_archive):
    undated = build_archive({"id": id_, "title": id_, "text": text} for id_, _, text in ARTICLES)
    assert allowed((date(2020, 5, 1), date(2020, 5, 31)), None, undated.generation) is None
    undated.remove(["may"])
    assert allowed((date(2020, 5, 1), date(2020, 5, 31)), None, undated.generation) is None
    assert searched(undated, "Berapa harga emas di pasar Lembayu pada Mei 2020?") == {"june", "later", "undated", "other"}
