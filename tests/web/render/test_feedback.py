"""What a reader says of an answer becomes a pending case that a person can finish; nothing is kept unless a button is clicked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qa.evaluation.review.pending import PENDING, read
from qa.evaluation.suite.eval_case import GoldSpan
from qa.web.page.controller import Desk
from qa.web.render.conversation import conversation_html
from qa.web.render.feedback import FEEDBACK
from qa.web.wording.languages import words

ID = words("id")
QUESTION = "Siapa yang membuka Pasar Minggu pada Senin?"
SENTENCE = "Wali Kota membuka Pasar Minggu pada Senin (4/3/2024)."


@pytest.fixture
def desk(fake, tmp_path):
    return Desk(fake, tmp_path / "feedback")


def asked(desk, question=QUESTION, before=()):
    return list(desk.answer(question, before, ID))[-1]


def kept(desk):
    held = read(desk.feedback)
    assert held.faults == ()
    return held.waiting


def test_a_right_answer_becomes_a_case_with_its_cited_words_as_gold(desk, fake):
    after = desk.judge(asked(desk), 0, "good", "")
    (one,) = kept(desk)
    assert after[0].judged.startswith("good-")
    assert (one.case.question, one.case.answers, one.needs) == (QUESTION, ("Wali Kota membuka",), "")
    assert one.case.sources == (GoldSpan(source="pasar.txt", quote=SENTENCE),)
    (span,) = one.cited
    article = fake.article("pasar")
    assert article.text[span.start : span.end] == span.quote == SENTENCE
    assert span.sha256 == article.sha256


def test_every_frozen_span_is_letter_for_letter(desk, fake):
    desk.judge(asked(desk), 0, "bad", "")
    (one,) = kept(desk)
    assert one.needs == "gold"
    assert one.near
    for span in one.near:
        article = fake.article(span.source.removesuffix(".txt"))
        assert article.text[span.start : span.end] == span.quote


def test_should_not_have_answered_is_a_case_that_must_abstain(desk):
    desk.judge(asked(desk), 0, "should-abstain", "")
    (one,) = kept(desk)
    assert (one.case.answers, one.case.sources, one.needs) == ((), (), "")


def test_a_correction_is_found_in_the_words_that_came_near(desk):
    desk.judge(asked(desk), 0, "corrected", "  320  Kios ")
    (one,) = kept(desk)
    assert (one.correction, one.case.answers) == ("320 Kios", ("320 kios",))  # as the article writes it
    assert one.case.sources[0].quote == "Pasar itu memiliki 320 kios."


def test_a_correction_that_no_sentence_holds_waits_for_its_source(desk):
    desk.judge(asked(desk), 0, "corrected", "Bupati")
    (one,) = kept(desk)
    assert (one.needs, one.case.answers, one.correction) == ("source", (), "Bupati")


def test_a_wrong_source_is_never_the_gold(desk):
    desk.judge(asked(desk), 0, "wrong-source", "")
    (one,) = kept(desk)
    assert SENTENCE not in [gold.quote for gold in one.case.sources]
    assert one.needs == "source"


def test_an_abstention_that_is_right_must_stay_one(desk):
    desk.judge(asked(desk, "Berapa harga tiket konser?"), 0, "good", "")
    (one,) = kept(desk)
    assert (one.case.answers, one.needs, one.said) == ((), "", "not-in-articles")


def test_a_follow_up_is_kept_with_the_turns_before_it(desk):
    second = asked(desk, "Berapa kios memiliki pasar itu?", asked(desk))
    desk.judge(second, 1, "good", "")
    assert [turn.question for turn in kept(desk)[0].case.history] == [QUESTION]


@pytest.mark.parametrize(
    ("turn", "verdict", "correction"),
    [(0, "draft", ""), (0, "superb", ""), (0, "corrected", "  "), (0, "good", "x"), (5, "good", ""), (-1, "good", "")],
)
def test_what_a_browser_makes_up_is_not_kept(desk, turn, verdict, correction):
    now = asked(desk)
    assert desk.judge(now, turn, verdict, correction) == now
    assert not (desk.feedback / PENDING).exists()


def test_nothing_is_kept_and_nothing_asked_without_a_folder_or_of_a_broken_answer(fake, desk):
    silent = Desk(fake)
    now = asked(silent)
    assert "data-judge" not in conversation_html(now, ID, ())
    assert silent.judge(now, 0, "good", "") == now
    broken = asked(desk, "Pasar Minggu yang rusak dibuka siapa?")
    assert broken[0].broken
    assert "data-judge" not in conversation_html(broken, ID, ())
    assert desk.judge(broken, 0, "good", "") == broken


def test_a_folder_that_cannot_be_written_is_reported_on_the_page(desk, tmp_path):
    (tmp_path / "feedback").write_text("", encoding="utf-8")
    after = desk.judge(asked(desk), 0, "good", "")
    html = conversation_html(after, ID, ())
    assert FEEDBACK["id"].lost in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_buttons_fit_what_they_judge_and_go_once_it_is_said(desk, language):
    said = words(language)
    answer, silence = asked(desk), asked(desk, "Berapa harga tiket konser?")
    assert re.findall(r'data-judge="([\w-]+)"', conversation_html(answer, said, ())) == [
        "good",
        "bad",
        "wrong-source",
        "should-abstain",
        "corrected",
    ]
    assert re.findall(r'data-judge="([\w-]+)"', conversation_html(silence, said, ())) == ["good", "bad", "corrected"]
    done = conversation_html(desk.judge(answer, 0, "good", ""), said, ())
    assert 'data-judge="' not in done
    assert FEEDBACK[language].kept in done


def test_what_an_error_says_is_shown_as_text(desk):
    (exchange,) = asked(desk)
    html = conversation_html((replace(exchange, judged="lost: <script>x</script>"),), ID, ())
    assert "<script>x" not in html
