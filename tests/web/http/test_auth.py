"""The lock over the page and the endpoints: wrong, missing, right token; the form for people; what is logged of it all: nothing."""

from __future__ import annotations

import logging

import httpx
import pytest

from qa.web.http.auth import COOKIE, bears

# The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
pytestmark = pytest.mark.filterwarnings("ignore")

TOKEN = "ruang-arsip-nomor-17"
RIGHT = {"Authorization": f"Bearer {TOKEN}"}
PATHS = [
    ("POST", "/ask"),
    ("POST", "/ask/stream"),
    ("POST", "/v1/chat/completions"),
    ("GET", "/v1/models"),
    ("POST", "/mcp"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/"),
    ("GET", "/config"),
    ("POST", "/gradio_api/upload"),
    ("GET", "/theme.css"),
    ("GET", "/nowhere"),
]


@pytest.fixture(scope="module")
def locked(assistant, serve_whole):
    with serve_whole(assistant, token=TOKEN) as url:
        yield url


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Cookie": f"{COOKIE}={TOKEN}"},
        {"Cookie": f"{COOKIE}="},
        {"Cookie": "=;;="},
    ],
    ids=["none", "empty", "longer", "shorter", "basic", "bare", "cookie", "no-cookie", "odd-cookie"],
)
def test_nobody_passes_without_the_token(locked, method, path, headers):
    reply = httpx.request(method, locked + path, headers=headers)
    assert reply.status_code == 401
    assert TOKEN not in reply.text


def test_whoever_watches_over_the_server_needs_none(locked):
    assert httpx.get(f"{locked}/healthz").json()["status"] == "ok"


def test_a_program_passes_with_it(locked):
    assert httpx.get(f"{locked}/v1/models", headers=RIGHT).status_code == 200
    assert httpx.post(f"{locked}/ask", headers=RIGHT, json={"question": "Siapa yang bertemu Putin?"}).status_code == 200
    assert (
        httpx.get(f"{locked}/openapi.json", headers=RIGHT).json()["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    )
    assert httpx.get(f"{locked}/", headers=RIGHT).status_code == 200


@pytest.mark.extra("openai")
def test_the_official_clients_pass_with_it(locked):
    import openai

    with openai.OpenAI(base_url=f"{locked}/v1", api_key=TOKEN) as client:
        assert [model.id for model in client.models.list()] == ["sitasi"]
    with (
        openai.OpenAI(base_url=f"{locked}/v1", api_key="wrong", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.models.list()


def test_a_person_types_it_once_and_sees_the_page(locked):
    with httpx.Client(base_url=locked, headers={"Accept": "text/html"}) as browser:
        asked = browser.get("/")
        assert asked.status_code == 401
        assert 'type="password"' in asked.text
        assert "Arsip ini dikunci" in asked.text
        assert "This archive is locked" in asked.text
        wrong = browser.post("/unlock", data={"token": "salah"})
        assert wrong.status_code == 401
        assert "Token itu salah" in wrong.text
        assert not browser.cookies
        right = browser.post("/unlock", data={"token": TOKEN})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        assert TOKEN not in right.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict"} <= set(right.headers["set-cookie"].split("; "))
        assert "gradio" in browser.get("/").text
        assert browser.get("/config").status_code == 200
        assert browser.get("/unlock").headers["location"] == "/"


def test_the_cookie_opens_the_page_but_no_endpoint_that_another_site_could_push(locked):
    with httpx.Client(base_url=locked) as browser:
        browser.post("/unlock", data={"token": TOKEN})
        assert browser.post("/ask", json={"question": "x"}).status_code == 401


@pytest.mark.parametrize("content", [b"", b"token", b"token=" + b"a" * 4000, b"\xff\xfe=%ff", b"token=%00"])
def test_a_form_that_is_none_is_a_wrong_token(locked, content):
    assert httpx.post(f"{locked}/unlock", content=content).status_code == 401


def test_a_form_that_is_too_long_is_not_read(locked):
    assert httpx.post(f"{locked}/unlock", content=b"token=" + b"a" * 100_000).status_code == 413


def test_the_token_is_logged_nowhere(locked, caplog):
    with caplog.at_level(logging.DEBUG):
        httpx.get(f"{locked}/v1/models", headers=RIGHT)
        httpx.post(f"{locked}/unlock", data={"token": TOKEN})
        httpx.post(f"{locked}/mcp", headers=RIGHT, content=b"{")
    assert TOKEN not in caplog.text


def test_the_scheme_may_be_written_in_any_case():
    assert bears(f"bearer {TOKEN}", TOKEN)
    assert bears(f"BEARER  {TOKEN} ", TOKEN)
    assert not bears(TOKEN, TOKEN)
    assert not bears("Bearer \ud800", TOKEN)
