"""Indonesian word for word in English."""

from __future__ import annotations

import pytest

from qa.language.gloss.reverse import gloss


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dermaga itu dibangun pada 1997.", ["dock", "that", "build", "1997"]),
        (
            "Presiden Rusia Vladimir Putin menyambut Kim Jong-un.",
            ["president", "Russia", "Vladimir Putin", "welcome", "Kim Jong-un."],
        ),
        (
            "Gudang penuh karena impor masuk sebelum panen pada Selasa (14/5/2024).",
            ["full because import", "before", "Tuesday (14/5/2024)."],
        ),
        ("Warga menanam 26.000 pohon sejak Agustus 2019.", ["plant 26.000 tree", "since August 2019."]),
    ],
)
def test_words_are_rendered_and_names_numbers_and_order_stay(text, wanted):
    said = gloss(text)
    at = 0
    for piece in wanted:
        assert piece in said[at:], said
        at = said.index(piece, at)


def test_what_nobody_knows_stays_as_it_is_and_nothing_gives_nothing():
    assert gloss("Zxqwv brmbl.") == "Zxqwv brmbl."
    assert gloss("") == ""
    assert gloss('"Kami siap," kata Rani.').startswith('"')
