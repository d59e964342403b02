"""Fetching an address: only where it is public, at every step, and only what an article can be."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from qa.errors import UsageError
from qa.web.archive.fetched import fetch, public

PAGE = b"<html><body><article><h1>Pasar dibuka</h1><p>Pasar itu memiliki 320 kios.</p></article></body></html>"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "nonsense",
    ],
)  # fmt: skip
def test_private_addresses_and_those_that_hide_one_are_not_public(address):
    assert not public(address, 443)


def test_a_public_address_is_one_at_the_ports_of_the_web_alone():
    assert public("93.184.215.14", 443)
    assert public("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80)
    assert not public("93.184.215.14", 22)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://contoh.example/x", "http://a:b@contoh.example/", "", "http://", "x y"]
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(UsageError, match="no web address"):
        fetch(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "2130706433"])
def test_this_machine_is_never_asked(host):
    with pytest.raises(UsageError, match=r"no public address|no machine"):
        fetch(f"http://{host}/")


@contextmanager
def pages(answers):
    """A server of this machine: path -> (status, headers, body)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def here(address, _):
    return address == "127.0.0.1"


def test_a_page_comes_with_the_address_where_it_was_in_the_end():
    html = {"content-type": "text/html; charset=utf-8"}
    with pages({"/a": (302, {"location": "/b"}, b""), "/b": (200, html, PAGE)}) as site:
        found = fetch(f"{site}/a", allowed=here)
        assert (found.url, found.data, found.ending) == (f"{site}/b", PAGE, ".html")


def test_every_redirect_is_looked_at_again():
    with pages({"/": (302, {"location": "http://127.0.0.2/rahasia"}, b""), "/loop": (302, {"location": "/loop"}, b"")}) as site:
        with pytest.raises(UsageError, match="no public address"):
            fetch(f"{site}/", allowed=here)
        with pytest.raises(UsageError, match="leads on more than"):
            fetch(f"{site}/loop", allowed=here)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ((404, {}, b""), "answered 404"),
        ((200, {"content-type": "image/png"}, b"x"), "no article"),
        ((200, {"content-type": "text/html", "content-encoding": "gzip"}, b"x"), "packed"),
        ((200, {"content-type": "text/html"}, b"x" * 2000), "more than 1,000 bytes"),
    ],
)
def test_what_is_no_article_is_refused_with_the_cure(answer, complaint):
    with pages({"/x": answer}) as site, pytest.raises(UsageError, match=f"{complaint}.*Cure"):
        fetch(f"{site}/x", allowed=here, most=1000)


def test_a_host_that_does_not_answer_is_named():
    with pages({}) as site:
        pass
    with pytest.raises(UsageError, match=r"127\.0\.0\.1 did not answer"):
        fetch(f"{site}/", allowed=here)
