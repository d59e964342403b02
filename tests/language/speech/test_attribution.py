from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.clean import masked
from qa.corpus.reading.read import read
from qa.language.annotate.people import parted
from qa.language.speech.attribution import quotations
from qa.language.speech.quote_marks import paired
from qa.language.speech.speaker_phrase import speaker_phrase

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def told(text, **more):
    return [(one.speaker, text[one.start : one.end]) for one in quotations(text, **more)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '"Jalan ini selesai Mei," kata Kepala Dinas PUPR Tono Wiguna di Bekasi, Senin (3/4/2023).',
            [("Tono Wiguna", "Jalan ini selesai Mei")],
        ),
        (
            'Direktur Utama PT Laut Biru, Maria Lestaluhu, menjawab, "Kami akan mengganti kerugian itu."',
            [("Maria Lestaluhu", "Kami akan mengganti kerugian itu.")],
        ),
        (
            '"Kami tidak tahu sebabnya," ujar seorang warga. "Api tiba-tiba besar sekali."',
            [("seorang warga", "Kami tidak tahu sebabnya"), ("seorang warga", "Api tiba-tiba besar sekali.")],
        ),
        (
            'Gubernur Rina Handoko datang ke lokasi. "Bantuan tiba besok pagi," katanya.',
            [("Rina Handoko", "Bantuan tiba besok pagi")],
        ),
        (
            "Menurut Rina Handoko, jembatan itu dibangun pada 1990.",
            [("Rina Handoko", "jembatan itu dibangun pada 1990")],
        ),
        (
            "Sebelumnya, kata Budiman Arsyad, perusahaan akan membayar denda itu.",
            [("Budiman Arsyad", "Sebelumnya, kata Budiman Arsyad, perusahaan akan membayar denda itu")],
        ),
        (
            '"The bridge will open in May," said Mayor Anna Kowalski. "We are ready for it," she added.',
            [("Anna Kowalski", "The bridge will open in May"), ("Anna Kowalski", "We are ready for it")],
        ),
        ('Film "Laut Bercerita" diputar di Bandung pada hari Minggu.', []),
        ("Baik Moskow maupun Pyongyang belum menyatakan niat untuk menandatangani perjanjian.", []),
        ('Komika Wahyu Sardono tampil malam itu. "', []),
    ],
)
def test_what_is_said_is_given_to_who_said_it(text, wanted):
    assert told(text) == wanted


def test_a_pronoun_is_the_speaker_named_before_and_not_an_institution_or_the_one_after():
    text = (
        "Kapolres Depok Kombes Arif Sutanto mengatakan dua orang ditangkap tadi malam.\n"
        "Polda Metro Jaya menambah pasukan.\n"
        '"Kami masih mencari yang lain," ujarnya.\n'
        '"Saya melihat mereka lari ke sawah," kata Siti Rohaya, pemilik warung.'
    )
    assert [speaker for speaker, _ in told(text)] == ["Arif Sutanto", "Arif Sutanto", "Siti Rohaya"]


def test_a_short_form_gets_the_full_name_and_the_office_of_the_article():
    text = 'Bupati Karawang Dewi Anggraini membuka pasar. "Pasar ini untuk warga kecil," kata Dewi kepada pers.'
    (one,) = quotations(text)
    assert (one.speaker, one.role, one.verb, one.direct, one.named) == ("Dewi Anggraini", "Bupati Karawang", "kata", True, True)


def test_a_description_stands_for_who_was_spoken_of():
    text = 'Carlo Ancelotti kecewa. "Ini buruk sekali bagi kami," sebut Ancelotti. "Kami pulang besok pagi," kata pelatih asal Italia itu.'
    assert {speaker for speaker, _ in told(text)} == {"Carlo Ancelotti"}


def test_a_chain_of_sources_is_kept_with_the_quotation():
    text = '"Hal ini wajar di antara tetangga," ujar Dmitry Peskov seperti dilansir The Guardian yang mengutip Reuters.'
    (one,) = quotations(text)
    assert (one.speaker, one.via) == ("Dmitry Peskov", "Reuters")


