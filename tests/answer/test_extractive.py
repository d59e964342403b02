"""The reader by rules: which sentence, which span, and when it keeps silent. The news below is made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from qa.answer import spanscore
from qa.answer.extractive import ExtractiveReader
from qa.answer.spanlist import letters_of
from qa.index.encode import StaticEncoder
from qa.language import quotes, spans
from qa.language.questions import understand
from qa.retrieve.rerank import evidence
from qa.schema import Draft, Hit, Passage
from qa.settings import Answering

FLOOD = (
    "Banjir merendam tiga kecamatan di Kota Semarang pada Senin (8/2/2021). Wali Kota Hendra Wijaya mengatakan sebanyak 1.250 warga "
    "mengungsi ke Stadion Jatidiri. Banjir terjadi karena tanggul Sungai Tenggang jebol setelah hujan deras. Air baru surut setelah "
    'enam jam. "Kami akan memperbaiki tanggul itu bulan depan," kata Hendra. Bantuan berupa beras, selimut, dan obat-obatan tiba '
    "dengan perahu karet dari Demak."
)
BRIDGE = (
    "Jembatan Mahkota diresmikan Gubernur Siti Rahmah pada 12 Maret 2019. Jembatan itu menghubungkan Samarinda dan Palaran, dengan "
    "panjang 1.388 meter. Pembangunannya menelan biaya Rp 650 miliar. Peresmian itu dihadiri Bupati Joko Purnomo, Wali Kota Rudi "
    "Hartanto, dan pengusaha Lina Kusuma."
)


def hits(*texts: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            passage=Passage(id=f"{n}:0-{len(text)}", article_id=str(n), start=0, end=len(text), text=text, published=date(2021, 2, 9)),
            score=1.0, rank=n, stage="fused",
        )
        for n, text in enumerate(texts, start=1)
    )  # fmt: skip


def read(question: str, *texts: str, reader: ExtractiveReader | None = None) -> Draft:
    return (reader or ExtractiveReader()).read(understand(question, vocabulary=None), hits(*(texts or (FLOOD, BRIDGE))))


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Kapan banjir merendam Semarang?", "Senin (8/2/2021)"),
        ("Jembatan Mahkota diresmikan kapan?", "12 Maret 2019"),
        ("Siapa yang meresmikan Jembatan Mahkota?", "Gubernur Siti Rahmah"),
        ("Berapa warga yang mengungsi?", "1.250 warga"),
        ("Berapa panjang jembatan itu?", "1.388 meter"),
        ("Berapa biaya pembangunan jembatan?", "Rp 650 miliar"),
        ("Berapa lama air baru surut?", "enam jam"),
        ("Ke mana warga mengungsi?", "Stadion Jatidiri"),
        ("Mengapa banjir terjadi?", "karena tanggul Sungai Tenggang jebol setelah hujan deras"),
        ("Apa kata Hendra soal tanggul?", "Kami akan memperbaiki tanggul itu bulan depan"),
        ("Bantuan tiba naik apa?", "perahu karet"),
        ("Apakah bantuan tiba dengan truk atau perahu?", "perahu"),
        ("Siapa yang meresmikan Jembatan Mahkota, Siti Rahmah atau Joko Purnomo?", "Siti Rahmah"),
        ("Siapa saja yang menghadiri peresmian?", "Bupati Joko Purnomo, Wali Kota Rudi Hartanto, dan pengusaha Lina Kusuma"),
    ],
)
def test_the_span_that_the_kind_of_question_asks_for(question: str, short: str) -> None:
    assert read(question).short == short


def test_claims_are_sentences_of_the_passage_word_for_word() -> None:
    draft = read("Kapan Jembatan Mahkota diresmikan?")
    assert draft.claims[0].text == draft.claims[0].quote == "Jembatan Mahkota diresmikan Gubernur Siti Rahmah pada 12 Maret 2019."
    assert draft.claims[0].hit_rank == 2
    assert draft.short in draft.claims[0].quote


def test_further_claims_come_from_other_articles() -> None:
    draft = read("Kapan Jembatan Mahkota diresmikan?", BRIDGE, BRIDGE.replace("Gubernur", "oleh Gubernur"), BRIDGE, BRIDGE, FLOOD)
    assert [claim.hit_rank for claim in draft.claims][:1] == [1]
    assert len({claim.hit_rank for claim in draft.claims}) == len(draft.claims) == 3


def test_no_hits_and_no_shared_word_give_no_claim() -> None:
    assert read("Kapan?", FLOOD).claims == () or read("Kapan?", FLOOD).confidence < 0.5
    assert ExtractiveReader().read(understand("Siapa?", vocabulary=None), ()).reason == "nothing-found"
    assert read("Kapan gerhana Zimbabwe?", BRIDGE).reason in {"nothing-found", "not-in-articles"}


NEAR = (
    "Berapa gaji Hendra Wijaya?",
    "Kapan Jembatan Suramadu diresmikan?",
    "Siapa yang meresmikan Stadion Jatidiri?",
    "Mengapa Siti Rahmah mengundurkan diri?",
    "Berapa warga yang tewas akibat gempa di Palu?",
    "Siapa istri Joko Purnomo?",
)


def test_four_in_five_near_questions_that_the_passages_do_not_answer_are_withheld() -> None:
    drafts = [read(question, reader=ExtractiveReader(encoder=StaticEncoder(), evidence=evidence)) for question in NEAR]
    withheld = [not draft.claims or draft.confidence < Answering().threshold for draft in drafts]
    assert sum(withheld) / len(withheld) >= 0.8


@pytest.mark.parametrize(
    "question", ["Kapan Jembatan Mahkota diresmikan?", "Mengapa banjir terjadi?", "Berapa panjang Jembatan Mahkota?"]
)
def test_questions_that_are_answered_get_confidence(question: str) -> None:
    assert read(question, reader=ExtractiveReader(encoder=StaticEncoder())).confidence >= 0.5


class Pairs:
    """An encoder that knows a few pairs of words to be the same."""

    name, dim = "pairs", 64

    def __init__(self, **pairs: str) -> None:
        self.pairs = pairs

    def _vector(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim, dtype=np.float32)
        for word in text.casefold().replace("?", " ").replace(".", " ").split():
            vector[sum(map(ord, self.pairs.get(word, word))) % self.dim] += 1
        return vector / (np.linalg.norm(vector) or 1)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def question(self, text: str) -> np.ndarray:
        return self._vector(text)


def test_an_english_question_reads_indonesian_passages_through_the_encoder() -> None:
    encoder = Pairs(bridge="jembatan", governor="gubernur", opened="diresmikan", flood="banjir")
    draft = read("When was the Mahkota bridge opened?", reader=ExtractiveReader(encoder=encoder))
    assert draft.short == "12 Maret 2019"


def reading(answerable: float, likes: str = "", text: str = "") -> SimpleNamespace:
    """A trained reader's view: how far the text answers, and the one stretch of it that it would give as the answer."""

    def edges(words: Sequence[tuple[int, int]], *, shift: int = 0) -> list[tuple[float, float]]:
        at = text.find(likes) if likes else -1
        first, last = at - shift, at - shift + len(likes)
        inside = [start < last and end > first for start, end in words]
        return [
            (8.0 * (here and not any(inside[:place])), 8.0 * (here and not any(inside[place + 1 :])))
            for place, here in enumerate(inside)
        ]

    return SimpleNamespace(answerable=answerable, edges=edges)


