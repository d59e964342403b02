"""What a change costs in a large index: python evals/bench/segments.py --data FOLDER --passages 1000000 --keep DIR

Makes an index of so many passages out of the first articles of text_news.jsonl.xz in FOLDER. They come again and again, changed: half of an
article's passages are exchanged for those of others, each gets a rare word, and its vector is mixed with another's, as exchanging a third
of its words would do. Cutting, counting words and encoding are done once an article and not for its copies, for what is measured
is not the build; the files are those of a build. Then, each in a process of its own: opening and asking; adding 1 and 100 articles, opening and asking again; removing one. Prints one
JSON object a line: seconds (on a machine that does other work too those of the processor say more), and the most memory that the
process held.

    --keep DIR    make the index there and leave it, or take the one that is there
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, count, islice
from pathlib import Path
from typing import Any

import numpy as np

from qa.corpus.clean import with_repeated
from qa.corpus.passages import passage
from qa.index import generation
from qa.index.encode import open_encoder
from qa.index.prepare import Prepared, prepare_all
from qa.retrieve.search import search
from qa.schema import Article, Query
from qa.settings import Retrieve

NAME = "large"
RARE = 2_000_000  # words that the copies draw their rare word from
QUESTIONS = (
    "Siapa yang meresmikan jembatan di Medan?",
    "harga beras naik berapa persen",
    "gempa bumi di Sulawesi",
    "final piala dunia",
)


def news(folder: Path, start: int, most: int) -> list[Article]:
    """Articles of text_news."""
    with lzma.open(folder / "text_news.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, start, start + most)]
    return [
        _article(f"news-{start + n}", record["text"], record["title"], record.get("outlet", ""))
        for n, record in enumerate(records)
    ]


def _article(id_: str, text: str, title: str, outlet: str, day: date | None = None) -> Article:
    return Article(
        id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest(), title=title, outlet=outlet, published=day
    )


def composed(base: list[Prepared], vectors: np.ndarray, most: int, seed: int = 1) -> Iterator[tuple[Prepared, np.ndarray]]:
    """The articles of `base` again and again, until there are `most` passages, with the vectors of their passages.

    vectors    (n, dim) of the passages of `base`, in their order
    """
    dice, drawn = random.Random(seed), np.random.default_rng(seed)
    pool = [(passage.text, terms) for each in base for passage, terms in zip(each.passages, each.terms, strict=True)]
    made = 0
    for round_ in count():
        first = 0
        for each in base:
            n = len(each.passages)
            rows = [row if not round_ or dice.random() < 0.5 else dice.randrange(len(pool)) for row in range(first, first + n)]
            first += n
            ends = list(accumulate(len(pool[row][0]) + 1 for row in rows))
            text = "\n".join(pool[row][0] for row in rows)
            day = date(2020, 1, 1) + timedelta(days=dice.randrange(1_500))
            article = _article(f"{each.article.id}-{round_}", text, each.article.title, each.article.outlet, day)
            passages = tuple(passage(article, end - 1 - len(pool[row][0]), end - 1) for row, end in zip(rows, ends, strict=True))
            terms = tuple((*pool[row][1], f"langka{dice.randrange(RARE)}") for row in rows)
            mixed = vectors[rows] if not round_ else 0.7 * vectors[rows] + 0.3 * vectors[drawn.integers(0, len(pool), n)]
            yield Prepared(article=article, passages=passages, contexts=(), terms=terms), mixed.astype(np.float32)
            made += n
            if made >= most:
                return


def make(root: Path, folder: Path, passages: int, articles: int) -> None:
    """The index."""
    encoder: Any = open_encoder("static")
    print("preparing", file=sys.stderr)
    base = [each for each in prepare_all(with_repeated(news(folder, 0, articles)), 700) if each.passages]
    known = np.concatenate([encoder.passages(each.contexts) for each in base])
    total = round(passages * len(base) / len(known))
    began, busy = time.perf_counter(), time.process_time()
    made = generation.build(
        root, NAME, (), encoder, prepared=composed(base, known, passages), progress=True, total=total,
        on_stage=lambda stage: print(f"{time.perf_counter() - began:.0f} s: {stage}", file=sys.stderr),
    )  # fmt: skip
    print(json.dumps({"passages": made.n_passages, "written_s": round(time.perf_counter() - began), "cpu_s": round(time.process_time() - busy),
                      "stages": made.manifest.seconds, "peak_rss_mb": _rss()}), flush=True)  # fmt: skip


def asked(opened: generation.Generation, encoder: Any) -> float:
    """Seconds of the questions' searches, the middle one of each question's five."""
    taken = []
    for question in QUESTIONS:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            search(Query(text=question), opened, encoder, Retrieve())
            times.append(time.perf_counter() - began)
        taken.append(sorted(times)[2])
    return sum(taken) / len(taken)


def serve(root: Path, _: Path) -> dict[str, Any]:
    """Open, and ask; the vocabulary is read as a question does."""
    encoder = open_encoder("static")
    began = time.perf_counter()
    opened = generation.open(root, NAME, encoder)
    ready = time.perf_counter() - began
    words = len(opened.articles.vocabulary())
    return {"articles": opened.n_articles, "passages": opened.n_passages, "segments": len(opened.segments), "words": words, "open_s": round(ready, 3),
            "search_s": round(asked(opened, encoder), 4)}  # fmt: skip


def _unknown(root: Path, these: list[Article]) -> list[Article]:
    """Those that the index has not."""
    opened = generation.open(root, NAME)
    return [each for each in these if not opened.articles.place(each.id)]


def add(root: Path, folder: Path, n: int, start: int) -> dict[str, Any]:
    """Add `n` articles that the index has not, from opening what is served to having found one by its own words."""
    encoder = open_encoder("static")
    fresh = _unknown(root, news(folder, start, 40 * n))[:n]
    began, busy = time.perf_counter(), time.process_time()
    after = generation.add(root, NAME, fresh, encoder)
    added, busy = time.perf_counter() - began, time.process_time() - busy
    found = search(Query(text=fresh[0].title), after, encoder, Retrieve())
    return {"added": n, "add_s": round(added, 3), "add_cpu_s": round(busy, 3), "found_s": round(time.perf_counter() - began, 3),
            "found": any(hit.passage.article_id == fresh[0].id for hit in found), "stages": after.manifest.seconds}  # fmt: skip


def again(root: Path, folder: Path) -> dict[str, Any]:
    """One article more in a process that serves already, as the page adds it."""
    encoder = open_encoder("static")
    held = generation.open(root, NAME, encoder)
    held.articles.vocabulary()
    asked(held, encoder)
    before = _rss()
    fresh = _unknown(root, news(folder, 13_000, 40))[:1]
    began, busy = time.perf_counter(), time.process_time()
    after = generation.add(root, NAME, fresh, encoder, served=held)
    added, busy = time.perf_counter() - began, time.process_time() - busy
    after.articles.vocabulary()
    search(Query(text=fresh[0].title), after, encoder, Retrieve())
    return {
        "served_and_added": 1,
        "add_s": round(added, 3),
        "found_s": round(time.perf_counter() - began, 3),
        "rss_before_mb": before,
        "stages": after.manifest.seconds,
    }


def drop(root: Path, _: Path) -> dict[str, Any]:
    """Remove one article."""
    began = time.perf_counter()
    opened = generation.open(root, NAME)
    there = next(article.id for article, _ in opened.articles.stream())
    generation.remove(root, NAME, [there])
    return {"removed": 1, "remove_s": round(time.perf_counter() - began, 3)}


STEPS: dict[str, Any] = {
    "serve": serve,
    "one": lambda root, folder: add(root, folder, 1, 12_000),
    "hundred": lambda root, folder: add(root, folder, 100, 14_000),
    "again": again,
    "drop": drop,
    "served": serve,
}


def _rss() -> int:
    """The most memory that this process held, in megabytes; what its parent held does not count."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()).group(1)) // 1024


def main() -> None:
    """Make the index, then take each step in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that has text_news.jsonl.xz")
    parser.add_argument("--passages", type=int, default=100_000, help="how many (default: %(default)s)")
    parser.add_argument(
        "--articles",
        type=int,
        default=6_000,
        help="how many different ones, at most 12,000: what is added comes after them (default: %(default)s)",
    )
    parser.add_argument("--keep", type=Path, help="folder for the index, used again where it is there")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        told = STEPS[chosen.step](chosen.keep, chosen.data)
        print(json.dumps({**told, "peak_rss_mb": _rss(), "cpu_s": round(time.process_time(), 2)}), flush=True)
        return
    with tempfile.TemporaryDirectory(prefix="sitasi-bench-") as made:
        root = chosen.keep or Path(made)
        if not generation.names(root):
            make(root, chosen.data, chosen.passages, chosen.articles)
        disk = sum(path.stat().st_size for path in (root / NAME).rglob("*") if path.is_file())
        print(json.dumps({"disk_mb": disk // 10**6}), flush=True)
        for step in STEPS:
            subprocess.run([sys.executable, __file__, "--data", chosen.data, "--keep", root, "--step", step], check=True)


if __name__ == "__main__":
    main()
