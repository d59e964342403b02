"""Pending cases on disk: whole lines only, nothing lost, a second click is the same case."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SuiteError
from qa.evaluation.review.pending import DECIDED, PENDING, FrozenSpan, Pending, add, decide, holding, named, read
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.schema import Turn

SPAN = FrozenSpan(source="a.txt", sha256="0" * 64, start=0, end=5, quote="Pasar")


def make(question="Kapan pasar dibuka?", verdict="good", **more):
    case = EvalCase(
        id="",
        question=question,
        answers=("Senin",),
        sources=(GoldSpan(source="a.txt", quote="Senin"),),
        history=(Turn(question="a"),),
    )
    return Pending(verdict=verdict, case=case, cited=(SPAN,), **more)


def test_what_is_added_is_read_again_as_it_was(tmp_path):
    kept = add(tmp_path / "new", make(said="Senin. [1]", confidence=0.5, made_by={"index": "i"}))
    assert read(tmp_path / "new").waiting == (kept,)
    assert kept.at.endswith("+00:00")


@given(st.text(), st.text(), st.floats(0, 1))
def test_any_text_survives(tmp_path_factory, question, said, confidence):
    folder = tmp_path_factory.mktemp("any")
    kept = add(folder, make(question, said=said, confidence=confidence))
    assert read(folder).waiting == (kept,)


def test_the_same_judgement_twice_is_one_case(tmp_path):
    assert add(tmp_path, make()).case.id == add(tmp_path, make()).case.id
    assert len(read(tmp_path).waiting) == 1
    assert named(make(verdict="bad")).case.id != named(make()).case.id


def test_what_is_decided_waits_no_longer(tmp_path):
    first, second = add(tmp_path, make("a?")), add(tmp_path, make("b?"))
    decide(tmp_path, first.case.id, "rejected")
    held = read(tmp_path)
    assert [one.case.id for one in held.waiting] == [second.case.id]
    assert held.decided == {first.case.id: "rejected"}


def test_a_torn_line_is_reported_with_its_number_and_swallows_nothing(tmp_path):
    first = add(tmp_path, make("a?"))
    with (tmp_path / PENDING).open("ab") as file:
        file.write(b'{"id": "torn')  # a writer died here
    second = add(tmp_path, make("b?"))
    (tmp_path / DECIDED).write_text('[]\n{"id": 1}\n', encoding="utf-8")
    held = read(tmp_path)
    assert [one.case.id for one in held.waiting] == [first.case.id, second.case.id]
    assert len(held.faults) == 3
    assert f"{PENDING}:2: not JSON" in "".join(held.faults)


@pytest.mark.parametrize(
    "broken", ['{"id": "x"}', '"text"', '{"verdict": "superb", "needs": ""}', '{"verdict": "good", "needs": "luck"}']
)
def test_a_line_that_is_no_pending_case_is_reported(tmp_path, broken):
    (tmp_path / PENDING).write_text(broken + "\n", encoding="utf-8")
    held = read(tmp_path)
    assert held.waiting == ()
    assert f"{PENDING}:1" in held.faults[0]


def test_writers_at_the_same_time_lose_no_line(tmp_path):
    threads = [
        threading.Thread(target=lambda who=who: [add(tmp_path, make(f"{who}-{n}?", said="x" * 5000)) for n in range(20)])
        for who in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = read(tmp_path)
    assert len(held.waiting) == 80
    assert held.faults == ()


def test_a_folder_that_cannot_be_written_is_an_error_with_the_cure(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SuiteError, match="Cure: name another folder"):
        add(tmp_path / "file", make())


def test_of_the_spans_that_hold_the_words_those_nearest_the_question_count():
    def span(quote):
        return FrozenSpan(source="a.txt", sha256="", start=0, end=len(quote), quote=quote)

    opened, other, inside = span("Pasar dibuka pada senin."), span("Hujan turun pada Senin."), span("Seninnya pasar dibuka lagi.")
    assert holding("Kapan pasar dibuka?", "Senin", [other, opened, inside]) == [("senin", opened)]
    assert holding("Siapa gubernurnya?", "Senin", [other, opened]) == []  # they hold it and speak of something else
    assert holding("Kapan pasar dibuka?", "", [opened]) == []
