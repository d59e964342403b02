from __future__ import annotations

from qa.corpus.entities.local import key_of, named


def forms(text, **more):
    return {one.name: dict(one.forms) for one in named(text, **more)}


def test_a_surname_after_a_full_name_is_that_person():
    found = forms('Menteri Rina Handoko datang. "Ya," kata Rina. Menurut Handoko, hujan reda.')
    assert found == {"Rina Handoko": {"Rina Handoko": 1, "Rina": 1, "Handoko": 1}}


def test_a_form_of_two_people_is_left_open():
    found = forms('Saksi Budi Santoso dan hakim Budi Hartono hadir. "Ya," kata Budi.')
    assert set(found) == {"Budi Santoso", "Budi Hartono"}
    assert all("Budi" not in counts for counts in found.values())


def test_a_husbands_name_is_not_his_wife():
    found = forms("Ibu Negara Iriana Joko Widodo menyapa warga. Presiden Joko Widodo menyusul. Kata Joko Widodo, ia senang.")
    assert found["Joko Widodo"] == {"Joko Widodo": 2}
    assert "Iriana Joko Widodo" in found


def test_a_place_is_no_part_of_a_persons_name():
    found = forms('Bupati Karawang Dewi Anggraini hadir di Karawang. "Aman," kata Dewi Anggraini. Menurut Dewi, ya.')
    assert found["Dewi Anggraini"]["Dewi"] == 1
    assert found["Karawang"] == {"Karawang": 1}


def test_a_bridge_is_not_who_it_is_called_after():
    found = forms("Jembatan Rina Handoko dibuka di Solo. Menteri Rina Handoko hadir. Kata Rina Handoko, bagus.")
    assert found["Jembatan Rina Handoko"] == {"Jembatan Rina Handoko": 1}


def test_another_office_is_another_person():
    found = forms('Presiden Joko Widodo hadir. "Ya," kata Ketua Widodo. Menurut Widodo, ya.')
    assert found == {"Joko Widodo": {"Joko Widodo": 1}}


def test_explained_and_coined_forms_belong_to_what_they_stand_for():
    (kpk,) = named("Komisi Pemberantasan Korupsi (KPK) hadir. Menurut KPK, ya.")
    assert kpk.short == ("KPK",)
    assert dict(kpk.forms)["KPK"] == 2
    found = forms("Rombongan dari Korea Utara tiba. Lalu pasukan di Korut diam.")
    assert found["Korea Utara"] == {"Korea Utara": 1, "Korut": 1}


def test_what_is_masked_names_nobody():
    text = "Foto: Rina Handoko\nMenteri Budi Santoso hadir."
    assert set(forms(text, masks=[(0, len("Foto: Rina Handoko"))])) == {"Budi Santoso"}


def test_keys_fold_spelling_and_keep_acronyms():
    assert key_of("Ma’ruf Amin") == key_of("KH Maruf Amin")
    assert key_of("KIM") != key_of("Kim")
