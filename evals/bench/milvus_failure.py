"""A query node of Milvus killed while four threads ask: wrong answers, failures, the slowest answer, and when all was as before.

    MILVUS_WHEEL=DIR ETCD=/usr/bin/etcd python evals/bench/milvus_failure.py --index written --replicas 2 --out failure.json

What the cluster takes and is made of: milvus_cluster.py. The node that is killed leads a shard: it asks the others and merges. It is
started again after three quarters of the time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milvus_cluster import TOKEN, Cluster, etcd_here, missing, wheel_here

if TYPE_CHECKING:
    from qa.assistant import Assistant


def under_load(
    here: Assistant,
    there: Assistant,
    fail: Callable[[], None],
    back: Callable[[], None],
    *,
    seconds: float,
    at: tuple[float, float],
) -> dict[str, Any]:
    """Four threads ask for the ten nearest passages for so many seconds; at the first of `at` `fail` is called, at the second `back`.

    `here` searches the index's own files, exactly, and is what `there` is compared with.
    """
    from qa.errors import StoreError

    exact, asked = here.generation.vectors, there.generation.vectors
    queries = [exact.vectors(row, row + 1)[0] for row in range(0, len(exact), max(1, len(exact) // 40))]
    wanted = [exact.search(query, 10) for query in queries]
    answers: list[tuple[float, float, str]] = []
    began = time.monotonic()

    def ask(number: int) -> None:
        while (start := time.monotonic()) - began < seconds:
            number = (number + 7) % len(queries)
            try:
                said = "right" if same(asked.search(queries[number], 10), wanted[number]) else "wrong"
            except StoreError as error:
                said = str(error)
            answers.append((start - began, time.monotonic() - start, said))
            time.sleep(0.05)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(at[0])
    fail()
    failed = time.monotonic() - began
    time.sleep(at[1] - failed)
    back()
    returned = time.monotonic() - began
    for thread in threads:
        thread.join()
    usual = max(took for start, took, _ in answers if start + took < failed)
    bad = [(start, start + took - failed) for start, took, said in answers if said != "right" or took > max(usual, 0.5)]
    late = sorted(end for start, end in bad if end > 0 and start < returned)
    failures = [said for _, _, said in answers if said not in {"right", "wrong"}]
    return {
        "answers": len(answers),
        "after_failure": sum(start > failed for start, *_ in answers),
        "wrong": sum(said == "wrong" for *_, said in answers),
        "failures": len(failures),
        "failures_after_return": sum(start > returned and said not in {"right", "wrong"} for start, _, said in answers),
        "failure_rate": round(len(failures) / len(answers), 4),
        "kinds": sorted({failure[:300] for failure in failures}),
        "slowest_before_s": round(usual, 2),
        "slowest_after_s": round(max(took for start, took, _ in answers if start + took > failed), 2),
        "calm_after_s": round(calm(late), 1),
        "last_disturbed_s": round(max(late, default=0.0), 1),
        "threads": len(threads),
        "seconds": seconds,
    }


def calm(late: list[float]) -> float:
    """When the first ten seconds without a slow or failed answer begin; `late` is when those came, in order."""
    end = 0.0
    for each in late:
        if each > end + 10:
            break
        end = each
    return end


def same(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> bool:
    """The same rows; where the last of them are as near as float16 tells, either of them."""
    if len(found) != len(wanted):
        return False
    last = wanted[-1][1] if wanted else 0.0
    sure = {row for row, score in wanted if score > last + 2e-3}
    return sure <= {row for row, _ in found} and all(score >= last - 2e-3 for _, score in found)


def main() -> None:
    """Start, publish, kill, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", default="seeds")
    parser.add_argument("--indexes", default="indexes")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    from qa.assistant import Assistant
    from qa.settings import load
    from qa.store.publish import connected, publish

    wheel, etcd = wheel_here(), etcd_here()
    if lacks := missing(wheel, etcd):
        sys.exit(f"this machine lacks {lacks}")
    options = {"indexes": told.indexes, "index": told.index}
    here = Assistant.open(settings=load(options))
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder, Cluster(Path(folder), wheel, etcd, secured=True) as cluster:
        settings = load(options | {"store.url": cluster.url, "store.token": TOKEN, "store.replicas": told.replicas})
        publish(here.generation, settings.store)
        there, calls = Assistant.open(settings=settings), connected(settings.store)
        (name,) = calls("listing", lambda client, timeout: client.list_collections(timeout=timeout))
        result = {"server": calls.version, "passages": here.generation.n_passages, "query_nodes": 3, "replicas": told.replicas}
        result["memory_mb"] = cluster.memory_mb()
        leader = cluster.leader(calls, name)
        kill, again = (lambda: cluster.kill(leader)), (lambda: cluster.role("querynode", leader))
        result |= under_load(here, there, kill, again, seconds=told.seconds, at=(10.0, 0.75 * told.seconds))
    print(json.dumps(result, indent=1))
    if told.out:
        told.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
