"""`qa names` and `qa brief`: who an archive names, and what it holds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qa.cli.options import index_options, settings_of
from qa.errors import IndexBrokenError, UsageError
from qa.safety.printable import visible_lines

if TYPE_CHECKING:
    from qa.index.entities.name_lookup import Entity

KINDS = ("person", "place", "thing")


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands of this file, for the parser of `qa`."""
    names = command(
        commands,
        "names",
        run_names,
        "list who and what the articles name, with spellings and short forms",
        "qa names Kim --index seeds",
    )
    names.add_argument("name", nargs="?", default="", help="only names that hold these words (default: the most named)")
    index_options(names)
    names.add_argument("--kind", choices=KINDS, help="only people, only places, or only other things (bodies, products, events)")
    names.add_argument("--top", type=int, default=20, metavar="N", help="names listed (default 20)")
    names.add_argument("--json", action="store_true", help="print one JSON object a line")
    brief = command(commands, "brief", run_brief, "tell what an archive holds, with questions that it answers", "qa brief seeds")
    brief.add_argument("name", nargs="?", help="name of the index (as --index)")
    index_options(brief)
    brief.add_argument("--questions", type=int, default=5, metavar="N", help="questions to make and try, 0 for none (default 5)")
    brief.add_argument("--json", action="store_true", help="print one JSON object")


def run_names(arguments: argparse.Namespace) -> int:
    """`qa names`."""
    from qa.index import generation
    from qa.indexing import article_store

    if arguments.top < 1:
        raise UsageError(f"--top {arguments.top} lists nothing. Cure: a number from 1")
    settings = settings_of(arguments)
    opened = generation.open(settings.indexes, settings.index, store=article_store(settings))
    entities = opened.articles.entities
    if not entities.known:
        raise IndexBrokenError(
            f"index '{opened.name}' was built before names were kept. Cure: build it again with 'qa build PATH… --index {opened.name}'"
        )
    found = entities.most(arguments.top, kinds=[arguments.kind] if arguments.kind else (), holding=arguments.name)
    for one in found:
        print(json.dumps(as_json(one), ensure_ascii=False) if arguments.json else visible_lines(_line(one)))
    if not found and not arguments.json:
        print(visible_lines(f"No name with '{arguments.name}' in these articles."))
    return 0


def run_brief(arguments: argparse.Namespace) -> int:
    """`qa brief`."""
    from qa.answer.brief import brief_text
    from qa.assistant import Assistant

    if arguments.questions < 0:
        raise UsageError(f"--questions {arguments.questions} is negative. Cure: a number from 0")
    if arguments.name is not None:
        arguments.index = arguments.name
    brief = Assistant.open(settings=settings_of(arguments)).brief(arguments.questions)
    print(
        json.dumps(brief_text.as_json(brief), ensure_ascii=False) if arguments.json else visible_lines(brief_text.as_text(brief))
    )
    return 0


def as_json(one: Entity) -> dict[str, Any]:
    """A name as `qa names --json` prints it."""
    return {
        "name": one.name,
        "kind": one.kind,
        "articles": one.articles,
        "mentions": one.mentions,
        "spellings": _counted(one.spellings),
        "short": _counted(one.short),
    }


def _counted(forms: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"form": form, "count": count} for form, count in forms]


def _line(one: Entity) -> str:
    kind = f" ({one.kind})" if one.kind else ""
    head = f"{one.name}{kind}: {_number(one.articles, 'article')}, {_number(one.mentions, 'mention')}"
    spelt = ", ".join(f"{form} {count}" for form, count in one.spellings)
    short = ", ".join(f"{form} {count}" for form, count in one.short)
    if one.several:
        head += " (one word alone: may be several people)"
    return "\n".join([head, f"    {spelt}", *([f"    within an article also: {short}"] if short else [])])


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
