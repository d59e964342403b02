"""Short forms and what they stand for."""

from __future__ import annotations

import pytest

from qa.answer.candidates import candidates
from qa.answer.matching import wanted
from qa.schema import Query


def told(question: str, sentence: str, language: str = "id") -> list[str]:
    want = wanted(Query(text=question, kind="what", language=language), lambda _: 1.0)
    assert want.spelled
    return [sentence[one.start : one.end] for one in candidates(sentence, want)]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Apa kepanjangan dari PDK?", "Rapat Persatuan Dagang Kelapa (PDK) dimulai.", "Persatuan Dagang Kelapa"),
        ("PDK kepanjangannya apa?", "PDK (Persatuan Dagang Kelapa) berdiri.", "Persatuan Dagang Kelapa"),
        ("KBPN singkatan dari apa?", "Kepala Badan Pengawasan dan Niaga (KBPN) hadir.", "Kepala Badan Pengawasan dan Niaga"),
        ("Apakah kepanjangan Menbatu?", "Kata Menteri Batu (Menbatu), tidak.", "Menteri Batu"),
        ("What does PDK stand for?", "Rapat Persatuan Dagang Kelapa (PDK) dimulai.", "Persatuan Dagang Kelapa"),
        ("Apa singkatan Persatuan Dagang Kelapa?", "Rapat Persatuan Dagang Kelapa (PDK) dimulai.", "PDK"),
        ("Apa kepanjangan PDK?", "PDK adalah singkatan dari Persatuan Dagang Kelapa.", "Persatuan Dagang Kelapa"),
    ],
)
def test_the_words_that_a_short_form_is_made_of(question, sentence, answer):
    assert told(question, sentence, "en" if question.startswith("What") else "id") == [answer]


@pytest.mark.parametrize(
    "sentence",
    [
        "PDK menggelar rapat di Palu.",
        "Rapat Koperasi Sinar Jaya (KSJ) dihadiri PDK.",
        "Ketua PDK (Siti Aminah) hadir.",
        "PDK (didirikan pada 1990) hadir.",
        "Rapat besar (PDK) dimulai.",
    ],
)
def test_other_sentences_have_no_candidate(sentence):
    assert told("Apa kepanjangan PDK?", sentence) == []
