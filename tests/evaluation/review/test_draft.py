"""Drafted cases: each has gold that the checker passes, and asks for a span that its sentence holds."""

import hashlib

import pytest

from qa.corpus.clean import masked
from qa.corpus.reading.read import article_of, read
from qa.evaluation.review.draft import drafts
from qa.evaluation.suite import cases

MARKET = (
    "Pasar Beringin dibuka lagi\n\n"
    "Wali Kota Ratna Dewi membuka Pasar Beringin pada Senin (4/3/2024). "
    "Pasar Beringin memiliki 320 kios di dua lantai. "
    'Dia menyebutnya "pasar rakyat yang sudah lama ditunggu warga kota". '
    '"Pedagang senang sekali bisa kembali berjualan di sini," kata Siti Rahma kepada wartawan.\n\n'
    "Baca juga: Harga cabai di Pasar Beringin naik 40 persen\n"
)
BRIDGE = (
    "Bridge over the Kahayan\n\n"
    "Governor Sabran opened the Tumbang Samba bridge on 4 March 2024. The Tumbang Samba bridge has 24 lamps on each side.\n"
)


def made(*texts, **more):
    articles = masked([article_of(text, f"{place}.txt") for place, text in enumerate(texts)])
    return list(drafts(articles, **more)), {article.source: article for article in articles}


@pytest.mark.parametrize(
    ("text", "question", "answer", "kind"),
    [
        (MARKET, 'Siapa yang mengatakan "Pedagang senang sekali bisa kembali berjualan di sini"?', "Siti Rahma", "who"),
        (MARKET, "Kapan Wali Kota Ratna Dewi membuka Pasar Beringin?", "Senin (4/3/2024)", "when"),
        (MARKET, "Pasar Beringin memiliki berapa kios di dua lantai?", "320 kios", "how_many"),
        (BRIDGE, "When was it that Governor Sabran opened the Tumbang Samba bridge?", "4 March 2024", "when"),
        (BRIDGE, "The Tumbang Samba bridge has how many lamps on each side?", "24 lamps", "how_many"),
    ],
)
def test_quotations_dates_and_numbers_are_asked_for(text, question, answer, kind):
    found, _ = made(text)
    case = next(one.case for one in found if one.case.question == question)
    assert (case.answers, case.kind) == ((answer,), kind)


@pytest.mark.parametrize(
    "text",
    [
        "Ambruknya dermaga di Desa Bolo pada Selasa (14/5/2024) menyebabkan kerugian Rp 910 juta bagi nelayan Bima.",
        "Abrasi di Demak mundur 40 meter menurut pengukuran Universitas Diponegoro yang diumumkan Selasa (17/12/2024).",
        "Nelayan Bima untuk sementara menurunkan ikan di Pantai Sonco yang berjarak 3 kilometer dari dermaga lama.",
        "BPBD Halmahera Barat melaporkan 63 rumah rusak ringan, kemudian melaporkan 12 gereja di Desa Tuada retak.",
        '"Gudang kami penuh sejak impor garam masuk," kata Moh. Sadik, petambak di Pamekasan.',
        "Orangutan betina bernama Pingky dilepasliarkan di Hutan Kehje Sewen, Kutai Timur, setelah sebelas tahun menjalani rehabilitasi pada Selasa (25/2/2025).",
        "The spokeswoman, Ratna Wijayanti, said the stone stairs had worn by some centimetres since 1983.",
    ],
)
def test_what_is_no_sentence_or_names_half_a_person_is_not_proposed(text):
    asked = [(one.case.question, one.case.answers) for one in made(f"Sebuah judul\n\n{text}\n")[0]]
    beginnings = ("Kapan menyebabkan", "Kapan menurut", "Kapan setelah", "When was it that said", "Menurunkan", "Melaporkan")
    assert [one for one in asked if one[0].startswith(beginnings) or one[1] == ("Moh",)] == []


def test_a_verb_behind_a_figure_is_no_part_of_the_answer():
    found, _ = made("Sebuah judul\n\nGempa bermagnitudo 6,1 mengguncang Halmahera Barat dan dirasakan sampai di Kota Ternate.\n")
    assert [one.case.answers for one in found] == [("6,1",)]


def test_every_draft_passes_the_checker(root):
    articles = masked(read([root / "seeds"], max_bytes=10**7, on_skip=pytest.fail))
    by_source = {article.source: article for article in articles}
    found = list(drafts(articles))
    assert len(found) > 10
    for one in found:
        assert cases.gold_faults(one.case, by_source) == []
        assert cases.parse(cases.dumps(one.case)) == one.case
        assert one.verdict == "draft"
        for span in one.near:
            article = by_source[span.source]
            assert article.text[span.start : span.end] == span.quote
            assert hashlib.sha256(article.text.encode()).hexdigest() == span.sha256


def test_masked_words_and_sentences_that_point_elsewhere_are_not_asked_about():
    found, _ = made(MARKET)
    asked = " ".join(one.case.question for one in found)
    assert "cabai" not in asked
    assert "pasar rakyat" not in asked  # "Dia" is nobody by itself


@pytest.mark.parametrize(
    "sentence",
    [
        "Museum Bahari menerima meriam perunggu dari abad ke-17 yang ditemukan nelayan.",  # of the century, not in it
        "Meriam itu diserahkan oleh nelayan Daeng Rusli pada Kamis (14/3/2024) di kota.",  # which cannon?
        "Kapal itu dapat mengangkut 450 penumpang menurut Bambang Suryo dari pelabuhan.",
    ],
)
def test_what_needs_the_sentences_before_it_is_not_asked(sentence):
    assert made(f"Kabar\n\n{sentence}\n")[0] == []


def test_a_dateline_is_neither_asked_nor_marked():
    ((one,), _) = made("Feri tiba\n\nKABAR TELUK, Telaga Biru - Feri KMP Camar tiba dari Surabaya pada Jumat (8/3/2024).\n")
    assert one.case.question == "Kapan Feri KMP Camar tiba dari Surabaya?"
    assert one.case.sources[0].quote.startswith("Feri KMP")


def test_a_day_in_brackets_does_not_end_a_clause():
    text = "Festival\n\nFestival Perahu Hias di Teluk Sembilang diikuti 48 perahu pada Minggu (24/3/2024) pagi.\n"
    assert any(one.case.question.endswith("berapa perahu pada Minggu (24/3/2024) pagi?") for one in made(text)[0])


def test_the_same_articles_give_the_same_drafts_and_no_more_than_the_limit():
    first, second = made(MARKET, BRIDGE)[0], made(MARKET, BRIDGE)[0]
    assert first == second
    assert len({one.case.id for one in first}) == len(first)
    assert len(made(MARKET, limit=1)[0]) == 1


def test_other_sentences_with_the_answer_are_shown_as_near():
    other = "Kabar kota\n\nMenurut pengelola, Pasar Beringin kini menampung 320 kios milik warga.\n"
    found, _ = made(MARKET, other)
    case = next(one for one in found if one.case.answers == ("320 kios",) and one.case.sources[0].source == "0.txt")
    assert [span.source for span in case.near] == ["1.txt"]
