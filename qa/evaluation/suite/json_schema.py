"""A line of a suite as JSON Schema (draft 2020-12), for editors and other programs; `qa.evaluation.suite.cases.parse` is the judge.

It says what can be checked line by line. What it cannot say: a key that is twice in an object, half of a surrogate pair, a
source judged twice in `relevant`; and, of a whole file, an id used twice or gold that is not in its source.
"""

from __future__ import annotations

from typing import Any

from qa.evaluation.suite.cases import REQUIRED
from qa.schema import KINDS, LANGUAGES

_TEXT = {"type": "string", "pattern": r"\S"}
_SOME = {"minItems": 1}


def json_schema() -> dict[str, Any]:
    """The schema; `evals/case.schema.json` is this, written out."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a case of an eval suite",
        "type": "object",
        "properties": {
            "id": _TEXT,
            "question": _TEXT,
            "answers": {"type": "array", "items": _TEXT, "description": "any one is right; none means: it must abstain"},
            "sources": {
                **_objects(source=_TEXT, quote=_TEXT),
                "description": "every place that answers alone, letter for letter",
            },
            "kind": {"enum": ["", *KINDS]},
            "language": {"enum": list(LANGUAGES), "default": LANGUAGES[0]},
            "tags": {"type": "array", "items": _TEXT},
            "history": {
                **_objects(("short",), question=_TEXT, answer={"type": "string"}, short={"type": "string"}),
                "description": "the turns before, as they were asked and answered",
            },
            "relevant": {
                **_objects(source=_TEXT, grade={"type": "integer", "minimum": 1}),
                "description": "whole articles judged for retrieval alone (TREC qrels); then no answers and no sources",
            },
        },
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": [
            _where("answers", {"required": ["sources"], "properties": {"sources": _SOME}}),
            _where("sources", {"required": ["answers"], "properties": {"answers": _SOME}}),
            _where("relevant", {"properties": {"answers": {"maxItems": 0}, "sources": {"maxItems": 0}}}),
        ],
    }


def _objects(optional: tuple[str, ...] = (), **fields: dict[str, Any]) -> dict[str, Any]:
    required = [name for name in fields if name not in optional]
    item = {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
    return {"type": "array", "items": item}


def _where(key: str, then: dict[str, Any]) -> dict[str, Any]:
    """What must hold where a line has something under `key`."""
    return {"if": {"required": [key], "properties": {key: _SOME}}, "then": then}
