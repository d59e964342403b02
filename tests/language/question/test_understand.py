"""question -> Query, in written and spoken Indonesian and in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.annotate.names import names
from qa.language.question.question_types import asked
from qa.language.question.understand import understand
from qa.schema import KINDS

VOCABULARY = dict.fromkeys(
    """kosmodrom vostochny shoigu putin kim rusia korea utara satelit rudal roket diluncurkan meluncurkan gubernur banjir datang
    kereta menteri pertahanan sergey bertemu pukul moskow jatuh""".split(),
    2,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Siapa gubernur yang meninjau lokasi banjir?", "who"),
        ("Gubernur ditemani siapa?", "who"),
        ("Siapakah yang membuka pameran itu?", "who"),
        ("Siapa saja yang hadir?", "list"),
        ("emang kapalnya udah pernah sukses?", "yes_no"),
        ("memang apa yang terjadi?", "what"),
        ("Lina Kusuma itu siapa?", "who"),
        ("Negara mana saja yang ikut?", "list"),
        ("Sebutkan tiga kota yang banjir", "list"),
        ("Kapan jembatan itu diresmikan?", "when"),
        ("Sejak kapan tarif tol naik?", "when"),
        ("Jembatan itu diresmikan tahun berapa?", "when"),
        ("Jam berapa kereta berangkat?", "when"),
        ("Pada tanggal berapa gempa terjadi?", "when"),
        ("Berapa jam perjalanan itu?", "how_long"),
        ("Berapa lama rapat berlangsung?", "how_long"),
        ("Rapatnya berapa lama?", "how_long"),
        ("Berapa kali ia gagal?", "how_many"),
        ("Berapa persen inflasi Agustus?", "how_many"),
        ("Korbannya berapa?", "how_many"),
        ("Di mana rapat digelar?", "where"),
        ("rudalnya jatuh di mana?", "where"),
        ("Di kota mana ia lahir?", "where"),
        ("Dari mana rombongan berangkat?", "where"),
        ("Negara apa yang menolak?", "where"),
        ("Mengapa harga beras naik?", "why"),
        ("Apa alasan pemerintah menaikkan tarif?", "why"),
        ("Apa yang menyebabkan banjir?", "why"),
        ("Untuk apa dana itu dipakai?", "why"),
        ("Bagaimana korban diselamatkan?", "how"),
        ("Kim tiba naik apa?", "how"),
        ("Apa kata gubernur soal banjir?", "said"),
        ("Apa yang dikatakan menteri kepada wartawan?", "said"),
        ("Apa yang gubernur katakan?", "said"),
        ("Menteri mengatakan apa?", "said"),
        ("Apa jawaban Putin ketika ditanya apakah Rusia akan membantu?", "said"),
        ("Bagaimana tanggapan polisi?", "said"),
        ("Apakah gubernur datang?", "yes_no"),
        ("Benarkah jembatan itu runtuh?", "yes_no"),
        ("Apa gubernur sudah datang?", "yes_no"),
        ("Gubernur datang atau tidak?", "yes_no"),
        ("Apakah penyebab banjir?", "why"),
        ("Apakah nama kapal itu?", "what"),
        ("Roket apa yang membawa satelit itu?", "what"),
        ("Apa itu inflasi?", "what"),
    ],
)
def test_the_kind_of_an_indonesian_question(question: str, kind: str) -> None:
    assert asked(question, "id").kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who opened the exhibition?", "who"),
        ("When did the bridge collapse?", "when"),
        ("What year was it built?", "when"),
        ("Where did the missiles land?", "where"),
        ("Which city was flooded?", "where"),
        ("How many people died?", "how_many"),
        ("How long did the talks last?", "how_long"),
        ("How did he arrive?", "how"),
        ("Why did prices rise?", "why"),
        ("What was the reason for the delay?", "why"),
        ("What did the governor say about the flood?", "said"),
        ("How did the minister respond?", "said"),
        ("What was the governor's answer?", "said"),
        ("Did the governor come?", "yes_no"),
        ("Is the bridge closed?", "yes_no"),
        ("List the countries that took part", "list"),
        ("Which rocket carried the satellite?", "what"),
    ],
)
def test_the_kind_of_an_english_question(question: str, kind: str) -> None:
    assert asked(question, "en").kind == kind


@pytest.mark.parametrize(
    ("question", "language", "speaker"),
    [
        ("Apa kata Anies Baswedan soal banjir?", "id", "Anies Baswedan"),
        ("Menurut Dmitry Peskov, berapa lama rapat itu?", "id", "Dmitry Peskov"),
        ("Apa jawaban Putin ketika ditanya wartawan?", "id", "Putin"),
        ("What did Joko Widodo say about it?", "en", "Joko Widodo"),
        ("According to Peskov, how long was it?", "en", "Peskov"),
        ("Siapa yang datang?", "id", ""),
    ],
)
def test_the_speaker_asked_for(question: str, language: str, speaker: str) -> None:
    assert asked(question, language).speaker == speaker  # type: ignore[arg-type]


def test_slang_typing_errors_and_shouting_are_mended() -> None:
    assert understand("knp kim dtg ke rusia", vocabulary=VOCABULARY).text == "mengapa kim datang ke rusia"
    assert "kosmodrom" in understand("kosmodrm vostochny dimana", vocabulary=VOCABULARY).text
    shouted = understand("SIAPA SIH SHOYGU??", vocabulary=VOCABULARY)
    assert (shouted.kind, "shoigu" in shouted.text) == ("who", True)


def test_words_and_names_that_the_corpus_or_the_language_has_are_never_changed() -> None:
    assert understand("Kapan Putin bertemu Kim?", vocabulary=VOCABULARY).text == "Kapan Putin bertemu Kim?"
    assert understand("Berapa kereto?", vocabulary=VOCABULARY).text == "Berapa kereta?"
    assert understand("Berapa kereto?", vocabulary=VOCABULARY, known={"kereto"}).text == "Berapa kereto?"


def test_a_short_name_that_no_article_has_is_no_slip_of_an_everyday_word() -> None:
    words = {"gunung": 9, "lalu": 50, "rasa": 20, "kebakaran": 4, "pernikahan": 3, "presiden": 9}
    assert understand("Ceritakan tentang kebakaran di Gunung Lawu", vocabulary=words).text.endswith("Gunung Lawu")
    assert understand("Kapan pernikahan Raisa?", vocabulary=words).text == "Kapan pernikahan Raisa?"
    assert understand("Siapa Presidn itu?", vocabulary=words).text == "Siapa Presiden itu?", "longer ones are mended as before"


def test_english_words_are_not_turned_into_indonesian_ones() -> None:
    assert understand("When did the rocket fall?", vocabulary=VOCABULARY).text == "When did the rocket fall?"


def test_the_question_as_asked_is_kept() -> None:
    assert understand("  knp  kim dtg ", vocabulary=VOCABULARY).standalone == "knp kim dtg"


def test_names_are_found_by_capitals_and_by_what_the_corpus_writes_with_capitals() -> None:
    assert understand("Kapan Menteri Sergey Shoigu datang?", vocabulary=None).names == ("Menteri Sergey Shoigu",)
    assert understand("kapan sergey shoigu datang?", vocabulary=VOCABULARY, proper={"sergey", "shoigu"}).names == (
        "sergey shoigu",
    )


def test_an_outlet_restricts_the_search_only_when_named_with_a_cue_and_in_the_corpus() -> None:
    outlets = ("KONTAN.CO.ID", "TRIBUNNEWS.COM")
    assert understand("Menurut Kontan, jam berapa mereka bertemu?", vocabulary=None, outlets=outlets).outlets == ("KONTAN.CO.ID",)
    assert understand("Menurut Kompas, jam berapa mereka bertemu?", vocabulary=None, outlets=outlets).outlets == ()
    assert understand("Siapa pemilik Kontan?", vocabulary=None, outlets=outlets).outlets == ()
    assert "Kontan" not in understand("Menurut Kontan, jam berapa?", vocabulary=None, outlets=outlets).names


@given(st.text(max_size=80))
def test_any_text_is_understood(question: str) -> None:
    query = understand(question, vocabulary=VOCABULARY, outlets=("A.CO",))
    assert query.kind in KINDS
    assert query.language in {"id", "en"}


@given(st.text(max_size=120))
def test_names_are_spans_in_order_without_overlap(text: str) -> None:
    at = 0
    for start, end in names(text):
        assert at <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        at = end


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kedatangan Kim Jong Un di Vladivostok disambut Presiden Putin.", ["Kim Jong Un", "Vladivostok", "Presiden Putin"]),
        ("Roket Soyuz-2.1a mengorbitkan satelit Lomonosov.", ["Roket Soyuz-2.1a", "Lomonosov"]),
        ("Pangkalan Svobodny 18 ditutup pada Rabu.", ["Pangkalan Svobodny 18"]),
        ("Ali bin Abi Thalib datang.", ["Ali bin Abi Thalib"]),
        ("di antara hutan", []),
    ],
)
def test_names_in_a_sentence(sentence: str, expected: list[str]) -> None:
    assert [sentence[start:end] for start, end in names(sentence)] == expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Darimanakah kapal itu berangkat?", "where"),
        ("Kemanakah warga mengungsi?", "where"),
        ("Berapa persenkah warga yang mengungsi?", "how_many"),
        ("Benarkah banjir surut?", "yes_no"),
        ("Banjirkah Semarang kemarin?", "yes_no"),
    ],
)
def test_an_ending_that_asks_does_not_hide_the_word_that_asks(question: str, kind: str) -> None:
    assert asked(question, "id").kind == kind


def test_a_word_of_the_language_is_no_slip_of_another() -> None:
    assert understand("Berapa luas kendala itu?", vocabulary={"luar": 9, "kendali": 9}).text == "Berapa luas kendala itu?"
