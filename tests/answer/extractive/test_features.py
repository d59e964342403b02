"""What speaks for a candidate: each number and each closed check by itself."""

from __future__ import annotations

from dataclasses import fields

import pytest

from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.features import NAMES, Features, features, vector
from qa.language.question.understand import understand
from qa.schema import Query


def asked(question: str) -> Query:
    return understand(question, vocabulary=None)


@pytest.fixture
def one(archive):
    """The features of the one candidate of a one-passage archive."""

    def of(question: str, text: str, answer: str, **more) -> Features:
        archive.hits.clear()
        archive.add(text, (answer, 4.0), **more)
        (found,) = features(asked(question), candidates(archive.hits))
        return found

    return of


def test_the_vector_has_the_order_of_the_names(one):
    known = one("Kapan pasar dibuka?", "Pasar dibuka pada Rabu.", "Rabu")
    assert tuple(field.name for field in fields(Features)) == NAMES
    assert len(NAMES) <= 15, "issue 14 allows no more"
    assert vector(known) == tuple(getattr(known, name) for name in NAMES)


def test_what_the_network_and_the_search_say_is_passed_on(one):
    known = one("Kapan?", "Pasar dibuka pada Rabu.", "Rabu", answerable=-5.0, relevance=3.0, found=(1.25, 4))
    assert (known.span, known.answerable, known.relevance) == (0.4, -0.5, 0.3)
    assert (known.search, known.rank) == (1.25, 0.25)


def test_the_margin_is_to_the_best_other_answer_and_bounded(archive):
    archive.add("Pasar dibuka pada Rabu atau Kamis.", ("Rabu", 6.0), ("Kamis", 1.0))
    archive.add("Pasar dibuka pada rabu.", ("rabu", 5.0))
    archive.add("Toko dibuka pada Jumat.", ("Jumat", -50.0))
    found = [known.margin for known in features(asked("Kapan pasar dibuka?"), candidates(archive.hits))]
    assert found == [0.5, -0.5, pytest.approx(0.4), -2.0]


def test_a_single_answer_has_no_margin(one):
    assert one("Kapan?", "Pasar dibuka pada Rabu.", "Rabu").margin == 0.0


def test_agreement_is_the_share_of_other_passages_that_say_the_same(archive):
    archive.add("Pasar dibuka pada Rabu.", ("Rabu", 6.0))
    archive.add("Kata warga: rabu!", ("rabu", 2.0))
    archive.add("Toko dibuka pada Kamis.", ("Kamis", 1.0))
    found = [known.agreement for known in features(asked("Kapan pasar dibuka?"), candidates(archive.hits))]
    assert found == [0.5, 0.5, 0.0]


@pytest.mark.parametrize(
    ("text", "title", "words", "near"),
    [
        ("Pasar Demak dibuka Rabu.", "", 1.0, 1.0),
        ("Pasar dibuka Rabu.", "Berita Demak", 1.0, 0.25),
        ("Demak ramai. Toko dibuka Rabu.", "", 0.75, 0.0),
        ("Toko dibuka Rabu.", "", 0.0, 0.0),
    ],
)
def test_words_are_weighed_by_their_rarity_in_the_passage_and_in_the_sentence(archive, text, title, words, near):
    archive.add(text, ("Rabu", 1.0), title=title)
    query = Query(text="pasar demak", terms=(("pasar", 0.25), ("demak", 0.75)))
    (known,) = features(query, candidates(archive.hits))
    assert (known.words, known.words_near) == (words, near)


@pytest.mark.parametrize(
    ("term", "text", "has"),
    [
        ("tulis", "Ia menulis buku.", True),
        ("menulis", "Ia ditulis buku.", True),
        ("penulis", "Ia menulis buku.", True),
        ("pukul", "Ia memukul buku.", True),
        ("sapu", "Ia menyapu buku.", True),
        ("kirim", "Ia mengirim buku.", True),
        ("baca", "Ia membaca buku.", True),
        ("tulis", "Ia membaca buku.", False),
        ("di", "Ia dibaca buku.", False),
        ("uji", "Ia memuji buku.", False),
        ("19", "Ia membeli 1900 buku.", False),
        ("19", "Ia membeli 19 buku.", True),
    ],
)
def test_a_word_is_found_by_its_root_whatever_its_first_letter_became(archive, term, text, has):
    archive.add(text, ("buku", 1.0))
    (known,) = features(Query(text=term, terms=((term, 1.0),)), candidates(archive.hits))
    assert known.words == float(has)


