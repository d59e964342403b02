"""Bodies without end, and callers without haste: what becomes of the memory, and of everybody else?

    python evals/bench/attack/bodies.py        # two minutes; exit 1 where a bound is missing

Eight bodies of 80 MB to each of the page's routes and endpoints, in pieces; then 200 connections that send a byte a second for a
minute, while others ask.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator

import httpx
from serving import SHORT, Served, done, served

PATHS = ("/gradio_api/queue/join", "/gradio_api/run/predict", "/ask", "/v1/chat/completions", "/mcp", "/gradio_api/cancel")
SLOW = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: ",
    b"POST /ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n{",
)


def pieces(megabytes: int) -> Iterator[bytes]:
    """Spaces, a megabyte at a time."""
    for _ in range(megabytes):
        yield b" " * 1_000_000


def status(server: Served, path: str) -> int:
    """The status of a body that is too long; 413 too where the server hung up before all was sent."""
    try:
        return httpx.post(
            f"{server.url}{path}", content=pieces(80), headers={"Content-Type": "application/json"}, timeout=60
        ).status_code
    except httpx.TransportError:
        return 413


def slowly(server: Served, connections: int, seconds: float) -> tuple[int, float]:
    """How many of the slow connections are left after `seconds`, and the longest wait of a question meanwhile."""
    slow = [socket.create_connection((server.place.hostname or "", server.place.port or 0), 10) for _ in range(connections)]
    for number, one in enumerate(slow):
        one.sendall(SLOW[number % len(SLOW)])
    worst, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        server.ask()
        worst = max(worst, time.monotonic() - began)
        for one in list(slow):
            try:
                one.sendall(b"a")
            except OSError:  # hung up on
                slow.remove(one)
        time.sleep(1)
    return len(slow), worst


def main() -> int:
    """Both attacks on one server."""
    with served() as server:
        first = server.ask().json()["short"]
        before = server.memory()
        statuses = {path: [status(server, path) for _ in range(8)] for path in PATHS}
        after = server.memory()
        left, worst = slowly(server, 200, 60)
        last = server.ask().json()["short"]
    held = all(code == 413 for codes in statuses.values() for code in codes) and left == 0 and first == last == SHORT
    told = {"statuses": statuses, "memory_mb": [before, after], "slow_connections_left": left, "worst_seconds": round(worst, 2)}
    return done(held=held and after - before < 200, told=told)


if __name__ == "__main__":
    sys.exit(main())
