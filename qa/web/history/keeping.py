"""A turn of a conversation as JSON and back. What comes back from disk is believed no more than a reader's draft: it is checked again."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from qa.schema import Answer
from qa.web.narrowing.filters import from_json, to_json
from qa.web.render.conversation import Exchange

if TYPE_CHECKING:
    from qa.web.history.history import Turned
    from qa.web.page.controller import Desk
    from qa.web.wording.languages import Words


def body(exchange: Exchange, index: str = "") -> str:
    """What became of a question: the answer, or the problem in words, what the reader said of it, what narrowed it, the index's name."""
    answer = None if exchange.answer is None else _adapter().dump_python(exchange.answer, mode="json")
    record = {
        "answer": answer,
        "problem": exchange.problem,
        "judged": exchange.judged,
        "only": to_json(exchange.only),
        "index": index,
    }
    return json.dumps(record, ensure_ascii=False)


def index_of(body: str) -> str:
    """The index that was asked; "" where a turn was kept without."""
    try:
        record = json.loads(body)
    except ValueError:
        return ""
    index = record.get("index") if isinstance(record, dict) else None
    return index if isinstance(index, str) else ""


def searchable(exchange: Exchange) -> str:
    """What a search through kept conversations looks at."""
    return "" if exchange.answer is None else f"{exchange.answer.text} {exchange.answer.short}".strip()


def exchange(turned: Turned, desk: Desk, words: Words) -> Exchange:
    """The turn as the page shows it. Its citations are looked up in their articles again: one that is not there breaks the answer."""
    kept = Exchange(question=turned.question, kept=turned.n)
    try:
        record: Any = json.loads(turned.body)
        if record["answer"] is None:
            problem = tuple(str(line) for line in record["problem"]) or (words.interrupted,)
            return Exchange(question=turned.question, kept=turned.n, problem=problem)
        kept = replace(kept, only=from_json(record.get("only")), missing=str(record.get("missing") or "")[:200])
        answer = _adapter().validate_python(record["answer"], strict=False)
    except (ValueError, KeyError, TypeError, ValidationError):
        return Exchange(question=turned.question, kept=turned.n, problem=(words.unreadable,))
    return desk.shown(kept, answer, words, judged=record.get("judged"))


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
