"""What speaks for a candidate: each number by itself."""

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
    assert len(NAMES) <= 15, "few features are what carries over to other archives"
    assert vector(known) == tuple(getattr(known, name) for name in NAMES)


def test_what_the_network_and_the_search_say_is_passed_on(one):
    known = one("Kapan?", "Pasar dibuka pada Rabu.", "Rabu", answerable=-5.0, relevance=3.0, found=(1.25, 4))
    assert (known.span, known.answerable, known.relevance) == (0.4, -0.5, 0.3)
    assert known.rank == 0.25


def test_the_margin_is_to_the_best_other_answer_and_bounded(archive):
    archive.add("Pasar dibuka pada Rabu atau Kamis.", ("Rabu", 6.0), ("Kamis", 1.0))
    archive.add("Pasar dibuka pada rabu.", ("rabu", 5.0))
    archive.add("Toko dibuka pada Jumat.", ("Jumat", -50.0))
    found = [known.margin for known in features(asked("Kapan pasar dibuka?"), candidates(archive.hits))]
    assert found == [0.5, -0.5, pytest.approx(0.4), -2.0]


def test_a_single_answer_has_no_margin(one):
    assert one("Kapan?", "Pasar dibuka pada Rabu.", "Rabu").margin == 0.0


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("Pasar Demak dibuka Rabu.", "", 1.0),
        ("Pasar dibuka Rabu.", "Berita Demak", 1.0),
        ("Demak ramai. Toko dibuka Rabu.", "", 0.75),
        ("Toko dibuka Rabu.", "", 0.0),
    ],
)
def test_words_are_weighed_by_their_rarity_in_the_passage_and_above_it(archive, text, title, words):
    archive.add(text, ("Rabu", 1.0), title=title)
    query = Query(text="pasar demak", terms=(("pasar", 0.25), ("demak", 0.75)))
    (known,) = features(query, candidates(archive.hits))
    assert known.words == words


def test_a_question_without_words_or_candidates_has_no_features_that_fail(one):
    assert features(asked("Kapan?"), []) == []
    known = one("apa?", "Pasar dibuka pada Rabu.", "Rabu")
    assert known.words == 0.0
