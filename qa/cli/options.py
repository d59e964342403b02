"""Command-line options that several commands share, and the settings that come of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.settings import Settings

TOKEN = "web.token"  # noqa: S105 - the setting's name


def index_options(parser: argparse.ArgumentParser, *, database: bool = True) -> None:
    """--index, --indexes, --store, --articles and --set; without `database` the name --articles is left to the command."""
    parser.add_argument("--index", metavar="NAME", help="name of the index (default: seeds)")
    parser.add_argument("--indexes", type=Path, metavar="DIR", help="folder that holds the indexes (default: indexes)")
    parser.add_argument(
        "--store", metavar="URL", help="search in this store: milvus+http://HOST:19530 (default: the index's files)"
    )
    if database:
        parser.add_argument(
            "--articles",
            dest="database",
            metavar="URL",
            help="keep the articles' texts in this database: postgresql://USER@HOST/DATABASE (default: the index's files)",
        )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="any setting, for example --set retrieve.depth=50"
    )


def model_options(parser: argparse.ArgumentParser) -> None:
    """--model and --base-url."""
    parser.add_argument(
        "--model", metavar="PROVIDER:NAME", help="let this chat model write, proved sentence by sentence (default: none)"
    )
    parser.add_argument("--base-url", metavar="URL", help="address of an OpenAI-compatible server for --model openai:NAME")


def token_option(parser: argparse.ArgumentParser) -> None:
    """--token-file: a file and not the token itself, because every user of a machine can read every command line (`ps`)."""
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="ask every visitor and program for the token in this file (or QA_WEB__TOKEN)",
    )


def token_in(file: Path) -> str:
    """The first line of a file. Raises UsageError where there is none: an empty token would let everybody in."""
    try:
        token = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--token-file {file}: cannot be read ({error}). Cure: a text file with the token in it") from error
    if not token or "\n" in token:
        raise UsageError(
            f"--token-file {file}: {'has several lines' if token else 'is empty'}. Cure: one line, for example from "
            "python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return token


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Settings from files, environment and this command line."""
    from qa.settings import load

    overrides: dict[str, Any] = {}
    for pair in getattr(arguments, "set", []):
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set {pair!r} has no '='. Cure: --set retrieve.depth=50")
        if name == TOKEN:
            raise UsageError(
                f"--set {TOKEN} shows the token to everyone who lists this machine's processes. Cure: qa serve --token-file FILE, "
                "or the environment variable QA_WEB__TOKEN"
            )
        if name == "store.token":
            raise UsageError(
                "--set store.token shows the token to everyone who lists this machine's processes. Cure: the environment variable "
                "QA_STORE__TOKEN"
            )
        if name == "articles.password":
            raise UsageError(
                "--set articles.password shows the password to everyone who lists this machine's processes. Cure: the environment variable "
                "QA_ARTICLES__PASSWORD, or a file ~/.pgpass"
            )
        overrides[name] = value
    if (file := getattr(arguments, "token_file", None)) is not None:
        overrides[TOKEN] = token_in(file)
    for option, name in (
        ("index", "index"),
        ("indexes", "indexes"),
        ("encoder", "encoder"),
        ("follow_links", "corpus.follow_links"),
        ("store", "store.url"),
        ("database", "articles.url"),
        ("unmask", "corpus.unmask"),
        ("host", "web.host"),
        ("port", "web.port"),
        ("workers", "web.workers"),
        ("log", "web.log"),
        ("model", "chat.model"),
        ("base_url", "chat.base_url"),
    ):
        if (value := getattr(arguments, option, None)) is not None:
            overrides[name] = value
    return load(overrides)
