"""What is offered to be asked next."""

from __future__ import annotations

from qa.web.cards.suggestions import OFFERED, TRIES, next_html, possible, suggestions
from qa.web.cards.tried import Tried
from qa.web.wording.languages import words

ID = words("id")
QUESTION = "Satelit apa yang diorbitkan roket Soyuz-2.1a?"


def test_only_what_the_assistant_answers_is_offered_in_the_page_s_language_and_nothing_twice(assistant):
    answer = assistant.ask(QUESTION)
    tried = Tried(lambda: assistant)
    for language in ("id", "en"):
        found = suggestions(assistant, answer, [QUESTION], language, tried=tried, seconds=60)
        assert len(found) <= OFFERED
        assert all(not assistant.ask(question).abstained for question in found)
        assert all(question.startswith(("What", "Who", "When", "Why")) == (language == "en") for question in found)
        again = suggestions(assistant, answer, [QUESTION, *found], language, tried=tried, seconds=60)
        assert not set(again) & set(found)


def test_an_abstention_offers_nothing_and_the_engine_is_asked_a_few_times_at_most_and_never_twice(fake):
    tried = Tried(lambda: fake)
    assert suggestions(fake, fake.ask("Berapa harga tiket konser?"), [], "id", tried=tried) == ()
    answer = fake.ask("Siapa yang membuka Pasar Minggu pada Senin?")
    before = len(fake.histories)
    found = suggestions(fake, answer, [], "id", tried=tried)
    after = len(fake.histories)
    assert 0 < after - before <= TRIES
    assert suggestions(fake, answer, [], "id", tried=tried) == found
    assert len(fake.histories) == after


def test_when_the_time_is_over_only_what_is_remembered_is_offered(fake):
    tried, answer = Tried(lambda: fake), fake.ask("Siapa yang membuka Pasar Minggu pada Senin?")
    before = len(fake.histories)
    assert suggestions(fake, answer, [], "id", tried=tried, seconds=0) == ()
    assert len(fake.histories) == before
    found = suggestions(fake, answer, [], "id", tried=tried)
    assert found
    assert suggestions(fake, answer, [], "id", tried=tried, seconds=0) == found


def test_people_who_speak_are_asked_about_in_either_language(fake):
    assert "Apa kata Siti Rahma?" in list(possible([fake.article("pasar")], "id"))
    assert "What did Siti Rahma say?" in list(possible([fake.article("pasar")], "en"))


def test_the_offer_is_buttons_and_hostile_names_stay_text():
    assert "&lt;b&gt;" in next_html(("Apa kata <b>?",), ID)
    assert next_html((), ID) == ""
