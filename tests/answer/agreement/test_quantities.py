"""Amounts in running text: value, unit, what is counted, and how exact."""

from __future__ import annotations

import pytest

from qa.answer.agreement.quantities import measured, person, quantities
from qa.language import lists


def one(text):
    [found] = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "dimension"),
    [
        ("Jembatan itu sepanjang 2,4 kilometer.", 2400, 2400, "length"),
        ("Biayanya Rp 1,2 triliun.", 1.2e12, 1.2e12, "money:IDR"),
        ("Harganya Rp14.500 per kilogram.", 14500, 14500, "money:IDR"),
        ("nilainya 8.000 juta rupiah", 8e9, 8e9, "money:IDR"),
        ("dana US$ 10 juta", 1e7, 1e7, "money:USD"),
        ("dana 10 juta dolar AS", 1e7, 1e7, "money:USD"),
        ("85 million dollars", 8.5e7, 8.5e7, "money:USD"),
        ("selama satu setengah bulan", 1080, 1080, "duration"),
        ("berlangsung lima jam 30 menit", 5.5, 5.5, "duration"),
        ("sebanyak dua puluh tiga spesies", 23, 23, "count"),
        ("Empat ribu ekor", 4000, 4000, "count"),
        ("setinggi antara 2.500 dan 3.500 meter", 2500, 3500, "length"),
        ("300.000 sampai 320.000 ton", 3e8, 3.2e8, "weight"),
        ("12,4 persen", 12.4, 12.4, "percent"),
        ("power was cut in three towns", 3, 3, "count"),
    ],
)
def test_an_amount_is_read_with_its_unit(text, low, high, dimension):
    found = one(text)
    assert (found.low, found.high, found.dimension) == (pytest.approx(low), pytest.approx(high), dimension)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("sekitar 30 orang", 32, 40),
        ("lebih dari 5 jam", 5.5, 9),
        ("hampir Rp 30 miliar", 29e9, 31e9),
        ("about 6,000 runners", 5983, 8000),
        ("sekitar lima ribu ton", 5.4e6, 6e6),
        ("Ratusan sopir", 500, 2000),
    ],
)
def test_a_rounded_amount_has_room_and_not_for_everything(text, inside, outside):
    found = one(text)
    assert found.hedged
    assert found.low <= inside <= found.high
    assert not found.low <= outside <= found.high


@pytest.mark.parametrize(
    "text",
    [
        "pada Senin (21/11/2022) pukul 13.21",
        "pada 5 Juni 2023",
        "menang 3-1 di Stadion Jaya",
        "gol pada menit ke-12",
        "roket Soyuz-2",
        "gempa di Pulau Dua itu",
    ],
)
def test_a_day_a_clock_a_score_and_a_name_are_no_amounts(text):
    assert quantities(text) == []


def test_the_span_is_the_amount_with_the_words_that_round_it():
    text = "Paus itu panjangnya sekitar 11 meter dan mati."
    found = one(text)
    assert text[found.start : found.end] == "sekitar 11 meter"


def test_what_is_counted_is_kept_and_a_verb_is_not():
    assert one("ada 120 rumah di sana").noun == "rumah"
    assert one("gempa 5,6 mengguncang kota").noun == ""
    assert person(one("75 warga").noun)
    assert not person(one("75 rumah").noun)


@pytest.mark.parametrize("row", lists.table("units").rows, ids=" ".join)
def test_every_row_of_the_table_of_units_is_used(row):
    kind, dimension, factor, _, word = row
    if kind == "unit":
        text = f"ada {word} 7 di" if dimension.startswith("money") and not word.isalpha() else f"ada 7 {word} di"
        found = one(text)
        assert (found.dimension, found.low) == (dimension, pytest.approx(7 * float(factor)))
    elif kind == "measure":
        assert measured(f"Berapa {word} itu?") == dimension
    else:
        assert kind == "person"
        assert person(one(f"ada 7 {word} di").noun)
