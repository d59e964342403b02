"""What "apakah" opens: a question of yes or no, or one that names what it wants."""

from __future__ import annotations

import pytest

from qa.language.kinds import asked
from qa.language.predicates import only_named

NAMED = """Apakah bahasa resmi yang digunakan di Kesultanan Wirasaba?
Apakah gejala demam rawa?
Apakah penginapan terbaik di lereng Gunung Sewu?
Apakah negara yang pertama berhasil menguji roket air?
Apakah jembatan yang diresmikan Gubernur Rahman pada 2021?
Apakah nama kapal yang karam di Donggala?
Apakah yang dibahas kedua wali kota?
Apakah itu batuk kapur?
Apakah dampak banjir itu bagi petani garam?
Apakah hadiah bupati untuk pemenang lomba?
Apakah bahan bakar yang harganya turun dari Rp 5.700 menjadi Rp 5.200?
apakah ibu kota Wirasaba
Apakah kepanjangan PDK?
Apakah jenis mesin kapal Sinar Laut?
Apakah instruksi bupati kepada camat terkait banjir?
Apakah tarian khas Wirasaba?""".splitlines()

SAID = """Apakah harga beras naik?
Apakah bahasa Wirasaba digunakan di sekolah?
Apakah hasil tes menunjukkan air itu tercemar?
Apakah perusahaan itu bangkrut?
Apakah program ini gratis?
Apakah film itu sudah tayang?
Apakah jabatan Rahman dicopot?
Apakah Rahman gubernur termuda?
Apakah yanti pemain terbaik liga?
Apakah kecelakaan itu disengaja?
Apakah pembagian masker ini untuk mengurangi penyakit?
Apakah peresmian jembatan di Palu?
Apakah ada korban jiwa?
Apakah dia akan datang?
Apakah itu benar?
Apakah presiden datang?
Apakah bahan yang dipakai membahayakan warga?
Apakah jumlah surat yang masuk sebenarnya lebih banyak?
Apakah pengunjuk rasa yang ricuh di Palu menyetujui tarif baru?
Apakah udara langsung cerah setelah hujan?
Menurut Rahman, apakah jembatan itu aman?
Apakah bahasa Wirasaba wajib di sekolah?""".splitlines()


@pytest.mark.parametrize("question", NAMED)
def test_a_noun_phrase_alone_asks_what_fills_it(question):
    assert only_named(question)
    assert asked(question, "id").kind == "what"


@pytest.mark.parametrize("question", SAID)
def test_what_is_said_of_something_may_be_true_or_not(question):
    assert not only_named(question)
    assert asked(question, "id").kind == "yes_no"


@pytest.mark.parametrize("question", ["Siapa yang datang?", "Apakah?", "Apakah 12 orang?", "", "apakah"])
def test_other_questions_are_none_of_its_business(question):
    assert not only_named(question)
