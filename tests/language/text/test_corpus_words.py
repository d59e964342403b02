from __future__ import annotations

from qa.language.text.corpus_words import can_be_meant, commonest, consonants_of


def test_words_of_letters_from_three_on_can_be_meant():
    assert [word for word in ("di", "api", "2024", "jum'at", "ñandu") if can_be_meant(word)] == ["api", "ñandu"]


def test_vowels_are_left_out():
    assert [consonants_of(word) for word in ("pemimpin", "aie", "")] == ["pmmpn", "", ""]


def test_the_commonest_count_of_a_dictionary():
    assert commonest({"api": 3, "di": 9}) == 9
    assert commonest({}) == 0


def test_each_corpus_has_its_own_commonest_count():
    one, other = {"api": 3}, {"api": 7}
    assert [commonest(words) for words in (one, other, one, one)] == [3, 7, 3, 3]
