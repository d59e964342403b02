"""What an article or a file name holds cannot steer the terminal that it is printed on."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.safety.printable import inert_json, visible, visible_lines

STEER = "\x1b[2J\x1b]0;judul\x07\r\u202e\u2066\x9b31m"


@given(st.text())
def test_nothing_that_is_printed_steers(text):
    shown = visible(text)
    assert not any(character in shown for character in "\x1b\r\n\x07\x9b\u202e\u2066\u2028\u2029\x00\x7f")
    shown.encode()
    assert visible(shown) == shown


@given(st.text())
def test_json_that_is_printed_steers_nothing_and_says_what_it_said(text):
    printed = inert_json(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(printed) == {"a": text}
    assert not set(printed) & set("\x1b\r\n\x07\x9b\u202e\u2066\u2028\u2029\x00\x7f\U000e0041")


def test_lines_that_we_laid_out_stay_lines():
    assert visible_lines("satu\n\tdua\x1b[2J\r") == "satu\n\tdua\\x1b[2J\\r"
    assert visible("Ñandú “kata” 😀 \u200d") == "Ñandú “kata” 😀 \u200d"


@pytest.fixture
def steering(qa, tmp_path, news):
    marker, others, question = news
    folder = tmp_path / "news"
    folder.mkdir()
    hostile = marker(url=f"https://x/{STEER}")
    hostile |= {
        "title": f"Rapat{STEER}",
        "outlet": f"Warta{STEER}",
        "text": hostile["text"].replace("Kota Belumba", f"Kota{STEER} Belumba"),
    }
    (folder / f"a{STEER.replace('/', '')}.jsonl").write_text("\n".join(map(json.dumps, [hostile, {"text": 5}, *others()])))
    (folder / f"b{STEER}.doc").write_text("x")
    built = qa("build", folder, "--index", "k", indexes=tmp_path / "i")
    return (
        built,
        qa("ask", question, "--index", "k", indexes=tmp_path / "i"),
        qa("ask", question, "--index", "k", "--json", indexes=tmp_path / "i"),
    )


@pytest.mark.integration
def test_build_and_ask_show_what_would_steer(steering):
    built, asked, _ = steering
    assert "skipped" in built.stderr
    assert "\\x1b[2J" in built.stderr
    assert "3 Maret 2019" in asked.stdout
    assert "\\x1b[2J" in asked.stdout
    for printed in (built.stdout, built.stderr, asked.stdout, asked.stderr):
        assert not set(printed) & set("\x1b\r\x07\x9b\u202e\u2066")


@pytest.mark.integration
def test_json_stays_the_articles_words(steering):
    answer = json.loads(steering[2].stdout)
    assert any("\x1b[2J" in citation["title"] for citation in answer["citations"])
    assert not set(steering[2].stdout) & set("\x1b\r\x07\x9b\u202e\u2066")
