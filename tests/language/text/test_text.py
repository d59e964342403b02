"""Words, sentences, folding, chat spelling and typing errors of Indonesian and English."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.text import correct, fold, language, normalise, question_terms, sentences, stem, terms, words
from qa.language.text.words import _forms, ascii_words, word_runs


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Budi Santoso, S.H., M.Si. hadir di Jl. Sudirman No. 5 bersama Prof. Dr. Ani.",
        "Presiden B.J. Habibie dan George W. Bush bertemu H. Ahmad dan K.H. Said.",
        "PT. Maju Jaya rugi Rp. 1.500 per tgl. 5 Mei, dsb. katanya.",
        "Pertemuan berlangsung pukul 7.09 dan 7:09, naik 3,5 persen dari 1.500 km.",
        "Roket Soyuz-2.1a membawa Aist-2D.",
        "KONTAN.CO.ID - MOSKOW. Berkunjung ke pangkalan itu.",
        "Mr. Smith of Acme Inc. met Sen. Jones vs. the U.S. Navy.",
        "Liputan6.com dan WahanaNews.co melaporkan hal itu.",
        "Ia... lalu pergi.",
        "“Kami terlambat. Kapal sudah miring,” kata nakhoda.",
        '"Rusia berjuang. Kami mendukung. Kita melawan," kata Kim melalui penerjemah.',
        'Putin berkata: "Itulah mengapa kami datang ke sini."',
        '"Apa benar?" tanya wartawan.',
        "Ia datang a.n. pemerintah.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(sentence):
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["Ia datang.", "Ia melihat.", "Ia menang!"],
        ["Beras, gula, dll.", "Namun harga naik."],
        ["He lives in the U.S.", "The end came soon."],
        ['"Oke."', "Kim pergi."],
        ["Nilainya 7,5.", "Itu cukup."],
        ["Pangkalan itu ditutup pada tahun 1993.", "Warga pindah."],
        ["Benarkah?", "Ya."],
        ["Ia diam…", "Lalu pergi."],
        ["Judul Tanpa Titik", "Kalimat pertama."],
        ["Ini vitamin C.", "Namun dosisnya kecil."],
        ["اين كانت؟", "Kami tidak tahu."],
        ['Kutipan "yang tak ditutup.', "Lalu kalimat lain.", "Dan satu lagi."],
    ],
)
def test_sentences_are_separated(parts):
    for between in (" ", "\n", "\r\n\r\n", "\xa0\n"):
        if between != " " or parts[0] != "Judul Tanpa Titik":
            assert split(between.join(parts)) == parts


def test_a_stop_without_a_space_ends_a_sentence_between_whole_words_only():
    assert split("Kata dia.Menurut polisi begitu.") == ["Kata dia.", "Menurut polisi begitu."]
    assert split("Situs Tribunnews.Com ramai.") == ["Situs Tribunnews.Com ramai."]


def test_a_quotation_that_stays_open_too_long_binds_nothing():
    text = "“Ia datang. " + "Lalu ia bicara panjang lebar. " * 60 + "Selesai.”"
    assert len(sentences(text)) > 50


def test_a_part_of_a_text_is_split_at_its_own_places():
    text = "Satu. Dua. Tiga."
    assert [text[a:b] for a, b in sentences(text, 6, 10)] == ["Dua."]
    assert sentences(text, 5, 5) == []
    assert sentences("") == []


PARTS = st.sampled_from(
    [
        "Ia datang. ",
        "Dr. ",
        "“",
        "” ",
        '"',
        " ",
        "\n",
        "\r\n",
        ".",
        "…",
        "?",
        "A.",
        "1. ",
        "x.Y",
        "\u0301",
        "\u200f",
        "\U0001f680",
        "عربي ",
        "\x00",
        "\u2028",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=60).map("".join)), st.data())
def test_sentences_cover_all_but_white_space_in_order_without_overlap(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = start
    for begin, stop in sentences(text, start, end):
        assert at <= begin < stop <= end
        assert text[at:begin].strip() == ""
        assert text[begin:stop] == text[begin:stop].strip()
        at = stop
    assert text[at:end].strip() == ""


@pytest.mark.parametrize("piece", ["“A. ", "Dr. ", ".", "A.", '"', '." ', "a.B", " ", "1. ", "- A", "… "])
def test_a_hostile_line_is_split_in_linear_time(piece):
    line = (piece * 200_000)[:200_000]
    started = time.process_time()
    sentences(line)
    assert time.process_time() - started < 4


def test_compounds_and_numbers_are_single_words_with_exact_spans():
    text = "Soyuz-2.1a, 7:09; 1.500 Rp1,5 (13/9/2023) Jong-un “Aist-2D” A.S. Jum’at dia.Lalu Liputan6.com cafe\u0301"
    found = words(text)
    assert [word for word, _, _ in found] == (
        [
            "Soyuz-2.1a",
            "7:09",
            "1.500",
            "Rp1,5",
            "13/9/2023",
            "Jong-un",
            "Aist-2D",
            "A.S.",
            "Jum’at",
            "dia",
            "Lalu",
            "Liputan6.com",
            "café",
        ]
    )
    assert all(text[start:end] == word for word, start, end in found)


@given(st.text(max_size=200))
def test_words_are_spans_in_order(text):
    at = 0
    for word, start, end in words(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == word
        at = end


def test_folding_takes_off_case_accents_and_curls():
    assert fold("“José’s” CAFÉ – ﬁn…") == '"jose\'s" cafe - fin...'
    assert fold("ABC") == "abc"
    assert fold("a\xa0b") == "a b"


@given(st.text(max_size=100))
def test_folding_is_stable_and_blind_to_composition(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert not any(unicodedata.combining(character) for character in fold(text))


def test_index_terms_hold_a_compound_whole_and_in_parts():
    assert terms("Kim Jong-un") == ["kim", "jong-un", "jong", "un"]
    assert terms("Soyuz-2.1a") == ["soyuz-2.1a", "soyuz", "2.1a"]
    assert terms("1.500 km") == ["1.500", "1500", "km"]
    assert terms("13/9/2023") == ["13/9/2023", "13", "9", "2023"]
    assert terms("Jum’at A.S. Kim's negara-negara") == ["jumat", "as", "kim", "negara-negara", "negara"]
    assert terms("") == []


@given(st.text(alphabet="aB9é’'.,:/-()\"\n _²ﬁ", max_size=30))
def test_index_terms_are_those_of_the_words_one_by_one(text):
    found = [word for word, _, _ in words(fold(text))]
    assert terms(text) == [term for word in found for term in ((word,) if word.isalnum() else _forms(word))]


def test_question_terms_drop_function_words_and_never_a_name():
    assert question_terms("Satelit apa yang diorbitkan roket Soyuz-2.1a?") == [
        "satelit",
        "diorbitkan",
        "roket",
        "soyuz-2.1a",
        "soyuz",
        "2.1a",
    ]
    assert question_terms("siapa itu Angel Di Maria") == ["angel", "di", "maria"]
    assert question_terms("what did Putin say") == ["putin", "say"]
    assert question_terms("apa itu") == ["apa", "itu"]  # nothing else is left to search for
    assert question_terms("") == []


def test_question_terms_add_roots_and_short_forms_that_the_index_has():
    known = {"luncur", "korut", "korea", "utara"}
    found = question_terms("diluncurkan korut", lambda word: word in known)
    assert found == ["diluncurkan", "korea", "utara", "luncur", "korut"]
    assert "luncur" not in question_terms("diluncurkan", lambda word: word == "diluncurkan")


def test_stems_keep_what_looks_like_a_prefix():
    assert [stem(word) for word in ("menteri", "Pertemuan", "diluncurkan", "Vostochny", "1993", "di")] == (
        ["menteri", "temu", "luncur", "vostochny", "1993", "di"]
    )


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("knp kim dtg ke rusia", "mengapa kim datang ke rusia"),
        ("SIAPA SIH SHOYGU??", "siapa shoygu?"),
        ("kenapaaa putin ketemu kim dong?", "mengapa putin bertemu kim?"),
        ("dmn kosmodrom vostochny??", "di mana kosmodrom vostochny?"),
        ("Siapakah Presiden Rusia?", "Siapa Presiden Rusia?"),
        ("kok bisa gagal sih satelitnya", "mengapa bisa gagal satelitnya"),
        ("brp negara2 yg ikut", "berapa negara-negara yang ikut"),
        ("gmn hub rusia dgn korut", "bagaimana hubungan rusia dengan Korea Utara"),
        ("whats the satellite u launched", "what is the satellite you launched"),
        ("wht did putin say abt it", "what did putin say about it"),
    ],
)
def test_chat_spelling_becomes_print(asked, meant):
    assert normalise(asked) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Apa yang terjadi pada 28 April 2016?",
        "Apakah Amerika Serikat khawatir?",
        "Apa kata Kim Dong-il di AS?",
        "KPK?",
        "Apa itu NATO?",
        "Siapa Raja Charles III?",
        "Why did Kim Jong Un visit Russia?",
        "What is Soyuz-2.1a?",
        "",
    ],
)
def test_a_question_in_print_stays_as_it_is(question):
    assert normalise(question) == question


@given(st.text(max_size=120))
def test_normalising_any_text_works_and_leaves_something(text):
    out = normalise(text)
    assert bool(out.strip()) == bool(text.strip())


VOCABULARY = {
    "kosmodrom": 5,
    "rusia": 9,
    "vostochny": 4,
    "shoigu": 2,
    "pemimpin": 3,
    "satelit": 6,
    "putin": 9,
    "roket": 4,
    "roke": 1,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kosmodrm", "kosmodrom"),
        ("kosmodorm", "kosmodrom"),
        ("shoygu", "shoigu"),
        ("pmimpn", "pemimpin"),
        ("Vostocny", "vostochny"),
        ("ruusia", "rusia"),
        ("putni", "putin"),
    ],
)
def test_a_typing_error_becomes_the_word_of_the_corpus(typed, meant):
    assert correct(typed, VOCABULARY) == meant


@pytest.mark.parametrize("word", ["roket", "Rusia", "kota", "1234", "2.1a", "rus", "dengan", "which", "husia", "", "kosmetik"])
def test_a_known_short_far_or_function_word_is_never_changed(word):
    assert correct(word, VOCABULARY) == word


def test_of_equally_near_words_the_commoner_one_is_meant():
    assert correct("rokex", VOCABULARY) == "roket"
    assert correct("baqat", {"darat": 9, "babat": 1, "bakat": 3}) == "bakat"


@given(st.text(alphabet="abkorst", min_size=4, max_size=10))
def test_a_correction_is_a_known_word_within_the_allowed_distance_or_the_word(word):
    from rapidfuzz.distance import OSA

    out = correct(word, VOCABULARY)
    if out != word:
        near = OSA.distance(word, out) <= (2 if len(word) >= 8 else 1)
        voweled = [c for c in out if c not in "aeiou"] == [c for c in word if c not in "aeiou"]
        assert out in VOCABULARY
        assert near or voweled


def test_a_large_vocabulary_is_searched_quickly():
    vocabulary = {"".join(chr(97 + (n // 26**k + k) % 26) for k in range(7)): n for n in range(100_000)}
    correct("bcdefgz", vocabulary)
    started = time.process_time()
    for n in range(20):
        correct(f"qzxw{chr(97 + n)}jk", vocabulary)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Siapa Shoigu?", "id"),
        ("who is Shoigu", "en"),
        ("knp kim ke rusia", "id"),
        ("whats vostochny", "en"),
        ("Vostochny", "id"),
        ("", "id"),
        ("When did the Soyuz launch?", "en"),
        ("Kapan roket Soyuz diluncurkan?", "id"),
        ("Did Putin meet Kim?", "en"),
        ("Berapa lama pertemuan The Guardian?", "id"),
    ],
)
def test_the_language_of_a_short_question_is_identified(text, code):
    assert language(text) == code


@given(st.text())
def test_word_runs_are_those_of_the_pattern(body):
    assert word_runs(body) == re.findall(r"\w+", body)


@given(st.text())
def test_ascii_words_are_the_runs_of_small_letters(body):
    assert ascii_words(body) == re.findall("[a-z]+", body.lower())
