"""POST /v1/chat/completions and GET /v1/models: any program that speaks to OpenAI's chat can ask the archive.

The last user message is the question, the messages before it are the conversation; system messages steer nothing here.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa.errors import QaError
from qa.schema import Answer, Sentence, Turn
from qa.web import api
from qa.web.seam import Assisting

MODEL = "sitasi"

_log = logging.getLogger(__name__)
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_SOURCES = re.compile(r"\n\n(?:Sumber|Sources):\n.*\Z", re.DOTALL)
_SAYS = {
    "id": {"nothing": "Tidak ada jawaban dalam artikel.", "sources": "Sumber"},
    "en": {"nothing": "The articles do not answer this.", "sources": "Sources"},
}


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="allow")
    type: str
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""


class Message(BaseModel):
    """One message of a chat."""

    model_config = ConfigDict(extra="allow")
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, StringConstraints(max_length=20_000)] | list[Part] | None = None

    def text(self) -> str:
        """Its text, parts joined."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatIn(BaseModel):
    """What is read of a chat completion request; everything else is accepted and has no effect."""

    model_config = ConfigDict(extra="allow")
    messages: list[Message] = Field(min_length=1, max_length=200)
    model: str = MODEL
    stream: bool = False


def openai_door(assistant: Assisting) -> APIRouter:
    """The two paths over one assistant."""
    router = APIRouter(prefix="/v1", tags=["openai"], route_class=api.Worded)

    @router.get("/models", summary="The one model there is")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}

    @router.post(
        "/chat/completions",
        summary="OpenAI-compatible chat over the archive, with and without streaming",
        response_model=None,
        responses={400: {"description": "no question"}, 401: {"description": "no token"}},
    )
    def complete(chat: ChatIn) -> dict[str, Any] | StreamingResponse:
        question, history = _conversation(chat.messages)
        if chat.stream:
            return StreamingResponse(
                _stream(assistant, question, history), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
            )
        answer = api.checked(assistant, assistant.ask(question, history))
        message = {"role": "assistant", "content": prose(answer)}
        whole = _head("chat.completion") | {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
        whole["usage"] = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        whole["sitasi"] = api.contract(assistant, answer)
        return whole

    return router


def prose(answer: Answer) -> str:
    """The answer as Markdown that renders nothing of an article's own: the sentences, then each citation's source and quote."""
    said = _SAYS[answer.language]
    if answer.abstained:
        return said["nothing"]
    return f"{inert(answer.text)}{_listed(answer)}"


def _listed(answer: Answer) -> str:
    listed = [
        f"[{c.n}] {inert(' · '.join(part for part in (c.title, c.outlet, c.published.isoformat() if c.published else '', c.source) if part))}: “{inert(' '.join(c.quote.split()))}”"
        for c in answer.citations
    ]
    return f"\n\n{_SAYS[answer.language]['sources']}:\n" + "\n".join(listed)


def inert(text: str) -> str:
    """Text in which no tag, image or link of Markdown comes to life: an image's address alone could carry words away."""
    return text.replace("<", "&lt;").replace("](", "]\\(").replace("![", "!\\[").replace("]:", "]\\:").replace("`", "'")


def _conversation(messages: list[Message]) -> tuple[str, tuple[Turn, ...]]:
    spoken = [(message.role, message.text().strip()) for message in messages if message.role in {"user", "assistant"}]
    if not spoken or spoken[-1][0] != "user":
        raise HTTPException(400, "the last message must be the user's question")
    turns: list[Turn] = []
    for (role, words), (after, reply) in pairwise(spoken):
        if role == "user" and words:
            turns.append(Turn(question=words, answer=_MARKER.sub("", _SOURCES.sub("", reply)) if after == "assistant" else ""))
    return spoken[-1][1], tuple(turns)


def _stream(assistant: Assisting, question: str, history: tuple[Turn, ...]) -> Iterator[str]:
    head = _head("chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        return f"data: {json.dumps(head | {'choices': [{'index': 0, 'delta': delta, 'finish_reason': finish}]}, ensure_ascii=False)}\n\n"

    yield chunk({"role": "assistant", "content": ""})
    told = ""
    try:
        for event in api.events(assistant, question, history):
            if isinstance(event, Sentence):
                piece = (" " if told else "") + inert(event.text)
                told += piece
                yield chunk({"content": piece})
            elif isinstance(event, Answer):
                whole = prose(api.checked(assistant, event))
                # What was told is the beginning of the whole, by the order of proof; else the whole is told anew.
                yield chunk({"content": whole.removeprefix(told) if whole.startswith(told) else f"\n\n{whole}"})
    except Exception as error:  # noqa: BLE001 - the status is sent already: the failure is told in the stream
        _log.exception("a streamed chat failed")
        yield f"data: {json.dumps({'error': {'message': str(error) if isinstance(error, QaError) else 'the question failed', 'type': 'server_error'}})}\n\n"
    yield chunk({}, "stop")
    yield "data: [DONE]\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex[:24]}", "object": kind, "created": int(time.time()), "model": MODEL}
