"""The lock: with a token set, nobody sees the page or calls an endpoint without it.

A program sends `Authorization: Bearer TOKEN`. A person types it once into a form; the cookie that comes back is made from
the token and is not the token, no script can read it, and no other site's page can send it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from qa.web.http.inlet import Refusal, read, refuse
from qa.web.render.source import escape
from qa.web.wording.languages import WORDS

if TYPE_CHECKING:
    from qa.web.http.origin import App, Receive, Scope, Send

COOKIE = "sitasi"
OPEN = frozenset({"/healthz", "/livez", "/readyz"})  # what watches over a server has no token
UNLOCK = "/unlock"
_MAX_FORM = 4096
_REFUSAL = "a token is needed. Cure: send the header Authorization: Bearer TOKEN"


class Lock:
    """ASGI middleware that lets through who has the token; an empty token locks nothing."""

    def __init__(self, app: App, token: str) -> None:
        self.app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or connection."""
        if not self._token or scope["type"] == "lifespan" or scope["path"] in OPEN:
            await self.app(scope, receive, send)
        elif self._known(scope):
            inside = scope["path"] != UNLOCK
            await (self.app(scope, receive, send) if inside else _send(send, 303, "text/plain", "", (b"location", b"/")))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "a token is needed"})
        elif scope["path"] == UNLOCK and scope["method"] == "POST":
            await self._unlock(receive, send)
        elif _header(scope, b"accept").startswith("text/html") and scope["method"] == "GET":
            await _send(send, 401, "text/html; charset=utf-8", form(wrong=False))
        else:
            body = json.dumps({"error": _REFUSAL})
            await _send(send, 401, "application/json", body, (b"www-authenticate", b"Bearer"))

    def _known(self, scope: Scope) -> bool:
        return bears(_header(scope, b"authorization"), self._token) or same(_cookie(_header(scope, b"cookie")), self._pass())

    def _pass(self) -> str:
        return hmac.new(self._token.encode(), b"a visitor of the page", hashlib.sha256).hexdigest()

    async def _unlock(self, receive: Receive, send: Send) -> None:
        try:
            body = await read(receive, most=_MAX_FORM)
        except Refusal as refusal:
            await refuse(refusal, UNLOCK, send, receive)
            return
        if body is None:
            return
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        if not same(given, self._token):
            await _send(send, 401, "text/html; charset=utf-8", form(wrong=True))
            return
        cookie = f"{COOKIE}={self._pass()}; Path=/; HttpOnly; SameSite=Strict"
        await _send(send, 303, "text/plain", "", (b"location", b"/"), (b"set-cookie", cookie.encode()))


def bears(authorization: str, token: str) -> bool:
    """Whether a header's value is this bearer token; the scheme's case does not matter (RFC 9110, 11.1)."""
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and same(given.strip(), token)


def same(given: str, wanted: str) -> bool:
    """Whether they are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def form(*, wrong: bool) -> str:
    """The page of somebody without a pass, in both languages, for it is not known yet which one is wanted."""
    both = list(WORDS.values())
    alert = "".join(f'<p role="alert" lang="{w.language}">{escape(w.lock_wrong)}</p>' for w in both) if wrong else ""
    titles = "".join(f'<h1 lang="{w.language}">{escape(w.lock_title)}</h1>' for w in both)
    button = " / ".join(escape(w.lock_button) for w in both)
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Sitasi</title><style>body{font:18px/1.5 Georgia,serif;max-width:34rem;margin:12vh auto;padding:0 1rem}"
        "h1{font-size:1.3rem;margin:0 0 .4rem}input,button{font:inherit;min-height:44px;padding:0 .7rem;margin:.6rem .4rem 0 0}"
        ":root{color-scheme:light dark}</style></head>"
        f'<body><main>{titles}{alert}<form method="post" action="{UNLOCK}"><label>{escape(both[0].lock_label)} '
        '<input type="password" name="token" autocomplete="current-password" required autofocus></label>'
        f'<button type="submit">{button}</button></form></main></body></html>'
    )


def _header(scope: Scope, name: bytes) -> str:
    value: bytes = next((value for key, value in scope.get("headers", ()) if key.lower() == name), b"")
    return value.decode("latin-1")


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


async def _send(send: Send, status: int, kind: str, body: str, *headers: tuple[bytes, bytes]) -> None:
    data = body.encode()
    about = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(data)).encode()),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": data})
