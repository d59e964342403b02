"""The table of chat spelling, every key of it: what it stands for, and what it must leave alone."""

from __future__ import annotations

import pytest

from qa.language import lists
from qa.language.question.understand import understand
from qa.language.text import function_words
from qa.language.text.chat_spelling import normalise, spellings
from qa.language.text.words import fold

ROWS = lists.table("chat_spelling").rows
KEYS = sorted({(spoken, short) for spoken, short, *_ in ROWS})
ABBREVIATIONS = [(short, full) for short, _, full in lists.table("abbreviations").rows]
MEANT: dict[str, set[str]] = {}
for _short, _full in ABBREVIATIONS:
    MEANT.setdefault(_short.lower(), set()).add(_full.casefold())
FRAMES = {
    "id": ("Siapa ketua {}?", "Apa temuan {}?", "Kapan {} dibentuk?"),
    "en": ("Who heads {}?", "What did {} find?", "When was {} founded?"),
}


@pytest.mark.parametrize(
    "question",
    ["Kapan SBY lahir?", "Apa temuan BPK?", "Siapa wali kota KL?", "apa itu PD", "apa itu pd", "apa temuan bpk?", "kapan sby lahir?", "apa itu sma", "berapa km", "di mana gua maria", "siapa jd vance", "berapa kurs dong vietnam"],
)  # fmt: skip
def test_an_abbreviation_or_another_word_is_not_taken_for_chat(question):
    assert normalise(question) == understand(question, vocabulary=None).text == question


@pytest.mark.parametrize(("spoken", "short"), KEYS)
def test_no_key_in_capitals_is_rewritten_as_long_as_an_abbreviation(spoken, short):
    capitals = short.upper()
    for frame in FRAMES[spoken]:
        asked = frame.format(capitals)
        assert normalise(asked) == asked or len(short) > 4
        assert normalise(frame.format(short.capitalize())) == frame.format(short.capitalize())


@pytest.mark.parametrize("short", sorted({short for short, _ in ABBREVIATIONS}))
def test_no_known_abbreviation_is_rewritten_however_it_is_spelled(short):
    for frame in (*FRAMES["id"], *FRAMES["en"]):
        for spelled in (short, short.lower(), short.upper()):
            asked = frame.format(spelled)
            mended = normalise(asked)
            assert mended == asked or any(full in mended.casefold() for full in MEANT[short.lower()])


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_a_key_that_is_an_abbreviation_of_something_else_needs_words_beside_it(row):
    _, short, standard, previous, following = row
    if short in MEANT and standard.casefold() not in MEANT[short]:
        assert previous or following


def test_no_key_is_a_function_word_that_stands_for_another_word():
    known = function_words.words()
    wrong = [
        (short, standard) for _, short, standard, *_ in ROWS if short in known and standard and not set(standard.split()) <= known
    ]
    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_each_row_is_reached_where_it_holds(row):
    spoken, short, standard, previous, following = row
    assert short == fold(short) != fold(standard)
    opens = {"id": "apakah mereka", "en": "what did they"}[spoken]
    if following:
        after = following.split()[0].replace("#", "2016").replace("$", "")
        asked, meant = f"{opens} {short} {after}".strip(), standard
    elif previous == "^":
        asked, opens, meant = f"{short} bisa begitu" if spoken == "id" else f"{short} is the news", "", standard
    elif previous:
        opens = f"{opens} {previous.split()[0]}"
        asked, meant = f"{opens} {short} Rusia", standard
    else:
        asked, meant = f"{opens} {short} Rusia", standard
    mended = normalise(asked)
    assert meant in mended
    assert short not in mended.split() or short in meant.split() or short in normalise(opens).split()


def test_a_standard_word_is_no_chat():
    for spoken in ("id", "en"):
        table = spellings(spoken)
        for _, short, standard, *_ in lists.table("chat_spelling").where(language=spoken):
            for part in standard.split():
                assert not any(row.everywhere and row.standard != part for row in table.get(part, ())), (short, standard)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("banjir di sby kapan", "banjir di Surabaya kapan"),
        ("KAPAN SBY LAHIR?", "kapan sby lahir?"),
        ("roket itu diluncurkan dr mana", "roket itu diluncurkan dari mana"),
        ("kata dr terawan apa", "kata dr terawan apa"),
        ("pd tahun brp", "pada tahun berapa"),
        ("Lo Kheng Hong siapa?", "Lo Kheng Hong siapa?"),
        ("Min Aung Hlaing siapa?", "Min Aung Hlaing siapa?"),
        ("Knp Putin datang?", "Mengapa Putin datang?"),
        ("kok bisa", "mengapa bisa"),
        ("berapa min?", "berapa?"),
    ],
)
def test_the_words_beside_a_key_decide(asked, meant):
    assert normalise(asked) == meant
