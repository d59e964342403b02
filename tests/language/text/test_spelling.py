"""The index of a corpus's words is updated as the corpus changes, and corrects as a new one does."""

from __future__ import annotations

import pytest

from qa.language.text.spelling import Speller, correct

WORDS = {
    f"{first}{middle}an": 1 + len(middle)
    for first in ("kort", "presd", "jemb", "gubn")
    for middle in ("al", "er", "umat", "isa", "ola", "ebi")
}
ASKED = ("kortalam", "presdiran", "jembumtan", "gubnolan", "lautan", "xqzwvy")


@pytest.mark.parametrize("gone", [(), ("kortalan",), ("kortalan", "jembumatan")])
def test_words_that_come_and_go_correct_as_if_they_had_always_been_so(gone):
    before = Speller(dict(WORDS))
    now = {**{word: count for word, count in WORDS.items() if word not in gone}, "kortaalan": 9}
    grown = Speller(now, before)
    assert grown.words is before.words
    assert [grown.correct(word) for word in ASKED] == [Speller(now).correct(word) for word in ASKED]
    assert grown.correct("kortaalam") == "kortaalan"


def test_the_words_of_before_stay_right_for_who_still_asks_with_them():
    before = Speller(dict(WORDS))
    told = [before.correct(word) for word in ASKED]
    Speller({**WORDS, "kortalam": 5}, before)
    assert [before.correct(word) for word in ASKED] == told


def test_another_corpus_gets_an_index_of_its_own():
    before = Speller(dict(WORDS))
    assert Speller({"pelabuhan": 3, "kapal": 2}, before).words is not before.words
    assert correct("pelabuhn", {"pelabuhan": 3, "kapal": 2}) == "pelabuhan"