def liking(*parts: str):
    """A trained reader that takes a text for an answer where it has one of these parts, and would give just that part."""

    def evidence(question: str, texts: Sequence[str], titles: Sequence[str]) -> list[SimpleNamespace]:
        assert question
        assert len(texts) == len(titles)
        found = [next((part for part in parts if part in text), "") for text in texts]
        return [reading(0.9 if part else 0.1, part, text) for part, text in zip(found, texts, strict=True)]

    return evidence


def sure_of(wanted: str):
    """A trained reader that is sure of the texts with these words, and of no other."""

    def evidence(question: str, texts: Sequence[str], titles: Sequence[str]) -> list[SimpleNamespace]:
        assert question
        assert len(texts) == len(titles)
        return [reading(0.999 if wanted in text else 0.001) for text in texts]

    return evidence


def test_a_trained_readers_evidence_can_turn_the_choice() -> None:
    asked = "Apa yang terjadi dengan hujan dan air?"
    plain = read(asked).claims[0].quote
    assert not plain.startswith("Air baru surut")
    draft = read(asked, reader=ExtractiveReader(evidence=sure_of("Air baru surut")))
    assert draft.claims[0].quote.startswith("Air baru surut")


def test_what_a_trained_reader_doubts_is_less_sure() -> None:
    asked = "Berapa orang yang mengungsi akibat banjir?"
    sure = read(asked, reader=ExtractiveReader(evidence=sure_of("")))
    unsure = read(asked, reader=ExtractiveReader(evidence=sure_of("nothing has these words")))
    assert sure.confidence > unsure.confidence


