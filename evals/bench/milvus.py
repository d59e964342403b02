"""The same index searched in its own files and in Milvus over TCP: how far the first ten agree, nDCG of both, and what a search takes.

Milvus Lite's server is started here, on a free port of this machine, with a folder of its own, and ended here; --store takes another one.

    python evals/bench/milvus.py --index written --suite evals/written.jsonl --out milvus.json

A passage is relevant to a case where it holds the words of one of the case's sources. nDCG@10 is over the cases that have sources.
"""

from __future__ import annotations

import argparse
import json
import math
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.assistant import Assistant
    from qa.schema import Hit

DEPTH = 10


def main() -> None:
    """Publish, ask both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", default="seeds")
    parser.add_argument("--indexes", default="indexes")
    parser.add_argument("--suite", type=Path, default=Path("evals/seeds.jsonl"))
    parser.add_argument("--limit", type=int, default=0, help="questions (0: all)")
    parser.add_argument("--store", default="", help="a server that runs already")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="deadline of a call; Milvus Lite compares row by row in Python"
    )
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    from qa.assistant import Assistant
    from qa.settings import load
    from qa.store.publish import connected, publish, withdraw

    cases = [json.loads(line) for line in told.suite.read_text(encoding="utf-8").splitlines() if line.strip()]
    cases = cases[: told.limit or None]
    here = Assistant.open(told.index, settings=load({"indexes": told.indexes, "index": told.index}))
    with server(told.store) as url:
        settings = load({"indexes": told.indexes, "index": told.index, "store.url": url, "store.seconds": told.seconds})
        began = time.perf_counter()
        publish(here.generation, settings.store, progress=True)
        published = time.perf_counter() - began
        there = Assistant.open(told.index, settings=settings)
        version = connected(settings.store).version
        rows = [compared(here, there, case) for case in cases]
        withdraw(told.index, settings.store)
    judged = [row for row in rows if row["judged"]]
    result: dict[str, Any] = {
        "server": version,
        "passages": here.generation.n_passages,
        "questions": len(rows),
        "publish_seconds": round(published, 1),
        "overlap_at_10": round(sum(row["shared"] for row in rows) / max(1, sum(row["found"] for row in rows)), 4),
        "same_first": round(sum(row["same_first"] for row in rows) / len(rows), 4),
        "judged": len(judged),
    }
    for side in ("here", "there"):
        times = sorted(row[f"{side}_seconds"] for row in rows)
        result[f"ndcg_{side}"] = round(sum(row[f"{side}_ndcg"] for row in judged) / max(1, len(judged)), 4)
        result[f"{side}_ms_p50"] = round(1000 * times[len(times) // 2], 1)
        result[f"{side}_ms_p95"] = round(1000 * times[int(0.95 * len(times))], 1)
    print(json.dumps(result, indent=1))
    if told.out:
        told.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def compared(here: Assistant, there: Assistant, case: dict[str, Any]) -> dict[str, Any]:
    """One question of both."""
    found: dict[str, tuple[Hit, ...]] = {}
    row: dict[str, Any] = {}
    quotes = [source["quote"] for source in case.get("sources", []) if source.get("quote")]
    for side, assistant in (("here", here), ("there", there)):
        began = time.perf_counter()
        found[side] = assistant.search(case["question"], read=False)[:DEPTH]
        row[f"{side}_seconds"] = time.perf_counter() - began
        gains = [any(quote in hit.passage.text for quote in quotes) for hit in found[side]]
        row[f"{side}_ndcg"] = ndcg(gains, len(quotes))
    ids = {side: [hit.passage.id for hit in hits] for side, hits in found.items()}
    row["found"], row["shared"] = len(ids["here"]), len(set(ids["here"]) & set(ids["there"]))
    row["same_first"] = ids["here"][:1] == ids["there"][:1]
    row["judged"] = bool(quotes)
    return row


def ndcg(gains: list[bool], relevant: int) -> float:
    """Σ gain / log2(rank + 1) over what the ideal order gives; 0 where nothing is relevant."""
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(relevant, DEPTH) + 1))
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1)) / ideal if ideal else 0.0


@contextmanager
def server(url: str) -> Iterator[str]:
    """The address of a server: one of our own where none is given."""
    if url:
        yield url
        return
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="milvus-") as data:
        command = [str(Path(sys.executable).parent / "milvus-lite"), "server", "--data-dir", data, "--host", "127.0.0.1"]
        process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 120
            while time.monotonic() < end:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"milvus+http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(20)


if __name__ == "__main__":
    main()
