"""Between a click and the page: nothing an assistant does breaks it, and what is opened is what was cited."""

from __future__ import annotations

import logging
from dataclasses import replace

from qa.errors import ChatError
from qa.schema import Sentence
from qa.web.page.controller import Desk
from qa.web.render.doubt import near
from qa.web.render.source import escape
from qa.web.wording.languages import words

ID = words("id")
EN = words("en")


def ask(desk, question, before=()):
    return list(desk.answer(question, before, ID))


def test_each_stage_is_shown_before_the_answer(fake):
    steps = ask(Desk(fake), "Siapa yang membuka Pasar Minggu?")
    assert [now[-1].stage for now in steps] == ["", "understand", "search", "read", "verify", "verify"]
    assert all(now[-1].working for now in steps[:-1])
    assert not steps[-1][-1].answer.abstained


def test_the_assistant_is_given_the_turns_before(fake):
    desk = Desk(fake)
    first = ask(desk, "Siapa yang membuka Pasar Minggu?")[-1]
    ask(desk, "Kapan?", first)
    assert [turn.question for turn in fake.histories[-1]] == ["Siapa yang membuka Pasar Minggu?"]


def test_a_conversation_on_the_page_continues_with_its_own_answers_and_each_turn_numbers_its_own_citations(assistant):
    desk = Desk(assistant)
    now = ()
    for question in ("Di mana letak Vostochny?", "Kapan peluncuran pertama dari sana?", "Siapa kepala Roscosmos?"):
        now = ask(desk, question, now)[-1]
    assert [exchange.answer.trace.query for exchange in now] == [
        "Di mana letak Vostochny?",
        "Kapan peluncuran pertama dari Vostochny?",
        "Siapa kepala Roscosmos?",
    ]
    for turn, exchange in enumerate(now):
        numbers = [citation.n for citation in exchange.answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        for citation in exchange.answer.citations:
            panel = desk.citation(now, turn, citation.n, ID)
            assert f'data-focus="mark-{citation.n}"' in panel
            assert escape(citation.quote[:30]) in panel
    assert "2016" in now[1].answer.text


def test_a_known_error_is_said_in_the_pages_language_with_its_own_words_below_and_the_next_question_works(fake):
    desk = Desk(fake)
    failed = ask(desk, "galat")[-1]
    assert failed[-1].problem == (ID.errors["QaError"], "indeks 'uji' rusak. Cure: qa build")
    assert ask(desk, "Berapa kios memiliki pasar itu?", failed)[-1][-1].answer.citations


def test_an_unknown_error_is_logged_and_its_insides_are_not_shown(fake, caplog):
    with caplog.at_level(logging.ERROR):
        exchange = ask(Desk(fake), "meledak")[-1][-1]
    (problem,) = exchange.problem
    assert "ZeroDivisionError" in problem
    assert "rahasia" not in problem
    assert "rahasia" in caplog.text


def test_an_assistant_that_ends_without_an_answer_is_a_problem_and_no_endless_wait(fake):
    fake.stream = lambda question, history=(): iter(["understand"])
    exchange = ask(Desk(fake), "apa")[-1][-1]
    assert exchange.problem
    assert not exchange.working


def test_a_citation_that_does_not_hold_is_an_error_when_shown(fake):
    exchange = ask(Desk(fake), "rusak jembatan merah")[-1][-1]
    assert any("[1]" in fault for fault in exchange.broken)


def test_opening_a_citation_marks_its_exact_words(fake):
    desk = Desk(fake)
    done = ask(desk, "Berapa kios memiliki pasar itu?")[-1]
    html = desk.citation(done, 0, 1, ID)
    assert '<mark id="mark-1" class="cited" data-n="1" tabindex="-1">Pasar itu memiliki 320 kios.</mark>' in html
    assert 'data-focus="mark-1"' in html


def test_a_citation_that_does_not_exist_opens_a_sentence_and_no_article(fake):
    desk = Desk(fake)
    done = ask(desk, "Berapa kios memiliki pasar itu?")[-1]
    for turn, n in ((0, 9), (7, 1), (-1, 1)):
        html = desk.citation(done, turn, n, ID)
        assert ID.gone in html
        assert "<mark" not in html


def test_an_article_that_changed_since_is_not_marked_at_a_wrong_place(fake, article_from):
    desk = Desk(fake)
    done = ask(desk, "Berapa kios memiliki pasar itu?")[-1]
    fake.shelf[0] = article_from("pasar", "Sama sekali lain. " * 20)
    html = desk.citation(done, 0, 1, ID)
    assert ID.broken in html
    assert "<mark" not in html


def test_an_article_that_is_gone_is_said_to_be_gone(fake):
    desk = Desk(fake)
    done = ask(desk, "Berapa kios memiliki pasar itu?")[-1]
    fake.shelf.clear()
    assert ID.gone in desk.citation(done, 0, 1, ID)
    assert ID.gone in desk.article("pasar", ID)


def test_a_near_passage_opens_its_article_marked_as_near(fake):
    desk = Desk(fake)
    done = ask(desk, "Siapa pelukis Jembatan Suramadu")[-1]
    (place,) = near(done[0].answer)
    assert '<mark id="mark-0" class="near"' in desk.near(done, 0, place, ID)
    assert ID.gone in desk.near(done, 0, 99, ID)


def test_the_masthead_names_the_index_and_counts_its_articles(fake):
    desk = Desk(fake)
    assert "<b>uji</b>" in desk.masthead(ID)
    assert "2 artikel" in desk.masthead(ID)
    assert "2 articles" in desk.masthead(EN)


def test_examples_are_questions_that_the_assistant_answers(fake):
    desk = Desk(fake)
    assert desk.examples
    for question in desk.examples:
        assert not fake.ask(question).abstained


def telling(fake, *, after="read", bend=0):
    """The fake, which also tells its answer's first sentence as soon as that is proved; `bend` moves its citation."""

    def tell(question, history=()):
        for event in fake.stream(question, history):
            yield event
            if event == after:
                answer = fake._answer(question)
                citation = replace(answer.citations[0], start=answer.citations[0].start + bend)
                yield Sentence(text=answer.text, citation=citation)

    fake.tell = tell
    return fake


def test_a_sentence_is_shown_as_soon_as_it_is_proved_and_gives_way_to_the_answer(fake):
    steps = ask(Desk(telling(fake)), "Berapa kios memiliki pasar itu?")
    shown = [len(now[-1].streamed) for now in steps]
    assert shown == [0, 0, 0, 0, 1, 1, 1]
    assert steps[4][-1].working
    assert steps[-1][-1].answer.text == steps[4][-1].streamed[0].text
    assert not steps[-1][-1].working


def test_a_streamed_sentence_opens_its_article_before_the_answer_is_whole(fake):
    desk = Desk(telling(fake))
    steps = ask(desk, "Berapa kios memiliki pasar itu?")
    assert '<mark id="mark-1" class="cited"' in desk.citation(steps[4], 0, 1, ID)
    assert ID.gone in desk.citation(steps[3], 0, 1, ID)


def test_a_streamed_sentence_whose_words_are_not_in_the_article_is_not_shown(fake):
    steps = ask(Desk(telling(fake, bend=1)), "Berapa kios memiliki pasar itu?")
    assert all(now[-1].streamed == () for now in steps)
    assert steps[-1][-1].answer is not None


def test_what_was_streamed_is_taken_back_when_the_answer_fails(fake):
    telling(fake)
    tell = fake.tell

    def failing(question, history=()):
        for event in tell(question, history):
            yield event
            if isinstance(event, Sentence):
                raise ChatError("silent")

    fake.tell = failing
    last = ask(Desk(fake), "Berapa kios memiliki pasar itu?")[-1][-1]
    assert last.streamed == ()
    assert last.problem == (ID.errors["ChatError"], "silent")
