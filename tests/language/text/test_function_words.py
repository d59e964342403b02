"""One table of function words: its classes, and one notion of what denies."""

from __future__ import annotations

from typing import get_args

import pytest

from qa.answer.verify import negation as denial
from qa.language import lists
from qa.language.text import function_words
from qa.language.text.words import EN_FUNCTION, FUNCTION_WORDS, ID_FUNCTION, fold

ROWS = lists.table("function_words").rows
NEGATIONS = sorted(function_words.NEGATIONS)
DENIALS = sorted(function_words.DENIALS)


def test_a_word_is_listed_once_in_its_language_and_is_folded():
    keys = [(language, word) for language, _, _, _, word in ROWS]
    assert len(keys) == len(set(keys))
    assert all(word == fold(word) for _, word in keys)


def test_each_row_is_reached_by_its_class():
    classes = get_args(function_words.Class)
    assert {kind for _, kind, _, _, _ in ROWS} == set(classes)
    assert (
        {word for kind in classes for word in function_words.words(kind)} == {row[-1] for row in ROWS} == function_words.words()
    )
    assert {row[2] for row in ROWS} == {"", "drop"}
    assert {row[3] for row in ROWS} == {"", "sign"}
    assert ID_FUNCTION | EN_FUNCTION == FUNCTION_WORDS == {row[-1] for row in ROWS if row[2]}


def test_no_sign_of_one_language_is_a_word_of_the_other():
    for language, other in (("id", "en"), ("en", "id")):
        assert not function_words.signs(language) & function_words.words(language=other)


@pytest.mark.parametrize("word", DENIALS)
def test_what_denies_is_found_and_contradicts_a_claim_without_it(word):
    sentence = f"Putin {word} datang ke Moskow."
    assert denial.denied(sentence) == [("datang", "moskow")]
    assert denial.contrary("Putin datang ke Moskow.", sentence) != ""


@pytest.mark.parametrize("word", NEGATIONS)
def test_a_word_that_turns_a_denial_denies_nothing(word):
    for turning in sorted(function_words.TURNING):
        assert denial.denied(f"Putin {word} {turning} datang.") == []


def test_a_number_is_no_denial():
    for sentence in ("Kantornya di Jalan Sudirman No. 5.", "Kantornya di Jalan Sudirman no 5"):
        assert denial.denied(sentence) == []


def test_a_failure_denies_within_one_language_alone():
    assert denial.contrary("Roket itu meluncur.", "Roket itu gagal meluncur.") != ""
    assert denial.contrary("The launch was a failure.", "Peluncuran itu gagal mencapai orbit.", foreign=True) == ""
