"""SQuAD 1.1 and 2.0, TyDiQA-GoldP and our own rows: three spellings of the same thing.

nested   {"data": [{"title", "paragraphs": [{"context", "qas": [{"id", "question", "is_impossible"?, "answers": [{"text",
         "answer_start"}]}]}]}]}                                               SQuAD, TyDiQA-GoldP as published
rows     {"id", "title"?, "context", "question", "answers": {"text": […], "answer_start": […]}}          as the hub exports them
ours     {"id", "title"?, "context", "question", "answers": [{"text", "start"}]}

Rows are one a line, or in one list, or under "data". Sources: Rajpurkar et al., EMNLP 2016 and ACL 2018 (SQuAD); Clark et al.,
TACL 8 (2020) (TyDi QA). `is_impossible` and an empty list of answers both mean that the passage does not answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.errors import SuiteError
from qa.evaluation.benchmarks.compressed import ending, list_of, objects, text_of, whole, whole_characters
from qa.evaluation.benchmarks.marked import Marked, MarkedQuestion
from qa.schema import Language

TYDI_LANGUAGES: dict[str, Language] = {"indonesian": "id", "english": "en"}
_CURE = "Cure: give the file as it was published"


def rows(path: Path) -> Iterator[MarkedQuestion]:
    """The questions of a file in any of the three spellings. Raises SuiteError where a field is missing or of another type."""
    if ending(path) in (".jsonl", ".ndjson"):
        for place, record in objects(path):
            yield from _row(record, place) if "context" in record else _nested(record, place)
        return
    value = whole(path)
    data = value.get("data") if isinstance(value, dict) else value
    if not isinstance(data, list):
        raise SuiteError(f'{path}: neither a list nor an object with a list under "data". {_CURE}')
    for number, record in enumerate(data, start=1):
        place = f"{path}: entry {number}"
        yield from _row(record, place) if isinstance(record, dict) and "context" in record else _nested(record, place)


def tydi_language(id_: str) -> str:
    """The language that a TyDiQA id begins with ("indonesian-…"), "" when it begins with none."""
    head = id_.partition("-")[0].lower()
    return head if head.isalpha() and len(head) > 4 else ""


def _nested(entry: Any, place: str) -> Iterator[MarkedQuestion]:
    title = entry.get("title") if isinstance(entry, dict) else None
    for paragraph in list_of(entry, "paragraphs", place):
        passage = text_of(paragraph, "context", place, empty=True)
        for asked in list_of(paragraph, "qas", place):
            id_ = whole_characters(str(asked.get("id", ""))) if isinstance(asked, dict) else ""
            here = f"{place}, question {id_!r}"
            yield MarkedQuestion(
                place=here,
                id=id_,
                question=text_of(asked, "question", here, empty=True),
                passage=passage,
                title=whole_characters(title) if isinstance(title, str) else "",
                answers=() if asked.get("is_impossible") else _answers(asked, here),
            )


def _row(record: dict[str, Any], place: str) -> Iterator[MarkedQuestion]:
    title = record.get("title")
    yield MarkedQuestion(
        place=place,
        id=whole_characters(str(record.get("id") or "")),
        question=text_of(record, "question", place, empty=True),
        passage=text_of(record, "context", place, empty=True),
        title=whole_characters(title) if isinstance(title, str) else "",
        answers=() if record.get("is_impossible") else _answers(record, place),
    )


def _answers(record: dict[str, Any], place: str) -> tuple[Marked, ...]:
    value = record.get("answers")
    if isinstance(value, dict):
        texts, starts = list_of(value, "text", place), list_of(value, "answer_start", place)
        if len(texts) != len(starts):
            raise SuiteError(f"{place}: {len(texts)} answers and {len(starts)} starts. {_CURE}")
        value = [{"text": text, "answer_start": start} for text, start in zip(texts, starts, strict=True)]
    if not isinstance(value, list):
        raise SuiteError(f"{place}: 'answers' must be a list or an object of lists, not {value!r:.80}. {_CURE}")
    return tuple((text_of(answer, "text", place, empty=True), _start(answer, place)) for answer in value)


def _start(answer: dict[str, Any], place: str) -> int:
    start = answer.get("answer_start", answer.get("start", -1))
    if isinstance(start, bool) or not isinstance(start, int):
        raise SuiteError(f"{place}: an answer starts at a whole number, not at {start!r:.80}. {_CURE}")
    return start
