"""The eval command line: the first word says what to do, and no word means run."""

from pathlib import Path

import pytest

from qa.cli import build_parser, main
from qa.cli.eval_commands import spelled_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["eval", "s.jsonl"], ["eval", "run", "s.jsonl"]),
        (["eval"], ["eval", "run"]),
        (["eval", "--index", "x", "s.jsonl"], ["eval", "run", "--index", "x", "s.jsonl"]),
        (["eval", "run", "s.jsonl"], ["eval", "run", "s.jsonl"]),
        (["eval", "--help"], ["eval", "--help"]),
        (["ask", "eval"], ["ask", "eval"]),
        ([], []),
    ],
)
def test_eval_without_a_command_means_run(typed, meant):
    assert spelled_out(typed) == meant


def test_both_spellings_come_to_the_same():
    parser = build_parser()
    short, long = (parser.parse_args(spelled_out(words)) for words in (["eval", "a.jsonl"], ["eval", "run", "a.jsonl"]))
    assert short == long
    assert short.suite == Path("a.jsonl")


def test_updating_a_baseline_that_was_not_named_is_misuse(capsys):
    assert main(["eval", "x.jsonl", "--update-baseline"]) == 2
    assert "--baseline FILE" in capsys.readouterr().err
