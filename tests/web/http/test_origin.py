"""Whose requests are this machine's own: Host and Origin, where no token decides."""

from __future__ import annotations

import asyncio

import pytest

from qa.web.http.origin import Guard, foreign, loopback


def scope(host=None, origin=None, method="POST", path="/ask"):
    named = ((b"host", host), (b"origin", origin))
    return {"type": "http", "method": method, "path": path, "headers": [(k, v.encode()) for k, v in named if v is not None]}


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860", "127.8.9.10", "localhost.:80"])
def test_the_names_of_this_machine_are_its_own(host):
    assert foreign(scope(host)) == ""


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example:7860",
        "192.0.2.1",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::",
        "[::1",
        "::1",
        "a b",
        "0.0.0.0",
    ],
)
def test_any_other_name_is_foreign_even_when_it_points_here(host):
    assert "own machine" in foreign(scope(host))
    assert "own machine" in foreign(scope(host, method="GET", path="/"))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://[", "http://localhost:7860"])
@pytest.mark.parametrize("local", [True, False], ids=["alone", "with-token"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_a_page_of_another_origin_may_neither_send_nor_read_with_a_token_or_without(origin, local, method):
    assert "another site" in foreign(scope("127.0.0.1:7860", origin, method=method), local=local)


def test_two_hosts_or_a_second_origin_are_refused():
    asked = scope("127.0.0.1:7860", "http://127.0.0.1:7860")
    asked["headers"].append((b"Origin", b"http://evil.example"))
    assert "another site" in foreign(asked)
    asked = scope("127.0.0.1:7860")
    asked["headers"].append((b"host", b"evil.example"))
    assert "one host" in foreign(asked)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_may_link_here_and_embed_nothing(site):
    def asked(mode, dest, method="GET"):
        given = scope("127.0.0.1:7860", method=method)
        named = {b"sec-fetch-site": site, b"sec-fetch-mode": mode, b"sec-fetch-dest": dest}
        given["headers"] += [(key, value.encode()) for key, value in named.items()]
        return foreign(given, local=False)

    assert asked("navigate", "document") == ""
    assert "embed" in asked("no-cors", "script")
    assert "embed" in asked("navigate", "iframe")
    assert "embed" in asked("navigate", "document", method="POST")


def test_our_own_page_and_programs_may():
    assert foreign(scope("127.0.0.1:7860", "http://127.0.0.1:7860")) == ""
    assert foreign(scope("[::1]:7860", "http://[::1]:7860")) == ""
    assert foreign(scope("localhost:7860")) == ""
    assert foreign(scope("arsip.example", "https://arsip.example:443"), local=False) == ""  # a proxy in front speaks TLS


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("arsip", False), ("", False)],
)
def test_what_only_this_machine_can_reach(host, own):
    assert loopback(host) is own


def through(guard, request):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(guard(request, None, send))
    return sent


async def inner(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


def test_a_foreign_request_goes_no_further_and_gets_the_cure():
    start, body = through(Guard(inner, local=True), scope("evil.example"))
    assert start["status"] == 403
    assert b"--token-file" in body["body"]
    assert b"content-security-policy" in dict(start["headers"])


def test_with_a_token_any_name_of_the_server_will_do():
    start, _ = through(Guard(inner, local=False), scope("arsip.example", "https://arsip.example"))
    assert start["status"] == 200


def test_no_response_lets_another_origin_read_it():
    async def echoing(scope, receive, send):
        headers = [(b"Access-Control-Allow-Origin", b"http://evil.example"), (b"access-control-allow-credentials", b"true")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})

    start, _ = through(Guard(echoing), scope("arsip.example"))
    assert not [name for name, _ in start["headers"] if name.lower().startswith(b"access-control")]
