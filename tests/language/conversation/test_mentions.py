"""What a conversation has named."""

from __future__ import annotations

import pytest

from qa.language.conversation.mentions import found, summary_of
from qa.schema import Turn


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Kapan Presiden Prabowo tiba?", "Prabowo", "person"),
        ("Kapan Retno Marsudi tiba?", "Retno Marsudi", "person"),
        ("Apa yang terjadi di Wina?", "Wina", "place"),
        ("Siapa yang memimpin Korea Utara?", "Korea Utara", "place"),
        ("Kapan gempa mengguncang kota Palu?", "Palu", "place"),
        ("Berapa laba Bank Mandiri?", "Bank Mandiri", "thing"),
        ("Siapa tersangka kasus Jiwasraya?", "Jiwasraya", "thing"),
        ("Kapan KTT G20 digelar?", "KTT G20", "thing"),
        ("Apakah Telkom untung?", "Telkom", "any"),
    ],
)
def test_a_name_is_recognised_by_its_form_and_the_words_before_it(text, name, role):
    assert [(one.text, one.role) for one in found(text)] == [(name, role)]


@pytest.mark.parametrize("text", ["Roket apa yang meluncur?", "Satelit nano apa?", "kapan itu?", "", "?!"])
def test_an_opening_capital_alone_makes_no_name(text):
    assert found(text) == []


def test_an_opening_word_is_a_name_where_a_verb_follows_or_it_was_named_before():
    assert [one.text for one in found("Kim tiba naik apa?")] == ["Kim"]
    assert [one.text for one in found("Kim kapan?", ["Kim Jong Un"])] == ["Kim"]


@pytest.mark.parametrize(
    ("question", "answer", "answered"),
    [
        ("Siapa Ketua KPK?", "Firli Bahuri.", ["Firli Bahuri"]),
        (
            "Siapa yang membuka acara?",
            "Acara dibuka Rina Wulandari di Jakarta pada Senin, kata panitia, dan selesai malam itu. [1]",
            ["Rina Wulandari"],
        ),
        ("Di mana Kim tiba?", "Di Vostochny.", ["Vostochny"]),
        ("Siapa Nikolay Nestechuk?", "Kepala infrastruktur Rusia.", []),
        ("Kapan Kim tiba?", "Rabu, kata Putin.", []),
    ],
)
def test_the_names_that_answered_are_of_the_kind_that_was_asked_for(question, answer, answered):
    assert [name.text for name in summary_of(Turn(question=question, answer=answer)).answered] == answered


def test_dia_means_who_answered_and_else_who_was_asked_about():
    assert summary_of(Turn(question="Siapa yang menemui Joko Widodo?", answer="Joe Biden.")).people()[0] == "Joe Biden"
    assert summary_of(Turn(question="Kapan Joko Widodo tiba?", answer="Senin, bersama Joe Biden.")).people()[0] == "Joko Widodo"


def test_di_sana_means_what_was_located_and_else_the_place_that_answered():
    assert summary_of(Turn(question="Di mana letak Vostochny?", answer="Di Amur.")).places()[0] == "Vostochny"
    assert summary_of(Turn(question="Di mana Kim menginap?", answer="Di Amur.")).places()[0] == "Amur"
