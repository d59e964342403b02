"""The way of a question: each stage takes what the one before gives, and the assistant goes through them in order."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Generator
from dataclasses import replace
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from qa import pipeline
from qa.answer import sayings
from qa.answer.streaming import AtOnce
from qa.assistant import Assistant
from qa.errors import UsageError
from qa.language.question import question_types
from qa.pipeline import Pipeline, Request, Withheld, open_pipeline
from qa.schema import MAX_QUESTION, Answer, Claim, Draft, Sentence
from qa.testing import ScriptedReader

ORDER = ("rewrite", "understand", "retrieve", "rerank", "read", "verify")
QUESTION = "Kapan peluncuran pertama dari Vostochny?"


def hints(stage: str) -> tuple[Any, Any]:
    """What a stage takes, and what it gives to the next one."""
    method = getattr(Pipeline, stage)
    found = get_type_hints(method, localns=dict.fromkeys(("Generation", "Only", "Settings"), Any))
    given = found.pop("return")
    (taken,) = found.values()  # one value in
    if get_origin(given) is Generator:  # what it returns at its end
        given = get_args(given)[2]
    kinds = set(get_args(given) if get_origin(given) in {Union, UnionType} else (given,)) - {Withheld}
    (handed_on,) = kinds  # one value out
    return taken, handed_on


@pytest.fixture(scope="module")
def opened(assistant):
    return assistant._pipeline


def test_each_stage_takes_what_the_one_before_gives():
    way = [hints(stage) for stage in ORDER]
    assert way[0][0] is Request
    assert way[-1][1] is Answer
    for (_, given), (taken, _), stage in zip(way, way[1:], ORDER[1:], strict=False):
        assert given is taken, f"{stage} takes {taken.__name__}, and is given {given.__name__}"


def test_the_stages_are_walked_in_that_order_and_counted_under_four_names(opened):
    assert [stage.__name__ for _, stage in opened.stages()] == list(ORDER)
    assert [name for name, _ in opened.stages()] == ["understand", "understand", "search", "read", "read", "verify"]


def test_each_stage_gives_what_it_says(opened, assistant):
    value = Request(question=QUESTION, history=(), only={}, generation=assistant.generation)
    for (_, stage), name in zip(opened.stages(), ORDER, strict=True):
        value = stage(value)
        if inspect.isgenerator(value):
            with pytest.raises(StopIteration) as ended:
                next(value)  # the extractive reader gives its draft at once
            value = ended.value.value
        assert type(value) is hints(name)[1]
    assert value.text == assistant.ask(QUESTION).text


def test_where_nothing_was_asked_or_found_the_way_ends_with_its_reason(opened, assistant):
    asked = Request(question="?!", history=(), only={}, generation=assistant.generation)
    assert opened.rewrite(asked).reason == "empty-question"
    with pytest.raises(UsageError, match=str(MAX_QUESTION)):
        opened.rewrite(Request(question="a" * (MAX_QUESTION + 1), history=(), only={}, generation=assistant.generation))
    assert [*assistant.stream("?!")][:-1] == ["understand"]
    *stages, answer = assistant.stream(QUESTION, since="1900-01-01", until="1900-01-02")
    assert (stages, answer.reason) == (["understand", "search"], "nothing-found")
    assert [name for name, _ in answer.trace.seconds] == stages


def test_a_question_is_analysed_once(assistant, monkeypatch):
    seen, known = [], question_types.asked

    def counted(question, language):
        seen.append(question)
        return known(question, language)

    for module in list(sys.modules.values()):
        if vars(module).get("asked") is known:
            monkeypatch.setattr(module, "asked", counted)
    assert not assistant.ask(QUESTION).abstained
    assert seen == [QUESTION]


@pytest.mark.parametrize(
    ("question", "more"),
    [("Ceritakan tentang kosmodrom Vostochny.", True), ("Siapa saja yang hadir di Vostochny?", True), (QUESTION, False)],
)
def test_a_list_and_an_account_draw_on_more_passages_than_a_fact(assistant, question, more):
    read = sum(hit.reading is not None for hit in assistant.search(question))
    assert (read > assistant.settings.answer.depth) == more


def test_the_seconds_are_those_of_the_stages_that_ran(assistant):
    *stages, answer = assistant.stream(QUESTION)
    assert [name for name, _ in answer.trace.seconds] == stages == ["understand", "search", "read", "verify"]


def test_another_reader_takes_the_extractive_ones_place(assistant, seeds_settings):
    quote = assistant.ask(QUESTION).citations[0].quote
    reader = ScriptedReader([Draft(claims=(Claim(text=quote, quote=quote, hit_rank=1),), confidence=0.9)])
    other = Assistant(assistant.generation, pipeline=open_pipeline(seeds_settings, assistant._encoder, reader))
    answer = other.ask(QUESTION)
    assert reader.asked[0][0].text == answer.trace.query
    assert dict(answer.trace.models)["reader"] == "scripted"


def test_a_reader_that_streams_is_heard_sentence_by_sentence(opened, assistant):
    quote = assistant.ask(QUESTION).citations[0].quote
    rank = next(hit.rank for hit in assistant.search(QUESTION) if quote in hit.passage.text)
    claim = Claim(text=quote, quote=quote, hit_rank=rank)

    class Streams:
        name = "streams"

        def stream(self, query, hits):
            yield claim
            yield Draft(claims=(claim,), confidence=0.9)

    heard = Assistant(assistant.generation, pipeline=replace(opened, reader=Streams()))
    events = list(heard.tell(QUESTION))
    assert next(event for event in events if isinstance(event, Sentence)).citation == events[-1].citations[0]


def test_a_reader_that_does_not_stream_gives_its_draft_and_nothing_before():
    draft = Draft(reason="not-in-articles")
    assert list(AtOnce(ScriptedReader([draft])).stream(None, ())) == [draft]
    assert AtOnce(ScriptedReader([])).name == "scripted"


def test_the_page_of_the_pipeline_is_a_page():
    assert len(inspect.getsource(pipeline).splitlines()) <= 250


def test_quotations_are_asked_first_unless_another_reader_takes_their_place(assistant, seeds_settings):
    encoder = assistant._encoder
    assert open_pipeline(seeds_settings, encoder).quotation_reader is sayings.draft_of
    assert open_pipeline(seeds_settings, encoder, ScriptedReader([])).quotation_reader is None
