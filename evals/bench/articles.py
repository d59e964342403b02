"""The same articles in files and in PostgreSQL: building, reading a row, and a question, each as a ratio.

    QA_ARTICLES__PASSWORD=… python evals/bench/articles.py --articles postgresql://USER@HOST/DATABASE --limit 40 --out articles.json

Both are measured in turn, call by call, so that other work on the machine weighs on both. The indexes are built in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE, THERE = "files", "postgresql"


def main() -> None:
    """Build both, ask both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--articles", required=True, metavar="URL", help="a database of which the schema sitasi may be written to"
    )
    parser.add_argument("--data", type=Path, nargs="+", default=[Path("evals/written/articles.jsonl")])
    parser.add_argument("--suite", type=Path, default=Path("evals/written.jsonl"))
    parser.add_argument("--limit", type=int, default=40, help="questions (0: all)")
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    from qa.assistant import Assistant
    from qa.settings import load

    questions = [json.loads(line)["question"] for line in told.suite.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        both, seconds = {}, {}
        for name, url in ((HERE, ""), (THERE, told.articles)):
            began = time.perf_counter()
            both[name] = Assistant.build(told.data, name, settings=load({"indexes": folder, "index": name, "articles.url": url}))
            seconds[name] = [time.perf_counter() - began]
        one = both[HERE]
        ids = [listing.id for listing in one.articles()]
        rows = range(one.generation.articles.n_passages)
        sampled = [[rows[(start + step * 7) % len(rows)] for step in range(20)] for start in range(200)]
        found: dict[str, Any] = {
            "articles": len(ids),
            "passages": len(rows),
            "build, s": _told(seconds),
            "an article, ms": _told(_timed(both, lambda each, id_: each.article(id_), (ids * 5)[:1000])),
            "20 passages, ms": _told(_timed(both, lambda each, some: each.generation.articles.passages(some), sampled)),
            "a search, ms": _told(
                _timed(both, lambda each, asked: each.search(asked, read=False), questions[: told.limit or None])
            ),
            "a question, ms": _told(_timed(both, lambda each, asked: each.ask(asked), questions[: told.limit or None])),
        }
    print(json.dumps(found, indent=1))
    if told.out:
        told.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _timed(both: dict[str, Any], call: Callable[[Any, Any], object], given: Sequence[Any]) -> dict[str, list[float]]:
    """Milliseconds of each call, in turn."""
    taken: dict[str, list[float]] = {name: [] for name in both}
    for each in both.values():  # what is read once and kept is not measured
        call(each, given[0])
    for one in given:
        for name, each in both.items():
            began = time.perf_counter()
            call(each, one)
            taken[name].append(1000 * (time.perf_counter() - began))
    return taken


def _told(taken: dict[str, list[float]]) -> dict[str, float]:
    """Medians and their ratio."""
    here, there = statistics.median(taken[HERE]), statistics.median(taken[THERE])
    return {HERE: round(here, 3), THERE: round(there, 3), "ratio": round(there / here, 2)}


if __name__ == "__main__":
    main()
