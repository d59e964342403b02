"""`qa bench`: archives of several sizes, made of one corpus, built and asked by Sitasi and by other libraries in one run.

A million passages take an hour. What was measured is therefore kept at once, an engine that fails loses nothing of the others, and a
run that ended early is continued by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from qa import __version__
from qa.errors import QaError, UsageError
from qa.evaluation.scale.changed_corpus import articles, records
from qa.evaluation.scale.compared_engines import NAME, missing
from qa.evaluation.scale.trial import disk_mb, peak_mb

_COUNTED = 500
"""Articles that are cut to learn how many passages one has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be measured."""

    corpus: tuple[Path, ...]
    sizes: tuple[int, ...]  # passages, about
    peers: tuple[str, ...] = ()
    peers_at: int = 10_000  # passages that the peers are given, about, and Sitasi beside them
    slow_at: int = 300  # passages for LangChain, whose encoder is a thousand times as large as ours
    questions: tuple[str, ...] = ()  # () for titles of the corpus
    index: tuple[Path, str] | None = None  # an index that is there, measured as it is
    say: Callable[[str], None] = field(default=lambda _: None)
    keep: Callable[[dict[str, Any]], object] = field(default=lambda _: None)  # is given all there is, after each measurement
    before: dict[str, Any] | None = None  # what `keep` was given last by an earlier run


def measured(wanted: Wanted) -> dict[str, Any]:
    """Everything, as one JSON object: what `before` lacks is measured; where it lacks nothing, all is measured again.

    An engine that fails is named in "left_out" with its message. Raises UsageError for an unknown peer, and where `before` was measured over
    another corpus or other questions.
    """
    for engine in wanted.peers:
        missing(engine)
    base = records(wanted.corpus)
    questions = list(wanted.questions) or _titles(base)
    rate = _passages_per_article(base)
    result: dict[str, Any] = {
        "machine": _machine(),
        "of": _identity(base, questions),
        "questions": len(questions),
        "corpus_articles": len(base),
        "rows": [],
        "left_out": {},
    }
    jobs = _jobs(wanted, result["left_out"])
    index = f"{wanted.index[0] / wanted.index[1]}" if wanted.index else ""
    result["rows"] = _kept(wanted.before, result["of"], {*jobs, *([("index", index)] if index else ())})
    there = set(map(_key, result["rows"]))
    jobs = [job for job in jobs if job not in there]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sitasi-bench-") as scratch:
        for done, (engine, size) in enumerate(jobs):
            wanted.say(f"[{done + 1}/{len(jobs)}, {time.monotonic() - began:.0f} s] {engine}, {size} passages")
            folder = Path(scratch) / f"{engine}-{size}"
            try:
                result["rows"].append(
                    _row(engine, size, folder, corpus=wanted.corpus, questions=questions, count=max(1, round(size / rate)))
                )
            except (QaError, OSError, ValueError) as error:
                result["left_out"][engine if engine != "sitasi" else f"sitasi, {size} passages"] = str(error)
                wanted.say(f"{engine}: {error}")
            shutil.rmtree(folder, ignore_errors=True)  # the next one may need the room
            wanted.keep(result)
    if wanted.index and ("index", index) not in there:
        root, name = wanted.index
        wanted.say(f"[{time.monotonic() - began:.0f} s] the index {name}")
        details = _step({"step": "ask", "engine": "sitasi", "folder": str(root), "index": name, "questions": questions})
        row = {
            "engine": "sitasi",
            "wanted": details["passages"],
            "index": index,
            "build": {"passages": details["passages"], "disk_mb": disk_mb(root / name)},
        }
        result["rows"].append({**row, "ask": details, "cold": cold(root, name, questions[0])})
    wanted.keep(result)
    return result


def _jobs(wanted: Wanted, left_out: dict[str, str]) -> list[tuple[str, int]]:
    """(engine, passages) of each archive to build; peers that are not installed go to `left_out`."""
    jobs = [("sitasi", size) for size in sorted(set(wanted.sizes))]
    for engine in wanted.peers:
        if lacking := missing(engine):
            left_out[engine] = f"not installed here: {lacking}"
        else:
            jobs.append((engine, wanted.slow_at if engine == "langchain" else wanted.peers_at))
    if wanted.peers:
        jobs += [("sitasi", size) for size in (wanted.slow_at, wanted.peers_at)]
    return list(dict.fromkeys(jobs))


def _kept(before: dict[str, Any] | None, identity: str, wanted: set[tuple[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an earlier run that stay; those that are wanted too are measured again where all of these are there."""
    if before is None:
        return []
    rows: list[dict[str, Any]] = before["rows"]
    if before.get("of") != identity:
        raise UsageError(
            "the results that are there were measured over another corpus, with other questions or by another version. Cure: give another --out"
        )
    whole = wanted <= set(map(_key, rows))
    return [row for row in rows if not (whole and _key(row) in wanted)]


