from __future__ import annotations

import pytest

from qa.answer.binding import contrary, direction_missed, office_missed, owner_missed, quoted, role_missed
from qa.answer.matching import sentences, wanted
from qa.language.questions import understand
from qa.schema import Hit, Passage


def seen(question: str, said: str):
    passage = Passage(id="a:0-9", article_id="a", start=0, end=len(said), text=said)
    articles = sentences([Hit(passage=passage, score=1.0, rank=1, stage="fused")])
    return wanted(understand(question, vocabulary={}), lambda _: 1.0), articles[0]


@pytest.mark.parametrize(
    ("question", "said", "missed"),
    [
        ("Siapa menteri keuangan Chile?", "Menteri Keuangan Peru Luis Soto mengunjungi Chile pada Senin.", 1.0),
        ("Siapa menteri keuangan Peru?", "Menteri Keuangan Peru Luis Soto mengunjungi Chile pada Senin.", 0.0),
        (
            "Siapa direktur Garuda?",
            "Direktur Merpati Luis Soto bertemu pemimpin Garuda.",
            1.0,
        ),  # "direktur" only looks like a verb
        ("Siapa gubernur Bali?", "Rapat di Bali dihadiri Gubernur Banten dan Gubernur Bali.", 0.0),
        ("Siapa gubernur Bali?", "Bali menanti gubernur yang baru.", 0.0),  # no other owner is named
        ("Siapa yang memimpin Bali?", "Siti memimpin Banten dan menyukai Bali.", 0.0),  # a verb belongs to nobody
        ("Berapa gubernur Bali sejak 1950?", "Gubernur Banten berkunjung ke Bali.", 0.0),  # only a person's office is one man's
        ("Siapa yang berkunjung ke Bali?", "Gubernur Banten berkunjung ke Bali.", 0.0),  # no noun is given to a name
    ],
)
def test_a_noun_that_belongs_to_another_name_is_noticed(question: str, said: str, missed: float) -> None:
    want, (sentence,) = seen(question, said)
    assert owner_missed(want, sentence) == missed


@pytest.mark.parametrize(
    ("question", "said", "missed"),
    [
        ("Siapa bupati Lampung Selatan?", "Bupati Lampung Timur Dewi Sari membuka pasar itu.", 1.0),
        ("Siapa bupati Lampung Timur?", "Bupati Lampung Timur Dewi Sari membuka pasar itu.", 0.0),
        ("Siapa bupati Lampung Timur?", "Lampung Selatan dan Lampung Timur memilih bupati.", 0.0),
        ("Siapa bupati Lampung?", "Bupati Lampung Timur Dewi Sari membuka pasar itu.", 0.0),
        ("Siapa bupati Lampung Timur?", "Dewi Sari membuka pasar itu.", 0.0),
        ("Kapan Jembatan Suramadu diresmikan?", "Jembatan Mahkota diresmikan pada 2019.", 1.0),
        ("Kapan Jembatan Suramadu diresmikan?", "Jembatan Suramadu diresmikan setelah Jembatan Mahkota.", 0.0),
        ("Kapan Jembatan Suramadu diresmikan?", "Jembatan itu diresmikan pada 2019.", 0.0),
        ("Kapan jembatan diresmikan?", "Jembatan Mahkota diresmikan pada 2019.", 0.0),
    ],
)
def test_a_name_with_another_direction_is_another_name(question: str, said: str, missed: float) -> None:
    want, found = seen(question, said)
    assert direction_missed(want, found) == missed


