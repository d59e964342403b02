"""Answers, abstentions and failures as HTML: each recognisable as what it is, none of it ever more than text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qa import errors
from qa.messages import in_words
from qa.schema import LANGUAGES, Answer, Drop, Hit, Passage, Sentence, Trace
from qa.web.render.conversation import Exchange, conversation_html, exchange_html, turns
from qa.web.wording.languages import words

ID = words("id")
EN = words("en")


def answered(answer: Answer, **more) -> Exchange:
    return Exchange(question=answer.question, answer=answer, **more)


@pytest.fixture
def cited(fake, citation_from) -> Answer:
    quote = "Pasar itu memiliki 320 kios."
    return Answer(
        question="Berapa kios?",
        language="id",
        text=f"{quote} [1]",
        short="320 kios",
        citations=(citation_from(fake.shelf[0], quote),),
        confidence=0.873,
    )


def visible(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_number_after_a_sentence_is_a_button_that_names_its_citation(cited):
    html = exchange_html(answered(cited), 4, ID)
    assert re.search(r'<button type="button" class="chip" data-turn="4" data-cite="1"[^>]*>1</button>', html)


def test_the_short_answer_is_shown_and_bold_in_the_sentence(cited):
    html = exchange_html(answered(cited), 0, ID)
    assert "memiliki <b>320 kios</b>" in html
    assert f'{ID.short}</span> <strong dir="auto">320 kios</strong>' in html


def test_a_short_answer_that_is_not_in_the_text_makes_nothing_bold(cited):
    assert "<b>" not in exchange_html(answered(replace(cited, short="Ya")), 0, ID)


def test_a_card_gives_title_outlet_day_and_quote(cited):
    html = visible(exchange_html(answered(cited), 0, ID))
    assert "Pasar Minggu dibuka lagi Koran Uji · 4 Maret 2024 Pasar itu memiliki 320 kios." in html


def test_a_number_in_the_articles_own_words_is_text_and_so_is_one_without_a_citation(cited, article_from, citation_from):
    quote = "Menurut catatan [1] itu benar."
    answer = replace(cited, text=f"{quote} [1] Lain [7]", short="", citations=(citation_from(article_from("x", quote), quote),))
    html = exchange_html(answered(answer), 0, ID)
    assert html.count('class="chip"') == 1
    assert "catatan [1] itu" in html
    assert "Lain [7]" in html


@pytest.mark.parametrize("text", ["<script>x</script>", "<img src=x onerror=y>", "{{value}}", "${1+1}", '" onclick="x'])
def test_whatever_a_question_an_answer_or_a_title_says_is_text(cited, text):
    hostile = replace(
        cited,
        question=text,
        text=f"{text} [1]",
        short=text,
        citations=(replace(cited.citations[0], title=text, outlet=text, quote=text, source=text),),
    )
    html = exchange_html(answered(hostile), 0, ID)
    assert text not in html
    assert "<script" not in html
    assert "<img" not in html


def test_an_abstention_says_so_with_its_reason_and_the_nearest_passages_and_without_a_citation(fake):
    answer = fake.ask("Siapa pelukis Jembatan Suramadu")
    assert answer.abstained
    html = exchange_html(answered(answer), 0, ID)
    assert ID.no_answer in html
    assert in_words("not-in-articles", "id") in html
    assert ID.near in html
    assert 'class="abstention"' in html
    assert 'class="answer"' not in html
    assert "data-cite" not in html
    assert html.count("data-hit") == 1  # of the fake's five hits one is about a bridge


def test_an_answer_without_any_citation_is_never_shown_as_one():
    html = exchange_html(answered(Answer(question="?", language="id", text="Begitulah.")), 0, ID)
    assert "Begitulah" not in html
    assert 'class="abstention"' in html


def test_a_long_near_passage_is_cut_at_a_word():
    passage = Passage(id="a:0-1", article_id="a", start=0, end=1, text="kata " * 200)
    answer = Answer(
        question="?",
        language="id",
        abstained=True,
        reason="low-confidence",
        hits=(Hit(passage=passage, score=1, rank=1, stage="fused"),),
    )
    assert "kata…" in exchange_html(answered(answer), 0, ID)


def test_a_broken_citation_is_an_error_and_not_an_answer(cited):
    html = exchange_html(answered(cited, broken=("[1] pasar.txt: tidak ada di 3-9",)), 0, ID)
    assert 'role="alert"' in html
    assert "tidak ada di 3-9" in html
    assert "data-cite" not in html
    assert "320 kios" not in html


def test_a_failure_is_said_in_words_with_what_to_do():
    html = visible(exchange_html(Exchange(question="apa?", problem=("Indeks rusak.", "index damaged. Cure: qa build")), 0, ID))
    assert "Indeks rusak. index damaged. Cure: qa build" in html
    assert ID.failed_cure in html


def test_the_stage_that_works_is_marked_and_those_before_it_are_done():
    html = exchange_html(Exchange(question="apa?", stage="read"), 0, ID)
    assert html.count('class="done"') == 2
    assert f'<li class="now" aria-current="step">{ID.stages["read"]}</li>' in html
    assert html.count('class="next"') == 1


def test_the_details_tell_confidence_seconds_and_generation(cited):
    trace = Trace(index="gen-7", settings="abc123", models=(("reader", "extractive"),), seconds=(("search", 0.01234),))
    html = visible(exchange_html(answered(replace(cited, trace=trace)), 0, ID))
    for detail in ("87%", "0.012 detik", "gen-7", "abc123", "extractive"):
        assert detail in html


def test_the_details_tell_what_a_chat_model_was_not_believed_and_what_went_otherwise(cited):
    drop = Drop(claim="Pasar itu di bulan.", quote="di bulan", why="not in the passage")
    trace = Trace(dropped=(drop, drop), note="the chat model did not answer (HTTP 503)")
    html = visible(exchange_html(answered(replace(cited, trace=trace)), 0, ID))
    assert f"{ID.dropped} 2" in html
    assert f"{ID.note} the chat model did not answer (HTTP 503)" in html
    assert "di bulan" not in html
    assert ID.dropped not in visible(exchange_html(answered(cited), 0, ID))


def test_before_the_first_question_there_are_examples_to_click():
    html = conversation_html((), ID, ["Siapa <b>dia</b>?"])
    assert 'data-ask="Siapa &lt;b&gt;dia&lt;/b&gt;?"' in html
    assert ID.examples not in conversation_html((), ID, [])


def test_the_history_has_the_answers_without_their_markers_and_no_failures(cited):
    failed = Exchange(question="galat", problem=("x",))
    broken = answered(cited, broken=("[1]",))
    (turn,) = turns([answered(cited), failed, broken, Exchange(question="sedang")])
    assert (turn.question, turn.answer, turn.short) == ("Berapa kios?", "Pasar itu memiliki 320 kios.", "320 kios")


def test_every_error_of_ours_has_its_own_words_in_every_language():
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.QaError)}
    assert len(kinds) > 10
    for language in LANGUAGES:
        assert set(words(language).errors) == kinds
        assert len(set(words(language).errors.values())) == len(kinds)


def test_an_error_that_is_more_special_than_the_words_is_said_in_its_parents_words():
    class MoonlightError(errors.IndexBusyError):
        pass

    assert ID.error(MoonlightError("x")) == ID.errors["IndexBusyError"]


def told(citation, text: str) -> Sentence:
    return Sentence(text=text, citation=citation)


def test_what_is_proved_of_an_answer_that_is_still_written_is_shown_with_its_numbers(cited):
    citation = cited.citations[0]
    exchange = Exchange(question="Berapa kios?", stage="read", streamed=(told(citation, f"{citation.quote} [1]"),))
    html = exchange_html(exchange, 2, ID)
    assert 'class="stages"' in html
    assert ID.writing in html
    assert re.search(r'<button type="button" class="chip" data-turn="2" data-cite="1"', html)
    assert f'data-say="{citation.quote} [1]"' in html
    assert 'class="answer"' not in html


def test_a_hostile_sentence_is_text_while_it_is_written_too(cited):
    exchange = Exchange(question="?", stage="read", streamed=(told(cited.citations[0], "<img src=x onerror=alert(1)> [1]"),))
    assert "<img" not in exchange_html(exchange, 0, ID)


def test_nothing_is_called_proved_before_something_is():
    assert ID.writing not in exchange_html(Exchange(question="apa?", stage="read"), 0, ID)


def test_days_and_numbers_are_written_as_the_language_writes_them(fake):
    day = fake.shelf[0].published
    assert (ID.day(day), EN.day(day)) == ("4 Maret 2024", "4 March 2024")
    assert (ID.number(1500), EN.number(1500)) == ("1.500", "1,500")
    assert ID.day(None) == ID.undated


def test_an_unknown_language_is_shown_the_indonesian_page():
    assert words("xx") is ID
