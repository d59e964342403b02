"""The endpoints beside the page as `qa serve` opens them, called over a real socket by the official clients and by strangers."""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from qa.web.http.limits import MAX_BODY

# The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
pytestmark = pytest.mark.filterwarnings("ignore")

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


@pytest.fixture(scope="module")
def served(assistant, serve_whole):
    with serve_whole(assistant) as url:
        yield url


def test_ask_gives_the_contract(served, assistant):
    reply = httpx.post(f"{served}/ask", json={"question": QUESTION, "id": "a1", "top": 3})
    assert reply.status_code == 200
    said = reply.json()
    assert said["id"] == "a1"
    assert said["answer"] == assistant.ask(QUESTION).text
    assert len(said["passages"]) <= 3
    for citation in said["citations"]:
        text = assistant.article(citation["article_id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_that_depends_on_earlier_turns_is_searched_for_as_a_stand_alone_one(served, assistant):
    first = httpx.post(f"{served}/ask", json={"question": "Siapa yang menyambut Kim di Vostochny?"}).json()
    turn = {"question": first["question"], "answer": first["answer"], "short": first["short"]}
    leaning = httpx.post(f"{served}/ask", json={"question": "Kapan peluncuran pertama dari sana?", "history": [turn]}).json()
    alone = assistant.ask("Kapan peluncuran pertama dari Vostochny?")
    assert leaning["trace"]["query"] == alone.trace.query
    assert leaning["answer"] == alone.text
    assert [citation["n"] for citation in leaning["citations"]] == list(range(1, len(alone.citations) + 1))


def test_ask_stream_tells_the_stages_and_then_the_answer(served):
    with httpx.stream("POST", f"{served}/ask/stream", json={"question": QUESTION}) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n", 1) for block in reply.read().decode().strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: stage"] * 4 + ["event: answer"]
    assert json.loads(events[-1][1].removeprefix("data: "))["citations"]


@pytest.mark.extra("openai")
def test_the_openai_client_asks_with_and_without_streaming(served):
    import openai

    with openai.OpenAI(base_url=f"{served}/v1", api_key="any") as client:
        assert [model.id for model in client.models.list()] == ["sitasi"]
        messages = [{"role": "system", "content": "be brief"}, {"role": "user", "content": QUESTION}]
        whole = client.chat.completions.create(model="sitasi", messages=messages).choices[0].message.content
        pieces = client.chat.completions.create(model="sitasi", messages=messages, stream=True)
        streamed = "".join(piece.choices[0].delta.content or "" for piece in pieces)
        assert "2016" in whole
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


@pytest.mark.extra("mcp")
def test_the_mcp_client_lists_and_calls_the_tools(served, assistant):
    from mcp import Client

    async def talk():
        async with Client(f"{served}/mcp") as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            asked = await client.call_tool("ask", {"question": QUESTION})
            found = await client.call_tool("search", {"question": QUESTION, "top": 2})
            one = json.loads(found.content[0].text)
            opened = await client.call_tool("article", {"article_id": (one if isinstance(one, dict) else one[0])["article_id"]})
            missing = await client.call_tool("article", {"article_id": "nowhere"})
            return tools, json.loads(asked.content[0].text), json.loads(opened.content[0].text), missing

    tools, asked, opened, missing = asyncio.run(talk())
    assert tools == {"ask", "search", "quotes", "timeline", "article"}
    assert "2016" in asked["answer"]
    assert opened["text"] == assistant.article(opened["id"]).text
    assert missing.is_error


@pytest.mark.extra("mcp", "openai")
def test_a_conversation_continues_through_the_openai_and_mcp_endpoints_as_well(served):
    import openai
    from mcp import Client

    first, leaning, alone = (
        "Di mana letak Vostochny?",
        "Kapan peluncuran pertama dari sana?",
        "Kapan peluncuran pertama dari Vostochny?",
    )
    with openai.OpenAI(base_url=f"{served}/v1", api_key="any") as client:

        def said(*turns):
            messages = [{"role": ("user", "assistant")[n % 2], "content": words} for n, words in enumerate(turns)]
            return client.chat.completions.create(model="sitasi", messages=messages).choices[0].message.content

        assert said(first, said(first), leaning) == said(alone)

    async def talk():
        async with Client(f"{served}/mcp") as client:
            before = json.loads((await client.call_tool("ask", {"question": first})).content[0].text)
            turn = {key: before[key] for key in ("question", "answer", "short")}
            return json.loads((await client.call_tool("ask", {"question": leaning, "history": [turn]})).content[0].text)

    assert asyncio.run(talk())["trace"]["query"] == alone


def test_the_description_names_every_endpoint_and_its_page_loads_nothing(served):
    described = httpx.get(f"{served}/openapi.json").json()
    assert {"/ask", "/ask/stream", "/v1/chat/completions", "/v1/models", "/healthz"} <= set(described["paths"])
    page = httpx.get(f"{served}/docs").text
    assert "/ask/stream" in page
    assert "://" not in page


@pytest.mark.parametrize(
    "body", [{}, {"question": 5}, {"question": "a" * 5000}, {"question": "a", "history": [{}]}, {"question": "a", "top": -1}, []]
)
def test_the_reply_to_a_bad_request_says_what_is_wrong(served, body):
    reply = httpx.post(f"{served}/ask", json=body)
    assert reply.status_code == 422
    assert reply.json()["detail"]


def test_no_question_is_an_abstention_not_a_failure(served):
    assert httpx.post(f"{served}/ask", json={"question": " ?! "}).json()["reason"] == "empty-question"


def test_markdown_of_an_article_does_not_come_to_life():
    from qa.web.http.openai import inert

    assert inert("![x](http://a/?q) [y](http://b) <img> `c`") == "!\\[x]\\(http://a/?q) [y]\\(http://b) &lt;img> 'c'"


@pytest.mark.extra("schemathesis")
def test_nothing_that_fits_the_description_gives_a_5xx_or_what_is_not_described(served):
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schema = schemathesis.openapi.from_url(f"{served}/openapi.json")
    asked = set()
    for operation in (made.ok() for made in schema.get_all_operations()):

        @settings(max_examples=10, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def once(case):
            asked.add(case.path)
            # That the last message must be a user's cannot be said in JSON Schema: such a request is described as right and refused.
            case.call_and_validate(base_url=served, excluded_checks=[positive_data_acceptance])

        once()
    assert asked == {"/ask", "/ask/stream", "/quotes", "/timeline", "/v1/chat/completions", "/v1/models", "/healthz"}


def test_the_page_is_served_beside_the_endpoints(served):
    page = httpx.get(f"{served}/")
    assert page.status_code == 200
    assert "gradio" in page.text
    assert httpx.get(f"{served}/config").json()["title"] == "Sitasi · seeds"
    assert "content-security-policy" in httpx.get(f"{served}/healthz").headers
    assert httpx.head(f"{served}/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/ask", "/ask/stream", "/v1/chat/completions"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"question": "\\ud800", "messages": [{"role": "user", "content": "\\ud800"}]}',
    ],
    ids=["nothing", "open", "null", "string", "bytes", "deep", "surrogate"],
)
def test_what_is_no_request_is_refused_in_words(served, path, body):
    reply = httpx.post(served + path, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in {400, 422}
    assert reply.json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/ask"),
        ("PUT", "/ask/stream"),
        ("DELETE", "/v1/chat/completions"),
        ("POST", "/healthz"),
        ("POST", "/docs"),
        ("GET", "/mcp"),
    ],
)
def test_the_reply_to_a_wrong_method_names_the_right_one(served, method, path):
    reply = httpx.request(method, served + path)
    assert reply.status_code == 405
    assert reply.headers["allow"] in {"POST", "GET"}
    assert reply.headers["allow"] in reply.json()["error"]


