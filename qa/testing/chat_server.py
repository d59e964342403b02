"""A chat model with scripted replies, behind a real HTTP server on this machine that speaks the OpenAI protocol.

    with ScriptedServer([Reply("Jembatan diresmikan. [1: «…»]"), Reply(status=429)]) as server:
        chat = open_chat("openai:scripted", base_url=server.url)

Its failures are part of the script: HTTP errors, silence, slowness, streams that break, replies that are no JSON. So a program that talks
to chat models is tested over the same wire that it uses, without one.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

HOLD = 30.0
"""How long a held reply waits, in seconds: far longer than a busy machine needs, and a test that fails still ends."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says, and how it fails.

    status: an HTTP error instead of a reply. delay: seconds before the first byte; pace: seconds between pieces of `piece` characters.
    holds: (characters, event) pairs: once so many are sent, the rest waits for the event; an event that nobody sets within HOLD seconds
    cuts the connection. break_after: the connection is cut after so many characters. garbage: bytes sent in place of the protocol.
    tools: (name, arguments) calls in place of text.
    """

    text: str = ""
    status: int = 200
    delay: float = 0.0
    pace: float = 0.0
    piece: int = 12
    holds: tuple[tuple[int, threading.Event], ...] = ()
    break_after: int | None = None
    garbage: bytes | None = None
    tools: tuple[tuple[str, dict[str, Any]], ...] = ()


Script = Iterable[Reply] | Callable[[dict[str, Any]], Reply]


@dataclass
class ScriptedServer:
    """Serves a script on 127.0.0.1 while the `with` lasts; `requests` keeps every body that was sent, `url` is the base URL.

    A script is a list of replies, one a request (the last one is repeated), or a function of the request's body.
    """

    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        replies = None if callable(self.script) else list(self.script)

        def reply(body: dict[str, Any]) -> Reply:
            if callable(self.script):
                return self.script(body)
            if not replies:
                return Reply()
            return replies.pop(0) if len(replies) > 1 else replies[0]

        self._stop = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, reply, self._stop))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """As a client's base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"


def _handler(
    owner: ScriptedServer, reply_to: Callable[[dict[str, Any]], Reply], stop: threading.Event
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            owner.requests.append(body)
            owner.headers.append(dict(self.headers))
            reply = reply_to(body)
            stop.wait(reply.delay)
            try:
                self._answer(body, reply)
            except OSError:  # the client has hung up, as it does when its time is over
                self.close_connection = True

        def _answer(self, body: dict[str, Any], reply: Reply) -> None:
            if reply.status != 200:
                error = {"error": {"message": "scripted failure", "type": "scripted", "code": str(reply.status)}}
                self._send(reply.status, "application/json", json.dumps(error).encode())
            elif reply.garbage is not None:
                self._send(200, "text/event-stream" if body.get("stream") else "application/json", reply.garbage)
            elif body.get("stream"):
                self._stream(reply)
            else:
                message = (
                    {"role": "assistant", "content": reply.text or None, "tool_calls": _calls(reply)}
                    if reply.tools
                    else {"role": "assistant", "content": reply.text}
                )
                whole = _event(
                    "chat.completion", {"index": 0, "message": message, "finish_reason": "tool_calls" if reply.tools else "stop"}
                )
                whole["usage"] = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
                self._send(200, "application/json", json.dumps(whole).encode())

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            sent = 0
            deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
            deltas += [{"content": reply.text[at : at + reply.piece]} for at in range(0, len(reply.text), reply.piece)]
            deltas += (
                [{"tool_calls": [call | {"index": index} for index, call in enumerate(_calls(reply))]}] if reply.tools else []
            )
            for delta in deltas:
                released = all(event.wait(HOLD) for after, event in reply.holds if sent >= after)
                sent += len(delta.get("content") or "")
                if not released or (reply.break_after is not None and sent > reply.break_after):
                    self.close_connection = True  # no closing chunk: the client sees a broken stream
                    return
                self._chunk(_event("chat.completion.chunk", {"index": 0, "delta": delta, "finish_reason": None}))
                if reply.pace:
                    stop.wait(reply.pace)
            self._chunk(
                _event(
                    "chat.completion.chunk", {"index": 0, "delta": {}, "finish_reason": "tool_calls" if reply.tools else "stop"}
                )
            )
            self._raw(b"data: [DONE]\n\n")
            self._raw(b"")

        def _chunk(self, event: dict[str, Any]) -> None:
            self._raw(f"data: {json.dumps(event)}\n\n".encode())

        def _raw(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def _send(self, status: int, kind: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """A test's output is its own."""

    return Handler


def _event(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "scripted", "object": kind, "created": int(time.time()), "model": "scripted", "choices": [choice]}


def _calls(reply: Reply) -> list[dict[str, Any]]:
    return [
        {"id": f"call_{place}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
        for place, (name, arguments) in enumerate(reply.tools)
    ]