def _key(row: dict[str, Any]) -> tuple[str, Any]:
    """What a row is of: an engine and a size, or an index that was there."""
    return ("index", row["index"]) if "index" in row else (row["engine"], row["wanted"])


def _identity(base: Sequence[dict[str, Any]], questions: Sequence[str]) -> str:
    """SHA-256, hex, over what makes measurements comparable."""
    return hashlib.sha256(json.dumps([__version__, base, questions]).encode()).hexdigest()


def cold(root: Path, name: str, question: str) -> dict[str, Any]:
    """`qa ask` from nothing to its answer, reading and all, in a process of its own."""
    command = [sys.executable, "-m", "qa.cli", "ask", question, "--index", name, "--indexes", str(root)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "cpu": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_rss_mb": peak_mb(usage),
    }


def _row(engine: str, size: int, folder: Path, *, corpus: Sequence[Path], questions: Sequence[str], count: int) -> dict[str, Any]:
    details = {
        "engine": engine,
        "folder": str(folder),
        "index": NAME,
        "corpus": [str(path.resolve()) for path in corpus],
        "articles": count,
    }
    row = {"engine": engine, "wanted": size, "build": _step({**details, "step": "build"})}
    row["ask"] = _step({**details, "step": "ask", "questions": list(questions)})
    if engine == "sitasi":
        row["cold"] = cold(folder, NAME, questions[0])
    return row


def _step(details: dict[str, Any]) -> dict[str, Any]:
    """What a process of its own measured. Raises UsageError with its message where it failed; progress goes to stderr."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "qa.evaluation.scale.trial", json.dumps(details)],
        stdout=subprocess.PIPE, stderr=None, text=True, check=False, env={**os.environ, "TOKENIZERS_PARALLELISM": "false"},
    )  # fmt: skip
    lines = done.stdout.strip().splitlines()
    result: dict[str, Any] = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    if done.returncode or not result:
        ended = f"ended by signal {-done.returncode}" if done.returncode < 0 else f"exit {done.returncode}"
        raise UsageError(f"{details['engine']} could not {details['step']} ({result.get('error', ended)})")
    return result


def _titles(base: Sequence[dict[str, Any]]) -> list[str]:
    """Two hundred titles of the corpus, drawn with a seed."""
    titles = sorted({str(record.get("title") or record["text"][:80]) for record in base})
    return random.Random(1).sample(titles, min(200, len(titles)))


def _passages_per_article(base: Sequence[dict[str, Any]]) -> float:
    from qa.corpus.passages import cut

    some = base[:: max(1, len(base) // _COUNTED)]  # from everywhere: the first ones may be longer than the others
    return max(1, sum(len(cut(article, passage_chars=700)) for article in islice(articles(some), len(some)))) / len(some)


def _machine() -> dict[str, Any]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "python": platform.python_version(), "system": platform.system(), "processor": platform.machine(), "cores": cores,
        "load": round(os.getloadavg()[0], 1), "threads_limit": os.environ.get("OMP_NUM_THREADS", ""), "nice": os.nice(0),
    }  # fmt: skip