@pytest.mark.parametrize(
    ("question", "share"),
    [("Kapan Sari datang?", 1.0), ("Kapan Sari Dewi datang?", 0.5), ("Kapan Budi datang?", 0.0), ("kapan hujan turun?", 1.0)],
)
def test_names_of_the_question_are_counted_and_none_is_no_fault(one, question, share):
    assert one(question, "Sari pulang pada Rabu.", "Rabu").names == share


def test_an_echo_is_an_answer_of_the_questions_own_words(one):
    assert one("Siapa yang membuka pasar?", "Pasar dibuka Sari.", "Pasar").echo == 1.0
    assert one("Siapa yang membuka pasar?", "Pasar dibuka Sari.", "Sari").echo == 0.0
    assert one("Siapa yang membuka pasar?", "Pasar dibuka Sari.", "Pasar dibuka Sari").echo == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Siapa membeli 12 kapal?", "Sari membeli 12 kapal.", 0.0),
        ("Siapa membeli 12 kapal?", "Sari membeli 13 kapal.", 1.0),
        ("Siapa membeli 12 kapal?", "Sari membeli 120 kapal.", 1.0),
        ("Siapa membeli 1.500 kapal?", "Sari membeli 1.500 kapal.", 0.0),
        ("Siapa membeli 1500 kapal?", "Sari membeli 1.500 kapal.", 0.0),
        ("Siapa membeli 1.500 kapal?", "Sari membeli 1500 kapal.", 0.0),
        ("Siapa membeli 1.500 kapal?", "Sari membeli 1.600 kapal.", 1.0),
        ("Siapa membeli kapal?", "Sari membeli 13 kapal.", 0.0),
    ],
)
def test_a_number_of_the_question_that_the_passage_lacks_is_seen(one, question, text, missing):
    assert one(question, text, "Sari").number_missing == missing


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Siapa datang pada 12 Maret 2019?", "Sari datang pada 12 Maret 2019.", 0.0),
        ("Siapa datang pada 12 Maret 2019?", "Sari datang pada 12 April 2019.", 1.0),
        ("Siapa datang pada 12 Maret 2019?", "Sari datang pada 13 Maret 2019.", 1.0),
        ("Siapa datang pada Maret 2019?", "Sari datang pada 13 Maret 2018.", 1.0),
    ],
)
def test_a_date_of_the_question_that_the_passage_lacks_is_seen_and_is_no_number(one, question, text, missing):
    known = one(question, text, "Sari")
    assert (known.date_missing, known.number_missing) == (missing, 0.0)


def test_the_year_of_the_articles_day_counts_as_said(one):
    from datetime import date

    question, text = "Siapa datang pada Maret 2019?", "Sari datang pada Maret."
    assert one(question, text, "Sari", published=date(2019, 3, 4)).date_missing == 0.0
    assert one(question, text, "Sari", published=date(2018, 3, 4)).date_missing == 1.0


@pytest.mark.parametrize(
    ("question", "text", "contrary"),
    [
        ("Kapan harga beras naik?", "Harga beras turun pada Rabu.", 1.0),
        ("Kapan harga beras naik?", "Harga beras naik pada Rabu.", 0.0),
        ("Kapan harga beras naik?", "Harga beras naik lalu turun pada Rabu.", 0.0),
        ("Kapan harga beras dicatat?", "Harga beras turun pada Rabu.", 0.0),
    ],
)
def test_the_other_direction_is_contrary(one, question, text, contrary):
    assert one(question, text, "Rabu").contrary == contrary


@pytest.mark.parametrize(
    ("question", "text", "denial"),
    [
        ("Kapan pasar dibuka?", "Pasar tidak dibuka pada Rabu.", 1.0),
        ("Kapan pasar dibuka?", "Pasar batal dibuka pada Rabu.", 1.0),
        ("Kapan pasar dibuka?", "Pasar dibuka pada Rabu.", 0.0),
        ("Kapan pasar tidak dibuka?", "Pasar tidak dibuka pada Rabu.", 0.0),
        ("Kapan pasar tidak dibuka?", "Pasar dibuka pada Rabu.", 1.0),
        ("When did the market open?", "The market didn't open on Rabu.", 1.0),
        ("When did the market open?", "The market didn’t open on Rabu.", 1.0),
        ("When wasn't the market open?", "The market was not open on Rabu.", 0.0),
    ],
)
def test_a_denial_on_one_side_alone_is_seen(one, question, text, denial):
    assert one(question, text, "Rabu").denial == denial


def test_a_question_without_words_or_candidates_has_no_features_that_fail(one):
    assert features(asked("Kapan?"), []) == []
    known = one("apa?", "Pasar dibuka pada Rabu.", "Rabu")
    assert (known.words, known.words_near, known.names) == (0.0, 0.0, 1.0)
