"""The page over HTTP as an attacker uses it: files of the server, bodies without end, slow callers, other origins."""

from __future__ import annotations

import concurrent.futures
import http.client
import itertools
import json
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from qa.web.http import uploads
from qa.web.http.inlet import MAX_EVENT, Inlet
from qa.web.server import Patient

# The servers run in threads of this process: what their libraries warn each other of must not stop them half-way.
pytestmark = [pytest.mark.integration, pytest.mark.filterwarnings("ignore")]

SECRET = "Brankas Umbara dibuka dengan kode merpati-7731 oleh Direktur Sutarno."
TOKEN = "ruang-arsip-nomor-17"


class Shelf:
    """An archive that notes what it is asked to read."""

    name = "uji"

    def __init__(self):
        self.read: list[Path] = []

    def articles(self):
        return ()

    def stream(self, question, history=()):
        yield "understand"

    def ask(self, question, history=()):
        raise AssertionError(question)

    def add(self, paths, *, on_skip=None, progress=None):
        from qa.assistant import Added

        self.read += map(Path, paths)
        return Added(articles=0, passages=0, skipped=())


@pytest.fixture(scope="module")
def shelf():
    return Shelf()


@pytest.fixture(scope="module")
def whole(shelf, serve_page):
    with serve_page(shelf) as url:
        yield url


@pytest.fixture(scope="module")
def bare(shelf, serve_page):
    """The application without the border before it: Gradio alone must refuse what names a file."""
    with serve_page(shelf, bare=True) as url:
        yield url


def event(url, fn, data, queued):
    """What the page says when an event comes with `data`."""
    session = f"s{time.monotonic_ns()}"
    body = {"data": data, "fn_index": fn, "session_hash": session, "event_data": None, "trigger_id": None}
    if not queued:
        return httpx.post(f"{url}/gradio_api/run/predict", json=body, timeout=30).text
    joined = httpx.post(f"{url}/gradio_api/queue/join", json=body, timeout=30)
    if joined.status_code != 200:
        return joined.text
    said = joined.text
    with httpx.stream("GET", f"{url}/gradio_api/queue/data", params={"session_hash": session}, timeout=30) as stream:
        for line in stream.iter_lines():
            said += line
            if "process_completed" in line or "close_stream" in line:
                break
    return said


