"""The share of a question's words that a text has."""

from __future__ import annotations

import pytest

from qa.language.meaning.shared_words import share


@pytest.mark.parametrize(
    ("term", "text", "has"),
    [
        ("tulis", "Ia menulis buku.", True),
        ("menulis", "Ia ditulis buku.", True),
        ("penulis", "Ia menulis buku.", True),
        ("pukul", "Ia memukul buku.", True),
        ("sapu", "Ia menyapu buku.", True),
        ("kirim", "Ia mengirim buku.", True),
        ("baca", "Ia membaca buku.", True),
        ("tulis", "Ia membaca buku.", False),
        ("di", "Ia dibaca buku.", False),
        ("uji", "Ia memuji buku.", False),
        ("19", "Ia membeli 1900 buku.", False),
        ("19", "Ia membeli 19 buku.", True),
    ],
)
def test_a_word_is_found_by_its_root_whatever_its_first_letter_became(term, text, has):
    assert share([(term, 1.0)], text) == float(has)


def test_each_word_counts_by_its_weight():
    assert share([("pasar", 0.25), ("demak", 0.75)], "Pasar lama.") == 0.25
    assert share([("pasar", 0.25), ("demak", 0.75)], "Pasar Demak.") == 1.0


def test_without_words_nothing_is_shared():
    assert share([], "Pasar Demak.") == 0.0
    assert share([("pasar", 0.0)], "Pasar Demak.") == 0.0
