"""`qa quotes` and `qa timeline`: lists over an archive that cite each line and answer no question."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.cli.options import index_options, settings_of
from qa.errors import UsageError
from qa.safety.printable import visible_lines

if TYPE_CHECKING:
    from qa.answer.spoken import Spoken
    from qa.assistant import Assistant
    from qa.retrieve.narrowing import Only

_NAMED = 5  # of those whom a short form may mean
FORMATS = ("text", "markdown", "csv", "json")


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands of this file, for the parser of `qa`."""
    quotes = command(
        commands, "quotes", run_quotes, "list what somebody said, dated and cited", 'qa quotes "Putin" --index seeds'
    )
    quotes.add_argument("name", help="who spoke, in full or in short")
    index_options(quotes)
    filter_options(quotes)
    quotes.add_argument("--json", action="store_true", help="print one JSON object a line")
    line = command(
        commands, "timeline", run_timeline, "list the dated events of a name, cited", 'qa timeline "Vostochny" --index seeds'
    )
    line.add_argument("name", help="a person, place, thing or event")
    index_options(line)
    filter_options(line)
    line.add_argument("--format", choices=FORMATS, default="text", help="text, markdown, csv or json (default text)")


def filter_options(parser: argparse.ArgumentParser) -> None:
    """--since, --until and --outlet."""
    parser.add_argument("--since", type=day, metavar="DAY", help="only articles published on this day or later (2023-09-13)")
    parser.add_argument("--until", type=day, metavar="DAY", help="only articles published on this day or earlier")
    parser.add_argument(
        "--outlet", action="append", default=[], metavar="NAME", help="only this outlet's articles; may be repeated"
    )


def day(text: str) -> date:
    """A day as 2023-09-13. Raises argparse's error, which names the option, for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day. Cure: write it as 2023-09-13") from error


def only_of(arguments: argparse.Namespace) -> Only:
    """What --since, --until and --outlet set. Raises UsageError for a window that is empty."""
    from qa.retrieve.narrowing import window_of

    window_of(arguments.since, arguments.until)
    return {"since": arguments.since, "until": arguments.until, "outlet": arguments.outlet}


def run_quotes(arguments: argparse.Namespace) -> int:
    """`qa quotes`."""
    from qa.answer.spoken import quote_json

    assistant = _opened(arguments)
    tell_apart(assistant, arguments.name)
    found = assistant.quotes(arguments.name, **only_of(arguments))
    for one in found:
        print(json.dumps(quote_json(one), ensure_ascii=False) if arguments.json else visible_lines(_quote_line(one)))
    if not found and not arguments.json:
        print(visible_lines(f"'{arguments.name}' says nothing in these articles."))
    return 0


def run_timeline(arguments: argparse.Namespace) -> int:
    """`qa timeline`."""
    from qa.answer import timeline_tables as tables

    assistant = _opened(arguments)
    tell_apart(assistant, arguments.name)
    found = assistant.timeline(arguments.name, **only_of(arguments))
    if arguments.format == "csv":
        print(visible_lines(tables.as_csv(found)), end="")
    elif arguments.format == "json":
        print(json.dumps(tables.as_json_object(arguments.name, found), ensure_ascii=False))
    elif arguments.format == "markdown":
        print(visible_lines(tables.as_markdown(arguments.name, found)))
    else:
        print(visible_lines(tables.as_text(found) or f"These articles tell no dated event of '{arguments.name}'."))
    return 0


def tell_apart(assistant: Assistant, name: str) -> None:
    """Say on standard error whom a short form may mean, where the archive has several: they are listed together."""
    entities = assistant.generation.articles.entities
    possible = [one for one in entities.possible(name) if one.kind == "person" or one.name.casefold() != name.casefold()]
    if entities.meant(name) is None and len(possible) > 1:
        names = ", ".join(f"{one.name} ({one.articles})" for one in possible[:_NAMED])
        more = " and others" if len(possible) > _NAMED else ""
        print(visible_lines(f"note: '{name}' may be {names}{more}; give the full name for one alone"), file=sys.stderr)


def _opened(arguments: argparse.Namespace) -> Assistant:
    from qa.assistant import Assistant

    if not any(character.isalnum() for character in arguments.name):
        raise UsageError('give a name. Example: qa quotes "Putin"')
    return Assistant.open(settings=settings_of(arguments))


def _quote_line(one: Spoken) -> str:
    cited = one.citation
    quote = " ".join(cited.quote.split())
    words = f"“{quote}”" if one.direct else quote
    who = f"{one.speaker} ({one.role})" if one.role else one.speaker
    about = [cited.outlet, f"{cited.source}:{cited.start}-{cited.end}", f"via {one.via}" if one.via else ""]
    copies = f"+{one.copies} same" if one.copies else ""
    return f"[{cited.n}] {cited.published or '?'}  {who}: {words}\n    {' · '.join(part for part in [*about, copies] if part)}"
