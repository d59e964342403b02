"""Command-line options that several commands share, and the settings that come of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.settings import Settings


def index_options(parser: argparse.ArgumentParser) -> None:
    """--index, --indexes and --set."""
    parser.add_argument("--index", metavar="NAME", help="name of the index (default: seeds)")
    parser.add_argument("--indexes", type=Path, metavar="DIR", help="folder that holds the indexes (default: indexes)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="any setting, for example --set retrieve.depth=50"
    )


def model_options(parser: argparse.ArgumentParser) -> None:
    """--model and --base-url."""
    parser.add_argument(
        "--model", metavar="PROVIDER:NAME", help="let this chat model write, proved sentence by sentence (default: none)"
    )
    parser.add_argument("--base-url", metavar="URL", help="address of an OpenAI-compatible server for --model openai:NAME")


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Settings from files, environment and this command line."""
    from qa.settings import load

    overrides: dict[str, Any] = {}
    for pair in getattr(arguments, "set", []):
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set {pair!r} has no '='. Cure: --set retrieve.depth=50")
        overrides[name] = value
    for option, name in (
        ("index", "index"),
        ("indexes", "indexes"),
        ("encoder", "encoder"),
        ("host", "web.host"),
        ("port", "web.port"),
    ):
        if (value := getattr(arguments, option, None)) is not None:
            overrides[name] = value
    return load(overrides)
