"""The command `qa`."""

from qa.cli.command_line import build_parser, entry, main

__all__ = ["build_parser", "entry", "main"]
