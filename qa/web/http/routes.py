"""Endpoints for other programs, beside the page: /ask, /ask/stream, OpenAI-compatible chat, MCP, /healthz, /openapi.json.

Only verified Answers pass, and each is checked against its articles once more here. With a token every endpoint but /healthz
asks for `Authorization: Bearer …`. Errors are words, never a traceback. Endpoints and page share one assistant,
so that an article added on the page is answered about here from the same moment.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.routing import Route

from qa import __version__
from qa.schema import MAX_QUESTION, Citation, Sentence, Turn
from qa.web.http.common import REFUSALS, STREAMED, Narrowed, Worded, bearer, contract, failure
from qa.web.http.limits import AT_ONCE, Turnstile
from qa.web.protocol import Assisting

if TYPE_CHECKING:
    from qa.web.serving.service import Service

Text = Annotated[str, StringConstraints(max_length=MAX_QUESTION)]


class TurnIn(BaseModel):
    """An earlier question with the answer that was given; `short` says which of its names was the answer."""

    question: Text
    answer: Annotated[str, StringConstraints(max_length=20_000)] = ""
    short: Annotated[str, StringConstraints(max_length=20_000)] = (
        ""  # as the earlier reply gave it: it says which name was the answer
    )


class AskIn(Narrowed):
    """A question, with the turns before it if there were any, and what narrows the articles that it is asked of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "Kapan peluncuran pertama dari Vostochny?"}]})

    question: Text
    id: Text | None = None
    history: list[TurnIn] = Field(default_factory=list, max_length=50)
    top: int = Field(default=20, ge=0, le=1000, description="passages listed with the answer")


def mount(app: FastAPI, assistant: Assisting, token: str = "", service: Service | None = None) -> frozenset[str]:
    """Add the endpoints to `app`, and give their paths. Call it before the page is mounted at "/", which takes every path that is left.
    A `service` has probes and figures besides.

    MCP's sessions live as long as the app: its lifespan is wrapped around the one that `app` has.
    """
    from qa.web.http.listings import listing_endpoints
    from qa.web.http.mcp import mcp_endpoint
    from qa.web.http.openai import openai_endpoint

    turns = Turnstile() if service is None else _turns_of(service)
    guarded = [Depends(bearer(token))]
    router = APIRouter(route_class=Worded)
    router.include_router(_ask_endpoints(assistant, turns), dependencies=guarded)
    router.include_router(listing_endpoints(assistant, turns), dependencies=guarded)
    router.include_router(openai_endpoint(assistant, turns), dependencies=guarded)
    if service is not None:
        from qa.web.serving.probes import figures, probes

        router.include_router(probes(service))
        router.include_router(figures(service), dependencies=guarded)
    described = _about(router, token)
    app.include_router(router)
    server = mcp_endpoint(assistant, turns, token)
    endpoints = [*server.routes, *_other_methods(described()["paths"])]
    app.router.routes.extend(endpoints)
    inner = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(whole: Any) -> AsyncIterator[Any]:
        async with server.lifespan(), inner(whole) as state:
            yield state

    app.router.lifespan_context = lifespan
    return frozenset(endpoint.path for endpoint in endpoints)


def _turns_of(service: Service) -> Turnstile:
    """As many turns at once as there are processes, and some more where these are few."""
    turns = Turnstile(max(AT_ONCE, service.settings.web.workers), on_refusal=service.metrics.questions.labels("refused").inc)
    service.metrics.watch("turns_waiting", "Questions that wait for a turn at the endpoints", lambda: turns.waiting)
    return turns


def _ask_endpoints(assistant: Assisting, turns: Turnstile) -> APIRouter:
    router = APIRouter(tags=["ask"], route_class=Worded)

    @router.post("/ask", summary="Ask a question; the answer is the JSON contract", responses=REFUSALS)
    async def ask(asked: AskIn) -> dict[str, Any]:
        return await turns.run(
            lambda: contract(
                assistant, assistant.ask(asked.question, _turns(asked), **asked.only()), identity=asked.id, top=asked.top
            )
        )

    @router.post(
        "/ask/stream",
        summary="Ask, and follow the progress: server-sent events stage, sentence, answer, error",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}, **REFUSALS},
    )
    async def ask_stream(asked: AskIn) -> StreamingResponse:
        turns.admit()
        return StreamingResponse(turns.each(_events(assistant, asked)), media_type="text/event-stream", headers=STREAMED)

    return router


def _events(assistant: Assisting, asked: AskIn) -> Generator[str]:
    try:
        for event in assistant.tell(asked.question, _turns(asked), **asked.only()):
            if isinstance(event, str):
                yield _sse("stage", {"stage": event})
            elif isinstance(event, Sentence):
                yield _sse(
                    "sentence", {"text": event.text, **_cited(event.citation), "also": [_cited(one) for one in event.also]}
                )
            else:
                yield _sse("answer", contract(assistant, event, identity=asked.id, top=asked.top))
    except Exception as error:  # noqa: BLE001 - the status is sent already: the failure is reported in the stream
        yield _sse("error", {"error": failure(error)})


def _about(router: APIRouter, token: str) -> Callable[[], dict[str, Any]]:
    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz", tags=["about"], summary="Alive")
    def healthz() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    def schema() -> dict[str, Any]:
        described = get_openapi(title="Sitasi", version=__version__, description=__doc__ or "", routes=router.routes)
        if token:
            described.setdefault("components", {})["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
            described["security"] = [{"bearer": []}]
        return described

    @router.get("/openapi.json", include_in_schema=False)
    def openapi() -> dict[str, Any]:
        return schema()

    @router.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        # FastAPI's own page loads its script from another machine; this one loads nothing.
        rows = "".join(
            f"<tr><td><code>{method.upper()} {path}</code></td><td>{operation.get('summary', '')}</td></tr>"
            for path, operations in schema()["paths"].items()
            for method, operation in operations.items()
        )
        return HTMLResponse(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sitasi: endpoints</title><style>:root{color-scheme:light dark}'
            "body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}td{padding:.3rem 1rem .3rem 0}</style></head>"
            f"<body><h1>Endpoints for other programs</h1><table>{rows}</table>"
            '<p>MCP over streamable HTTP: <code>/mcp</code>. Whole description: <a href="openapi.json">openapi.json</a>.</p></body></html>'
        )

    return schema


def _other_methods(paths: Mapping[str, Mapping[str, Any]]) -> list[Route]:
    """For each path a 405 with what it does take: the page, which is mounted on all that is left, would call it unknown."""
    taken = {path: sorted(name.upper() for name in does) for path, does in paths.items()}
    taken |= {"/docs": ["GET"], "/openapi.json": ["GET"]}
    return [Route(path, _Refusing(methods), methods=None) for path, methods in taken.items()]


class _Refusing:
    """ASGI: 405 with the methods that are allowed."""

    def __init__(self, methods: Sequence[str]) -> None:
        self.methods = ", ".join(methods)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        refusal = JSONResponse(
            {"error": f"this endpoint takes {self.methods} only"}, status_code=405, headers={"Allow": self.methods}
        )
        await refusal(scope, receive, send)


def _turns(asked: AskIn) -> tuple[Turn, ...]:
    return tuple(Turn(question=turn.question, answer=turn.answer, short=turn.short) for turn in asked.history)


def _cited(citation: Citation) -> dict[str, Any]:
    return {"n": citation.n, "quote": citation.quote, "source": citation.source}


def _sse(event: str, data: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
