from __future__ import annotations

from qa.corpus.entities.local import named
from qa.corpus.entities.merging import Merging


def joined(*texts):
    merging = Merging()
    for text in texts:
        merging.add(named(text))
    _, entities = merging.joined()
    return {one.name: one for one in entities}


def test_spellings_are_one_entity_and_count_articles():
    found = joined("Pemimpin Kim Jong-un hadir.", "Menurut Kim Jong Un, ya. Kata Kim Jong Un, tidak.")
    (kim,) = found.values()
    assert (kim.articles, kim.mentions, kim.kind) == (2, 3, "person")


def test_a_short_form_that_the_archive_explains_is_one_with_its_name():
    found = joined("Komisi Pemberantasan Korupsi (KPK) hadir.", "Rapat di gedung milik KPK. KPK diam.")
    assert found["Komisi Pemberantasan Korupsi"].articles == 2
    assert "KPK" not in found


def test_a_short_form_that_is_explained_in_two_ways_stays_open():
    found = joined(
        "Partai Persatuan Pembangunan (PPP) hadir.", "Kurs memakai purchasing power parity (PPP).", "Menurut PPP, harga naik."
    )
    assert found["PPP"].articles == 1


def test_a_form_of_one_article_is_nobody_elsewhere():
    found = joined('Menteri Rina Handoko hadir. "Ya," kata Rina.', '"Tidak," kata Rina.')
    assert found["Rina Handoko"].articles == 1
    assert found["Rina"].articles == 1


def test_a_place_before_a_name_is_cut_where_the_archive_has_both():
    found = joined(
        "Pelatih Liverpool Jurgen Klopp senang.",
        "Mereka bertanding di Liverpool. Menurut Jurgen Klopp, ya.",
        "Kami ke Liverpool bersama Jurgen Klopp.",
    )
    assert found["Jurgen Klopp"].articles == 3


def test_a_wife_is_not_her_husband():
    found = joined(
        "Ibu Negara Iriana Joko Widodo hadir bersama Presiden Joko Widodo.", "Presiden Joko Widodo pergi.", "Kata Iriana, ya."
    )
    assert found["Joko Widodo"].articles == 2
    assert found["Iriana Joko Widodo"].articles == 1


def test_the_place_of_an_office_is_no_part_of_its_holders_name():
    found = joined(
        "Wali Kota Lembayu Nita Sagala hadir.", "Jalan di Lembayu rusak.",
        "Menurut Gubernur Tanah Kelam Budi Harsono, ya.", "Hujan turun di Tanah Kelam.",
        "Kapolres Arjuna Timur Rian Setyadi pergi.", "Warga Kabupaten Arjuna Timur datang.",
    )  # fmt: skip
    assert {"Nita Sagala", "Budi Harsono", "Rian Setyadi"} <= set(found)
    assert found["Nita Sagala"].spellings == (("Nita Sagala", 1),)


def test_what_two_holders_of_offices_have_before_their_names_is_their_place():
    found = joined("Bupati Wanareja Hendra Kusumo hadir.", "Kapolres Wanareja Tia Maulida pergi.")
    assert {"Hendra Kusumo", "Tia Maulida"} <= set(found)


def test_a_first_name_that_is_also_a_place_stays_a_first_name():
    found = joined(
        "Wali Kota Bima Arya Sugiarto hadir.", "Gempa di Bima merusak rumah.", "Warga di Bima mengungsi.", 'Kata Bima Arya, "ya".'
    )
    assert "Arya Sugiarto" not in found
    assert "Basuki Tjahaja Purnama" in joined("Gubernur Basuki Tjahaja Purnama hadir.", "Jalan di Jakarta rusak.")
