"""Load on `qa serve`: some clients that ask one question after another for some minutes; what they wait, what fails, what memory does.

The server is started here, on a free port of this machine, and ended here. Each client asks the suite's questions in an order of its
own; a share of them, `--repeat`, is of the last ones asked, as visitors of one archive repeat one another.

    python evals/bench/serving.py --index seeds --suite evals/seeds.jsonl --workers 2 --clients 8 --minutes 10 --out serving.json

Seconds are wall seconds of a whole POST /ask at the client. Memory is what the kernel says of the server and its processes: proportional
bytes count a page that several share once over all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EACH = 5.0  # seconds between two looks at memory
LONGEST = 120.0  # seconds that a client waits for one answer


@dataclass
class Told:
    """What the clients met."""

    seconds: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    noted: int = 0
    abstained: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Run, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", default="seeds")
    parser.add_argument("--indexes", default="indexes")
    parser.add_argument("--suite", type=Path, default=Path("evals/seeds.jsonl"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--repeat", type=float, default=0.2, help="share of questions that were asked a moment ago")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    questions = [json.loads(line)["question"] for line in told.suite.read_text(encoding="utf-8").splitlines() if line.strip()]
    command = [sys.executable, "-m", "qa.cli", "serve", "--index", told.index, "--indexes", told.indexes, "--port", "0"]
    command += ["--workers", str(told.workers), "--log", "off", "--set", "web.history=", "--set", "web.feedback="]
    for pair in told.set:
        command += ["--set", pair]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+/", server.stdout.readline())
            if not found:
                sys.exit("the server did not start")
            ready = time.monotonic() - began
            result = load(found[0], server.pid, questions, told)
            figures = urllib.request.urlopen(f"{found[0]}metrics", timeout=30).read().decode()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
    result |= {"seconds_to_start": round(ready, 1), "server": counted(figures), "exit": server.returncode}
    print(json.dumps(result, indent=1))
    if told.out:
        told.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def load(url: str, pid: int, questions: list[str], told: argparse.Namespace) -> dict[str, Any]:
    """All clients at once until the time is over."""
    met, memory = Told(), []
    recent: deque[str] = deque(maxlen=50)
    began = time.monotonic()
    end = began + told.minutes * 60
    clients = [
        threading.Thread(target=client, args=(url, questions, recent, random.Random(seed), told.repeat, end, met))
        for seed in range(told.clients)
    ]
    for each in clients:
        each.start()
    while any(each.is_alive() for each in clients):
        memory.append((round(time.monotonic() - began, 1), *size(pid)))
        clients[0].join(EACH) if clients[0].is_alive() else time.sleep(EACH)
    took = time.monotonic() - began
    ordered = sorted(met.seconds)
    third = max(1, len(memory) // 3)
    early, late = (statistics.median(row[1] for row in part) for part in (memory[third : 2 * third] or memory, memory[-third:]))
    return {
        "clients": told.clients,
        "workers": told.workers,
        "cores": len(os.sched_getaffinity(0)),
        "load_average": os.getloadavg()[0],
        "seconds": round(took, 1),
        "questions": len(ordered),
        "questions_a_second": round(len(ordered) / took, 2),
        "statuses": met.statuses,
        "abstained": met.abstained,
        "by_the_cheaper_path": met.noted,
        "p50": quantile(ordered, 0.5),
        "p95": quantile(ordered, 0.95),
        "p99": quantile(ordered, 0.99),
        "longest": round(ordered[-1], 3) if ordered else None,
        "memory_mb_second_third": round(early / 1e6, 1),
        "memory_mb_last_third": round(late / 1e6, 1),
        "memory": [(at, round(pss / 1e6, 1), round(rss / 1e6, 1)) for at, pss, rss in memory],
    }


def client(  # noqa: PLR0917 - a thread's target
    url: str, questions: list[str], recent: deque[str], chance: random.Random, repeat: float, end: float, met: Told
) -> None:
    """One visitor: asks, waits for the answer, asks the next."""
    order: list[str] = []
    asked = 0
    while time.monotonic() < end:
        if recent and chance.random() < repeat:
            question = chance.choice(list(recent))
        else:
            if not order:
                order = chance.sample(questions, len(questions))
                asked += 1
            question = order.pop()
            if asked > 1:  # the suite is at its end: the same in other words, so that no kept answer serves it
                question = f"{question.rstrip('?')}, ke-{asked * 1000 + chance.randrange(1000)}?"
        began = time.monotonic()
        status, reply = post(f"{url}ask", {"question": question, "top": 5})
        seconds = time.monotonic() - began
        recent.append(question)
        with met.lock:
            met.seconds.append(seconds)
            met.statuses[status] = met.statuses.get(status, 0) + 1
            met.noted += bool(reply.get("trace", {}).get("note"))
            met.abstained += bool(reply.get("abstained"))


def post(url: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """(status or the error's name, the reply)."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=LONGEST) as reply:
            return str(reply.status), json.load(reply)
    except urllib.error.HTTPError as error:
        return str(error.code), {}
    except (OSError, ValueError) as error:
        return type(error).__name__, {}


def size(pid: int) -> tuple[int, int]:
    """(proportional, resident) bytes of a process and all below it."""
    proportional = resident = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        kept = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines[1:] if line.startswith(("Rss:", "Pss:"))}
        proportional, resident = proportional + kept.get("Pss", 0), resident + kept.get("Rss", 0)
    return proportional, resident


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return found


def counted(figures: str) -> dict[str, float]:
    """What the server itself has counted."""
    found = re.findall(r"^(sitasi_(?:questions|kept_answers|questions_over_budget)_total\S*) (\S+)$", figures, re.MULTILINE)
    return {name: float(value) for name, value in found}


def quantile(ordered: list[float], share: float) -> float | None:
    """The value that `share` of the ordered ones do not exceed."""
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else None


if __name__ == "__main__":
    main()
