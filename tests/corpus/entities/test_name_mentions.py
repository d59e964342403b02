from __future__ import annotations

import pytest

from qa.corpus.entities.name_mentions import mentions


def found(text):
    return [(one.text, one.evidence) for one in mentions(text) if not one.opens]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Biayanya Rp 1,4 triliun, bukan USD 5 juta.", []),
        ("Ketua KPK Agus Rahardjo tiba.", [("KPK", "thing"), ("Agus Rahardjo", "person")]),
        ("Ia bertemu presiden Rusia Vladimir Putin.", [("Vladimir Putin", "person")]),
        ("Rapat digelar di Surabaya.", [("Surabaya", "place")]),
        ("Rapat digelar oleh Kementerian Luar Negeri.", [("Kementerian Luar Negeri", "thing")]),
        ('"Ya," kata Rina Handoko.', [("Rina Handoko", "person")]),
        ("Kemarin Rina Handoko mengatakan tidak.", [("Rina Handoko", "person")]),
        ("Kemarin Rina Handoko (45) datang.", [("Rina Handoko", "person")]),
        ("Lalu kepala stasiun Joko Prasetyo datang.", [("Joko Prasetyo", "person")]),
    ],
)
def test_words_around_a_name_tell_what_it_is(text, wanted):
    assert found(text) == wanted


def test_an_office_and_its_place_name_nobody():
    assert found("Hadir pula Kepala Badan Ekonomi Kreatif.") == []


def test_what_follows_a_governing_office_may_be_its_place():
    assert found("Hadir pula Bupati Rokan Hilir.") == [("Rokan Hilir", "")]


def test_a_mention_is_at_its_span():
    text = "Menurut Presiden RI Bacharuddin Jusuf Habibie, KPK perlu. Wakil Presiden Jusuf Kalla’ hadir di Makassar."
    for one in mentions(text):
        assert text[one.start : one.end] == one.text


def test_a_capital_that_opens_a_sentence_is_marked():
    assert [one.opens for one in mentions("Salah satu warga datang. Ia bertemu Rina.")] == [True, False]
