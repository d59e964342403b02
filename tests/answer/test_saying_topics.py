"""What somebody said of a subject, and of nothing else: over a small archive with the shipped models."""

from __future__ import annotations

import pytest

from qa.answer.saying_topics import about, covered, says, subject_of
from qa.language.question.understand import understand

ARTICLES = [
    {
        "id": "museum", "title": "Wali kota Lestari Dewanti membuka Museum Garam", "outlet": "Harian A", "published": "2024-02-05",
        "text": 'Wali Kota Wanareja Lestari Dewanti membuka Museum Garam, Senin (5/2). "Museum ini menyimpan tiga ribu benda," kata '
        'Lestari. Ia juga menyinggung kemacetan di kotanya. "Jalan lingkar harus selesai tahun depan," ujar Lestari.',
    },
    {
        "id": "nelayan", "title": "Lestari Dewanti bertemu nelayan", "outlet": "Harian B", "published": "2024-02-09",
        "text": 'Lestari Dewanti menemui para nelayan, Jumat (9/2). "Bantuan solar untuk mereka kami tambah," kata Lestari Dewanti. Ketua '
        'kelompok nelayan Surya Pratama berterima kasih. "Kami masih kekurangan gudang es," kata Surya.',
    },
    {
        "id": "bandara", "title": "Direktur Irfan Wibisono tinjau bandara", "outlet": "Harian A", "published": "2024-03-02",
        "text": "Direktur Bandara Teluk Mas Irfan Wibisono meninjau landasan, Sabtu (2/3). Irfan mengatakan pengaspalan landasan rampung "
        "bulan depan. Menurut Irfan, harga tiket tidak akan naik. Soal hotel bandara, ia menyatakan pemiliknya membatalkan rencana itu.",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(build_archive):
    return build_archive(ARTICLES)


@pytest.fixture(scope="module")
def unsure(build_archive):
    # which of several sayings answers is tested, not how sure it is: the threshold is low
    return build_archive(ARTICLES, **{"answer.threshold": 0.1})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Apa kata Lestari Dewanti soal Museum Garam?", "Museum ini menyimpan tiga ribu benda"),
        ("Apa kata Lestari Dewanti soal kemacetan?", "Jalan lingkar harus selesai tahun depan"),
        ("Apa kata Lestari Dewanti tentang nelayan?", "Bantuan solar untuk mereka kami tambah"),
        ("Apa kata Surya Pratama soal gudang es?", "Kami masih kekurangan gudang es"),
        ("Apa kata Irfan Wibisono soal pengaspalan landasan?", "pengaspalan landasan rampung bulan depan"),
        ("Apa kata Irfan Wibisono soal hotel?", "pemiliknya membatalkan rencana itu"),
    ],
)
def test_the_saying_about_the_subject_answers_and_not_another_one_of_the_same_speaker(unsure, question, words):
    answer = unsure.ask(question)
    assert answer.short == words


@pytest.mark.parametrize(
    "question",
    [
        "Apa kata Lestari Dewanti soal gudang es?",  # somebody else said that
        "Apa kata Lestari Dewanti soal pemilihan gubernur?",
        "Apa kata Irfan Wibisono soal kapal feri?",
        "Apa kata Surya Pratama soal museum?",
        "What did Irfan Wibisono say about football?",
    ],
)
def test_what_the_speaker_did_not_speak_of_is_not_answered_with_something_else(archive, question):
    assert archive.ask(question).abstained


def test_the_subject_is_what_is_neither_the_speaker_nor_a_word_for_saying():
    query = understand("Apa pendapat Lestari Dewanti soal harga garam?", vocabulary=None)
    assert query.speaker == "Lestari Dewanti"
    assert [[term for term, _ in version] for version in subject_of(query, query.speaker)] == [["harga", "garam"]]
    assert says("komentar")
    assert not says("garam")


def test_a_subject_counts_in_the_language_in_which_a_text_has_more_of_it():
    query = understand("What did Dewi say about the salt museum?", vocabulary=None)
    subject = subject_of(query, query.speaker)
    assert covered(subject, "The salt museum is closed.") == 1.0
    assert covered(subject, "Pasar ditutup.") == 0.0


def test_without_sayings_nothing_is_about_the_subject():
    assert about(((("garam", 1.0),),), [], []) == []


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Apa kata Lestari Dewanti sebelum 7 Februari 2024?", "2024-02-05"),
        ("Apa kata Lestari Dewanti sejak 8 Februari 2024?", "2024-02-09"),
    ],
)
def test_sayings_are_of_the_days_that_are_asked_for(archive, question, day):
    answer = archive.ask(question)
    assert answer.short
    assert {str(citation.published) for citation in answer.citations} == {day}
