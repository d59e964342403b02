"""What the endpoints for programs share: refusals in words, the token, and the check of an answer before it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import HTTPException, Request

from qa.errors import QaError, UsageError
from qa.web.http.common import UNFORESEEN, bearer, checked, contract, failure, wrong

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


def request(**headers):
    return Request({"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]})


def test_the_fault_of_a_body_that_is_no_object_names_its_header_and_others_keep_their_words():
    assert "Content-Type: application/json" in wrong({"type": "model_attributes_type", "loc": ("body",), "msg": "x"})
    assert wrong({"type": "missing", "loc": ("body", "question"), "msg": "Field required"}) == "Field required"


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer other"}, {"authorization": "secret"}])
def test_with_a_token_set_a_request_without_it_is_refused(headers):
    with pytest.raises(HTTPException) as refused:
        bearer("secret")(request(**headers))
    assert (refused.value.status_code, refused.value.headers) == (401, {"WWW-Authenticate": "Bearer"})


def test_the_right_token_passes_and_without_one_set_everybody_does():
    bearer("secret")(request(authorization="Bearer secret"))
    bearer("")(request())


def test_an_expected_failure_keeps_its_words_and_any_other_its_inside(caplog):
    assert failure(UsageError("no such index. Cure: qa build")) == "no such index. Cure: qa build"
    assert not caplog.records
    assert failure(RuntimeError("a secret path")) == UNFORESEEN
    assert len(caplog.records) == 1


def test_an_answer_is_sent_only_while_its_citations_are_in_their_articles(assistant):
    answer = assistant.ask(QUESTION)
    assert answer.citations
    assert checked(assistant, answer) is answer
    assert contract(assistant, answer, identity="a1", top=2)["id"] == "a1"
    moved = replace(answer.citations[0], start=answer.citations[0].start + 1)
    with pytest.raises(QaError, match="withheld"):
        checked(assistant, replace(answer, citations=(moved, *answer.citations[1:])))