def test_only_the_likeliest_sentences_are_read_again() -> None:
    seen: list[int] = []

    def evidence(question: str, texts: Sequence[str], titles: Sequence[str]) -> list[SimpleNamespace]:
        seen.append(len(texts))
        return [reading(0.5) for _ in texts]

    read("Berapa orang yang mengungsi akibat banjir?", reader=ExtractiveReader(evidence=evidence, depth=2))
    assert seen == [2, 2]  # alone, and after the sentence before


def test_a_yes_no_question_gets_a_closed_word_and_a_proving_sentence() -> None:
    draft = read("Apakah banjir merendam Kota Semarang?")
    assert draft.short == "Ya"
    assert "merendam" in draft.claims[0].quote


def test_a_sentence_that_says_half_of_a_yes_no_question_takes_no_side() -> None:
    draft = read("Apakah banjir merendam Bandara Kota Semarang dan Pelabuhan Tanjung Emas?")
    assert draft.short != "Ya"


def joined(question: str, text: str, *likes: str) -> str:
    """The short answer where rules and a trained reader, which likes these parts, speak together."""
    return read(question, text, reader=ExtractiveReader(evidence=liking(*likes))).short


def known_of(question: str, text: str, feature: str) -> dict[str, float]:
    """A feature of each span in the list of the sentence that comes first, without a trained reader."""
    choices, want = ExtractiveReader().choices(understand(question, vocabulary=None), hits(text))
    sentence = choices[0].sentence
    listed, known = spanscore.described(want, sentence, choices[0].rules, {}, ())
    return {text[slice(*letters_of(sentence, run))]: one[feature] for run, one in zip(listed, known, strict=True)}


def test_what_a_trained_reader_cuts_inside_a_word_is_the_whole_word() -> None:
    assert joined("Siapa yang meresmikan Jembatan Mahkota?", BRIDGE, "Siti Rah").endswith("Siti Rahmah")


def test_another_unit_than_the_one_asked_for_is_no_answer_whatever_the_trained_reader_likes() -> None:
    text = "Pulau Karang terletak sekitar 1.500 km (930 mil) dari pelabuhan Lembar."
    assert joined("Berapa mil jarak Pulau Karang dari pelabuhan Lembar?", text, "1.500 km") == "930 mil"
    assert joined("Berapa kilometer jarak Pulau Karang dari pelabuhan Lembar?", text, "930 mil") == "1.500 km"


def test_the_names_of_the_question_are_no_answer_to_it() -> None:
    text = "Lina Kusuma meminta bantuan pangan dari Demak."
    assert "Lina" not in joined("Apa yang diminta Lina dari Demak?", text, "Lina Kusuma")


def test_a_stretch_of_time_has_its_unit() -> None:
    assert joined("Berapa lama air baru surut?", FLOOD, "enam") == "enam jam"


def test_who_a_person_is_wants_an_office_and_no_other_name() -> None:
    text = "Hendra Wijaya didampingi Joko Purnomo, kepala dinas pengairan, dan Lina Kusuma."
    assert joined("Siapa Joko Purnomo?", text, "Lina Kusuma") == "kepala dinas pengairan"


def test_a_reason_is_given_without_the_word_that_leads_it_in() -> None:
    short = joined("Mengapa banjir terjadi?", FLOOD, "tanggul Sungai Tenggang jebol")
    assert short.startswith("tanggul Sungai Tenggang jebol")


