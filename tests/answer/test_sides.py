"""Which side a sentence takes in a yes-no question: words first, then an entailment head, and none where neither carries one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa.answer.matching import rarity, sentences, wanted
from qa.answer.score import Features
from qa.answer.sides import side, statement
from qa.language.questions import understand
from qa.schema import Hit, Passage


def side_of(question: str, text: str, *, cover: float = 0.5, names: float = 1.0, entail=None) -> bool | None:
    passage = Passage(id="1:0-1", article_id="1", start=0, end=len(text), text=text)
    article = sentences([Hit(passage=passage, score=1.0, rank=1, stage="fused")])
    query = understand(question, vocabulary=None)
    return side(question, wanted(query, rarity(article)), article[0][0], Features(cover=cover, names=names), entail)


def head(entailed: float, contradicted: float):
    return lambda premise, hypothesis: SimpleNamespace(entailed=entailed, contradicted=contradicted)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Apakah jembatan itu sudah selesai?", "Jembatan itu belum selesai dibangun."),
        ("Apakah kapal itu karam di dalam perairan Jepang?", "Kapal itu karam di luar perairan Jepang."),
        ("Apakah tim itu menang?", "Tim itu kalah di kandang sendiri."),
    ],
)
def test_a_denial_or_an_opposite_is_a_no_however_much_of_the_question_is_said(question: str, text: str) -> None:
    assert side_of(question, text, cover=1.0) is False


def test_what_is_merely_in_something_else_is_no_opposite() -> None:
    assert side_of("Apakah ada korupsi dalam proyek itu?", "Proyek pangkalan luar angkasa diwarnai korupsi.", cover=1.0) is True


def test_a_sentence_that_says_most_of_the_question_is_a_yes() -> None:
    assert side_of("Apakah banjir merendam Semarang?", "Banjir merendam Semarang.", cover=0.9) is True


def test_where_words_leave_it_open_the_head_decides_and_what_it_doubts_stays_open() -> None:
    asked, text = "Apakah Hendra bersedia membantu warga?", "Hendra menyatakan akan menolong."
    assert side_of(asked, text) is None
    assert side_of(asked, text, entail=head(0.9, 0.05)) is True
    assert side_of(asked, text, entail=head(0.01, 0.95)) is False
    assert side_of(asked, text, entail=head(0.5, 0.1)) is None


def test_the_head_is_not_asked_about_a_sentence_without_the_names() -> None:
    assert side_of("Apakah Hendra pergi?", "Warga pergi ke stadion.", names=0.0, entail=head(0.99, 0.0)) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Apakah Hendra akan datang?", "Hendra akan datang"),
        ("Sudahkah jembatan dibuka?", "Sudah jembatan dibuka"),
        ("emang banjirnya udah surut??", "banjirnya udah surut"),
    ],
)
def test_a_question_is_turned_into_what_it_asks_about(question: str, said: str) -> None:
    assert statement(question) == said


def test_who_is_named_in_an_aside_alone_did_nothing_with_the_others() -> None:
    text = "Pertemuan dengan Rahmah – yang oleh Lina Kusuma disebut sebagai lawan – berlangsung di Demak."
    assert side_of("Apakah Rahmah bertemu Lina Kusuma?", text, cover=1.0, entail=head(0.99, 0.0)) is None
    assert side_of("Apakah Lina Kusuma menyebut seseorang lawan?", text, cover=1.0) is True
    assert side_of("Apakah Uni Eropa (UE) bertemu Rahmah?", "Rahmah bertemu utusan Uni Eropa (UE) di Demak.", cover=1.0) is True


@pytest.mark.parametrize(
    ("question", "text", "side"),
    [
        ("Apakah ada kasus suap di proyek Mahkota?", "Pembangunan Mahkota terhambat oleh perkara suap.", True),
        ("Apakah ada korban luka di proyek Mahkota?", "Pembangunan Mahkota terhambat oleh perkara suap.", None),
        ("Apakah Lina bersedia membantu Demak?", "Ditanya apakah ia bersedia membantu Demak, Lina tersenyum.", None),
    ],
)
def test_that_something_is_there_is_a_yes_and_that_it_was_asked_is_no_side(question: str, text: str, side: bool | None) -> None:
    assert side_of(question, text, cover=0.7 if side is None and "bersedia" in question else 0.3) is side


@pytest.mark.parametrize(
    ("question", "text", "side"),
    [
        ("Apakah Lina tiba lebih dulu dari Hendra?", "Hendra tiba 30 menit lebih dulu dari Lina.", False),
        ("Apakah Hendra tiba lebih dulu dari Lina?", "Hendra tiba 30 menit lebih dulu dari Lina.", True),
        ("Apakah Hendra didampingi Lina?", "Lina didampingi oleh Hendra dan sejumlah pejabat.", None),
        ("Apakah Hendra datang dengan kereta?", "Hendra datang dengan pesawat, sementara Lina tiba dengan kereta.", None),
        ("Apakah Lina datang dengan kereta?", "Hendra datang dengan pesawat, sementara Lina tiba dengan kereta.", True),
        (
            "Apakah Hendra mengunjungi Lampung Selatan?",
            "Hendra mengunjungi Lampung Utara, yang berdamai dengan Lampung Selatan.",
            None,
        ),
        (
            "Apakah Hendra mengunjungi Lampung Utara?",
            "Hendra mengunjungi Lampung Utara, yang berdamai dengan Lampung Selatan.",
            True,
        ),
        ("Apakah Kudus mengirimkan beras?", "Petugas Kudus mencatat pengiriman beras itu oleh Demak.", None),
        ("Apakah Demak mengirimkan beras?", "Petugas Kudus mencatat pengiriman beras itu oleh Demak.", True),
        ("Apakah Pelabuhan Ratu terletak di Bali?", "Pelabuhan Ratu terletak di Jawa Barat.", None),  # a name is missing
        ("Apakah Hendra naik kereta ke Demak?", "Hendra tiba di sana dengan kereta.", None),
    ],
)
def test_a_yes_wants_all_the_names_in_their_places_and_in_one_part(question: str, text: str, side: bool | None) -> None:
    assert side_of(question, text, cover=0.9) is side
