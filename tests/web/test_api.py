"""The doors, knocked at by the official clients over a real socket."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time

import fastapi
import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings

from qa.web.api import mount

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


class Served:
    def __init__(self, assistant, token: str = "") -> None:
        app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        mount(app, assistant, token)
        self.app = app
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def __enter__(self):
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()


@pytest.fixture(scope="module")
def served(assistant):
    with Served(assistant) as one:
        yield one


def test_ask_gives_the_contract(served, assistant):
    reply = httpx.post(f"{served.url}/ask", json={"question": QUESTION, "id": "a1", "top": 3})
    assert reply.status_code == 200
    said = reply.json()
    assert said["id"] == "a1"
    assert said["answer"] == assistant.ask(QUESTION).text
    assert len(said["passages"]) <= 3
    for citation in said["citations"]:
        text = assistant.article(citation["article_id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_stream_tells_the_stages_and_then_the_answer(served):
    with httpx.stream("POST", f"{served.url}/ask/stream", json={"question": QUESTION}) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n", 1) for block in reply.read().decode().strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: stage"] * 4 + ["event: answer"]
    assert json.loads(events[-1][1].removeprefix("data: "))["citations"]


def test_the_openai_client_asks_with_and_without_streaming(served):
    import openai

    with openai.OpenAI(base_url=f"{served.url}/v1", api_key="any") as client:
        assert [model.id for model in client.models.list()] == ["sitasi"]
        messages = [{"role": "system", "content": "be brief"}, {"role": "user", "content": QUESTION}]
        whole = client.chat.completions.create(model="sitasi", messages=messages).choices[0].message.content
        pieces = client.chat.completions.create(model="sitasi", messages=messages, stream=True)
        streamed = "".join(piece.choices[0].delta.content or "" for piece in pieces)
        assert "28 April 2016" in whole
        assert "[1]" in whole
        assert streamed == whole
        follow_up = [
            *messages,
            {"role": "assistant", "content": whole},
            {"role": "user", "content": [{"type": "text", "text": "Roket apa itu?"}]},
        ]
        assert client.chat.completions.create(model="sitasi", messages=follow_up).choices[0].message.content
        with pytest.raises(openai.BadRequestError):
            client.chat.completions.create(model="sitasi", messages=[{"role": "assistant", "content": "x"}])


def test_the_mcp_client_lists_and_calls_the_tools(served, assistant):
    from mcp import Client

    async def talk():
        async with Client(f"{served.url}/mcp") as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            asked = await client.call_tool("ask", {"question": QUESTION})
            found = await client.call_tool("search", {"question": QUESTION, "top": 2})
            one = json.loads(found.content[0].text)
            opened = await client.call_tool("article", {"article_id": (one if isinstance(one, dict) else one[0])["article_id"]})
            missing = await client.call_tool("article", {"article_id": "nowhere"})
            return tools, json.loads(asked.content[0].text), json.loads(opened.content[0].text), missing

    tools, asked, opened, missing = asyncio.run(talk())
    assert tools == {"ask", "search", "article"}
    assert "28 April 2016" in asked["answer"]
    assert opened["text"] == assistant.article(opened["id"]).text
    assert missing.is_error


def test_a_token_closes_every_door_but_health(assistant):
    with Served(assistant, token="geheim") as locked:
        assert httpx.get(f"{locked.url}/healthz").json()["status"] == "ok"
        for path in ("/ask", "/ask/stream", "/v1/chat/completions", "/mcp"):
            assert httpx.post(locked.url + path, json={}).status_code == 401
        assert httpx.get(f"{locked.url}/v1/models").status_code == 401
        right = {"Authorization": "Bearer geheim"}
        assert httpx.get(f"{locked.url}/v1/models", headers=right).status_code == 200
        assert httpx.post(f"{locked.url}/ask", headers=right, json={"question": QUESTION}).status_code == 200


def test_the_description_names_every_door_and_its_page_loads_nothing(served):
    described = httpx.get(f"{served.url}/openapi.json").json()
    assert {"/ask", "/ask/stream", "/v1/chat/completions", "/v1/models", "/healthz"} <= set(described["paths"])
    page = httpx.get(f"{served.url}/docs").text
    assert "/ask/stream" in page
    assert "://" not in page


@pytest.mark.parametrize(
    "body", [{}, {"question": 5}, {"question": "a" * 5000}, {"question": "a", "history": [{}]}, {"question": "a", "top": -1}, []]
)
def test_a_bad_request_is_told_what_is_wrong(served, body):
    reply = httpx.post(f"{served.url}/ask", json=body)
    assert reply.status_code == 422
    assert reply.json()["detail"]


def test_no_question_is_an_abstention_not_a_failure(served):
    assert httpx.post(f"{served.url}/ask", json={"question": " ?! "}).json()["reason"] == "empty-question"


def test_markdown_of_an_article_does_not_come_to_life():
    from qa.web.openai_door import inert

    assert inert("![x](http://a/?q) [y](http://b) <img> `c`") == "!\\[x]\\(http://a/?q) [y]\\(http://b) &lt;img> 'c'"


def test_nothing_that_fits_the_description_gives_a_5xx(served):
    import schemathesis

    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    asked = set()
    for operation in (made.ok() for made in schema.get_all_operations()):

        @settings(max_examples=15, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def once(case):
            asked.add(case.path)
            assert case.call(base_url=served.url).status_code < 500

        once()
    assert asked == {"/ask", "/ask/stream", "/v1/chat/completions", "/v1/models", "/healthz"}