def test_a_body_that_is_too_long_is_not_read_to_its_end(served):
    sent = 0

    def endless():
        nonlocal sent
        while sent < 50 * MAX_BODY:
            sent += 65536
            yield b" " * 65536

    try:
        status = httpx.post(f"{served}/ask", content=endless(), headers={"Content-Type": "application/json"}).status_code
    except httpx.WriteError:  # the server hung up before all was sent, and its answer was lost on the way
        status = 413
    assert status == 413
    assert sent < 10 * MAX_BODY
    reply = httpx.post(
        f"{served}/v1/chat/completions", content=b" " * (MAX_BODY + 1), headers={"Content-Type": "application/json"}
    )
    assert (reply.status_code, reply.json()["error"]["type"]) == (413, "invalid_request_error")


@pytest.mark.parametrize("path", ["/ask", "/v1/chat/completions"])
def test_the_reply_to_a_body_that_is_not_called_json_names_the_header(served, path):
    assert "Content-Type: application/json" in httpx.post(served + path, content=json.dumps({"question": QUESTION})).text


def test_unknown_fields_have_no_effect(served, assistant):
    reply = httpx.post(f"{served}/ask", json={"question": QUESTION, "temperature": 9, "model": "x"})
    assert reply.json()["answer"] == assistant.ask(QUESTION).text


