"""The command `qa`: build, ask, serve, eval, train, doctor.

Exit status: 0 done; 1 the thing asked for failed (or part of it: a skipped file, a bad line of a batch); 2 misuse.
Results go to standard output, progress and complaints to standard error.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from qa.cli import archive_commands, eval_commands, listing, train_commands, upkeep
from qa.cli.bench import bench_command
from qa.cli.mask_report import write_report
from qa.cli.options import index_options, model_options, settings_of, token_option
from qa.errors import QaError, UsageError
from qa.safety.printable import flushed, unprinted, visible, visible_lines


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show is printed as an escape, and ends nothing
            stream.reconfigure(errors="backslashreplace")
    parser = build_parser()
    arguments = parser.parse_args(eval_commands.spelled_out(sys.argv[1:] if argv is None else argv))
    try:
        return flushed(int(arguments.run(arguments)))
    except QaError as error:
        complain(f"error: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        complain("stopped")
        return 130
    except BrokenPipeError:  # whoever read our output has gone (`qa ask … | head`)
        sys.stderr.close()
        return 1
    except OSError as error:
        complain(unprinted(error))
        return 1


def entry() -> NoReturn:
    """The console script."""
    sys.exit(main())


def complain(message: str) -> None:
    """A complaint to standard error; what it quotes of files and articles cannot steer the terminal."""
    print(visible_lines(message), file=sys.stderr, flush=True)


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options; docs/commands.md shows each, and a test keeps it so."""
    parser = argparse.ArgumentParser(
        prog="qa",
        description="Questions answered from a news archive, each sentence cited to its exact words.",
        epilog='example: qa build seeds --index seeds && qa ask "Kapan peluncuran pertama dari Vostochny?"',
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = _command(
        commands,
        "build",
        run_build,
        "read articles and build an index",
        "qa build articles/ export.jsonl --index mine",
    )
    build.add_argument("paths", nargs="+", metavar="PATH", help="file or folder: .txt .md .html .pdf .docx .jsonl .csv")
    index_options(build)
    build.add_argument(
        "--follow-links", action="store_true", default=None, help="read what symbolic links in a folder lead to outside of it"
    )
    build.add_argument(
        "--scheduler",
        default="",
        metavar="URL",
        help="let the workers of this Dask scheduler read, cut and encode: tcp://HOST:8786",
    )
    build.add_argument(
        "--report", type=Path, metavar="FILE", help="write what was masked, by outlet with examples, as an HTML page"
    )
    build.add_argument(
        "--unmask",
        action="append",
        metavar="RULE|LINE",
        help="let a rule mask nothing, or let no rule mask this line; may be repeated",
    )
    build.add_argument("--encoder", metavar="NAME", help="'static' (shipped) or any sentence-transformers model name or folder")

    ask = _command(commands, "ask", run_ask, "ask a question", 'qa ask "Siapa yang mendampingi Kim Jong Un?" --json')
    ask.add_argument("question", nargs="?", help="the question, in Indonesian or English")
    index_options(ask)
    ask.add_argument("--json", action="store_true", help="print the JSON contract instead of prose")
    ask.add_argument("--batch", type=Path, metavar="FILE", help="read {id, question, history?} objects, one a line")
    ask.add_argument(
        "--out", type=Path, metavar="FILE", help="where --batch writes its answers, one a line (default: standard output)"
    )
    model_options(ask)
    listing.filter_options(ask)
    ask.add_argument("--top", type=int, default=20, metavar="N", help="passages listed with an answer (default 20)")

    serve = _command(commands, "serve", run_serve, "open the chat page", "qa serve --index seeds --port 7860")
    index_options(serve)
    model_options(serve)
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1: this machine only)")
    serve.add_argument("--port", type=int, help="port to listen on (default 7860; 0: any free one)")
    serve.add_argument("--workers", type=int, metavar="N", help="processes that answer questions (default 1: this one)")
    serve.add_argument(
        "--log",
        metavar="KIND",
        help="what is logged of each question: off, events (default: no text), questions (their text too)",
    )
    serve.add_argument("--open", action="store_true", help="open the page in the browser")
    token_option(serve)

    upkeep.add_commands(commands, _command)
    listing.add_commands(commands, _command)
    archive_commands.add_commands(commands, _command)
    bench_command.add_commands(commands, _command)

    evaluate = _command(commands, "eval", None, "measure answers against a suite", "qa eval evals/seeds.jsonl --index seeds")
    eval_commands.add_commands(evaluate, _command)

    train = _command(
        commands, "train", None, "train the shipped models", "qa train encoder --data data/ --out runs/encoder --minutes 30"
    )
    models = train.add_subparsers(title="models", required=True, metavar="MODEL")
    train_commands.add_commands(models, _command)

    doctor = _command(commands, "doctor", run_doctor, "check the installation, the models and the indexes", "qa doctor")
    index_options(doctor)
    doctor.add_argument(
        "--repair",
        action="store_true",
        help="rebuild damaged indexes from the articles in them that are whole; nothing is deleted",
    )
    return parser


