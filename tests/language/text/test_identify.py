"""The language of short questions: identified by function words, never by topics."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language import lists
from qa.language.meaning.exonyms import is_country
from qa.language.text import identify, language

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "short_questions.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
COUNTRIES = "Korea|Japan|Indonesia|Malaysia|Russia|China|Iran|Israel|India|Thailand|Swiss|Peru|Chile|Oman".split("|")


def test_there_are_at_least_300_questions_each_asked_once():
    assert len(ROWS) >= 300
    assert len({question for _, question in ROWS}) == len(ROWS)
    assert {label for label, _ in ROWS} == {"id", "en", "mixed"}


def test_the_language_of_99_in_100_short_questions_is_identified():
    plain = [(label, question) for label, question in ROWS if label != "mixed"]
    wrong = [(label, question) for label, question in plain if language(question) != label]
    assert len(wrong) <= 0.01 * len(plain), wrong


def test_a_question_in_both_languages_is_to_be_asked_in_both():
    wrong = [(label, question, identify(question)) for label, question in ROWS if identify(question) != label]
    assert len(wrong) <= 0.02 * len(ROWS), wrong


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(
    ("asked", "told"),
    [("Who visited {}?", "en"), ("who is the president of {}", "en"), ("Siapa presiden {}?", "id"), ("kapan {} merdeka", "id")],
)
def test_no_country_changes_the_language_of_a_question(country, asked, told):
    for name in (country, country.lower(), country.upper()):
        assert language(asked.format(name)) == identify(asked.format(name)) == told


def test_no_topic_is_a_sign_of_a_language():
    from qa.language.text.identify import _table

    assert not [word for word in _table() if is_country(word, whole=True) and word not in {"us", "indo"}]
    assert not set(_table()) & {"presiden", "president", "negara", "utara", "luar", "north", "south", "hari", "tahun", "bulan"}


@given(st.text(max_size=80))
def test_any_text_is_of_one_language_or_mixed(text):
    told = identify(text)
    assert told in {"id", "en", "mixed"}
    assert told == "mixed" or told == language(text)


def test_each_chat_spelling_that_holds_everywhere_in_one_language_alone_tells_it():
    from qa.language.text import function_words

    keys = {spoken: set(lists.column("chat_spelling", "short", language=spoken)) for spoken in ("id", "en")}
    for spoken, other in (("id", "en"), ("en", "id")):
        for _, word, standard, *_ in lists.table("chat_spelling").where(language=spoken, previous="", next=""):
            if len(word) > 1 and standard == standard.lower() and word not in keys[other] | function_words.words(language=other):
                assert language(f"{word} Putin Kim") == spoken