@pytest.mark.integration
def test_many_at_once_are_all_answered_and_nobody_is_kept_from_the_page(served, assistant):
    expected = assistant.ask(QUESTION).text
    with ThreadPoolExecutor(32) as pool, httpx.Client(timeout=60) as client:
        asked = [pool.submit(client.post, f"{served}/ask", json={"question": QUESTION}) for _ in range(32)]
        assert client.get(f"{served}/healthz").status_code == 200
        replies = [one.result() for one in asked]
    assert {reply.status_code for reply in replies} == {200}
    assert {reply.json()["answer"] for reply in replies} == {expected}


def test_a_caller_who_leaves_in_the_middle_leaves_no_turn_taken(served):
    for _ in range(12):
        with httpx.stream("POST", f"{served}/ask/stream", json={"question": QUESTION}) as reply:
            next(reply.iter_bytes())
    assert httpx.post(f"{served}/ask", json={"question": QUESTION}, timeout=20).status_code == 200


@pytest.mark.extra("openai")
def test_errors_come_in_the_form_that_the_openai_client_reads(served):
    import openai

    with openai.OpenAI(base_url=f"{served}/v1", api_key="any", max_retries=0) as client:
        with pytest.raises(openai.BadRequestError) as caught:
            client.chat.completions.create(model="sitasi", messages=[{"role": "assistant", "content": "x"}])
        assert caught.value.body["message"] == "the last message must be the user's question"
        with pytest.raises(openai.UnprocessableEntityError) as caught:
            client.chat.completions.create(model="sitasi", messages=[{"role": "robot", "content": "x"}])
        assert "messages.0.role" in caught.value.body["message"]


def test_an_abstention_says_why_in_the_chat_too(served):
    from qa.messages import in_words

    body = {"model": "sitasi", "messages": [{"role": "user", "content": " ?! "}]}
    said = httpx.post(f"{served}/v1/chat/completions", json=body).json()
    assert said["choices"][0]["message"]["content"] in {in_words("empty-question", "id"), in_words("empty-question", "en")}
    assert said["sitasi"]["abstained"]


def test_a_stream_that_should_count_tokens_ends_with_a_count(served):
    body = {
        "model": "s",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [{"role": "user", "content": QUESTION}],
    }
    lines = httpx.post(f"{served}/v1/chat/completions", json=body).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    last = json.loads(lines[-2].removeprefix("data: "))
    assert (last["choices"], last["usage"]["total_tokens"]) == ([], 0)


