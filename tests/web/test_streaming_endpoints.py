"""The endpoints while a chat model still writes: each sentence goes out once it is proved, and who leaves stops the writing."""

from __future__ import annotations

import asyncio
import json
import threading

import httpx
import pytest

from qa.testing.chat_server import Reply, ScriptedServer

# The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.extra("langchain", "langchain_openai", "mcp", "openai")]

QUESTION = "Di mana letak Vostochny dan berapa biayanya?"
FIRST = "Vostochny adalah pelabuhan antariksa sipil pertama Rusia yang terletak di wilayah Amur, dekat kota Tsiolkovsky."
SECOND = "Pembangunan Vostochny memakan biaya miliaran dolar"
INVENTED = "Vostochny ada di Jakarta sejak dahulu kala."
HEARD = threading.Event()
"""The model writes its second sentence once this is set: whoever sets it on receiving the first proves that it was sent at once."""


@pytest.fixture(autouse=True)
def _the_model_waits_for_nobody():
    HEARD.set()


def rank_of(prompt: str, words: str) -> str:
    """The number under which the prompt shows `words`."""
    assert words in prompt
    return prompt.split(words, maxsplit=1)[0].rpartition("<<")[2].split()[1]


def two_sentences(body):
    prompt = body["messages"][1]["content"]
    if FIRST not in prompt:  # a follow-up or a translation is asked for, not an answer
        return Reply("")
    second = prompt[prompt.index(SECOND) :].split(".", maxsplit=1)[0] + "."
    lines = [
        f'{FIRST} [{rank_of(prompt, FIRST)}: "{FIRST}"]',
        f'{INVENTED} [{rank_of(prompt, FIRST)}: "{INVENTED}"]',
        f'{second} [{rank_of(prompt, second)}: "{second}"]',
    ]
    return Reply("\n".join(lines) + "\nSINGKAT: wilayah Amur\n", piece=30, holds=((len(lines[0]) + 2, HEARD),))


@pytest.fixture(scope="module")
def served(assistant, seeds_settings, serve_whole):
    from qa.assistant import Assistant
    from qa.settings import load

    with ScriptedServer(two_sentences) as server:
        settings = load({"indexes": seeds_settings.indexes, "chat.model": "openai:scripted", "chat.base_url": server.url})
        with serve_whole(Assistant.open("seeds", settings=settings)) as url:
            yield url


def told(url):
    """(event, data) of each server-sent event."""
    event = ""
    with httpx.stream("POST", f"{url}/ask/stream", json={"question": QUESTION}, timeout=60) as reply:
        for line in reply.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                yield event, json.loads(value)


def test_each_sentence_is_sent_when_it_is_proved_and_an_invented_one_never(served):
    HEARD.clear()
    events = []
    for event in told(served):
        events.append(event)
        if event[0] == "sentence":
            HEARD.set()
    assert [name for name, _ in events] == ["stage", "stage", "stage", "sentence", "sentence", "stage", "answer"]
    first, second = [data for name, data in events if name == "sentence"]
    assert (first["n"], first["quote"]) == (1, FIRST)
    answer = events[-1][1]
    assert answer["answer"].startswith(f"{first['text']} {second['text']}")
    assert INVENTED not in json.dumps([first, second])
    assert INVENTED in {dropped["claim"] for dropped in answer["trace"]["dropped"]}


def test_the_openai_client_gets_the_sentences_in_pieces_that_make_the_whole(served):
    import openai

    messages = [{"role": "user", "content": QUESTION}]
    pieces = []
    HEARD.clear()
    with openai.OpenAI(base_url=f"{served}/v1", api_key="any") as client:
        stream = client.chat.completions.create(model="sitasi", messages=messages, stream=True)
        for piece in stream:
            pieces.append(piece.choices[0].delta.content or "")
            if pieces[-1]:
                HEARD.set()
        whole = client.chat.completions.create(model="sitasi", messages=messages).choices[0].message.content
    written = [words for words in pieces if words]
    assert "".join(written) == whole
    assert written[0].startswith(FIRST)
    assert SECOND not in written[0]
    assert SECOND in whole
    assert INVENTED not in whole


def test_who_leaves_in_the_middle_frees_the_turn_and_all_turns_stay_usable(served):
    for _ in range(6):  # more than there are turns
        events = told(served)
        assert next(data for name, data in events if name == "sentence")["n"] == 1
        events.close()
    assert httpx.post(f"{served}/ask", json={"question": QUESTION}, timeout=60).json()["citations"]


def test_mcp_answers_with_the_proved_sentences(served):
    from mcp import Client

    async def ask():
        async with Client(f"{served}/mcp") as client:
            return json.loads((await client.call_tool("ask", {"question": QUESTION})).content[0].text)

    answer = asyncio.run(ask())
    assert answer["answer"].startswith(FIRST)
    assert INVENTED not in answer["answer"]
