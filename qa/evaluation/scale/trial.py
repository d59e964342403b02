"""One step of a measurement in a process of its own, so that memory and a cold start are that engine's alone.

Run as a program: a JSON object on the command line tells what to do, the last line of standard output is a JSON object with what was
measured, or {"error": …} where that failed. Seconds are of the wall; `cpu` are seconds of processor time, which other work on the machine stretches little.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from qa.evaluation.metrics.latency import percentile
from qa.evaluation.scale.changed_corpus import articles, records
from qa.evaluation.scale.compared_engines import ENGINES, Sitasi

CLIENTS = (1, 2, 8)
SECONDS = 3.0
"""How long the clients of each number ask."""


def built(request: dict[str, Any]) -> dict[str, Any]:
    """Build from the first `articles` of the changed corpus, which is made while it is read: memory is that of the build."""
    engine, folder = ENGINES[request["engine"]](), Path(request["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    stream = islice(articles(records([Path(path) for path in request["corpus"]])), request["articles"])
    began, busy = time.perf_counter(), _cpu()
    passages = engine.build(folder, stream, request["articles"])
    seconds, busy = time.perf_counter() - began, _cpu() - busy
    return {
        "passages": passages, "seconds": round(seconds, 2), "cpu": round(busy, 2), "per_second": round(passages / seconds, 1),
        "per_cpu_second": round(passages / busy, 1), "disk_mb": disk_mb(folder), "peak_rss_mb": _peak(), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def asked(request: dict[str, Any]) -> dict[str, Any]:
    """Open, ask each question once, then with several clients at a time; for Sitasi the recall of the dense arm too."""
    began, busy = time.perf_counter(), _cpu()
    engine = ENGINES[request["engine"]]()
    if isinstance(engine, Sitasi):
        engine.name = request["index"]
    engine.open(Path(request["folder"]))
    questions: list[str] = request["questions"]
    engine.search(questions[0])
    ready = {"first_seconds": round(time.perf_counter() - began, 3), "first_cpu": round(_cpu() - busy, 3)}
    times: list[float] = []
    processors: list[float] = []
    for question in questions[1:]:
        wall, processor = time.perf_counter(), time.process_time()
        engine.search(question)
        times.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    result = {
        **ready, **{f"p{round(100 * share)}_ms": round(percentile(times, share), 2) for share in (0.5, 0.95, 0.99)},
        "cpu_p50_ms": round(statistics.median(processors), 2), "cpu_p95_ms": round(percentile(processors, 0.95), 2), "rss_mb": _resident(),
        "clients": {str(n): _throughput(engine, questions, n) for n in CLIENTS}, "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    if isinstance(engine, Sitasi):
        result |= {"passages": engine.generation.n_passages, "recall_at_10": round(recall(engine, questions), 4)}
    return result


def recall(engine: Sitasi, questions: Sequence[str], k: int = 10) -> float:
    """Of the k nearest passages by comparing every row, the share that the index finds."""
    import numpy as np

    from qa.index.cosines import best
    from qa.index.encode import open_encoder

    encoder, index = open_encoder("static"), engine.generation.vectors
    queries = np.stack([encoder.question(question) for question in questions])  # (questions, dim)
    exact: list[list[tuple[int, float]]] = [[] for _ in questions]
    last = engine.generation.segments[-1].entry.end_row
    for start in range(0, last, 32_768):
        segments = engine.generation.segments
        rows = np.concatenate([segment.alive(range(start, min(start + 32_768, last))) for segment in segments])
        scores = index.vectors(start, min(start + 32_768, last)) @ queries.T
        for found, column in zip(exact, scores.T, strict=True):
            found[:] = sorted([*found, *best(np.ascontiguousarray(column), np.sort(rows), k)], key=lambda hit: (-hit[1], hit[0]))[
                :k
            ]
    shares = []
    for query, nearest in zip(queries, exact, strict=True):
        if nearest:
            least = nearest[-1][1] - 1e-5  # a row that is as near as the last is as right
            found = index.search(query, k)
            shares.append(min(1.0, sum(score >= least for _, score in found) / len(nearest)))
    return statistics.fmean(shares)


def _throughput(engine: Any, questions: Sequence[str], clients: int) -> float:
    """Questions a second of so many threads."""
    until, counts = time.perf_counter() + SECONDS, [0] * clients

    def ask(client: int) -> None:
        while time.perf_counter() < until:
            engine.search(questions[(client * 17 + counts[client]) % len(questions)])
            counts[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(counts) / (time.perf_counter() - began), 1)


def disk_mb(folder: Path) -> float:
    """Megabytes of the files below a folder; one that has several names counts once."""
    files = (path.stat() for path in folder.rglob("*") if path.is_file())
    return round(sum({status.st_ino: status.st_size for status in files}.values()) / 1e6, 1)


def peak_mb(usage: resource.struct_rusage) -> int:
    """The most memory that a process held, in megabytes: systems count it in bytes or in kilobytes."""
    return round(usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def _cpu() -> float:
    """Seconds of processor time of this process and of those that it waited for."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _peak() -> int:
    """The most memory that this process held, in megabytes."""
    return peak_mb(resource.getrusage(resource.RUSAGE_SELF))


def _resident() -> int:
    """What this process holds now, in megabytes; the most it held where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return _peak()
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1024**2)


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    try:
        measurement = {"build": built, "ask": asked}[order["step"]](order)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        raise
    print(json.dumps(measurement))
