"""What sort of answer a question wants, where no word of it asks or more than one does."""

from __future__ import annotations

import pytest

from qa.language.question.question_types import asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("jumlah korban longsor Cisolok", "how_many"),
        ("harga tiket kapal Donggala", "how_many"),
        ("umur bupati Sari", "how_many"),
        ("durasi rapat warga Palu", "how_long"),
        ("jadwal peresmian jembatan Palu", "when"),
        ("lokasi rapat warga Palu", "where"),
        ("penyebab kapal karam di Donggala", "why"),
        ("pencetak gol Persipal lawan Persido", "who"),
        ("julukan bupati Sari", "what"),
        ("Siapa sajakah yang hadir di Palu?", "list"),
        ("Apa sajakah isi paket bantuan?", "list"),
        ("Warna kapal Sinar Jaya apa ya?", "what"),
        ("Jembatannya sudah dibuka ya?", "yes_no"),
        ("Menurut Rahman, apakah tarif tol naik?", "yes_no"),
        ("Menurut Rahman, pernahkah tarif tol naik?", "yes_no"),
    ],
)
def test_what_is_wanted(question, kind):
    assert asked(question, "id").kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who led the port when the ferry sank?", "who"),
        ("Where was Sari when the bridge opened?", "where"),
        ("When was the fair held where Sari sang?", "when"),
        ("Which district does Sari, who felt the quake, live in?", "where"),
        ("Since when has the bridge been open?", "when"),
        ("The bridge opened when?", "when"),
        ("What did the president wear when he opened the bridge?", "what"),
        ("Which minister opened the bridge?", "who"),
        ("What did Sari say when asked who paid?", "said"),
    ],
)
def test_in_english_the_first_word_that_asks_counts(question, kind):
    assert asked(question, "en").kind == kind