def test_of_a_long_quotation_the_part_that_was_asked_about_is_given() -> None:
    text = '"Air mulai surut di pasar. Tanggul itu kami perbaiki bulan depan. Terima kasih atas bantuannya," kata Hendra.'
    assert joined("Apa kata Hendra soal tanggul?", text) == "Tanggul itu kami perbaiki bulan depan"


def test_a_list_has_all_its_members_and_not_the_verb_before_them() -> None:
    text = "Rapat itu dibuka Rudi Hartanto, dihadiri Joko Purnomo, Lina Kusuma dan Siti Rahmah."
    assert joined("Siapa saja yang menghadiri rapat itu?", text) == "Joko Purnomo, Lina Kusuma dan Siti Rahmah"


def test_a_whole_sentence_is_no_name():
    said = (
        "Kapal nelayan yang memuat dua ton ikan itu tenggelam setelah dihantam ombak setinggi tiga meter "
        "pada malam hari ketika para awaknya masih tidur di bawah geladak."
    )
    reader = ExtractiveReader()
    reader._short = lambda *_: said  # the span that a network may choose where no name stands
    draft = read("Apa nama kapal yang tenggelam itu?", said, reader=reader)
    assert (draft.claims, draft.reason) == ((), "not-in-articles")
    assert read("Apa muatan kapal yang tenggelam itu?", said, reader=reader).claims, (
        "what is not asked by name may be told at length"
    )


@pytest.mark.parametrize(
    "said", ["Bus tiba 30 menit lebih dulu dari Kereta Anggrek.", "Lebih dulu dari Kereta Anggrek, Bus sudah tiba di Tegal."]
)
def test_what_others_are_measured_by_is_not_the_answer(said):
    assert read("Siapa yang tiba lebih dulu, Kereta Anggrek atau Bus?", said).short == "Bus"


@pytest.mark.parametrize(
    ("question", "said", "likes", "short"),
    [
        ("Apa yang terjadi pada kapal Bahari?", "Kapal Bahari asal Demak pulang, tetapi kapal itu kemudian tenggelam di laut.", "Demak", "tenggelam di laut"),
        ("Bagaimana nasib kapal Bahari?", "Kapal Bahari asal Demak karam di Selat Sunda.", "Demak", "karam di Selat Sunda"),
        ("Siapa yang menyebut pasokan obat aman?", "Ditanya soal kunjungan Siti Rahmah, juru bicara Joko Purnomo mengatakan bahwa pasokan obat aman.", "Siti Rahmah", "Joko Purnomo"),
        ("Berapa umur perdamaian yang dirayakan Demak?", "Demak merayakan perdamaian dengan Kudus, yang berumur 70 tahun.", "Kudus", "70 tahun"),
        ("Ke mana Siti Rahmah pergi?", "Pada bulan Juli Siti Rahmah pergi ke Kudus.", "bulan Juli", "Kudus"),
        ("Apa yang diminta pejabat Uni Eropa?", "Para pejabat Uni Eropa (UE) meminta beras.", "UE", "beras"),
        ("Berapa truk yang dikirim ke Kudus?", "Demak mengirim dua truk beras ke Kudus.", "dua", "dua truk"),
        ("Berapa jumlah truk yang dikirim ke Kudus?", "Demak mengirim dua truk beras ke Kudus.", "dua", "dua"),
        ("Kalau dalam mil, berapa jarak Demak dari Kudus?", "Demak terletak 50 km (31 mil) dari Kudus.", "31", "31 mil"),
        ("Kapan jembatan itu dibangun?", "Jembatan itu dibangun pada tahun 2012 oleh Demak.", "tahun 2012", "2012"),
        ("Jam berapa bus tiba di Kudus?", "Bus tiba di Kudus pukul 7.15 pagi.", "pukul 7.15", "7.15"),
        ("Untuk apa Demak meminta beras?", "Demak meminta beras untuk mengisi gudangnya yang kosong akibat banjir.", "banjir", "mengisi gudangnya yang kosong akibat banjir"),
    ],
)  # fmt: skip
def test_what_a_kind_of_answer_never_is_holds_against_a_trained_reader(question: str, said: str, likes: str, short: str) -> None:
    assert joined(question, said, likes) == short


