"""/quotes, /timeline and MCP's tools of the same names list what Python lists, and narrow as it does."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from qa.answer.spoken import quote_json
from qa.answer.timeline_tables import as_json_object

pytestmark = pytest.mark.filterwarnings("ignore")
DAY = {"since": "2023-09-13", "until": "2023-09-13"}


@pytest.fixture(scope="module")
def served(assistant, serve_whole):
    with serve_whole(assistant) as url:
        yield url


@pytest.mark.parametrize("only", [{}, DAY])
def test_the_endpoints_list_what_python_lists(served, assistant, only):
    quotes = httpx.post(f"{served}/quotes", json={"name": "Putin", **only}).json()
    assert quotes == {"name": "Putin", "quotes": [quote_json(one) for one in assistant.quotes("Putin", **only)]}
    events = httpx.post(f"{served}/timeline", json={"name": "Vostochny", **only}).json()
    assert events == as_json_object("Vostochny", assistant.timeline("Vostochny", **only))
    assert quotes["quotes"]
    assert events["events"]


def test_a_window_and_an_outlet_narrow_a_listing(served, assistant):
    every = httpx.post(f"{served}/quotes", json={"name": "Putin"}).json()["quotes"]
    fewer = httpx.post(f"{served}/quotes", json={"name": "Putin", "outlet": assistant.generation.articles.outlets()[0]}).json()
    assert 0 < len(fewer["quotes"]) < len(every)
    assert {one["citation"]["outlet"] for one in fewer["quotes"]} == {assistant.generation.articles.outlets()[0]}


@pytest.mark.parametrize("path", ["quotes", "timeline"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": " ?"}, "there is no name"),
        ({"name": "Putin", "outlet": "Nowhere Daily"}, "no article of the outlet"),
        ({"name": "Putin", "since": "2023-09-14", "until": "2023-09-13"}, "swap them"),
    ],
)
def test_misuse_is_refused_in_words(served, path, body, words):
    reply = httpx.post(f"{served}/{path}", json=body)
    assert reply.status_code == 400
    assert words in reply.json()["error"]


@pytest.mark.extra("mcp")
def test_the_tools_list_what_the_endpoints_list(served):
    from mcp import Client

    async def called():
        async with Client(f"{served}/mcp") as client:
            found = [await client.call_tool(tool, {"name": "Putin", **DAY}) for tool in ("quotes", "timeline")]
            return [json.loads(one.content[0].text) for one in found]

    quotes, events = asyncio.run(called())
    assert quotes == httpx.post(f"{served}/quotes", json={"name": "Putin", **DAY}).json()
    assert events == httpx.post(f"{served}/timeline", json={"name": "Putin", **DAY}).json()
