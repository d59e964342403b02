from __future__ import annotations

import pytest

from qa.corpus.entities.glosses import coined, expanded, glosses


def found(text):
    return [(one.long, one.short) for one in glosses(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ketua Komisi Pemberantasan Korupsi (KPK) hadir.", ("Komisi Pemberantasan Korupsi", "KPK")),
        ("Pasukan Korea Utara (Korut) mundur.", ("Korea Utara", "Korut")),
        ("Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) hadir.", None),
        ("Kementerian Pekerjaan Umum dan Perumahan Rakyat (PUPR) hadir.", ("Pekerjaan Umum dan Perumahan Rakyat", "PUPR")),
        ("Kurs memakai purchasing power parity (PPP).", ("purchasing power parity", "PPP")),
        ("Presiden Joko Widodo (Jokowi) hadir.", ("Joko Widodo", "Jokowi")),
        ("Gubernur Basuki Tjahaja Purnama alias Ahok hadir.", ("Basuki Tjahaja Purnama", "Ahok")),
        ("Menurut Rahmat Hidayat yang akrab disapa Dayat, ya.", ("Rahmat Hidayat", "Dayat")),
    ],
)
def test_a_text_explains_its_short_forms(text, wanted):
    assert found(text) == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur Anies Baswedan (PDIP) hadir.",
        "Pemain Kevin Sanjaya (INA) menang.",
        "Warga Budi Hartono (Medan) hadir.",
        "Rapat pada Rabu (KPK) batal.",
        "Bank Sentral Amerika Serikat atau lebih dikenal Bank Sentral hadir.",
    ],
)
def test_a_party_a_country_and_a_place_in_brackets_explain_nothing(text):
    assert found(text) == []


def test_a_gloss_is_at_its_span():
    text = "Menurut Presiden Joko Widodo alias Jokowi, Komisi Yudisial (KY) siap."
    for one in glosses(text):
        assert text[one.start : one.end] == one.long


def test_the_long_form_is_the_fewest_words_that_have_the_letters():
    assert expanded("Wakil Ketua Komisi Pemberantasan Korupsi", "KPK") == len("Wakil Ketua ")
    assert expanded("Irina Nabila", "INA") is None


def test_a_coined_form_takes_a_beginning_of_every_word():
    assert coined("sulteng", ("sulawesi", "tengah"))
    assert not coined("miles", ("mira", "lesmana", "film"))
