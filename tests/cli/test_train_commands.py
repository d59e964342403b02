"""The commands of `qa train`: each has its options, and none imports what trains before it runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qa.cli import build_parser, main


@pytest.mark.parametrize("model", ["encoder", "reader", "answers", "lexicon"])
def test_each_model_needs_its_folders_and_names_them(model, capsys):
    with pytest.raises(SystemExit, match="2"):
        build_parser().parse_args(["train", model])
    told = capsys.readouterr().err
    assert "--data" in told
    assert "--out" in told


def test_the_answers_are_fitted_on_all_by_default(tmp_path):
    given = build_parser().parse_args(["train", "answers", "--data", str(tmp_path), "--out", "run"])
    assert (given.limit, given.more, given.data) == (0, None, tmp_path)
    given = build_parser().parse_args(["train", "answers", "--data", "a", "--out", "b", "--more", "c.jsonl.xz", "--limit", "9"])
    assert (given.limit, str(given.more)) == (9, "c.jsonl.xz")


def test_a_set_that_is_absent_is_an_error_with_its_cure(tmp_path, capsys):
    assert main(["train", "answers", "--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "Cure: " in capsys.readouterr().err


def test_asking_for_help_imports_nothing_that_trains():
    code = "import sys, qa.cli.train_commands; print(sorted({'torch', 'numpy', 'tqdm', 'tokenizers'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
