"""A chat model that writes slowly: its proved sentences appear one by one, can be opened at once, and become the answer."""

from __future__ import annotations

import threading

import pytest

from qa.testing.chat_server import Reply, ScriptedServer

pytestmark = [
    pytest.mark.browser,
    # The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
    pytest.mark.filterwarnings("ignore"),
]

QUESTION = "Di mana letak Vostochny dan berapa biayanya?"
FIRST = "Vostochny adalah pelabuhan antariksa sipil pertama Rusia yang terletak di wilayah Amur, dekat kota Tsiolkovsky."
SECOND = "Pembangunan Vostochny memakan biaya miliaran dolar"
INVENTED = "Vostochny ada di Jakarta sejak dahulu kala."
OPENED, SEEN = threading.Event(), threading.Event()
"""The model writes its second sentence, and to its end, once the page has shown what came before."""


def rank_of(prompt: str, words: str) -> str:
    """The number under which the prompt shows `words`."""
    assert words in prompt
    return prompt.split(words, maxsplit=1)[0].rpartition("<<")[2].split()[1]


def waiting(body):
    prompt = body["messages"][1]["content"]
    if FIRST not in prompt:  # a follow-up or a translation is asked for, not an answer
        return Reply("")
    second = prompt[prompt.index(SECOND) :].split(".")[0] + "."
    lines = [f'{said} [{rank_of(prompt, said)}: "{said}"]' for said in (FIRST, second)]
    lines.insert(1, f'{INVENTED} [{rank_of(prompt, FIRST)}: "{INVENTED}"]')
    ends = len(lines[0]) + 2, len("\n".join(lines)) + 2
    return Reply(
        "\n".join(lines) + "\nSINGKAT: wilayah Amur\n" + "\n" * 60, piece=30, holds=tuple(zip(ends, (OPENED, SEEN), strict=True))
    )


@pytest.fixture
def chatting(assistant, seeds_settings, serve_assistant):
    from qa.assistant import Assistant
    from qa.settings import load

    with ScriptedServer(waiting) as server:
        settings = load({"indexes": seeds_settings.indexes, "chat.model": "openai:scripted", "chat.base_url": server.url})
        with serve_assistant(Assistant.open("seeds", settings=settings)) as url:
            assert server.requests == []  # the page's example questions cost no reply of a chat model
            yield url


def test_sentences_appear_as_they_are_proved_and_open_their_article_before_the_answer_is_whole(chatting, open_page):
    page = open_page(chatting)
    page.evaluate(
        """() => {
            window.seen = [];
            new MutationObserver(() => {
                const now = `${document.querySelectorAll('.telling .chip').length} ${document.querySelectorAll('.answer').length}`;
                if (window.seen.at(-1) !== now) window.seen.push(now);
            }).observe(document.getElementById('chat'), { childList: true, subtree: true });
        }"""
    )
    page.locator("#question textarea").fill(QUESTION)
    page.locator("#question textarea").press("Enter")
    page.locator(".telling .chip").first.click()
    page.locator("#beside #mark-1").wait_for()
    assert page.locator("#mark-1").text_content() == FIRST
    assert page.locator(".answer").count() == 0
    assert page.locator(".stages .now", has_text="Membaca").count() == 1
    assert "setiap kalimat di sini sudah terbukti" in page.locator(".telling").text_content()
    OPENED.set()
    page.locator(".telling .chip").nth(1).wait_for()
    assert page.locator(".answer").count() == 0
    SEEN.set()
    page.locator(".answer").wait_for()
    seen = page.evaluate("window.seen")
    assert seen.index("1 0") < seen.index("2 0") < seen.index("0 1")
    said = page.locator(".answer .said").text_content()
    assert FIRST in said
    assert SECOND in said
    assert INVENTED not in page.content()
    assert page.locator(".telling").count() == 0
    assert page.locator("#beside #mark-1").count() == 1  # what was opened meanwhile stays open


def test_the_drop_zone_speaks_the_pages_language_whatever_the_browsers_is(seeds_page, open_page):
    page = open_page(seeds_page)
    page.get_by_role("tab", name="Arsip").click()
    page.locator("#add button.label-wrap").first.click()
    zone = page.get_by_role("button", name="Letakkan berkas di sini, atau klik untuk memilih")
    zone.wait_for()
    shown = "node => getComputedStyle(node.querySelector('[data-testid=upload-text]'), '::after').content"
    assert "Letakkan berkas di sini" in zone.evaluate(shown)
    page.get_by_role("button", name="English").click()
    zone = page.get_by_role("button", name="Drop files here, or click to choose some")
    zone.wait_for()
    assert "Drop files here" in zone.evaluate(shown)
