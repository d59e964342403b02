"""Who a browser is: a number that nobody can guess, in a cookie that no script reads; on disk is only its hash.

It tells one browser's conversations from another's and nothing else; it is no login and opens nothing that a token guards.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.web.http.origin import App, Message, Receive, Scope, Send

COOKIE = "sitasi-visitor"
YEAR = 365 * 24 * 3600  # seconds; a page that is opened again counts from then
_BYTES = 32
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")


class Visitors:
    """ASGI middleware: the page gives a browser that has none its number, and keeps it alive."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only the page itself carries the cookie."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        number = _brought(scope) or secrets.token_urlsafe(_BYTES)

        async def known(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                # Lax: a link on another page may lead here, and the reader then finds the own conversations.
                cookie = f"{COOKIE}={number}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax"
                message["headers"] = [*message.get("headers", ()), (b"set-cookie", cookie.encode())]
            await send(message)

        await self.app(scope, receive, known)


def visitor(cookies: Mapping[str, str]) -> str:
    """The hash under which a browser's conversations are kept; "" for one that brings no number of ours."""
    number = cookies.get(COOKIE, "")
    return hashlib.sha256(number.encode()).hexdigest() if _OURS.fullmatch(number) else ""


def _brought(scope: Scope) -> str:
    header = next((value for key, value in scope.get("headers", ()) if key.lower() == b"cookie"), b"")
    try:
        found = SimpleCookie(header.decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found and _OURS.fullmatch(found.value) else ""