def copies():
    """Files of the upload folder that hold the secret."""
    return [path for path in uploads.folder().rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize("page", ["whole", "bare"])
def test_no_event_of_the_page_reads_a_file_of_the_server(request, shelf, page, tmp_path):
    url = request.getfixturevalue(page)
    (tmp_path / "rahasia.txt").write_text(SECRET, encoding="utf-8")
    (uploads.folder() / "link.txt").symlink_to(tmp_path / "rahasia.txt")
    victims = [tmp_path / "rahasia.txt", uploads.folder() / ".." / tmp_path.name, uploads.folder() / "link.txt"]
    events = httpx.get(f"{url}/config").json()["dependencies"]
    assert len(events) > 10
    for dependency, victim in itertools.product(events, victims):
        file = {"path": str(victim), "meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}
        for data in ([file] * len(dependency["inputs"]), [[file]] * len(dependency["inputs"])):
            event(url, dependency["id"], data, queued=dependency["queue"])
            assert copies() in ([], [uploads.folder() / "link.txt"])
    (uploads.folder() / "link.txt").unlink()
    assert shelf.read == []
    for victim in [*victims, "/etc/passwd"]:
        assert httpx.get(f"{url}/gradio_api/file={victim}").status_code in {403, 404}


def test_what_was_uploaded_is_read_once_and_forgotten_and_never_served(whole, shelf):
    sent = httpx.post(f"{whole}/gradio_api/upload", files={"files": ("berita.txt", "Isi berita.")})
    (path,) = sent.json()
    assert uploads.inside(path)
    assert httpx.get(f"{whole}/gradio_api/file={path}").status_code == 404
    events = httpx.get(f"{whole}/config").json()["dependencies"]
    upload = next(one["id"] for one in events if any(name == "upload" for _, name in one["targets"]))
    file = {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "berita.txt"}
    event(whole, upload, [[file], "", None], queued=True)
    assert [str(one) for one in shelf.read] == [path]
    assert not Path(path).exists()
    shelf.read.clear()


def test_the_upload_folder_is_its_users_alone_and_old_files_leave_it():
    assert uploads.folder().stat().st_mode & 0o077 == 0
    (uploads.folder() / "tmp-broken-off").write_bytes(b"x" * 10)
    assert uploads.sweep() >= 10
    uploads.sweep(time.time() + 2 * uploads.AGE)
    assert not (uploads.folder() / "tmp-broken-off").exists()


@pytest.mark.parametrize(
    "path",
    ["file=/etc/passwd", "file/etc/passwd", "proxy=http://127.0.0.1:9/", "stream/x", "vibe-code", "process_recording", "dev/reload", "info",
     "openapi.json", "runs", "component_server", "call/x", "api/predict", "run/other", "deep_link", "custom_component/x/y/z/a.js"],
)  # fmt: skip
def test_what_the_page_does_not_use_of_gradio_is_not_there(whole, path):
    assert httpx.get(f"{whole}/gradio_api/{path}").status_code == 404
    assert httpx.post(f"{whole}/gradio_api/{path}", json={}).status_code == 404


@pytest.mark.parametrize("body", [b"[" * 50_000, b"{", b"\xff", b"[1]", b'{"fn_index": true}', b'{"data": {"path": {}}}'])
def test_an_event_that_is_none_is_refused_and_logs_no_traceback(whole, body, capfd):
    reply = httpx.post(f"{whole}/gradio_api/queue/join", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= reply.status_code < 500
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/cancel", "/gradio_api/reset"])
@pytest.mark.parametrize("declared", [True, False])
def test_the_pages_own_routes_have_a_bound(whole, path, declared):
    sent = 0

    def pieces():
        nonlocal sent
        while sent < 20 * MAX_EVENT:
            sent += 65536
            yield b" " * 65536

    content = b" " * (MAX_EVENT + 1) if declared else pieces()
    try:
        status = httpx.post(f"{whole}{path}", content=content, headers={"Content-Type": "application/json"}).status_code
    except httpx.WriteError:  # the server hung up before all was sent, and its answer was lost on the way
        status = 413
    assert status == 413
    assert sent < 15 * MAX_EVENT  # what is drained of a refused body, and what both ends of a connection hold


def test_an_upload_has_a_bound_of_its_own(whole, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 100_000)
    assert httpx.post(f"{whole}/gradio_api/upload", files={"files": ("a.txt", b"x" * 200_000)}).status_code == 413
    assert httpx.post(f"{whole}/gradio_api/upload", files={"files": ("a.txt", b"x" * 50_000)}).status_code == 200

    def pieces():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(200):
            yield b"x" * 1000

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert httpx.post(f"{whole}/gradio_api/upload", content=pieces(), headers=kind).status_code == 413


def test_a_question_that_is_too_long_is_answered_in_words_at_once(whole):
    page = httpx.get(f"{whole}/config").json()
    box = next(one["id"] for one in page["components"] if one["props"].get("elem_id") == "question")
    submit = next(one for one in page["dependencies"] if [box, "submit"] in one["targets"])
    began = time.monotonic()
    said = event(whole, submit["id"], ["zarqnda " * 12_000, *[None] * (len(submit["inputs"]) - 1)], queued=True)
    assert "96000 characters" in said.replace("95999", "96000")
    assert time.monotonic() - began < 10


def test_large_bodies_together_have_a_bound_and_small_ones_pass(monkeypatch):
    import asyncio

    from qa.web.http import inlet

    monkeypatch.setattr(inlet, "TOGETHER", 300_000)
    inside = asyncio.Event()

    async def slow(scope, receive, send):
        await inside.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def post(border, size):
        sent, messages = [], iter([{"type": "http.request", "body": b"x" * size, "more_body": False}])

        async def receive():
            return next(messages)

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/ask", "headers": [(b"content-length", str(size).encode())]}
        await border(scope, receive, send)
        return sent[0]["status"]

    async def crowd():
        border = Inlet(slow, {"/ask"}, ())
        first = [asyncio.create_task(post(border, size)) for size in (140_000, 140_000, 140_000, 1000)]
        await asyncio.sleep(0.1)
        inside.set()
        together = [await task for task in first]
        return together, await post(border, 140_000)

    assert asyncio.run(crowd()) == ([200, 200, 503, 200], 200)


@pytest.fixture(scope="module")
def hurried(shelf, serve_page):
    """The same server with patience of a second."""
    with serve_page(shelf, patience=1.0) as url:
        yield url


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: ",
        b"POST /ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{",
        b"POST /gradio_api/queue/join HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        (
            b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n"
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        ),
    ],
    ids=["nothing", "head", "body", "chunks", "upload"],
)
def test_who_sends_slowly_gets_a_message_and_is_disconnected(hurried, begun):
    place = urlsplit(hurried)
    with socket.create_connection((place.hostname, place.port), 10) as slow:
        slow.sendall(begun)
        began, said = time.monotonic(), b""
        stop = threading.Event()

        def drip():
            while not stop.wait(0.2):
                try:
                    slow.sendall(b"a" if begun else b"")
                except OSError:
                    return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        try:
            while piece := slow.recv(4096):
                said += piece
        except ConnectionResetError:
            pass
        stop.set()
        dripping.join(5)
    assert b" 408 " in said.split(b"\r\n")[0]
    assert time.monotonic() - began < 6


