"""What a quote carries by the letter: figures beside their words, whole dates, names in either language, denials, who did it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.verify.figures import dates, wrong_figure
from qa.answer.verify.negation import contrary, denied
from qa.answer.verify.support import unsupported
from qa.language.meaning.exonyms import same_name
from qa.language.text.roots import known_root

OPENING = "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021."
ARRIVAL = "Putin tiba 30 menit lebih dulu dari Kim dan tinggal selama 5 jam."
SATELLITE = "Pada 24 Agustus 2023, Korea Utara gagal untuk kedua kalinya, setelah percobaan pada 31 Mei 2022."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Jembatan Palu diresmikan Rahman pada 12/3/2021.", OPENING),
        ("Peresmian berlangsung 12 Maret.", OPENING),
        ("The bridge was opened on 12 March 2021.", OPENING),
        ("On March 12, 2021, Governor Rahman opened it.", OPENING),
        ("Putin datang 30 menit lebih awal.", ARRIVAL),
        ("Ia tinggal di sana 5 jam.", ARRIVAL),
        ("Kim datang sesudah Putin.", ARRIVAL),
        ("Panjangnya 1.500 meter.", "Panjangnya 1500 meter."),
        ("Dua rudal jatuh ke laut.", "Kedua rudal jatuh ke laut."),
        ("Perundingan berlangsung satu jam.", "Perundingan berlangsung sejam."),
        ("North Korea failed twice.", "Korea Utara gagal dua kali."),
        ("Salah satu cirinya adalah warna merah.", "Cirinya adalah warna merah."),
        ("Jarak kota itu 3 km.", "Kota itu 3 km jauhnya."),
        ("Kota itu dekat dari sini.", "Kota itu tidak jauh dari sini."),
        ("Kim disambut Putin di bandara.", "Putin menyambut Kim di bandara."),
        ("Kim bertemu Putin di bandara.", "Putin bertemu Kim di bandara."),
        ("Warga menolak tarif.", "Warga tidak menyetujui tarif."),
        ("Twelve people were hurt.", "The ministry said that 12 people were injured."),
        ("The driver had no licence.", "The driver did not have a licence."),
        ("Menurut laporan itu, sementara warga tidur, gempa terjadi.", "Gempa terjadi ketika warga tidur."),
        ("Moscow and Pyongyang signed it.", "Moskow dan Pyongyang menandatanganinya."),
    ],
)
def test_what_the_quote_says_in_other_words_is_not_refused(claim, quote):
    assert unsupported(claim, quote) == ""


@pytest.mark.parametrize(
    ("claim", "quote", "why"),
    [
        ("Jembatan Palu diresmikan pada 13 Maret 2021.", OPENING, "13"),
        ("Jembatan Palu diresmikan pada 12/4/2021.", OPENING, "month"),
        ("Jembatan Palu diresmikan pada 12 Maret 2022.", OPENING, "2022"),
        ("Jembatan Palu diresmikan pada Kamis.", OPENING, "kamis"),
        ("The bridge was opened on 12 April 2021.", OPENING, "april"),
        ("Percobaan gagal pada 24 Mei 2022.", SATELLITE, "day 24/5"),
        ("Percobaan gagal pada Agustus 2022.", SATELLITE, "month 8/2022"),
        ("Percobaan itu gagal untuk ketiga kalinya.", SATELLITE, "ordinal"),
        ("Putin tiba 5 menit lebih dulu.", ARRIVAL, "beside other words"),
        ("Biayanya lima juta.", "Biayanya lima miliar.", "juta"),
        ("Sutrisno meresmikan Jembatan Palu.", OPENING, "Sutrisno"),
        ("Budi meresmikan Jembatan Palu.", OPENING, "Budi"),
        ("Jembatan Palu diresmikan Siti Rahman.", OPENING, "Siti"),
        ("Kim menyambut Putin di bandara.", "Putin menyambut Kim di bandara.", "changed places"),
        ("Warga menyetujui tarif.", "Warga tidak menyetujui tarif.", "affirms 'tuju'"),
        ("Jembatan itu tidak diresmikan.", OPENING, "denies"),
        ("South Korea failed twice.", "Korea Utara gagal dua kali.", "South"),
        ("East Java exports rice to China.", "Jawa Barat mengekspor beras ke Tiongkok.", "East"),
        ("Peter said that 12 people were injured.", "The ministry said that 12 people were injured.", "Peter"),
        ("The driver had a licence.", "The driver did not have a licence.", "licence"),
        ("Jembatan Palu diresmikan Rahman setelah mendapat izin parlemen.", OPENING, "says nothing of"),
        ("Sutrisno opened the bridge.", OPENING, "Sutrisno"),
        ("The bridge was not opened on 12 March 2021.", OPENING, "denies"),
    ],
)
def test_what_the_quote_does_not_say_is_named(claim, quote, why):
    assert why in unsupported(claim, quote)


def test_dates_are_read_day_first_and_month_first():
    assert dates("Selasa (12/9/2023), 3 Mei, April 5, 2021 dan Juni 2020").days == {(12, 9), (3, 5), (5, 4)}
    assert dates("Selasa (12/9/2023), Juni 2020").years == {(9, 2023), (6, 2020)}
    assert dates("You may march on").months == frozenset()


def test_a_denial_reaches_the_words_after_it_and_not_the_clause_after_that():
    assert denied("Warga tidak menyetujui tarif tol, tetapi datang.") == [("tuju", "tarif")]
    assert denied("Ia tidak hanya datang, ia menang.") == []
    assert contrary("Warga datang.", "Warga tidak menyetujui tarif, tetapi datang.") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("North Korea's", "korea utara"),
        ("US", "amerika serikat"),
        ("Far East", "timur jauh"),
        ("Yuri", "yury borisov"),
        ("Moscow", "moskow"),
        ("Ukraine", "ukraina"),
    ],
)
def test_a_name_is_known_in_the_other_language(name, words):
    assert same_name(name, frozenset(words.split())) == ""


def test_other_names_are_not_taken_for_one_another():
    assert same_name("South Korea", frozenset({"korea", "utara"})) == "South"
    assert same_name("Putin", frozenset({"kim", "jong", "un"})) == "Putin"


def test_a_dictionary_tells_words_from_names():
    assert known_root("Jarak")
    assert known_root("Pembangunan")
    assert not known_root("Sutrisno")


TEXT = st.lists(st.sampled_from([*OPENING.split(), *ARRIVAL.split(), "tidak", "13", "Mei"]), min_size=1, max_size=12).map(
    " ".join
)


@given(TEXT)
def test_a_sentence_never_speaks_against_itself(sentence):
    assert wrong_figure(sentence, sentence) == ""
    assert contrary(sentence, sentence) == ""


@given(TEXT, st.integers(100, 10**6))
def test_a_number_that_the_quote_lacks_is_always_found(sentence, number):
    assert str(number) in wrong_figure(f"{sentence} {number} orang", sentence)
