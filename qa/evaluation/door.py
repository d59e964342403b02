"""The door of `qa eval`: its commands by their first word, their options, and what each of them runs.

`qa eval SUITE` is short for `qa eval run SUITE`. Nothing is imported here but argparse until a command runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.options import index_options, model_options, settings_of

AddCommand = Callable[..., argparse.ArgumentParser]
_WORDS = ("run",)  # a suite whose file has one of these names is written ./run


def spelled_out(argv: Sequence[str]) -> list[str]:
    """The command line with the word `run` where `qa eval` was given none: `eval SUITE` -> `eval run SUITE`."""
    words = list(argv)
    if words[:1] == ["eval"] and not (words[1:2] and words[1] in (*_WORDS, "-h", "--help")):
        words.insert(1, "run")
    return words


def add_commands(evaluate: argparse.ArgumentParser, add: AddCommand) -> None:
    """Every command below `qa eval`; `add(commands, name, run, summary, example)` makes the parser of one."""
    evaluate.description = "Measure answers against a suite. `qa eval SUITE` is short for `qa eval run SUITE`."
    commands = evaluate.add_subparsers(title="commands", required=True, metavar="COMMAND")
    run_options(add(commands, "run", run_suite, "measure answers against a suite", "qa eval evals/seeds.jsonl --index seeds"))


def run_options(parser: argparse.ArgumentParser) -> None:
    """Options of `qa eval run`."""
    parser.add_argument(
        "suite", type=Path, nargs="?", default=Path("evals/seeds.jsonl"), help="the suite (default evals/seeds.jsonl)"
    )
    index_options(parser)
    model_options(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the reports (default evals/out)")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="compare with this file and exit 1 when worse")
    parser.add_argument(
        "--update-baseline", action="store_true", help="write this run to the baseline file, after showing what changes"
    )


def run_suite(arguments: argparse.Namespace) -> int:
    """`qa eval run`: exit status 0, 1 (worse, crashed or law broken) or 3 (cannot tell)."""
    from qa.assistant import Assistant
    from qa.evaluation.run import evaluate

    more: dict[str, Any] = {"baseline": arguments.baseline, "update": arguments.update_baseline}
    if arguments.update_baseline and arguments.baseline is None:
        raise UsageError(
            "--update-baseline needs --baseline FILE. Example: qa eval --baseline evals/baseline.json --update-baseline"
        )
    assistant = Assistant.open(settings=settings_of(arguments))
    _, status = evaluate(assistant, arguments.suite, out=arguments.out or Path("evals/out"), **more)
    return status
