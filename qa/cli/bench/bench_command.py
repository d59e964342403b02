"""`qa bench`: how this machine builds and asks archives of several sizes, beside other libraries that are installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qa.cli.options import index_options, settings_of
from qa.errors import UsageError

AddCommand = Callable[..., argparse.ArgumentParser]

_PEERS = ("bm25s", "txtai", "lancedb", "langchain")


def add_commands(commands: Any, add: AddCommand) -> None:
    """The parser of `qa bench`."""
    parser = add(
        commands,
        "bench",
        run_bench,
        "measure builds and searches of large archives",
        "qa bench news.jsonl --sizes 10000 100000 --peers all",
    )
    parser.add_argument(
        "corpus",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="articles as JSON lines (.gz, .bz2 and .xz too), repeated with changes",
    )
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[10_000, 100_000],
        metavar="N",
        help="passages of each archive, about; none to build none (default: 10000 100000)",
    )
    parser.add_argument(
        "--peers", nargs="+", default=[], metavar="NAME", help=f"other libraries beside: {', '.join(_PEERS)}, or all"
    )
    parser.add_argument("--peers-at", type=int, default=10_000, metavar="N", help="passages that they get (default: 10000)")
    parser.add_argument(
        "--slow-at", type=int, default=300, metavar="N", help="passages that LangChain's pipeline gets (default: 300)"
    )
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help='questions as JSON lines with a "question" (default: titles of the corpus)'
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("bench"),
        metavar="DIR",
        help="folder for bench.json, bench.md and growth.svg, written after each measurement; what is there already is not measured again, but where nothing else is wanted (default: bench)",
    )
    parser.add_argument("--measure", action="store_true", help="measure the index of --index too, as it is")
    index_options(parser)


def run_bench(arguments: argparse.Namespace) -> int:
    """`qa bench`."""
    from qa.evaluation.benchmarks.compressed import objects, text_of
    from qa.evaluation.scale.bench import Wanted, measured
    from qa.evaluation.scale.scale_report import load, markdown, save

    if wrong := [size for size in (*arguments.sizes, arguments.peers_at, arguments.slow_at) if size < 1]:
        raise UsageError(f"{wrong[0]} passages cannot be measured. Cure: give sizes from 1 on")
    settings = settings_of(arguments)
    questions: tuple[str, ...] = ()
    if arguments.questions:
        questions = tuple(text_of(record, "question", place) for place, record in objects(arguments.questions))
        if len(questions) < 2:
            raise UsageError(
                f"{arguments.questions} has {len(questions)} questions. Cure: give two or more; the first one warms up"
            )
    result = measured(
        Wanted(
            corpus=tuple(arguments.corpus), sizes=tuple(arguments.sizes), peers=_PEERS if "all" in arguments.peers else tuple(arguments.peers),
            peers_at=arguments.peers_at, slow_at=arguments.slow_at, questions=questions,
            index=(settings.indexes, settings.index) if arguments.measure else None, say=lambda line: print(line, file=sys.stderr, flush=True),
            keep=lambda result: save(result, arguments.out), before=load(arguments.out),
        )
    )  # fmt: skip
    print(markdown(result))
    print("written:", ", ".join(map(str, save(result, arguments.out))), file=sys.stderr)
    return 1 if any(name.startswith("sitasi") for name in result["left_out"]) else 0