def test_what_is_masked_says_nothing():
    text = 'Baca juga: "Kami menang telak," kata Anton Wibowo.\nHujan turun di Bogor.'
    assert told(text, masks=[(0, text.index("\n"))]) == []


def test_the_headline_may_name_who_speaks_first():
    text = '"Privasi saya sudah hilang," katanya dalam sebuah wawancara.'
    assert told(text, title="Harga Ketenaran, Ronaldo: Privasi Saya Telah Hilang") == [("Ronaldo", "Privasi saya sudah hilang")]


def test_each_seed_gives_its_words_to_who_said_them():
    said = {}
    for article in masked(read([SEEDS], max_bytes=10**6, on_skip=print)):
        for one in quotations(article.text, [(mask.start, mask.end) for mask in article.masks], title=article.title):
            said[article.text[one.start : one.end][:28]] = one.speaker
    for start, speaker in {
        "Itulah mengapa kami datang": "Vladimir Putin",
        "Rusia telah memperoleh": None,
        "Itu sebabnya kami datang": "Vladimir Putin",
        "Rusia telah melakukan perjua": "Kim Jong Un",
        "Kemampuan pemantauan dan": "Kepala Staf Gabungan Militer Korea Selatan",
        "Terima kasih telah mengundan": "Kim Jong Un",
        "Senang bertemu Anda.": "Vladimir Putin",
        "Ini adalah kosmodrom baru": "Vladimir Putin",
        "Kami akan membahas semua": "Vladimir Putin",
        "Sebagai tetangga, negara": "Dmitry Peskov",
        "Kami akan selalu berdiri": "Kim Jong Un",
        "Rusia telah bangkit untuk": "Kim Jong Un",
        "Kami bangga dengan": "Vladimir Putin",
    }.items():
        found = [who for words, who in said.items() if words.startswith(start)]
        assert found == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("phrase", "role", "name"),
    [
        ("Ketua Majelis Hakim Rita Elsy", "Ketua Majelis Hakim", "Rita Elsy"),
        (
            "Kepala Bidang Destinasi di Dinas Pariwisata, Dudung Cahyadi",
            "Kepala Bidang Destinasi di Dinas Pariwisata",
            "Dudung Cahyadi",
        ),
        ("Suratman, Kepala Seksi Data", "Kepala Seksi Data", "Suratman"),
        ("juru bicara Kremlin Dmitry Peskov", "juru bicara Kremlin", "Dmitry Peskov"),
        ("Kepala Pusat Kesehatan Haji Dr dr Eka Jusuf Singka, MSc", "Kepala Pusat Kesehatan Haji Dr dr", "Eka Jusuf Singka"),
        ("seorang warga", "seorang warga", ""),
    ],
)
def test_office_and_name_are_parted(phrase, role, name):
    assert parted(phrase) == (role, name)


@pytest.mark.parametrize(
    ("rest", "phrase"),
    [
        ("Anton Wibowo saat dihubungi, Rabu (3/4).", "Anton Wibowo"),
        ("Dantim Bravo Basarnas, Fani di Koba, Minggu (15/9/2019)", "Dantim Bravo Basarnas, Fani"),
        ("Direktur Hulu Pertamina Dharmawan H. Samsu, saat konferensi", "Direktur Hulu Pertamina Dharmawan H. Samsu"),
        ("dia, Senin.", "dia"),
    ],
)
def test_a_speakers_words_end_where_the_rest_of_the_sentence_begins(rest, phrase):
    assert speaker_phrase(rest) == phrase


def test_marks_are_paired_where_desks_leave_some_out():
    text = 'Ia berkata "satu dua".\n"Tiga empat lima.\n"Enam tujuh," kata dia. (TP4)\n" ujar Ani.'
    assert [text[start:end] for start, end in paired(text)] == ["satu dua", "Tiga empat lima.", "Enam tujuh"]


@given(st.text(alphabet='ab AB."“”,\nkatauj:', max_size=200))
def test_whatever_is_written_quotations_are_spans_in_order(text):
    found = quotations(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    spans = paired(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
