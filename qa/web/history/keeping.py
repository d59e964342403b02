"""A turn of a conversation as JSON and back. What comes back from disk is believed no more than a reader's draft: it is checked anew."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from qa.schema import Answer
from qa.web.render.conversation import Exchange

if TYPE_CHECKING:
    from qa.web.history.history import Turned
    from qa.web.page.controller import Desk
    from qa.web.wording.languages import Words


def body(exchange: Exchange) -> str:
    """What became of a question: the answer, or the problem in words, and what the reader said of it."""
    answer = None if exchange.answer is None else _adapter().dump_python(exchange.answer, mode="json")
    return json.dumps({"answer": answer, "problem": exchange.problem, "judged": exchange.judged}, ensure_ascii=False)


def said(exchange: Exchange) -> str:
    """What a search through kept conversations looks at."""
    return "" if exchange.answer is None else f"{exchange.answer.text} {exchange.answer.short}".strip()


def exchange(turned: Turned, desk: Desk, words: Words) -> Exchange:
    """The turn as the page shows it. Its citations are looked up in their articles again: one that does not stand breaks the answer."""
    kept = Exchange(question=turned.question, kept=turned.n)
    try:
        told: Any = json.loads(turned.body)
        if told["answer"] is None:
            problem = tuple(str(line) for line in told["problem"]) or (words.interrupted,)
            return Exchange(question=turned.question, kept=turned.n, problem=problem)
        answer = _adapter().validate_python(told["answer"], strict=False)
    except (ValueError, KeyError, TypeError, ValidationError):
        return Exchange(question=turned.question, kept=turned.n, problem=(words.unreadable,))
    return desk.shown(kept, answer, words, judged=told.get("judged"))


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
