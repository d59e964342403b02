"""The dearest questions that are taken, and a crowd: is everybody still answered?

    python evals/bench/attack/costly.py [--seconds 30]        # about two minutes; exit 1 where one takes over 20 seconds

Questions of 4,000 characters and histories of 50 turns at /ask; 100,000 characters in the page's box; then eight clients at once.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time

import httpx
from serving import SHORT, Served, done, served

LIMIT = 20.0  # seconds that one request may take
DEAR = {
    "misspelt words": " ".join(f"zarqnda{n}" for n in range(400)),
    "hyphens": "a-" * 2000,
    "days": "1 Januari 2020 " * 266,
    "names": "Vostochny Roscosmos " * 200,
    "quotation marks": '"' * 3999 + "a",
    "English": "when did the president who " * 150,
}
PAST = [{"question": "Siapa Budi Santoso? " * 190, "answer": "Budi Santoso bertemu Joko Widodo di Kota Belumba. " * 390}] * 50


def timed(server: Served) -> dict[str, float]:
    """Seconds of each dear request."""
    seconds = {}
    for name, question in DEAR.items():
        began = time.monotonic()
        server.ask(question[:4000]).raise_for_status()
        seconds[name] = time.monotonic() - began
    began = time.monotonic()
    server.ask("kapan dia tiba di sana?", history=PAST).raise_for_status()
    seconds["50 turns"] = time.monotonic() - began
    began = time.monotonic()
    server.said(server.event("submit"), ["zarqnda " * 12_500, None, None])
    seconds["the page, 100,000 characters"] = time.monotonic() - began
    return {name: round(value, 2) for name, value in seconds.items()}


def crowd(server: Served, seconds: float) -> tuple[list[float], int]:
    """(seconds of each answer, how many went wrong) of eight clients who ask without a pause."""
    taken: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def client() -> None:
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                right = server.ask().json().get("short") == SHORT
            except (httpx.HTTPError, ValueError):
                right = False
            taken.append(time.monotonic() - began)
            if not right:
                wrong.append(1)

    clients = [threading.Thread(target=client) for _ in range(8)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return sorted(taken), len(wrong)


def main() -> int:
    """Both attacks on one server."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30, help="how long the crowd asks")
    asked = parser.parse_args()
    with served() as server:
        server.ask()
        seconds = timed(server)
        taken, wrong = crowd(server, asked.seconds)
        memory = server.memory()
    told = {
        "seconds": seconds,
        "answers": len(taken),
        "wrong": wrong,
        "p99": round(taken[int(len(taken) * 0.99)], 2),
        "memory_mb": memory,
    }
    return done(held=max(seconds.values()) < LIMIT and not wrong, told=told)


if __name__ == "__main__":
    sys.exit(main())