def test_what_is_told_of_another_beside_the_one_who_is_asked_about_is_known_as_such() -> None:
    text = "Siti Rahmah tiba dengan perahu karet, sementara Lina Kusuma tiba dengan truk."
    rivals = known_of("Bagaimana Siti Rahmah tiba?", text, "rival")
    assert (rivals["perahu karet"], rivals["truk"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("question", "said", "short"),
    [
        (
            "Mengapa warga Demak cemas?",
            "Pemadaman listrik yang panjang membuat warga Demak cemas.",
            "Pemadaman listrik yang panjang",
        ),
        ("Apa akibat banjir di Demak?", "Banjir merendam Demak selama sepekan, sehingga panen padi gagal.", "panen padi gagal"),
        ("Apa fungsi tanggul baru itu?", "Tanggul baru itu dibangun untuk menahan air laut.", "menahan air laut"),
        ("Mengapa bupati marah?", "Karena hujan, rapat ditunda; bupati marah lantaran tanggul jebol.", "lantaran tanggul jebol"),
    ],
)
def test_a_clause_that_tells_a_cause_an_effect_or_a_purpose(question: str, said: str, short: str) -> None:
    assert read(question, said).short == short


def test_a_measure_that_no_figure_has_is_not_answered() -> None:
    sure = ExtractiveReader(evidence=sure_of("Palaran"))
    assert read("Berapa luas Palaran?", "Palaran menjadi salah satu agenda kunjungan.", reader=sure).reason == "not-in-articles"
    assert read("Berapa luas Palaran?", "Palaran mencakup 182 hektare lahan.", reader=sure).short == "182 hektare"


def test_what_came_of_it_in_the_end_is_what_happened() -> None:
    text = "Palaran mencoba mengirim kapal Bahari ke Demak, tetapi kapal itu kemudian tenggelam setelah dihantam ombak."
    assert read("Apa yang terjadi pada kapal Bahari?", text).short == "tenggelam"


@pytest.mark.parametrize(
    ("question", "said", "short"),
    [
        ("Berapa lama pertemuan itu?", ["Siti Rahmah tiba di pertemuan itu 30 menit lebih dulu dari Lina Kusuma.", "Pertemuan itu berlangsung dua jam."], "dua jam"),
        ("Siti Rahmah naik apa?", ["Siti Rahmah menari dengan Lina Kusuma.", "Siti Rahmah datang dengan pesawat dari Demak."], "pesawat"),
        ("Apa yang diklaim Kudus tentang beras itu?", ["Beras itu, yang diklaim Kudus sebagai bantuan pangan, tiba di Demak."], "bantuan pangan"),
        ("Peringatan keberapa yang dirayakan Demak?", ["Demak merayakan peringatan ke-70 perdamaian dengan Kudus."], "ke-70"),
        ("Apa kata Joko tentang asal truk itu?", ["Joko Purnomo menunjukkan truk itu.", 'Dia menunjukkan bahwa "semua truk di sini berasal dari Kudus."'], "semua truk di sini berasal dari Kudus."),
        ("Mengapa Joko datang?", ['Ditanya soal kemungkinan bantuan, Joko menjawab: "Itulah mengapa kami datang ke sini."'], "Itulah mengapa kami datang ke sini."),
        ("Siapa itu Joko Purnomo?", ["Joko Purnomo, kepala komite pangan, tiba."], "kepala komite pangan"),
        ("Mengapa Siti Rahmah mengunjungi Demak?", ["Pejabat memperingatkan Siti Rahmah sebelum mengunjungi Demak untuk tidak menjual beras.", "Siti Rahmah mengunjungi Demak untuk membuka pasar."], "untuk membuka pasar"),
    ],
)  # fmt: skip
def test_forms_that_only_look_like_an_answer_are_none(question: str, said: list[str], short: str) -> None:
    assert read(question, " ".join(said)).short == short


def test_whom_a_report_is_taken_from_is_no_member_of_a_list() -> None:
    assert spans.lists("Menurut TV Kudus, Siti Rahmah datang.") == []
    assert spans.lists("Siti Rahmah, Joko Purnomo, dan Lina Kusuma datang.")


@pytest.mark.parametrize(
    ("question", "text", "wrong", "right"),
    [
        ("Apa nama kapal yang dilepas?", "Dari Demak dilepas kapal Bahari.", "Demak", "Bahari"),
        ("Dari mana kapal itu berlayar?", "Kapal itu berlayar dengan dua nakhoda dari Demak.", "dengan dua nakhoda dari Demak", "Demak"),
        ("Apa jabatan Joko Purnomo?", "Joko Purnomo, kepala komite pangan Demak, tiba di Kudus.", "komite pangan Demak", "kepala komite pangan Demak"),
        ("Perayaan apa yang digelar saat Siti Rahmah datang?", "Siti Rahmah datang ketika Demak merayakan panen raya.", "Demak", "panen raya"),
    ],
)  # fmt: skip
def test_what_an_answer_seldom_is_weighs_against_it(question: str, text: str, wrong: str, right: str) -> None:
    seldom = known_of(question, text, "seldom")
    assert (seldom.get(wrong, 1.0), seldom[right]) == (1.0, 0.0)


def test_a_speaker_is_named_without_those_who_hear_him() -> None:
    assert quotes.said('"Terima kasih," ucap Joko Purnomo kepada Siti Rahmah.')[0].speaker == "Joko Purnomo"


@pytest.mark.parametrize(
    ("question", "said", "withheld"),
    [
        ("Apa nama kapal yang meledak?", "Sebuah kapal patroli meledak di dermaga Demak.", True),  # no name stands there
        ("Apa nama kapal yang meledak?", "Kapal Bahari meledak di dermaga Demak.", False),
        ("Apa nama penyakit yang menyerang Demak?", "Warga Demak terserang penyakit demam berdarah sejak Mei.", False),
        ("Apa nama kapal patroli yang meledak?", "Kapal patroli tersebut kemudian meledak.", True),
        ("Apa merek mobil yang dinaiki Lina?", "Lina naik mobil dari Kudus, lapor kantor berita ANTARA.", True),
        ("Kapan Lina akan mengunjungi Kudus?", "Lina mengunjungi Kudus pada bulan Juli.", True),  # what was, is not what will be
        ("Kapan Lina akan mengunjungi Kudus?", "Lina akan mengunjungi Kudus pada bulan Juli.", False),
    ],
)
def test_what_only_comes_near_is_withheld(question: str, said: str, withheld: bool) -> None:
    best = ExtractiveReader().choices(understand(question, vocabulary=None), hits(said))[0][0]
    assert (best.features.untyped == 1.0) is withheld


@pytest.mark.parametrize(
    ("question", "said", "short"),
    [
        ("Siapa Purnomo?", "Rapat itu dihadiri juru bicara Kemenpan Joko Purnomo.", "juru bicara Kemenpan"),
        (
            "Siapa Shevchuk?",
            "Menteri Pertahanan Jepang Andriy Shevchuk tiba.",
            "Menteri Pertahanan Jepang",
        ),  # without the given name
        ("Siapa Shevchuk?", "Rapat itu dihadiri Andriy Shevchuk, kepala dinas pengairan.", "kepala dinas pengairan"),
        ("Apa pekerjaan Joko Purnomo?", "Rapat itu dihadiri Joko Purnomo, kepala dinas pengairan.", "kepala dinas pengairan"),
        ("Apa pekerjaan Joko Purnomo?", "Rapat itu dihadiri juru bicara Kemenpan Joko Purnomo.", "juru bicara Kemenpan"),
        ("Siapa sih Joko Purnomo?", "Rapat itu dihadiri kepala Roscosmos Joko Purnomo.", "kepala Roscosmos"),
    ],
)
def test_who_somebody_is_is_said_whole(question: str, said: str, short: str) -> None:
    assert read(question, said).short == short


def test_a_country_is_no_sort_of_thing() -> None:
    text = "Satelit mata-mata milik Jepang meledak di udara."
    seldom = known_of("Satelit apa yang meledak?", text, "seldom")
    assert seldom["Jepang"] == 1.0, seldom
