"""POST /v1/chat/completions and GET /v1/models: any program that speaks to OpenAI's chat can ask the archive.

The last user message is the question, the messages before it are the conversation; system messages steer nothing here.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Generator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa.messages import in_words
from qa.schema import Answer, Language, Sentence, Turn
from qa.web.http import common
from qa.web.http.limits import Turnstile
from qa.web.protocol import Assisting

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError

    from qa.retrieve.narrowing import Only

MODEL = "sitasi"

_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_SOURCES = re.compile(r"\n\n(?:Sumber|Sources):\n.*\Z", re.DOTALL)
_SOURCES_OF: dict[Language, str] = {"id": "Sumber", "en": "Sources"}
_NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}  # none are counted, none are billed


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


class StreamOptions(BaseModel):
    """What a streaming client may want besides."""

    model_config = ConfigDict(extra="allow")
    include_usage: bool = False


class ChatIn(common.Narrowed):
    """What is read of a chat completion request; everything else is accepted and has no effect. since, until and outlet are ours."""

    model_config = ConfigDict(extra="allow")
    messages: list[Message] = Field(min_length=1, max_length=200)
    model: str = MODEL
    stream: bool = False
    stream_options: StreamOptions | None = None


class Erring(common.Worded):
    """Errors in the form that OpenAI's clients read."""

    def refusal(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
        """{"error": {"message", "type", "param", "code"}}."""
        kind = "server_error" if status >= 500 else "invalid_request_error"
        return JSONResponse({"error": {"message": words, "type": kind, "param": None, "code": None}}, status, headers)

    def invalid(self, error: RequestValidationError) -> JSONResponse:
        """The first fault, with the field that has it."""
        first = error.errors()[0]
        return self.refusal(422, f"{'.'.join(str(part) for part in first['loc'][1:]) or 'body'}: {common.wrong(first)}")


def openai_endpoint(assistant: Assisting, turns: Turnstile) -> APIRouter:
    """The two paths over one assistant."""
    router = APIRouter(prefix="/v1", tags=["openai"], route_class=Erring)

    @router.get("/models", summary="The one model there is", responses={401: {"description": "no token"}})
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}

    def whole(chat: ChatIn, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        answer = common.checked(assistant, assistant.ask(question, history, **chat.only()))
        message = {"role": "assistant", "content": prose(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return _head("chat.completion") | {
            "choices": [choice],
            "usage": _NO_TOKENS,
            "sitasi": common.contract(assistant, answer),
        }

    @router.post(
        "/chat/completions",
        summary="OpenAI-compatible chat over the archive, with and without streaming",
        response_model=None,
        responses={
            200: {"content": {"application/json": {}, "text/event-stream": {}}},
            422: {"description": "a field is wrong"},
            **common.REFUSALS,
        },
    )
    async def complete(chat: ChatIn) -> dict[str, Any] | StreamingResponse:
        question, history = _conversation(chat.messages)
        if not chat.stream:
            return await turns.run(lambda: whole(chat, question, history))
        turns.admit()
        counted = chat.stream_options is not None and chat.stream_options.include_usage
        pieces = turns.each(_stream(assistant, question, history, chat.only(), counted=counted))
        return StreamingResponse(pieces, media_type="text/event-stream", headers=common.STREAMED)

    return router


def prose(answer: Answer) -> str:
    """The answer as Markdown that renders nothing of an article's own: the sentences, then each citation's source and quote."""
    if answer.abstained:
        return in_words(answer.reason, answer.language)
    return f"{inert(answer.text)}{_listed(answer)}"


def _listed(answer: Answer) -> str:
    listed = [
        f"[{c.n}] {inert(' · '.join(part for part in (c.title, c.outlet, c.published.isoformat() if c.published else '', c.source) if part))}: “{inert(' '.join(c.quote.split()))}”"
        for c in answer.citations
    ]
    return f"\n\n{_SOURCES_OF[answer.language]}:\n" + "\n".join(listed)


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


def _stream(assistant: Assisting, question: str, history: tuple[Turn, ...], only: Only, *, counted: bool) -> Generator[str]:
    head = _head("chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        return _data(head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    yield chunk({"role": "assistant", "content": ""})
    sent = ""
    try:
        for event in assistant.tell(question, history, **only):
            if isinstance(event, Sentence):
                piece = (" " if sent else "") + inert(event.text)
                sent += piece
                yield chunk({"content": piece})
            elif isinstance(event, Answer):
                whole = prose(common.checked(assistant, event))
                # What was sent is the beginning of the whole, by the order of proof; else the whole is sent again.
                yield chunk({"content": whole.removeprefix(sent) if whole.startswith(sent) else f"\n\n{whole}"})
    except Exception as error:  # noqa: BLE001 - the status is sent already: the failure is reported in the stream
        yield _data({"error": {"message": common.failure(error), "type": "server_error", "param": None, "code": None}})
    else:
        yield chunk({}, "stop")
        if counted:
            yield _data(head | {"choices": [], "usage": _NO_TOKENS})
    yield "data: [DONE]\n\n"


def _data(event: dict[str, Any]) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex[:24]}", "object": kind, "created": int(time.time()), "model": MODEL}
