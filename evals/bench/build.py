"""How fast an index is built: python evals/bench/build.py --data FOLDER --articles 20000

Reads text_news.jsonl.xz in FOLDER before the clock starts (its decompression is no part of a build), builds an index in a
folder that is removed afterwards, opens it and asks it a hundred of its own headlines. Prints one JSON object:

    passages_per_second   passages / wall seconds of the whole build, masks and fsync included
    cpu                   seconds of processor time, this process and its workers; busy cores stretch the wall time, not these
    stages                wall seconds of the process that writes, by what it was doing ("prepare" is waiting for the workers)
    peak_rss_mb           the writing process; workers_peak_rss_mb the largest of its workers
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from qa.index import generation
from qa.index.engines import EXACT_BELOW
from qa.retrieve.search import search
from qa.schema import Article, Query
from qa.settings import Retrieve
from qa.testing import HashEncoder


def articles(folder: Path, most: int) -> Iterator[Article]:
    """The first `most` records of text_news."""
    with lzma.open(folder / "text_news.jsonl.xz", "rt", encoding="utf-8") as lines:
        for n, line in enumerate(islice(lines, most)):
            record = json.loads(line)
            text = record["text"]
            yield Article(
                id=f"news-{n}",
                text=text,
                source=f"text_news.jsonl:{n + 1}",
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                title=record["title"],
                outlet=record.get("outlet", ""),
            )


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that has text_news.jsonl.xz")
    parser.add_argument("--articles", type=int, default=20_000, help="how many articles (default: %(default)s)")
    parser.add_argument("--encoder", default="static", help="'hash' for the fake one, else as in qa build (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes that cut and count words (default: %(default)s)")
    parser.add_argument("--exact-below", type=int, default=EXACT_BELOW, help="passages up to which search is exact")
    chosen = parser.parse_args()

    if chosen.encoder == "hash":
        encoder: Any = HashEncoder(256)
    else:
        from qa.index.encode import open_encoder

        encoder = open_encoder(chosen.encoder)
    news = list(articles(chosen.data, chosen.articles))
    encoder.passages(["pemanasan"])  # load what is loaded late
    rss_before = _peak_mb(resource.RUSAGE_SELF)

    with tempfile.TemporaryDirectory(prefix="sitasi-bench-") as root:
        wall, own, workers = time.perf_counter(), time.process_time(), _cpu(resource.RUSAGE_CHILDREN)
        built = generation.build(
            Path(root),
            "bench",
            news,
            encoder,
            workers=chosen.workers,
            exact_below=chosen.exact_below,
            progress=True,
            total=len(news),
        )
        wall, own, workers = time.perf_counter() - wall, time.process_time() - own, _cpu(resource.RUSAGE_CHILDREN) - workers
        began = time.perf_counter()
        opened = generation.open(Path(root), "bench", encoder)
        opening = time.perf_counter() - began
        found, seconds, processor = 0, [], time.process_time()
        for article in news[:: max(1, len(news) // 100)]:
            began = time.perf_counter()
            hits = search(Query(text=article.title), opened, encoder, Retrieve())
            seconds.append(time.perf_counter() - began)
            found += article.id in {hit.passage.article_id for hit in hits[:5]}
        processor = 1000 * (time.process_time() - processor) / len(seconds)
        report = {
            "articles": built.n_articles,
            "passages": built.n_passages,
            "store": built.manifest.store,
            "encoder": encoder.name,
            "workers": chosen.workers,
            "wall_seconds": round(wall, 2),
            "passages_per_second": round(built.n_passages / wall),
            "cpu": {
                "writer": round(own, 2),
                "workers": round(workers, 2),
                "passages_per_cpu_second": round(built.n_passages / (own + workers)),
            },
            "cores_used": round((own + workers) / wall, 2),
            "load_average": round(os.getloadavg()[0], 2),
            "stages": built.manifest.seconds,
            "peak_rss_mb": round(_peak_mb(resource.RUSAGE_SELF)),
            "rss_before_build_mb": round(rss_before),
            "workers_peak_rss_mb": round(_peak_mb(resource.RUSAGE_CHILDREN)),
            "index_mb": round(sum(entry.size for entry in built.manifest.files.values()) / 1e6, 1),
            "open_ms": round(1000 * opening, 1),
            "search_ms": {
                "median": round(1000 * statistics.median(seconds), 2),
                "worst": round(1000 * max(seconds), 2),
                "cpu_mean": round(processor, 2),
            },
            "own_headline_in_top_5": f"{found}/{len(seconds)}",
        }
    print(json.dumps(report, indent=1))


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _peak_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
