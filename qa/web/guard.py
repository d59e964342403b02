"""The border of the page: a browser that shows it may speak to this server and to nobody else.

Gradio's page names a few outside addresses in its meta tags. They are cut out here, and a Content-Security-Policy forbids
every other request, so that not even an article or a later release of a library can make the page call out.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Gradio's front end builds its components from inline scripts and templates, hence the two "unsafe" words; none of them reaches out.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_META = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*", re.DOTALL)


class Guard:
    """ASGI middleware: the headers on every response, and the page itself without outside addresses and in its own language."""

    def __init__(self, app: App, language: str = "id") -> None:
        self.app = app
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only the page itself is held back until it is whole, every other response streams on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = scope["path"] == "/" and scope["method"] == "GET"
        start: Message = {}
        held: list[bytes] = []

        async def guarded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
                start = message
                if page:
                    return
            elif page and message["type"] == "http.response.body":
                held.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                body = self.rewrite(b"".join(held).decode()).encode()
                kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
                await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                message = {"type": "http.response.body", "body": body}
            await send(message)

        if page:  # a compressed page could not be rewritten
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]}
        await self.app(scope, receive, guarded)

    def rewrite(self, page: str) -> str:
        """The page without its advertising meta tags and with the language that it is written in."""
        return re.sub(r"(<html\s+lang=)\"[^\"]*\"", rf'\1"{self.language}"', _META.sub("", page), count=1)
