"""The border of the page: a browser that shows it may speak to this server and to nobody else.

Gradio's page names a few outside addresses in its meta tags. They are cut out here, and a Content-Security-Policy forbids
every other request, so that not even an article or a later release of a library can make the page call out.

And nobody else's page may use this server, whether a token guards it or not: a request that a browser sends for a page names
that page's origin (Origin, and Sec-Fetch-Site where the page only embeds), which must be our own; and no response tells a browser
that another origin may read it, whatever Gradio would say (Access-Control-*). Where no token guards it, a request must be meant
for this machine besides: its Host is a loopback name, for a foreign name could be made to point here ("DNS rebinding").
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

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
    (b"referrer-policy", b"same-origin"),  # with no-referrer a browser names no origin even in our own forms
)
_META = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*", re.DOTALL)


class Guard:
    """ASGI middleware: the headers on every response, and the page itself without outside addresses and in its own language."""

    def __init__(self, app: App, language: str = "id", *, local: bool = False) -> None:
        self.app = app
        self.language = language
        self.local = local  # whether only this machine's own names and pages may be used

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only the page itself is buffered until it is whole, every other response streams on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if why := foreign(scope, local=self.local):
            await self._refuse(why, send)
            return
        page = scope["path"] == "/" and scope["method"] == "GET"
        start: Message = {}
        chunks: list[bytes] = []

        async def guarded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                kept_headers = [(k, v) for k, v in message.get("headers", ()) if not k.lower().startswith(b"access-control-")]
                message["headers"] = [*kept_headers, *_HEADERS]
                start = message
                if page:
                    return
            elif page and message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                body = self.rewrite(b"".join(chunks).decode()).encode()
                kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
                await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                message = {"type": "http.response.body", "body": body}
            await send(message)

        if page:  # a compressed page could not be rewritten
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]}
        await self.app(scope, receive, guarded)

    @staticmethod
    async def _refuse(why: str, send: Send) -> None:
        body = why.encode()
        length = (b"content-length", str(len(body)).encode())
        await send(
            {
                "type": "http.response.start",
                "status": 403,
                "headers": [(b"content-type", b"text/plain; charset=utf-8"), length, *_HEADERS],
            }
        )
        await send({"type": "http.response.body", "body": body})

    def rewrite(self, page: str) -> str:
        """The page without its advertising meta tags and with the language that it is written in."""
        return re.sub(r"(<html\s+lang=)\"[^\"]*\"", rf'\1"{self.language}"', _META.sub("", page), count=1)


def foreign(scope: Scope, *, local: bool = True) -> str:
    """Why a request is another's, with the cure; "" where it is our own page's or a program's. `local`: for this machine's names only."""
    headers = [(key.lower(), value.decode("latin-1")) for key, value in scope.get("headers", ())]
    hosts, origins, sites = ([value for key, value in headers if key == name] for name in (b"host", b"origin", b"sec-fetch-site"))
    if len(hosts) > 1:
        return "a request names one host. Cure: send one Host header"
    host = hosts[0] if hosts else ""
    if local and not loopback(_place(f"//{host}")[0]):
        return (
            "this server answers to the names of its own machine only. Cure: open the address that qa serve printed, or set a token "
            "(qa serve --token-file FILE)"
        )
    own = _place(f"//{host}")
    if any(_place(origin) != own or not origin.startswith(("http://", "https://")) for origin in origins):
        return (
            "a page of another site may not use this server. Cure: open this server's own page; behind a proxy, let it pass the "
            "Host header on as the browser sent it"
        )
    if any(site in {"cross-site", "same-site"} for site in sites) and not _opens(scope, dict(headers)):
        return "a page of another site may not embed this server. Cure: open this server's own page"
    return ""


def _opens(scope: Scope, headers: dict[bytes, str]) -> bool:
    """Whether somebody followed a link to a page of ours: it opens in a window of its own, and the other page cannot read it."""
    return (
        scope["method"] == "GET" and headers.get(b"sec-fetch-mode") == "navigate" and headers.get(b"sec-fetch-dest") == "document"
    )


def loopback(name: str) -> bool:
    """Whether a host's name or address is this machine's own and nobody else's."""
    if name.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _place(address: str) -> tuple[str, int | None]:
    """(name, port) of an address, the usual ports being none; ("", None) for what is none."""
    try:
        parts = urlsplit(address)
        port = None if parts.port in {80, 443} else parts.port
    except ValueError:
        return "", None
    return parts.hostname or "", port
