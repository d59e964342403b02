"""Follow-ups become standalone by rules."""

from __future__ import annotations

import pytest

from qa.language.followup import standalone
from qa.schema import Turn

MINISTER = (Turn(question="Siapa yang meresmikan Jembatan Palu?", answer="Menteri Basuki Hadimuljono"),)
TRIP = (Turn(question="Kapan Retno Marsudi tiba di Wina?", answer="Retno Marsudi tiba di Wina pada Senin (4/3/2024). [1]"),)


def test_without_history_a_question_stays_as_it_is():
    assert standalone("lalu kapan dia tiba?", ()) == "lalu kapan dia tiba?"


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("lalu kapan dia lahir?", MINISTER, "kapan Basuki Hadimuljono lahir?"),
        ("and what did she say?", TRIP, "what did Retno Marsudi say?"),
        ("bagaimana dengan Sri Mulyani?", TRIP, "Kapan Sri Mulyani tiba di Wina?"),
        ("what about Sri Mulyani?", TRIP, "Kapan Sri Mulyani tiba di Wina?"),
    ],
)
def test_a_name_takes_the_place_of_what_leans_on_it(question, history, expected):
    assert standalone(question, history) == expected


def test_a_place_word_brings_the_place():
    assert "Wina" in standalone("apa yang terjadi di sana?", TRIP)


@pytest.mark.parametrize("question", ["kenapa?", "berapa panjangnya?", "lalu di mana tepatnya?"])
def test_an_ellipsis_takes_the_earlier_content_along(question):
    assert "Jembatan Palu" in standalone(question, MINISTER)


@pytest.mark.parametrize("question", ["Berapa harga beras di Medan?", "Who won the match in Surabaya?"])
def test_a_change_of_topic_carries_nothing_over(question):
    assert standalone(question, MINISTER) == question


def test_a_pronoun_beside_its_own_name_is_left_alone():
    assert standalone("Apakah dia Basuki Hadimuljono?", MINISTER) == "Apakah dia Basuki Hadimuljono?"


def test_a_long_conversation_is_read_once_from_its_beginning():
    turns = tuple(Turn(question="lalu kapan dia tiba?", answer="Basuki Hadimuljono tiba.") for _ in range(200))
    assert standalone("di mana dia?", (*MINISTER, *turns)) == "di mana Basuki Hadimuljono?"
