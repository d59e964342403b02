"""The server around the page: one address, one machine, a clear word when the port is taken."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from qa.errors import UsageError
from qa.web.http.origin import POLICY, Guard


@pytest.fixture(scope="module")
def client():
    """The page over an empty archive: what it is made of does not depend on the articles."""
    from starlette.testclient import TestClient

    from qa.web.app import application

    app = asyncio.run(application(EmptyAssistant()))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


class EmptyAssistant:
    name = "kosong"

    def articles(self):
        return ()

    def brief(self, questions=5):
        raise ValueError("there is nothing to tell")


def test_a_taken_port_is_a_clear_error_with_the_cure(fake):
    from qa.web.server import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"127\.0\.0\.1:{port}.*--port"):
            serve(fake, host="127.0.0.1", port=port)


def test_an_link_of_another_machine_is_a_clear_error(fake):
    from qa.web.server import serve

    with pytest.raises(UsageError, match=r"192\.0\.2\.1"):
        serve(fake, host="192.0.2.1", port=0, token="x" * 16)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "arsip.example"])
def test_other_machines_are_let_in_with_a_token_only(fake, host):
    from qa.web.server import serve

    with pytest.raises(UsageError, match=rf"{re.escape(host)}.*--token-file"):
        serve(fake, host=host, port=0)


@pytest.mark.integration
def test_the_program_ends_on_its_signal_though_a_page_is_open(assistant, seeds_settings):
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", "0", "--indexes", str(seeds_settings.indexes)]

    def heeds_interrupts():  # a shell's background job, as CI may be one, hands down that they are ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeds_interrupts,  # noqa: PLW1509 - nothing else runs between fork and exec
    ) as running:
        try:
            url = running.stdout.readline().split()[1]
            with httpx.stream("GET", f"{url}gradio_api/heartbeat/page") as page:
                assert page.status_code == 200
                running.send_signal(signal.SIGINT)
                _, complaints = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 130
    assert complaints.strip().splitlines()[-1] == "stopped"
    assert "Traceback" not in complaints


def test_the_page_names_no_address_but_its_own(client):
    page = client.get("/")
    assert page.status_code == 200
    # What remains are names of vocabularies and of places that Gradio's script compares with; the markup itself loads nothing.
    markup = re.sub(r"<script\b.*?</script>", "", page.text, flags=re.DOTALL)
    assert not re.findall(r"""(?:src|href|content)=["'](?:https?:)?//[^"']+""", markup)


def test_the_page_is_in_indonesian(client):
    assert '<html\n\tlang="id"' in client.get("/").text


def test_every_response_forbids_other_hosts(client):
    for path in ("/", "/theme.css", "/config", "/nowhere"):
        assert client.get(path).headers["content-security-policy"] == POLICY
    assert not re.search(r"https?:|\*", POLICY)


def test_the_theme_asks_for_no_font_of_another_host(client):
    assert not re.findall(r"@import|url\((?!['\"]?data:)[^)]*//[^)]*", client.get("/theme.css").text)


def test_nothing_is_counted_shared_or_recorded(client):
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history")
    assert not config.get("space_id")


def test_the_page_of_the_endpoints_is_ours_and_loads_nothing(client):
    page = client.get("/docs").text
    assert "/v1/chat/completions" in page
    assert "://" not in page
    assert "<script" not in page
    assert client.get("/redoc").status_code == 404


def test_a_page_that_comes_in_pieces_is_rewritten_whole():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"99")]})
        await send({"type": "http.response.body", "body": b'<html\n\tlang="en"><meta property="og:im', "more_body": True})
        await send({"type": "http.response.body", "body": b'age" content="https://elsewhere/" /><p>isi'})

    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(app)({"type": "http", "path": "/", "method": "GET", "headers": []}, None, send))
    start, body = sent
    assert body["body"] == b'<html\n\tlang="id"><p>isi'
    assert dict(start["headers"])[b"content-length"] == str(len(body["body"])).encode()