def test_a_second_request_on_a_connection_has_its_time_too(hurried):
    place = urlsplit(hurried)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    for _ in range(3):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        time.sleep(0.5)  # longer than `patience` in all: only the head of one request is timed
    connection.sock.sendall(b"GET /healthz HTTP/1.1\r\n")
    assert b" 408 " in connection.sock.recv(100)


@pytest.mark.parametrize("token", ["", TOKEN], ids=["open", "locked"])
def test_another_origin_can_neither_read_nor_send(shelf, serve_page, token):
    with serve_page(shelf, token=token) as url:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        port = urlsplit(url).port
        for path, method in itertools.product(
            ["/config", "/", "/ask", "/gradio_api/queue/join", "/gradio_api/upload"], ["GET", "POST", "OPTIONS"]
        ):
            for origin in (f"http://127.0.0.1:{port + 1}", f"http://localhost:{port}", "http://evil.example", "null"):
                reply = httpx.request(method, f"{url}{path}", headers={**headers, "Origin": origin}, timeout=30)
                assert reply.status_code == 403
                assert not [name for name in reply.headers if name.startswith("access-control")]
        own = httpx.get(f"{url}/config", headers={**headers, "Origin": url})
        assert own.status_code == 200
        assert not [name for name in own.headers if name.startswith("access-control")]


def test_a_hundred_slow_callers_leave_the_server_answering(hurried):
    place = urlsplit(hurried)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        slow = [socket.create_connection((place.hostname, place.port), 10) for _ in range(100)]
        for one in slow:
            one.sendall(b"GET / HTTP/1.1\r\nX-a: ")
        assert pool.submit(lambda: httpx.get(f"{hurried}/healthz", timeout=10).json()["status"]).result(20) == "ok"
        for one in slow:
            one.close()


def test_the_servers_patience_is_seconds_and_not_minutes():
    assert 1 < Patient.head <= 30
    assert json.dumps(Inlet.__init__.__kwdefaults__) == '{"patience": 20.0}'
