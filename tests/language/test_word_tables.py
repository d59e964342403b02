"""The small tables: titles, abbreviations with a stop. Each row does what it is there for."""

from __future__ import annotations

import pytest

from qa.language import lists
from qa.language.annotate.names import OFFICES, TITLES
from qa.language.text.sentences import sentences
from qa.language.text.words import fold

TITLE_ROWS = lists.table("titles").rows


@pytest.mark.parametrize("row", TITLE_ROWS, ids=" ".join)
def test_a_title_is_known_with_its_kind(row):
    _, kind, word = row
    assert word == fold(word)
    assert word in TITLES
    assert (word in OFFICES) == (kind == "office")


def test_a_title_is_listed_once():
    assert len(TITLES) == len(TITLE_ROWS)
    assert {kind for _, kind, _ in TITLE_ROWS} == {"office", "address"}


@pytest.mark.parametrize("row", lists.table("stops").rows, ids=" ".join)
def test_a_stop_of_an_abbreviation_ends_no_sentence(row):
    place, word = row
    assert word == word.lower()
    if place == "inside":
        assert len(sentences(f"Mereka menemui {word.capitalize()}. Sudirman kemarin.")) == 1
    else:
        assert place == "either"
        assert len(sentences(f"Mereka menemui Ani, {word}. dan pulang.")) == 1
        assert len(sentences(f"Mereka menemui Ani, {word}. Namun Budi pulang.")) == 2
