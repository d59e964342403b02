"""Example questions come from the archive, whatever it holds, and are offered only when they are answered."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from qa.errors import QaError
from qa.schema import Mask
from qa.web.page.examples import candidates, examples


def test_a_dated_sentence_gives_a_when_question_in_the_words_of_the_sentence(article_from):
    it = article_from("a", "Jembatan Merah diresmikan Wali Kota pada Senin (4/3/2024). Warga melihat jembatan itu.")
    assert "Kapan jembatan Merah diresmikan Wali Kota?" in list(candidates([it]))


def test_the_first_word_keeps_its_capital_unless_the_archive_writes_it_small(article_from):
    it = article_from("a", "Siti Rahma membuka kedai baru pada Senin (4/3/2024).")
    assert "Kapan Siti Rahma membuka kedai baru?" in list(candidates([it]))


def test_a_quotation_gives_a_question_about_its_speaker(article_from):
    it = article_from("a", '"Kami senang," kata Siti Rahma.')
    assert list(candidates([it])) == ["Apa kata Siti Rahma?"]


def test_a_sentence_that_points_outside_itself_gives_no_question(article_from):
    it = article_from("a", "Pertemuan tersebut digelar di Bogor pada Senin (4/3/2024).")
    assert list(candidates([it])) == []


def test_masked_text_gives_no_question(article_from):
    text = "Jembatan Merah diresmikan Wali Kota pada Senin (4/3/2024)."
    it = replace(article_from("a", text), masks=(Mask(start=0, end=len(text), rule="caption"),))
    assert list(candidates([it])) == []


def test_what_is_not_answered_is_not_offered(fake):
    def refuse(question, history=()):
        raise QaError("tidak bisa")

    fake.ask = refuse
    assert examples(fake, 4) == ()


def test_there_are_never_more_than_were_asked_for(fake):
    assert len(examples(fake, 1)) == 1


def test_a_first_answer_that_opens_the_models_slowly_leaves_time_for_the_others(fake, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("qa.web.page.examples.time", SimpleNamespace(monotonic=lambda: now[0]))
    asked = fake.ask

    def slow(question, history=()):
        now[0] += 1.0 if now[0] else 60.0
        return asked(question, history)

    fake.ask = slow
    assert len(examples(fake, 4)) > 1