def test_an_article_that_is_added_is_answered_about_at_every_endpoint(seeds_settings, tmp_path, serve_whole):
    from qa.assistant import Assistant

    first, second = tmp_path / "pasar.txt", tmp_path / "gunung.txt"
    first.write_text("Wali Kota membuka Pasar Minggu pada Senin (4/3/2024).\n", encoding="utf-8")
    second.write_text("Sebanyak 1.250 warga mengungsi ke Balai Desa Cidahu setelah Gunung Salak meletus.\n", encoding="utf-8")
    own = Assistant.build([first], "own", settings=seeds_settings.model_copy(update={"indexes": tmp_path / "indexes"}))
    asked = {"question": "Berapa warga yang mengungsi ke Balai Desa Cidahu?"}
    with serve_whole(own) as url:
        assert "1.250" not in httpx.post(f"{url}/ask", json=asked).json()["answer"]
        own.add([second])
        assert "1.250" in httpx.post(f"{url}/ask", json=asked).json()["answer"]
        chat = {"messages": [{"role": "user", "content": asked["question"]}]}
        assert "1.250" in httpx.post(f"{url}/v1/chat/completions", json=chat).json()["choices"][0]["message"]["content"]


def test_without_the_package_mcp_its_endpoint_says_how_to_install_it_and_the_others_are_open(fake, serve_whole, monkeypatch):
    for name in [name for name in sys.modules if name == "mcp" or name.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    with serve_whole(fake) as url:
        reply = httpx.post(f"{url}/mcp", json={})
        assert reply.status_code == 501
        assert "pip install 'sitasi[mcp]'" in reply.json()["error"]
        assert httpx.post(f"{url}/ask", json={"question": "Siapa yang membuka Pasar Minggu?"}).json()["citations"]


def test_a_failure_that_nobody_foresaw_keeps_its_inside(fake, serve_whole, caplog):
    with serve_whole(fake) as url:
        reply = httpx.post(f"{url}/ask", json={"question": "meledak"})
        assert (reply.status_code, "rahasia" in reply.text) == (500, False)
        streamed = httpx.post(f"{url}/ask/stream", json={"question": "meledak"}).text
        assert "event: error" in streamed
        assert "rahasia" not in streamed
        refused = httpx.post(f"{url}/ask", json={"question": "galat"})
        assert (refused.status_code, refused.json()["error"]) == (400, "indeks 'uji' rusak. Cure: qa build")
        withheld = httpx.post(f"{url}/ask", json={"question": "rusak jembatan merah"})
        assert withheld.status_code == 400
        assert "withheld" in withheld.json()["error"]
    assert "rahasia" in caplog.text


@pytest.mark.extra("mcp")
def test_what_mcp_is_given_as_history_reaches_the_assistant_and_is_bounded(fake, serve_whole):
    from mcp import Client

    from qa.schema import Turn

    async def talk(url, history):
        async with Client(f"{url}/mcp") as client:
            return await client.call_tool("ask", {"question": "Siapa yang membuka Pasar Minggu?", "history": history})

    with serve_whole(fake) as url:
        asyncio.run(talk(url, [{"question": "apa itu?", "answer": "Sebuah pasar.", "short": "pasar"}, {"answer": "x" * 30_000}]))
        first, second = fake.histories[-1]
        assert first == Turn(question="apa itu?", answer="Sebuah pasar.", short="pasar")
        assert (second.question, len(second.answer)) == ("", 20_000)
        asyncio.run(talk(url, [{"question": str(n)} for n in range(80)]))
        assert [turn.question for turn in fake.histories[-1]] == [str(n) for n in range(30, 80)]


@pytest.mark.extra("mcp")
def test_a_long_article_is_read_in_pieces(make_fake, article_from, serve_whole):
    from mcp import Client

    text = "Kalimat ini panjang sekali. " * 2000
    with serve_whole(make_fake([article_from("panjang", text)])) as url:

        async def read():
            async with Client(f"{url}/mcp") as client:
                whole, start = "", 0
                while start is not None:
                    piece = json.loads(
                        (await client.call_tool("article", {"article_id": "panjang", "start": start})).content[0].text
                    )
                    whole, start = whole + piece["text"], piece["next"]
                return whole

        assert asyncio.run(read()) == text


FOUND = {"since": "2023-09-13", "until": "2023-09-13", "outlet": "Liputan6.com"}


def outlets_of(assistant, passages):
    return {assistant.article(passage["article_id"]).outlet for passage in passages}


def test_days_and_outlets_narrow_what_ask_searches(served, assistant):
    answer = httpx.post(f"{served}/ask", json={"question": QUESTION, **FOUND}, timeout=60).json()
    assert outlets_of(assistant, answer["passages"]) == {"Liputan6.com"}
    two = {"question": QUESTION, "outlet": ["KONTAN.CO.ID", "Liputan6.com"]}
    answer = httpx.post(f"{served}/ask", json=two, timeout=60).json()
    assert outlets_of(assistant, answer["passages"]) == {"KONTAN.CO.ID", "Liputan6.com"}


@pytest.mark.parametrize("filters", [{"until": "2020-01-01"}, {"since": "2024-01-01"}])
def test_a_window_without_articles_finds_nothing(served, filters):
    answer = httpx.post(f"{served}/ask", json={"question": QUESTION, **filters}, timeout=60).json()
    assert (answer["abstained"], answer["reason"]) == (True, "nothing-found")


@pytest.mark.parametrize(
    ("filters", "status", "told"),
    [
        ({"since": "13 September"}, 422, "since"),
        ({"since": "2023-09-14", "until": "2023-09-13"}, 400, "after until"),
        ({"outlet": "Harian Tiada"}, 400, "Harian Tiada"),
    ],
)
def test_a_filter_that_says_nothing_is_refused_with_its_name(served, filters, status, told):
    refused = httpx.post(f"{served}/ask", json={"question": QUESTION, **filters}, timeout=60)
    assert refused.status_code == status
    assert told in refused.text


def test_a_stream_and_the_chat_are_narrowed_too(served):
    lines = httpx.post(f"{served}/ask/stream", json={"question": QUESTION, "until": "2020-01-01"}, timeout=60).text
    assert '"reason": "nothing-found"' in lines
    chat = {"messages": [{"role": "user", "content": QUESTION}], "until": "2020-01-01"}
    assert httpx.post(f"{served}/v1/chat/completions", json=chat, timeout=60).json()["sitasi"]["reason"] == "nothing-found"
    streamed = httpx.post(f"{served}/v1/chat/completions", json={**chat, "stream": True}, timeout=60).text
    assert "[DONE]" in streamed
    assert "2016" not in streamed


@pytest.mark.extra("mcp")
def test_mcp_narrows_what_it_asks_and_searches(served, assistant):
    from mcp import Client

    async def go():
        async with Client(f"{served}/mcp") as client:
            asked = await client.call_tool("ask", {"question": QUESTION, **FOUND})
            found = await client.call_tool("search", {"question": QUESTION, "top": 20, "outlet": ["KONTAN.CO.ID"]})
            refused = await client.call_tool("search", {"question": QUESTION, "outlet": "Harian Tiada"})
            return asked, found, refused

    asked, found, refused = asyncio.run(go())
    assert outlets_of(assistant, json.loads(asked.content[0].text)["passages"]) == {"Liputan6.com"}
    pieces = [json.loads(one.text) for one in found.content]
    assert outlets_of(assistant, [one for piece in pieces for one in (piece if isinstance(piece, list) else [piece])]) == {
        "KONTAN.CO.ID"
    }
    assert refused.is_error
    assert "Harian Tiada" in refused.content[0].text
