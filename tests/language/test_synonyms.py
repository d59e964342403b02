"""The table of synonyms: every row says something, and every word of it is reached."""

from __future__ import annotations

import pytest

from qa.answer.held import held
from qa.answer.matching import rarity, sentences, wanted
from qa.language import lists, synonyms
from qa.language.questions import understand
from qa.language.roots import same_root
from qa.language.words import fold
from qa.schema import Hit, Passage

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


@pytest.mark.parametrize("word", sorted({word for group in synonyms.groups() for word in group if " " in word or "-" in word}))
def test_a_synonym_of_two_words_is_found_in_a_sentence(word):
    single = next(iter(sorted(other for other in synonyms.others(word, equal) if " " not in other and "-" not in other)))
    text = f"Ia menyebut {word} itu kemarin."
    passage = Passage(id="1:0-1", article_id="1", start=0, end=len(text), text=text)
    article = sentences([Hit(passage=passage, score=1.0, rank=1, stage="fused")])
    asked = wanted(understand(f"Siapa menyebut {single} itu?", vocabulary=None), rarity(article))
    place = next(at for at, term in enumerate(asked.terms) if term.form == single)
    assert held(asked, article, {})[id(article[0][0])][place] > 0
