"""A service: the assistant's answers, kept, counted, logged; it follows what others publish."""

from __future__ import annotations

import json
import logging
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from qa.assistant import Assistant
from qa.errors import UsageError
from qa.schema import Answer
from qa.settings import load
from qa.web.page.examples import examples
from qa.web.serving import opened, service
from qa.web.serving.log import EVENTS, JsonLines

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


@pytest.fixture
def served(assistant):
    made = service.Service(assistant)
    yield made
    made.close()


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, EVENTS)
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == EVENTS]


def figure(served, name, **labels):
    families = text_string_to_metric_families(served.metrics.text().decode())
    found = [
        each.value for family in families for each in family.samples if (each.name, each.labels) == (f"sitasi_{name}", labels)
    ]
    return found[0] if found else 0.0


def test_the_same_question_is_read_once(served):
    first, *_ = answers = [served.ask(QUESTION) for _ in range(3)]
    assert all(answer is first for answer in answers)
    assert figure(served, "kept_answers_total", result="hit") == 2
    assert figure(served, "stage_seconds_count", stage="read") == 1
    assert figure(served, "questions_total", outcome="answered") == 3


def test_the_answer_and_the_stages_are_the_assistants(served, assistant):
    *stages, answer = served.stream(QUESTION)
    assert stages == ["understand", "search", "read", "verify"]
    assert answer.citations == assistant.ask(QUESTION).citations


def test_an_abstention_is_counted_by_its_reason(served):
    reason = served.ask("Berapa harga cabai rawit di Mars?").reason
    assert reason
    assert figure(served, "abstentions_total", reason=reason) == 1
    assert figure(served, "questions_total", outcome="abstained") == 1


def test_a_failure_and_a_caller_who_leaves_are_counted_and_nobody_waits_for_them(served):
    with pytest.raises(UsageError):
        served.ask("a" * 5000)
    assert figure(served, "questions_total", outcome="failed") == 1
    left = served.tell(QUESTION)
    next(left)
    left.close()
    assert figure(served, "questions_total", outcome="left") == 1
    assert served.open == 0
    assert isinstance(served.ask(QUESTION), Answer)


def test_a_late_answer_is_counted_and_not_kept(assistant):
    settings = assistant.settings
    hurried = settings.model_copy(update={"web": settings.web.model_copy(update={"budget": 1e-6})})
    made = service.Service(Assistant.open("seeds", settings=hurried))
    try:
        assert service.cheaper(made.ask(QUESTION))
        assert len(made.kept) == 0
        assert figure(made, "questions_over_budget_total") == 1
    finally:
        made.close()


def test_the_log_has_no_text_of_a_question(served, lines):
    served.ask(QUESTION)
    (line,) = lines()
    assert line["event"] == "question"
    assert line["outcome"] == "answered"
    assert line["stages"].keys() == {"understand", "search", "read", "verify"}
    assert line["characters"] == len(QUESTION)
    assert "Vostochny" not in json.dumps(line)


def test_the_log_has_the_text_where_it_was_asked_for(assistant, lines):
    settings = assistant.settings
    told = settings.model_copy(update={"web": settings.web.model_copy(update={"log": "questions"})})
    made = service.Service(Assistant.open("seeds", settings=told))
    made.ask(QUESTION)
    made.close()
    assert lines()[0]["question"] == QUESTION


def test_the_pages_own_examples_are_neither_counted_nor_logged(served, lines):
    assert examples(served, 1)
    assert figure(served, "questions_total", outcome="answered") == 0
    assert not lines()


@pytest.fixture
def own(tmp_path, root):
    """An index that the test may write to."""
    settings = load({"indexes": tmp_path, "index": "own"})
    Assistant.build([root / "seeds"], "own", settings=settings)
    return settings


ARTICLE = "Pasar Cempaka di Kota Melati dibuka pada 4 Maret 2024 oleh Wali Kota Rahmat Saleh.\n"
ASKED = "Kapan Pasar Cempaka dibuka?"


def test_what_is_added_through_the_service_is_found_by_a_question_that_was_kept_without_it(own, tmp_path):
    (tmp_path / "pasar.txt").write_text(ARTICLE, encoding="utf-8")
    with opened(own) as made:
        assert made.ask(ASKED).abstained
        made.add([tmp_path / "pasar.txt"])
        assert made.ask(ASKED).citations[0].source == "pasar.txt"
        assert figure(made, "articles_added_total") == 1


def test_what_another_program_publishes_is_answered_without_a_restart(own, tmp_path, monkeypatch):
    monkeypatch.setattr(service, "WATCH", 0.05)
    (tmp_path / "pasar.txt").write_text(ARTICLE, encoding="utf-8")
    with opened(own) as made:
        assert made.ask(ASKED).abstained
        published = Assistant.open(settings=own)
        published.add([tmp_path / "pasar.txt"])
        end = time.monotonic() + 30
        while made.assistant.generation.id != published.generation.id and time.monotonic() < end:
            time.sleep(0.05)
        assert made.ask(ASKED).citations[0].source == "pasar.txt"