@pytest.mark.parametrize(
    ("question", "said", "missed"),
    [
        ("Siapa presiden Peru?", "Kami bekerja erat dengan Peru, kata Kepala Staf Angkatan Laut.", 1.0),
        ("Siapa presiden Peru?", "Kepresidenan Peru dipegang Ana Ruiz.", 0.0),
        ("Siapa presiden Peru?", "Presiden Ana Ruiz tiba di Lima.", 0.0),
        ("Siapa presiden Peru?", "Mantan presiden Peru Ana Ruiz tiba di Lima.", 1.0),
        ("Siapa mantan presiden Peru?", "Mantan presiden Peru Ana Ruiz tiba di Lima.", 0.0),
        ("Siapa presiden Peru?", "Mantan presiden Ana Ruiz bertemu Presiden Joko Sutrisno.", 0.0),
        ("Siapa menteri luar negeri Peru?", "Menlu Peru Ana Ruiz tiba di Lima.", 0.0),
        ("Siapa dr Ana Ruiz?", "Ana Ruiz tiba di Lima.", 0.0),  # a form of address is no office
        ("Siapa yang menyambut presiden Peru?", "Ana Ruiz disambut di Lima.", 0.0),  # not after the holder of the office
        ("Di mana presiden Peru?", "Ana Ruiz disambut di Lima.", 0.0),
    ],
)
def test_an_office_that_nobody_speaks_of_is_noticed(question: str, said: str, missed: float) -> None:
    want, (sentence,) = seen(question, said)
    assert office_missed(want, sentence) == missed


@pytest.mark.parametrize(
    ("question", "said", "missed"),
    [
        ("Siapa penerjemah Ana Ruiz?", "Ana Ruiz bertemu Luis Soto di Lima.", 1.0),
        ("Siapa penerjemah Ana Ruiz?", "Pidato Ana Ruiz diterjemahkan Luis Soto.", 0.0),
        ("Siapa penerjemah Ana Ruiz?", "Luis Soto menjadi juru bahasa Ana Ruiz.", 0.0),
        ("Siapa istri Luis Soto?", "Luis Soto dan pasangan tiba di Lima.", 0.0),
        ("Siapa yang menerjemahkan pidato itu?", "Ana Ruiz bertemu Luis Soto di Lima.", 0.0),  # not asked for by a noun
        ("Kapan penerjemah itu tiba?", "Ana Ruiz tiba di Lima.", 0.0),
    ],
)
def test_who_somebody_is_asked_for_has_to_be_spoken_of(question: str, said: str, missed: float) -> None:
    want, (sentence,) = seen(question, said)
    assert role_missed(want, sentence) == missed


@pytest.mark.parametrize(
    ("question", "said", "missed"),
    [
        ("Kapan pangkalan itu didirikan?", "Pangkalan itu ditutup pada 1993.", 1.0),
        ("Kapan pangkalan itu ditutup?", "Pangkalan itu ditutup pada 1993.", 0.0),
        ("Kapan pangkalan itu didirikan?", "Pangkalan itu dibangun pada 1950 dan ditutup pada 1993.", 0.0),
        ("Kapan Ana Ruiz lahir?", "Ana Ruiz meninggal pada 1993.", 1.0),
        ("Kapan Ana Ruiz tiba?", "Ana Ruiz mendarat pada Senin dan pulang pada Rabu.", 0.0),
        ("Siapa yang pulang?", "Ana Ruiz.", 0.0),
    ],
)
def test_a_word_that_shuts_out_the_questions_is_noticed(question: str, said: str, missed: float) -> None:
    want, (sentence,) = seen(question, said)
    assert contrary(want, sentence) == missed


@pytest.mark.parametrize(
    ("question", "said", "share"),
    [
        (
            'Siapa yang berkata "kita akan pergi ke Mars bersama-sama"?',
            "Bersama-sama kita akan melawan banjir, kata Lina.",
            2 / 6,
        ),
        ('Ucapan "semua kapal di sini buatan Demak" berasal dari siapa?', 'Ia berkata, "Semua kapal di sini buatan Demak."', 1.0),
        ('Siapa sutradara film "Laut Biru"?', "Lina membuat film itu.", -1.0),  # a title, not words said
        ('Siapa yang menyebut "bidang sensitif"?', "Lina menyebut bidang sensitif itu.", 1.0),
        ("Siapa yang menyebut bidang itu?", "Lina menyebut bidang itu.", -1.0),
    ],
)
def test_the_words_of_a_quotation_in_their_order(question: str, said: str, share: float) -> None:
    want, (sentence,) = seen(question, said)
    assert quoted(want, sentence) == pytest.approx(share)