def _command(commands: Any, name: str, run: Any, summary: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary[0].upper() + summary[1:] + ".", epilog=f"example: {example}"
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def run_build(arguments: argparse.Namespace) -> int:
    """`qa build`."""
    from qa.assistant import Assistant

    settings = settings_of(arguments)
    assistant = Assistant.build(
        arguments.paths,
        settings.index,
        settings=settings,
        on_skip=lambda skipped: complain(visible(f"skipped {skipped.source}: {skipped.why}")),
        on_note=lambda noted: complain(visible(f"note {noted.source}: {noted.what}")),
        progress=True,
        scheduler=arguments.scheduler,
    )
    added = assistant.added
    if added is None:  # build always says what it did
        raise TypeError("a built assistant has no report")
    if arguments.report is not None:
        write_report(assistant, arguments.report)
    print(f"index '{assistant.name}': {added.articles} articles, {added.passages} passages, generation {assistant.generation.id}")
    if file := upkeep.report(settings, added.skipped):
        complain(f"{len(added.skipped)} skipped (named above and in {visible(str(file))}); everything else is in the index")
    return 1 if added.skipped else 0


def run_ask(arguments: argparse.Namespace) -> int:
    """`qa ask`."""
    from qa.cli.ask import ask_batch, ask_one

    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError('give a question or --batch FILE. Example: qa ask "Kapan peluncuran pertama dari Vostochny?"')
    if arguments.top < 0:
        raise UsageError(f"--top {arguments.top} is negative. Cure: a number from 0")
    if arguments.out is not None and arguments.batch is None:
        raise UsageError("--out goes with --batch. Cure: qa ask --batch questions.jsonl --out answers.jsonl")
    settings = settings_of(arguments)
    only = listing.only_of(arguments)
    if arguments.batch is not None:
        return ask_batch(settings, arguments.batch, arguments.out, top=arguments.top, only=only)
    return ask_one(settings, arguments.question, as_json=arguments.json, top=arguments.top, only=only)


def run_serve(arguments: argparse.Namespace) -> int:
    """`qa serve`."""
    from qa.assistant import Assistant
    from qa.web.archive.allowed import Allowed
    from qa.web.server import serve
    from qa.web.serving import opened
    from qa.web.serving.log import configure

    settings = settings_of(arguments)
    configure(settings.web.log)
    with opened(settings) as service:
        serve(
            service,
            host=settings.web.host,
            port=settings.web.port,
            token=settings.web.token.get_secret_value(),
            open_browser=arguments.open,
            ready=lambda url: print(f"Sitasi: {url}", flush=True),
            feedback=Path(settings.web.feedback) if settings.web.feedback else None,
            history=Path(settings.web.history) if settings.web.history else None,
            allowed=Allowed(edit=settings.web.edit, fetch=settings.web.fetch, max_bytes=settings.corpus.max_bytes),
            others=settings.web.others,
            opened=lambda name: Assistant.open(name, settings=settings),
        )
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """`qa doctor`."""
    from qa.cli.doctor import examine

    return examine(settings_of(arguments), mend=arguments.repair)


def _version() -> str:
    from qa import __version__

    return f"sitasi {__version__}"
