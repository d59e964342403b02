"""A turn on disk and back: the same answer, checked again."""

from __future__ import annotations

import json

import pytest

from qa.web.history.history import Turned
from qa.web.history.keeping import body, exchange, searchable
from qa.web.page.controller import Desk
from qa.web.render.conversation import Exchange
from qa.web.wording.languages import words

ID = words("id")


def back(fake, kept: str, feedback=None) -> Exchange:
    return exchange(Turned(n=7, question="Berapa kios yang dimiliki Pasar itu?", body=kept), Desk(fake, feedback), ID)


@pytest.mark.parametrize("question", ["Berapa kios yang dimiliki Pasar itu?", "Siapa pelukis Mars?"])
def test_an_answer_comes_back_as_it_was(fake, question, tmp_path):
    done = Exchange(question=question, answer=fake.ask(question), judged="good")
    again = back(fake, body(done), tmp_path)
    assert again.answer == done.answer
    assert (again.judged, again.kept) == ("good", 7)
    assert (searchable(done) == "") == done.answer.abstained


def test_an_answer_whose_article_changed_or_left_is_not_shown_as_one(fake):
    done = Exchange(question="?", answer=fake.ask("Berapa kios yang dimiliki Pasar itu?"))
    told = json.loads(body(done))
    told["answer"]["citations"][0]["quote"] = "Pasar itu memiliki 999 kios."
    assert back(fake, json.dumps(told)).broken
    fake.shelf.pop(0)
    assert back(fake, body(done)).broken


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"answer": 3}', '{"answer": {"question": "x"}}', '{"answer": null}'])
def test_what_cannot_be_read_says_so(fake, kept):
    assert back(fake, kept).problem == (ID.unreadable,)


def test_a_question_whose_answer_broke_off_says_so_and_a_failure_comes_back_in_its_words(fake):
    assert back(fake, body(Exchange(question="?", stage="read"))).problem == (ID.interrupted,)
    assert back(fake, body(Exchange(question="?", problem=("Rusak.", "indeks")))).problem == ("Rusak.", "indeks")
