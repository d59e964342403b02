"""Datelines of outlets that nobody listed: outlet and day are read, and no quote begins with one."""

from __future__ import annotations

from datetime import date

import pytest

from qa.corpus.clean import mask
from qa.corpus.datelines import dateline, newsy
from qa.corpus.reading.layout import describe

NEWS = "Dermaga kayu di Desa Bolo, Kabupaten Bima, ambruk dan dua kapal nelayan di Bima tenggelam."


@pytest.mark.parametrize(
    ("lead", "outlet", "day"),
    [
        ("SUARA TIMUR, Bima -", "SUARA TIMUR", None),
        ("Bima, Kabar Flores –", "Kabar Flores", None),
        ("BIMA, Suara Timur --", "Suara Timur", None),
        ("WARTA GAYO, Bima (3/6/2024) -", "WARTA GAYO", date(2024, 6, 3)),
        ("Bima, Pesisir Pos, 4 Maret 2024 —", "Pesisir Pos", date(2024, 3, 4)),
        ("KOTA TEPIAN, Bima -", "KOTA TEPIAN", None),  # no word says so; but the article speaks of Bima alone
        ("Bima (Suara Timur) -", "Suara Timur", None),
        ("KABAR BIMA -", "KABAR BIMA", None),
        ("WahanaNews.co, Bima -", "WahanaNews.co", None),
        ("Bima -", "", None),
        ("KUALA LUMPUR, Malaysia -", "", None),
        ("BIMA, Nusa Tenggara Barat -", "", None),
        ("BIMA, Timor Raya -", "Timor Raya", None),  # the place alone in capitals, as datelines print it
        ("Deli Ekspres, Bima -", "Deli Ekspres", None),  # the article goes on to speak of Bima
        ("Mahakam Pagi, Bima Utara -", "Mahakam Pagi", None),
        ("LARANTUKA, Flores Timur Hari Ini --", "Flores Timur Hari Ini", None),
        ("LARANTUKA, Flores Timur --", "", None),
        ("BAA, Rote Ndao -", "", None),
        ("TRENTON, New Jersey -", "", None),
        ("BIMA, Sape -", "", None),  # a part of a region as likely as an outlet
    ],
)
def test_place_outlet_and_day_are_separated(lead, outlet, day):
    line = f"{lead} {NEWS}"
    found = dateline(line, f"Judul Berita\n\n{line}\n")
    assert found is not None
    assert line[: found.end] == lead
    assert (found.outlet, found.published) == (outlet, day)


@pytest.mark.parametrize(
    "line",
    [
        "Rusia – Korea Utara mempererat hubungan di Rusia setelah pertemuan dua hari itu.",
        "Presiden Joko Widodo - yang baru tiba - meresmikan jembatan di Bima kemarin sore.",
        "Suara Timur melaporkan dermaga di Bima ambruk dan dua kapal nelayan tenggelam.",
        "Ayah, Ibu - Kenangan",
        "Soyuz-2.1a, roket itu, lepas landas dari Vostochny di Rusia pada pagi hari.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(line):
    assert dateline(line, line) is None


def test_the_mask_ends_where_the_sentence_begins_and_the_article_knows_its_outlet_and_day():
    text = f"Dermaga Bolo di Bima Ambruk\n\nSUARA TIMUR, Bima (14/5/2024) - {NEWS}\n\nTidak ada korban jiwa dalam kejadian di Bima itu.\n"
    (found,) = [one for one in mask(text, "Dermaga Bolo di Bima Ambruk") if one.rule == "dateline"]
    assert text[found.start : found.end] == "SUARA TIMUR, Bima (14/5/2024) -"
    about = describe(text)
    assert (about.title, about.outlet, about.published) == ("Dermaga Bolo di Bima Ambruk", "SUARA TIMUR", date(2024, 5, 14))


def test_the_day_of_english_news_and_of_a_plan_that_fell_are_days_of_the_news():
    english = "The limit was set for the park, its head said on Monday (Dec. 2, 2024) in Labuan Bajo.\n"
    assert describe(english).published == date(2024, 12, 2)
    fallen = "Pemerintah Kota Bogor membatalkan rencana pembangunan trem, Kamis (5/9/2024), karena tidak ada dana.\n"
    assert describe(fallen).published == date(2024, 9, 5)
    ahead = "Pemerintah Kota Bogor akan menjalankan rencana pembangunan trem pada Kamis (5/9/2024) di Bogor.\n"
    assert describe(ahead).published is None


def test_names_of_newspapers_are_known_by_a_word():
    assert newsy("The Flores Mail")
    assert newsy("Lensa Kieraha")
    assert not newsy("Jawa Barat")
    assert not newsy("")
