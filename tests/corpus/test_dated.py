"""The dated sentences of an article, and the line of text that keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from qa.corpus.dated import dated_sentences, packed, unpacked
from qa.language.time.moments import moments
from qa.schema import Article, Mask

TEXT = (
    "Jembatan Linden diresmikan pada 12 Maret 2021. Panjangnya 94 meter. Dua hari kemudian jembatan itu retak. "
    "Baca juga: Jembatan ambruk pada 2019. Warga memakainya sejak Juli lalu."
)


def article(text=TEXT, *masked):
    masks = tuple(Mask(start=text.index(words), end=text.index(words) + len(words), rule="read-also") for words in masked)
    return Article(id="a", text=text, source="a.txt", sha256="", published=date(2021, 9, 1), masks=masks)


def test_each_sentence_with_a_time_is_given_with_its_days_and_its_neighbours():
    found = dated_sentences(article(TEXT, "Baca juga: Jembatan ambruk pada 2019."))
    assert [(one.moments[0].first, TEXT[one.start : one.end].split(maxsplit=1)[0]) for one in found] == [
        (date(2021, 3, 12), "Jembatan"),
        (date(2021, 3, 14), "Dua"),
        (date(2021, 7, 1), "Warga"),
    ]
    first, second, last = found
    assert first.before is None
    assert TEXT[slice(*first.after)] == TEXT[slice(*second.before)] == "Panjangnya 94 meter."
    assert TEXT[slice(*last.before)] == "Dua hari kemudian jembatan itu retak."
    assert last.after is None


def test_a_stretch_counted_back_from_today_is_no_event():
    assert dated_sentences(article("Jembatan itu ramai dalam tiga bulan terakhir.")) == ()


def test_what_was_packed_comes_back_and_nothing_makes_an_empty_line():
    found = dated_sentences(article())
    assert unpacked(packed(found), TEXT) == found
    assert (packed(()), unpacked("", TEXT)) == ("", ())


@pytest.mark.parametrize(
    "told",
    ["12 Okt", "pada 4-5 Juni", "13/9/2023", "era 90-an", "H-3 Lebaran", "17 Ramadan 1444 H", "HUT ke-78 RI", "kemarin", "New Year's Eve",
     "1.2.2023", "1990s", "H+2 Lebaran", "3 - 5 Juni", "1 Januari 1350", "last Friday", "keesokan harinya", "pada abad ke-19", "Jumat Agung 2024", "Sabtu"],
)  # fmt: skip
def test_no_time_is_passed_over_by_the_quick_look(told):
    text = f"Pada 2 Mei 2020 hujan turun. Warga berkumpul {told} di desa."
    inside = [one for one in moments(text, date(2023, 9, 14)) if one.start > 28 and one.precision != "century"]
    found = [one for each in dated_sentences(article(text)) for one in each.moments if one.start > 28]
    assert len(found) == len(inside)
