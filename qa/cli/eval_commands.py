"""The commands of `qa eval` by their first word, their options, and what each of them runs.

`qa eval SUITE` is short for `qa eval run SUITE`. Nothing is imported here but argparse until a command runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qa.cli.options import index_options, model_options, settings_of
from qa.errors import UsageError
from qa.safety.printable import visible

AddCommand = Callable[..., argparse.ArgumentParser]
_WORDS = ("run", "check", "review", "draft")  # a suite whose file has one of these names is written ./run
_DEFAULT = Path("evals/seeds.jsonl")


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
    check_options(
        add(commands, "check", run_check, "check suites without asking", "qa eval check evals/mine.jsonl --articles articles/")
    )
    review_options(
        add(
            commands,
            "review",
            run_review,
            "look at pending cases and accept them into a suite",
            "qa eval review --index mine --to evals/mine.jsonl",
        )
    )
    draft_options(
        add(
            commands,
            "draft",
            run_draft,
            "propose cases from articles, for a person to accept",
            "qa eval draft articles/ --limit 5",
        )
    )


def run_options(parser: argparse.ArgumentParser) -> None:
    """Options of `qa eval run`."""
    parser.add_argument("suite", type=Path, nargs="?", help=f"the suite (default {_DEFAULT})")
    index_options(parser)
    model_options(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the reports (default evals/out)")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="compare with this file and exit 1 when worse")
    parser.add_argument(
        "--update-baseline", action="store_true", help="write this run to the baseline file, after showing what changes"
    )
    parser.add_argument(
        "--from",
        dest="benchmark",
        metavar="FORMAT:PATH",
        help="a public benchmark instead: squad:, tydiqa:, facqa:, beir:, trec:",
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes that ask (default: one a core)")
    parser.add_argument(
        "--grid", nargs="+", metavar="NAME=A,B", help="compare variants of settings instead, each against the first"
    )
    parser.add_argument("--choose-on", type=Path, metavar="SUITE", help="with --grid: choose a variant on these other questions")


def check_options(parser: argparse.ArgumentParser) -> None:
    """Options of `qa eval check`."""
    parser.add_argument("suites", type=Path, nargs="+", metavar="SUITE", help="suites; each is compared with the others too")
    index_options(parser)
    # one PATH each, repeatable: pre-commit writes the suites behind the options
    parser.add_argument(
        "--articles",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="articles that must contain the gold, repeatable (else those of --index)",
    )
    parser.add_argument(
        "--training",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a suite that something was fitted to, repeatable: nothing may leak from it",
    )


def review_options(parser: argparse.ArgumentParser) -> None:
    """Options of `qa eval review`."""
    index_options(parser)
    parser.add_argument("--pending", type=Path, metavar="DIR", help="folder of the pending cases (default: setting web.feedback)")
    parser.add_argument(
        "--to",
        type=Path,
        default=Path("evals/from-use.jsonl"),
        metavar="SUITE",
        help="suite to accept into (default evals/from-use.jsonl)",
    )
    parser.add_argument("--list", action="store_true", help="list what waits instead of asking about each")
    parser.add_argument("--accept", action="append", default=[], metavar="ID", help="accept this case (its id or how it begins)")
    parser.add_argument("--reject", action="append", default=[], metavar="ID", help="reject this case")
    parser.add_argument("--id", metavar="NEW", help="with --accept: the id in the suite")
    parser.add_argument("--question", metavar="TEXT", help="with --accept: the question in better words")
    parser.add_argument("--kind", metavar="KIND", help="with --accept: who, when, where, …")
    parser.add_argument("--answer", action="append", default=[], metavar="TEXT", help="with --accept: an accepted answer")
    parser.add_argument(
        "--quote", action="append", default=[], metavar="SOURCE:WORDS", help="with --accept: a place that answers"
    )
    parser.add_argument("--abstain", action="store_true", help="with --accept: the articles do not say")


def draft_options(parser: argparse.ArgumentParser) -> None:
    """Options of `qa eval draft`."""
    parser.add_argument("articles", nargs="+", metavar="ARTICLES", help="files and folders, as for qa build")
    parser.add_argument(
        "--pending", type=Path, metavar="DIR", help="folder for the proposed cases (default: setting web.feedback)"
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many of an article (default 10)")


def run_suite(arguments: argparse.Namespace) -> int:
    """`qa eval run`: exit status 0, 1 (worse, crashed or law broken) or 3 (cannot tell)."""
    more: dict[str, Any] = {"baseline": arguments.baseline, "update": arguments.update_baseline, "workers": arguments.workers}
    out = arguments.out or Path("evals/out")
    if arguments.update_baseline and arguments.baseline is None:
        raise UsageError(
            "--update-baseline needs --baseline FILE. Example: qa eval --baseline evals/baseline.json --update-baseline"
        )
    if arguments.workers is not None and arguments.workers < 1:
        raise UsageError(f"--workers {arguments.workers} asks nothing. Cure: a number from 1")
    if arguments.grid:
        return _run_grid(arguments, out)
    if arguments.choose_on is not None:
        raise UsageError("--choose-on goes with --grid. Example: qa eval --grid retrieve.depth=10,20 --choose-on other.jsonl")
    if arguments.benchmark is not None:
        from qa.evaluation.benchmarks import public

        if arguments.suite is not None:
            raise UsageError(f"--from brings its own cases, and {arguments.suite} has others. Cure: one of them")
        return public.evaluate(arguments.benchmark, settings_of(arguments), out=out, **more)[1]
    from qa.assistant import Assistant
    from qa.evaluation.evaluate import evaluate

    assistant = Assistant.open(settings=settings_of(arguments))
    return evaluate(assistant, arguments.suite or _DEFAULT, out=out, **more)[1]


def _run_grid(arguments: argparse.Namespace, out: Path) -> int:
    """`qa eval run --grid`: exit status 0, or 1 where a variant could not be asked or a question crashed."""
    from qa.evaluation.grid import run_grid

    if arguments.benchmark is not None or arguments.baseline is not None:
        raise UsageError("--grid compares variants with one another: it takes a suite, and no --baseline and no --from")
    return run_grid(
        settings_of(arguments),
        arguments.suite or _DEFAULT,
        arguments.grid,
        workers=arguments.workers or 2,
        choose_on=arguments.choose_on,
        out=out,
    )


def run_check(arguments: argparse.Namespace) -> int:
    """`qa eval check`: every finding with file and line; 1 when one must be mended. Warnings do not stop anything."""
    from qa.evaluation.suite.checks import check, read_articles

    articles = None
    if arguments.articles:
        articles = read_articles(arguments.articles, max_bytes=settings_of(arguments).corpus.max_bytes)
    elif arguments.index:
        from qa.cli.review import indexed

        articles = indexed(settings_of(arguments))
    report = check(arguments.suites, articles, training=arguments.training)
    for finding in report.findings:
        print(visible(str(finding)))
    unseen = "" if articles is not None else "; gold was not checked against articles (--articles PATH or --index NAME does)"
    print(
        f"{sum(report.cases.values())} cases, {len(report.errors)} errors, {len(report.warnings)} warnings{unseen}",
        file=sys.stderr,
    )
    return report.status


def run_review(arguments: argparse.Namespace) -> int:
    """`qa eval review`."""
    from qa.cli.review import run_review

    return run_review(arguments)


def run_draft(arguments: argparse.Namespace) -> int:
    """`qa eval draft`."""
    from qa.cli.review import run_draft

    return run_draft(arguments)
