"""The table of synonyms: every row says something, and every word of it is reached."""

from __future__ import annotations

import pytest

from qa.language import lists, synonyms
from qa.language.roots import same_root
from qa.language.words import fold

ROWS = lists.table("synonyms").rows


def equal(one: str, other: str) -> bool:
    return one == other


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_word_of_a_row_leads_to_every_other(row):
    words = [row[0], *row[1].split("|")]
    assert len(words) == len(set(words)) >= 2
    for word in words:
        assert word == fold(word)
        assert synonyms.others(word, equal) >= set(words) - {word}


def test_no_row_is_part_of_another():
    groups = synonyms.groups()
    assert len(groups) == len(ROWS)
    assert not [(one, other) for one in groups for other in groups if one < other]


@pytest.mark.parametrize(
    ("word", "other"), [("presiden", "kepala negara"), ("penerjemah", "juru bahasa"), ("domestik", "dalam negeri"), ("beleid", "undang-undang"), ("rusak", "porak-poranda")]
)  # fmt: skip
def test_words_with_a_hyphen_and_words_that_are_two_are_reached(word, other):
    assert other in synonyms.others(word, same_root)
    assert word in synonyms.others(other, same_root)
