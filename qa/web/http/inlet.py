"""Admits requests: only paths that the page or an endpoint has, and bodies of bounded size, time and number.

    a path that nothing here needs              404 (Gradio has some seventy; the page uses a dozen)
    a body that is too long                     413, as soon as that is known
    a body that is too slow                     408
    too many large bodies at once               503, and when to come back
    an event of the page that names a file      400, unless it is an upload of this process (qa/web/http/uploads.py)

A body is read whole before the application sees it; an upload alone streams on, counted as it goes.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from qa.web.http import uploads
from qa.web.http.limits import MAX_BODY

if TYPE_CHECKING:
    from qa.web.http.origin import App, Message, Receive, Scope, Send

EVENTS = "/gradio_api/"
UPLOAD = EVENTS + "upload"
PAGE = frozenset(
    {"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", UPLOAD, UPLOAD + "_progress"}
    | {EVENTS + name for name in ("run/predict", "queue/join", "queue/data", "cancel", "reset", "startup-events", "app_id")}
)
PAGE_UNDER = ("/assets/", "/static/", EVENTS + "heartbeat/")

MAX_EVENT = 1024 * 1024  # bytes of one event of the page: the names of a thousand uploads are fewer
SMALL = 64 * 1024  # bytes of a body that is not counted among the large ones
TOGETHER = 64 * 1024 * 1024  # bytes of all large bodies that are in memory at once
UPLOADS = 4  # uploads that are received at once
PATIENCE = 20.0  # seconds for a body, and as much more as its length takes at SLOWEST
DRAINED, LINGER = 4_500_000, 1.0  # bytes and seconds of a refused body that are read and thrown away, so that the refusal arrives
SLOWEST = 10_000  # bytes a second


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """Why a request goes no further: HTTP status and words with the cure."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Inlet:
    """ASGI middleware before the page and the endpoints. `paths` are the endpoints' own, `files` the events that take uploads."""

    def __init__(self, app: App, paths: Collection[str], files: Collection[int], *, patience: float = PATIENCE) -> None:
        self.app = app
        self.paths = PAGE | frozenset(paths)
        self.files = frozenset(files)
        self.patience = patience
        self._together = 0  # bytes of large bodies in memory now
        self._uploading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        try:
            self._known(path)
            length = _length(scope)
            if length == 0:
                await self.app(scope, receive, send)
            elif path == UPLOAD:
                await self._upload(scope, receive, send, length)
            else:
                await self._whole(scope, receive, send, length)
        except Refusal as refusal:
            await refuse(refusal, path, send, receive)

    def _known(self, path: str) -> None:
        """Raises Refusal for a path that neither the page nor an endpoint has."""
        if path not in self.paths and not path.startswith(PAGE_UNDER):
            raise Refusal(404, "nothing is here. Cure: the page is at /, what programs may use is listed at /docs")

    async def _whole(self, scope: Scope, receive: Receive, send: Send, length: int | None) -> None:
        event = scope["path"].startswith(EVENTS)
        most = MAX_EVENT if event else MAX_BODY
        _short_enough(length, most)
        counted = 0

        def count(size: int) -> None:
            nonlocal counted
            if size > SMALL:
                self._together += size - counted
                counted = size
                if self._together > TOGETHER:
                    raise Refusal(503, "too many long requests at once. Cure: try again in a moment")

        try:
            body = await read(receive, most=most, patience=self.patience, count=count)
            if body is None:
                return
            if event:
                self._vet(body)
            await self.app(scope, _replay(body, receive), send)
        finally:
            self._together -= counted

    def _vet(self, body: bytes) -> None:
        """Raises Refusal for an event that is no JSON, or that names files which it may not."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise Refusal(400, "the body is not JSON. Cure: use the page, or an endpoint of /docs") from None
        event = data.get("fn_index") if isinstance(data, dict) else None
        if uploads.strangers(data, files=type(event) is int and event in self.files):
            raise Refusal(400, "this names a file that was not uploaded here. Cure: add files on the page")

    async def _upload(self, scope: Scope, receive: Receive, send: Send, length: int | None) -> None:
        _short_enough(length, uploads.MOST)
        if self._uploading >= UPLOADS or await asyncio.to_thread(uploads.sweep) + (length or 0) > uploads.MOST_KEPT:
            raise Refusal(503, "too many files are being uploaded. Cure: try again in a moment")
        began, read, refusal, started = time.monotonic(), 0, None, False

        async def counted() -> Message:
            nonlocal read, refusal
            if refusal is None:
                try:
                    message = await _in_time(receive, began + self.patience + read / SLOWEST)
                    read += len(message.get("body", b""))
                    _short_enough(read, uploads.MOST)
                except Refusal as over:
                    refusal = over
                else:
                    return message
            return {"type": "http.disconnect"}

        async def kept(message: Message) -> None:
            nonlocal started
            if refusal is None:
                started = True
                await send(message)

        self._uploading += 1
        try:
            await self.app(scope, counted, kept)
        except Exception:
            if refusal is None:
                raise
        finally:
            self._uploading -= 1
        if refusal is not None and not started:
            raise refusal


async def read(receive: Receive, *, most: int, patience: float = PATIENCE, count: Any = None) -> bytes | None:
    """A body, whole; None where the caller has left. Raises Refusal 413 when it is longer than `most` bytes, 408 when it is slow."""
    began, parts, size, more = time.monotonic(), [], 0, True
    while more:
        message = await _in_time(receive, began + patience + size / SLOWEST)
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        _short_enough(size, most)
        if count is not None:
            count(size)
        more = message.get("more_body", False)
    return b"".join(parts)


async def refuse(refusal: Refusal, path: str, send: Send, receive: Receive) -> None:
    """The refusal as JSON, in the form that the path's callers read.

    Of what is left of the body a bounded part is read and thrown away: a connection that is closed over unread bytes is reset, and the caller
    may lose the answer.
    """
    error: Any = str(refusal)
    if path.startswith("/v1/"):
        kind = "server_error" if refusal.status >= 500 else "invalid_request_error"
        error = {"message": error, "type": kind, "param": None, "code": None}
    body = json.dumps({"error": error}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    if refusal.status == 503:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if refusal.status in {404, 413}:  # of the others the body was read, the caller was waited for, or there is no room
        await _drained(receive)
    await send({"type": "http.response.body", "body": b""})


async def _drained(receive: Receive) -> None:
    until, left = time.monotonic() + LINGER, DRAINED
    try:
        while left > 0:
            message = await _in_time(receive, until)
            left -= len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body", False):
                return
    except Refusal:  # its time is over
        return


async def _in_time(receive: Receive, until: float) -> Message:
    try:
        async with asyncio.timeout(until - time.monotonic()):
            return await receive()
    except TimeoutError:
        raise Refusal(408, "the body came too slowly. Cure: send it again") from None


def _length(scope: Scope) -> int | None:
    """Bytes of the body as it is declared; None where it comes in pieces, 0 where there is none."""
    headers = {key.lower(): value for key, value in scope.get("headers", ())}
    if b"transfer-encoding" in headers:
        return None
    declared = headers.get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else None


def _short_enough(length: int | None, most: int) -> None:
    if length is not None and length > most:
        raise Refusal(413, f"the body is longer than {most} bytes. Cure: a shorter one")


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body at once, then whatever comes after it (that the caller leaves)."""
    answered = False

    async def again() -> Message:
        nonlocal answered
        if answered:
            return await receive()
        answered = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
