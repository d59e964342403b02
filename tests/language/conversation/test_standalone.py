"""Follow-ups become standalone by rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.conversation.standalone import standalone
from qa.language.text.words import words
from qa.schema import Turn

MINISTER = (Turn(question="Siapa yang meresmikan Jembatan Palu?", answer="Menteri Basuki Hadimuljono"),)
TRIP = (Turn(question="Kapan Retno Marsudi tiba di Wina?", answer="Retno Marsudi tiba di Wina pada Senin (4/3/2024). [1]"),)
CONVERSATIONS = [
    json.loads(line) for line in Path(__file__).with_name("conversations.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_without_history_a_question_stays_as_it_is():
    assert standalone("lalu kapan dia tiba?", ()) == "lalu kapan dia tiba?"


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("lalu kapan dia lahir?", MINISTER, "kapan Basuki Hadimuljono lahir?"),
        ("and what did she say?", TRIP, "what did Retno Marsudi say?"),
        ("bagaimana dengan Sri Mulyani?", TRIP, "Kapan Sri Mulyani tiba di Wina?"),
        ("what about Sri Mulyani?", TRIP, "Kapan Sri Mulyani tiba di Wina?"),
        ("Kalau Jakarta?", (Turn(question="Siapa gubernur Bali?", answer="I Wayan Koster."),), "Siapa gubernur Jakarta?"),
        ("di Jakarta?", TRIP, "Kapan Retno Marsudi tiba di Jakarta?"),
        ("apa yang dibahas di sana?", TRIP, "apa yang dibahas di Wina?"),
        ("dari sana beliau ke mana?", TRIP, "dari Wina Retno Marsudi ke mana?"),
        ("How long did she stay there?", TRIP, "How long did Retno Marsudi stay in Wina?"),
        ("berapa biayanya?", (Turn(question="Kapan tol Cipali dibuka?", answer="2015."),), "berapa biaya tol Cipali?"),
        ("berapa umurnya?", MINISTER, "berapa umur Basuki Hadimuljono?"),
        ("Kapan jembatan itu dibangun?", MINISTER, "Kapan Jembatan Palu dibangun?"),
        (
            "kalau 2023?",
            (Turn(question="Berapa laba Telkom pada 2022?", answer="Rp20 triliun."),),
            "Berapa laba Telkom pada 2023?",
        ),
    ],
)
def test_a_name_takes_the_place_of_what_leans_on_it(question, history, expected):
    assert standalone(question, history) == expected


@pytest.mark.parametrize("case", CONVERSATIONS, ids=lambda case: case["id"])
def test_what_was_meant_is_said_and_what_was_not_is_left_out(case):
    alone = standalone(case["question"], tuple(Turn(**turn) for turn in case["history"])).casefold()
    assert [part for part in case["has"] if part.casefold() not in alone] == [], alone
    assert [part for part in case["lacks"] if part.casefold() in alone] == [], alone


@pytest.mark.parametrize("question", ["kenapa?", "berapa panjangnya?", "lalu di mana tepatnya?"])
def test_an_ellipsis_takes_the_earlier_content_along(question):
    assert "Jembatan Palu" in standalone(question, MINISTER)


@pytest.mark.parametrize(
    "question",
    [
        "Berapa harga beras di Medan?",
        "Who won the match in Surabaya?",
        "Apa itu inflasi?",
        "What is inflation?",
        "Bagaimana cuaca besok?",
        "Apa penyebab jatuhnya Lion Air?",
        "Siapa nama lengkapnya Prabowo?",
        "Apa yang terjadi di Aceh?",
        "Is it true that Joko Widodo met Joe Biden?",
        "Terima kasih",
        "?!",
        "",
    ],
)
def test_a_change_of_topic_carries_nothing_over(question):
    assert standalone(question, MINISTER) == question
    assert standalone(question, TRIP) == question


def test_after_a_change_of_topic_the_new_one_is_meant():
    turns = (*TRIP, Turn(question="Siapa Gubernur Bank Indonesia?", answer="Perry Warjiyo."))
    assert standalone("Kapan dia dilantik?", turns) == "Kapan Perry Warjiyo dilantik?"


def test_a_reply_takes_along_what_was_replied_to_unless_another_was_asked_for_the_same():
    accused = (Turn(question="Apakah Mahfud akan mundur dari kabinet?", answer="Ia ditanya wartawan."),)
    assert "mundur" in standalone("Apa jawaban Mahfud?", accused)
    asked = (Turn(question="Apa tanggapan Mahfud?", answer="Mahfud setuju."),)
    assert standalone("Apa tanggapan Jokowi?", asked) == "Apa tanggapan Jokowi?"


def test_the_short_answer_says_which_name_of_a_long_one_was_meant():
    long = "Acara di Jakarta itu dihadiri Budi Santoso dan dibuka Rina Wulandari, kata Joko Susilo. [1] [2]"
    turn = Turn(question="Siapa yang membuka acara itu?", answer=long, short="Rina Wulandari")
    assert standalone("Kapan dia lahir?", (turn,)) == "Kapan Rina Wulandari lahir?"


def test_a_pronoun_beside_its_own_name_is_left_alone():
    assert standalone("Apakah dia Basuki Hadimuljono?", MINISTER) == "Apakah dia Basuki Hadimuljono?"


def test_a_long_conversation_is_read_once_from_its_beginning():
    turns = tuple(Turn(question="lalu kapan dia tiba?", answer="Basuki Hadimuljono tiba.") for _ in range(200))
    assert standalone("di mana dia?", (*MINISTER, *turns)) == "di mana Basuki Hadimuljono?"


@pytest.mark.parametrize("turns", [10, 100])
def test_what_is_carried_along_does_not_grow_with_the_conversation(turns):
    chain = ("kenapa?", "berapa biayanya?", "bagaimana kelanjutannya?", "lalu di mana itu terjadi?")
    history = [*MINISTER, *(Turn(question=chain[n % 4], answer="Karena banjir besar. " * 50) for n in range(turns))]
    assert len(words(standalone("kapan itu?", history))) < 25


SPOKEN = st.lists(
    st.sampled_from(
        """dia mereka itu -nya biayanya sana di ke dari kalau bagaimana dengan lalu dan what about it there Putin Kim Wina kapan siapa
        di mana 2022 April ? [1] . , presiden it's KTT jembatan Palu \u200b "kata" ia""".split(" ")
    ),
    max_size=8,
).map(" ".join) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(SPOKEN, st.lists(st.builds(Turn, question=SPOKEN, answer=SPOKEN, short=SPOKEN), max_size=4))
def test_whatever_is_said_nothing_is_invented(question, history):
    alone = standalone(question, history)
    said = " ".join([question, "di in dan and", *(f"{turn.question} {turn.answer} {turn.short}" for turn in history)]).casefold()
    assert all(word.casefold() in said for word, _, _ in words(alone))
    assert bool(alone.strip()) == bool(question.strip())


@pytest.mark.parametrize("question", ["itu", "it", "itu?"])
def test_a_pointing_word_after_a_turn_about_nothing_stays(question):
    assert standalone(question, [Turn(question="", answer="")]) == question
