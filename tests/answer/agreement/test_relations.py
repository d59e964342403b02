"""Two values of one question: same, of different things, an update, a contradiction."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.agreement.quantities import quantities
from qa.answer.agreement.relations import Assertion, related, same
from qa.answer.agreement.values import ContentWords, Days, Polar, TimeOfDay

MAY = date(2024, 5, 3)
NEXT = date(2024, 5, 4)


def amount(text):
    return quantities(text)[0]


def told(sentence, *, day=MAY, title=""):
    found = amount(sentence)
    return Assertion(value=found, sentence=sentence, at=found.start, title=title, published=day)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2,4 kilometer", "2.400 meter"),
        ("14 hari", "dua pekan"),
        ("satu setengah bulan", "45 hari"),
        ("sekitar 2.300 jiwa", "2.287 jiwa"),
        ("18 ribu penonton", "18.214 orang"),
        ("dua puluh tiga spesies", "23 spesies"),
        ("lebih dari lima jam", "lima jam 30 menit"),
        ("antara 2.500 dan 3.500 meter", "3 kilometer"),
        ("Rp 8 miliar", "8.000 juta rupiah"),
        ("5.400 ton", "sekitar lima ribu ton"),
        ("lebih dari 300 utusan", "312 utusan"),
    ],
)
def test_words_units_roundings_and_ranges_are_the_same(one, other):
    assert same(amount(one), amount(other))
    assert same(amount(other), amount(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("enam orang", "sembilan orang"),
        ("magnitudo 5,6", "magnitudo 6,1"),
        ("Rp 1,2 triliun", "Rp 1,7 triliun"),
        ("sekitar 11 meter", "14 meter"),
        ("Rp 14.500", "Rp 14.900"),
        ("tujuh tahun", "sembilan tahun"),
        ("450 kios", "540 kios"),
    ],
)
def test_other_amounts_are_not(one, other):
    assert same(amount(one), amount(other)) is False


@pytest.mark.parametrize(("one", "other"), [("11 meter", "20 ton"), ("Rp 10 juta", "US$ 10 juta"), ("88 rumah", "22 orang")])
def test_metres_and_tons_and_two_currencies_cannot_be_compared(one, other):
    assert same(amount(one), amount(other)) is None


def test_days_are_the_same_where_they_touch_and_clocks_within_minutes():
    month = Days(first=date(2022, 5, 1), last=date(2022, 5, 31))
    assert same(month, Days(first=date(2022, 5, 17), last=date(2022, 5, 17)))
    assert same(month, Days(first=date(2022, 6, 1), last=date(2022, 6, 1))) is False
    assert same(TimeOfDay(minutes=375), TimeOfDay(minutes=380))
    assert same(TimeOfDay(minutes=375), TimeOfDay(minutes=460)) is False
    assert same(TimeOfDay(minutes=429, zone="waktu moskow"), TimeOfDay(minutes=669, zone="wib")) is None
    assert same(Polar(yes=True), Polar(yes=False)) is False


def test_names_are_the_same_in_full_and_in_short_and_a_name_is_no_account():
    full, short = ContentWords(terms=("ari", "wibisono"), named=True), ContentWords(terms=("wibisono",), named=True)
    assert same(full, short)
    assert same(ContentWords(terms=("amerika", "serikat"), named=True), ContentWords(terms=("as",), named=True))
    assert same(full, ContentWords(terms=("dian", "anggraini"), named=True)) is False
    assert same(full, ContentWords(terms=("kepala", "dinas"), named=False)) is None


def test_a_later_figure_of_a_tally_updates_and_two_of_one_day_contradict():
    asked = "Berapa orang tewas dalam banjir?"
    first = told("Enam orang tewas dalam banjir.")
    assert related(asked, first, told("Korban bertambah menjadi sembilan orang.", day=NEXT))[0] == "update"
    assert related(asked, first, told("Sembilan orang tewas.", day=NEXT))[0] == "update"
    assert related(asked, first, told("Sembilan orang tewas."))[0] == "contradict"


def test_what_does_not_grow_contradicts_on_another_day_too():
    asked = "Berapa biaya jembatan itu?"
    assert related(asked, told("Biayanya Rp 2 miliar."), told("Biayanya Rp 3 miliar.", day=NEXT))[0] == "contradict"


def test_another_place_and_another_day_are_reported_as_scope():
    asked = "Berapa kasus demam berdarah?"
    relation = related(asked, told("Kota Bima mencatat 84 kasus."), told("Provinsi Jaya mencatat 1.310 kasus."))
    assert relation == ("scope", "Kota Bima", "Provinsi Jaya")
    relation = related(
        "Berapa harga beras?", told("Harga pada Senin (11/3/2024) Rp 14.500."), told("Harga pada Selasa (12/3/2024) Rp 14.900.")
    )
    assert (relation[0], relation[1][:5], relation[2][:6]) == ("scope", "Senin", "Selasa")


def test_a_figure_counted_up_to_a_day_is_no_figure_of_that_day():
    asked = "Berapa luas lahan yang terbakar?"
    first = told("Api menghanguskan 200 hektare sampai Rabu (1/5/2024).")
    assert related(asked, first, told("Pada Jumat (3/5/2024) api menghanguskan 650 hektare."))[0] == "contradict"
