"""Who a browser is: a number of ours in a cookie, on disk only its hash."""

from __future__ import annotations

import asyncio

import pytest

from qa.web.http.visitors import COOKIE, Visitors, visitor

NUMBER = "A1_-" * 10 + "xyz"


def cookie_of(path="/", method="GET", cookie=b"") -> str:
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"cookie", cookie)] if cookie else []
    asyncio.run(Visitors(app)({"type": "http", "path": path, "method": method, "headers": headers}, None, send))
    return dict(sent[0]["headers"]).get(b"set-cookie", b"").decode()


def test_each_browser_gets_a_number_of_its_own_that_no_script_reads():
    first, second = cookie_of(), cookie_of()
    assert first != second
    assert "HttpOnly" in first
    assert "SameSite=Lax" in first
    number = first.partition("=")[2].partition(";")[0]
    assert len(visitor({COOKIE: number})) == 64
    assert number not in visitor({COOKIE: number})


def test_a_browser_that_has_one_keeps_it():
    assert cookie_of(cookie=f"x=1; {COOKIE}={NUMBER}".encode()).startswith(f"{COOKIE}={NUMBER};")


@pytest.mark.parametrize("made_up", ["", "kurang", NUMBER + "a", NUMBER[:-1] + "%", "../" + NUMBER[3:]])
def test_a_number_that_is_not_ours_counts_for_nothing(made_up):
    assert visitor({COOKIE: made_up}) == ""
    if made_up:
        assert f"{COOKIE}={made_up};" not in cookie_of(cookie=f"{COOKIE}={made_up}".encode())


def test_only_the_page_itself_carries_the_cookie():
    assert cookie_of("/ask") == cookie_of("/", "POST") == ""
