"""Probes over HTTP, and a stop in the middle of a question: the real command, its processes, its log."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from qa.web.serving.service import Service

TOKEN = "a-token-of-twenty-chars"
QUESTION = {"question": "Kapan peluncuran pertama dari Vostochny?"}


@pytest.fixture(scope="module")
def service(assistant):
    made = Service(assistant)
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(service, serve_whole):
    with serve_whole(service, token=TOKEN) as address:
        yield address


@pytest.mark.filterwarnings("ignore")
def test_whoever_watches_over_a_server_needs_no_token_for_its_life_and_one_for_its_figures(url, service):
    assert httpx.get(f"{url}/livez").json() == {"status": "ok"}
    assert httpx.get(f"{url}/readyz").json() == {"status": "ok"}
    assert httpx.get(f"{url}/metrics").status_code == 401
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.post(f"{url}/ask", json=QUESTION, headers=bearer).json()["citations"]
    told = httpx.get(f"{url}/metrics", headers=bearer)
    assert told.headers["content-type"].startswith("text/plain; version=")
    assert 'sitasi_questions_total{outcome="answered"} 1.0' in told.text
    assert "Vostochny" not in told.text
    service.stopping = True
    try:
        reply = httpx.get(f"{url}/readyz")
        assert (reply.status_code, reply.json()) == (503, {"status": "stopping"})
        assert httpx.get(f"{url}/livez").status_code == 200
    finally:
        service.stopping = False


@pytest.fixture
def running(seeds_settings, assistant):
    """`qa serve --workers 2` as a process of its own, and its address."""
    command = [
        sys.executable,
        "-m",
        "qa.cli",
        "serve",
        "--index",
        "seeds",
        "--indexes",
        str(seeds_settings.indexes),
        "--port",
        "0",
    ]
    more = ["--workers", "2", "--set", "web.history=", "--set", "web.feedback="]
    process = subprocess.Popen(command + more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found, process.stderr.read()
        yield process, found[0]
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()
        process.stderr.close()


def children(pid):
    return [int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()]


def python(pid):
    try:
        return "(python" in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.mark.integration
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_ended_answers_what_was_asked_and_leaves_no_process(running, ending):
    process, url = running
    beside = children(process.pid)
    assert len(beside) >= 2
    replies = []
    body = {"question": "Apa yang dikatakan Kim Jong Un kepada Putin tentang Rusia?"}
    asking = threading.Thread(target=lambda: replies.append(httpx.post(f"{url}ask", json=body, timeout=60)))
    asking.start()
    end = time.monotonic() + 30
    while "sitasi_questions_open 1.0" not in httpx.get(f"{url}metrics").text and asking.is_alive() and time.monotonic() < end:
        time.sleep(0.005)
    process.send_signal(ending)
    asking.join(60)
    assert replies[0].status_code == 200
    assert replies[0].json()["passages"]
    assert process.wait(60) in {0, 130, -ending}
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}livez")
    end = time.monotonic() + 20
    while (left := [pid for pid in beside if python(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left
    events = [json.loads(line) for line in process.stderr.read().splitlines() if line != "stopped"]
    assert [event["event"] for event in events] == ["question"]
    assert "Kim" not in json.dumps(events)
