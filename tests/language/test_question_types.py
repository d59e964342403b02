"""The table of question types: each row is the first that matches its example, and every name of a pattern is used."""

from __future__ import annotations

import re

import pytest

from qa.language import lists
from qa.language.question import question_types as kinds

ROWS = lists.table("question_types").rows
RULES = [row for row in ROWS if row[2] not in {"name", "speaker"}]


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_example_of_a_row_is_decided_by_that_row(row):
    language, _, kind, _, example = row
    place = [rule for rule in ROWS if rule[0] == language].index(row)
    pattern = kinds._rows(language)[place][1]
    wanted = kinds.asked(example, language)
    assert wanted.kind == kind
    assert wanted.interrogative == pattern.search(example).group()


@pytest.mark.parametrize("row", [row for row in ROWS if row[2] == "speaker"], ids=lambda row: f"{row[0]} {row[1]}")
def test_the_example_of_a_speaker_row_names_one(row):
    language, _, _, _, example = row
    assert kinds.asked(example, language).speaker


def test_every_name_of_a_pattern_is_used():
    patterns = " ".join(row[3] for row in ROWS)
    assert {row[1] for row in ROWS if row[2] == "name"} == set(re.findall(r"<([A-Z]+)>", patterns))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Apakah Rossi lancar saja di sesi latihan?", "yes_no"),
        ("Apakah korban tewas itu perempuan?", "yes_no"),
        ("Apakah nama itu sudah diumumkan?", "yes_no"),
        ("Apakah ibu kota Jepang?", "what"),
        ("Apakah Kim naik pesawat atau kereta?", "what"),
        ("Apakah Kim datang atau tidak?", "yes_no"),
    ],
)
def test_apakah_asks_whether_something_is_so_unless_it_asks_for_a_named_thing_or_one_of_two(question, kind):
    assert kinds.asked(question, "id").kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "Apakah nama kapsul yang diawaki oleh Sari?",
        "Apakah nama roket yang gagal diluncurkan pada Agustus?",
        "Apakah nama klub yang berhasil menjuarai liga itu?",
        "Apakah nama kapal yang digunakan bupati saat tiba di Palu?",
        "Apakah nama lain Palu?",
        "Apakah yang dimaksud dengan longsor?",
        "apakah yang di maksud dengan longsor?",
        "Apakah judul film yang dibintangi Sari?",
        "Apakah jabatan Sari ketika gempa terjadi?",
        "Apakah profesi Sari sebelum menjadi bupati?",
        "Apakah isi surat yang dikirim Sari kepada bupati?",
        "Apakah badan yang mengawasi pelabuhan Palu?",
        "Apakah stadion terbesar di Palu?",
        "Apakah album pertama Sari?",
        "Apakah sistem yang digunakan dalam pemilu itu?",
        "Apakah hasil rapat menteri itu?",
        "Apa hal pertama yang harus dikerjakan?",
    ],
)
def test_a_noun_that_wants_a_value_and_has_no_predicate_asks_for_the_value(question):
    assert kinds.asked(question, "id").kind == "what"


@pytest.mark.parametrize(
    "question",
    [
        "Apakah penyebab kapal itu tenggelam?",
        "Apakah tujuan bupati datang ke Palu?",
        "Apakah alasan pemerintah menaikkan tarif?",
        "Apakah penyebabnya?",
    ],
)
def test_a_noun_of_reason_with_the_clause_that_it_explains_asks_why(question):
    assert kinds.asked(question, "id").kind == "why"


@pytest.mark.parametrize(
    "question",
    [
        "Apakah nama kapal itu Aurora?",
        "Apakah banyak anak yang menjadi korban saat kereta keluar rel?",
        "Apakah ketiga pejabat yang mendaftar semuanya dosen?",
        "Apakah nama kapsul yang hilang itu sudah diumumkan?",
        "Apakah roket yang gagal diluncurkan itu sudah ditemukan?",
        "Apakah nama kapal baru sudah diumumkan?",
        "Apakah penyebabnya korsleting?",
        "Apakah penyebab kebakaran langsung diketahui?",
        "Apakah alasan bupati mundur dari rapat sudah terungkap?",
        "Apakah tujuan rapat tercapai?",
        "Apakah hasil rapat itu memuaskan?",
        "Apakah target pajak Palu paling rendah di antara kota?",
        "Apakah yang hadir hanya pejabat?",
        "Apakah yang ambruk itu tembok?",
        "Apakah polisi yang sedang berjaga menyelamatkan dua anak?",
        "Apakah gudang yang terbakar sampai runtuh?",
        "Apakah majikan yang memukul Sari sudah ditahan?",
        "Apakah ada warga yang terluka?",
        "Apakah Sari menjelaskan kenapa tarif naik?",
        "Apakah bupati merinci apa saja yang dikeluhkan warga?",
        "Apa warga yang mengungsi sudah pulang?",
    ],
)
def test_a_noun_with_a_predicate_asks_whether_it_is_so(question):
    assert kinds.asked(question, "id").kind == "yes_no"
