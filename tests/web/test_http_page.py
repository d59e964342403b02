"""docs/http.md, run against the real server."""

from __future__ import annotations

import json
import re
import shlex

import httpx
import pytest

from qa.web.http.limits import AT_ONCE, MAX_BODY, WAITING

# The server runs in a thread of this process: what its libraries warn each other of must not stop it half-way.
pytestmark = pytest.mark.filterwarnings("ignore")

ADDRESS = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def served(assistant, serve_whole):
    with serve_whole(assistant) as url:
        yield url


@pytest.fixture(scope="module")
def text(root, served):
    written = (root / "docs/http.md").read_text(encoding="utf-8")
    assert ADDRESS in written
    return written.replace(ADDRESS, served)


def blocks(text, language):
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found


def test_the_curl_lines_are_answered_with_citations(text):
    lines = blocks(text, "sh")[0].strip().splitlines()
    assert len(lines) == 3
    for line in lines:
        curl, options, url, flag, body = shlex.split(line)
        assert (curl, flag) == ("curl", "--json")
        reply = httpx.post(
            url, content=body, headers={"Content-Type": "application/json", "Accept": "application/json"}, timeout=60
        )
        assert reply.status_code == 200
        last = reply.text if "N" not in options else reply.text.strip().split("data: ")[-1]
        assert json.loads(last)["citations"]


@pytest.mark.extra("mcp", "openai")
def test_the_python_blocks_print_what_the_archive_says(text, capsys):
    openai, mcp = blocks(text, "python")
    exec(compile(openai, "docs/http.md", "exec"), {})
    assert "[1]" in capsys.readouterr().out
    exec(compile(mcp, "docs/http.md", "exec"), {"__name__": "__main__"})
    assert "Vostochny" in capsys.readouterr().out


def test_the_table_names_every_endpoint(text, served):
    for path, methods in httpx.get(f"{served}/openapi.json").json()["paths"].items():
        assert path in text
        for method in methods:
            assert path == "/healthz" or f"`{method.upper()} {path}`" in text


def test_the_limits_in_the_text_are_the_limits(text):
    assert {4: "Four"}[AT_ONCE] + " questions are answered at a time" in text
    assert f"{WAITING} wait" in text
    assert f"a body ends at {MAX_BODY // 1024 // 1024} MiB" in text
