"""Days in a question narrow what answers and never widen it, over a small archive with the shipped models."""

from __future__ import annotations

import pytest

from qa.answer.extractive.timely import preferred, timely
from qa.schema import Query

TEXTS = {
    "2024-06-02": "Wabah diare melanda Pulau Sembilu, Minggu (2/6). Dua belas warga Pulau Sembilu dirawat karena diare.",
    "2024-06-03": "Hingga Senin (3/6), dua puluh warga Pulau Sembilu dirawat karena diare. Puskesmas kekurangan infus.",
    "2024-06-05": "Hingga Rabu (5/6), 31 warga Pulau Sembilu dirawat karena diare. Kapal rumah sakit dikirim ke sana.",
    "2024-05-11": "Dermaga Pulau Sembilu diperbaiki mulai Sabtu (11/5). Perbaikan dermaga itu dikerjakan empat puluh orang.",
    "2024-05-19": "Lomba perahu digelar di Pulau Sembilu, Minggu (19/5). Sebanyak 60 perahu ikut dalam lomba perahu itu.",
}


@pytest.fixture(scope="module")
def archive(build_archive):
    rows = [
        {"id": day, "title": text.split(".")[0], "text": text, "outlet": f"Harian {day[-1]}", "published": day}
        for day, text in TEXTS.items()
    ]
    return build_archive(rows)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Berapa warga Pulau Sembilu yang dirawat karena diare?", "31 warga"),
        ("Berapa warga Pulau Sembilu yang dirawat karena diare per 3 Juni 2024?", "dua puluh warga"),
        ("Per 2 Juni, berapa warga Pulau Sembilu yang dirawat karena diare?", "Dua belas warga"),
        ("Berapa warga Pulau Sembilu yang dirawat karena diare sampai 3 Juni?", "dua puluh warga"),
        ("Berapa warga Pulau Sembilu yang dirawat karena diare sebelum 5 Juni?", "dua puluh warga"),
    ],
)
def test_a_figure_is_the_last_one_of_the_days_that_are_asked_for(archive, question, short):
    answer = archive.ask(question)
    assert answer.short == short
    days = sorted(str(citation.published) for citation in answer.citations)
    assert "2024-06-05" not in days or short == "31 warga"


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Apa yang terjadi di Pulau Sembilu sebelum Juni?", "2024-05-11", "2024-05-19"),
        ("Apa yang terjadi di Pulau Sembilu sebelum Juni 2024?", "2024-05-11", "2024-05-19"),
        ("Apa yang terjadi di Pulau Sembilu sampai pertengahan Mei?", "2024-05-11", "2024-05-19"),
        ("Apa yang terjadi di Pulau Sembilu sejak 3 Juni?", "2024-06-03", "2024-06-05"),
        ("Apa yang terjadi di Pulau Sembilu pada pekan pertama Juni?", "2024-06-02", "2024-06-05"),
        ("Apa yang terjadi di Pulau Sembilu pada pekan kedua Mei?", "2024-05-11", "2024-05-11"),
        ("What happened in Pulau Sembilu before June?", "2024-05-11", "2024-05-19"),
    ],
)
def test_a_digest_is_of_the_days_that_are_asked_for(archive, question, first, last):
    answer = archive.ask(question)
    assert not answer.abstained
    days = sorted(str(citation.published) for citation in answer.citations)
    assert first <= days[0] <= days[-1] <= last


def test_the_days_of_a_yes_no_question_are_no_part_of_what_is_denied(archive):
    assert archive.ask("Apakah dermaga Pulau Sembilu diperbaiki sebelum Juni?").short == "Ya"


def test_nothing_is_said_of_days_that_no_article_tells_of(archive):
    assert archive.ask("Berapa warga Pulau Sembilu yang dirawat karena diare sebelum Mei 2023?").abstained
    assert archive.ask("Apa yang terjadi di Pulau Sembilu sebelum 2020?").abstained


def test_without_days_all_candidates_stay_in_their_order():
    query = Query(text="Berapa warga dirawat?")
    assert timely(query, []) == []
    assert preferred(query, []) == []


STATES = {
    "2024-04-01": ("Bendungan Wai Rupa", "Status Bendungan Wai Rupa dinaikkan menjadi Awas, Senin (1/4)."),
    "2024-04-11": ("Bendungan Wai Rupa", "Status Bendungan Wai Rupa diubah menjadi Siaga, Kamis (11/4)."),
    "2024-04-20": ("Bendungan Wai Rupa aman", "Status Bendungan Wai Rupa diturunkan menjadi Normal, Sabtu (20/4). Air Wai Rupa surut."),
}  # fmt: skip


@pytest.fixture(scope="module")
def dam(build_archive):
    rows = [
        {"id": day, "title": title, "text": text, "outlet": f"Harian {day[-1]}", "published": day}
        for day, (title, text) in STATES.items()
    ]
    # which of equals answers is tested, not how sure it is: the threshold is low
    return build_archive(rows, **{"answer.threshold": 0.2})


@pytest.mark.parametrize(
    "question",
    [
        "Apa status terbaru Bendungan Wai Rupa?",
        "Apa status terakhir Bendungan Wai Rupa?",
        "Bagaimana status terkini Bendungan Wai Rupa?",
        "Apa status Bendungan Wai Rupa saat ini?",
        "What is the latest status of Bendungan Wai Rupa?",
    ],
)
def test_of_equals_the_latest_answers_where_the_newest_is_asked_for(dam, question):
    answer = dam.ask(question)
    assert answer.short.split(",")[0] == "Normal"  # "Bagaimana …?" may be answered with the whole clause
    assert str(answer.citations[0].published) == "2024-04-20"


def test_the_latest_news_is_a_digest_that_ends_with_the_last_day(dam):
    answer = dam.ask("Apa kabar terakhir Bendungan Wai Rupa?")
    assert str(answer.citations[-1].published) == "2024-04-20"
    assert answer.short == ""
