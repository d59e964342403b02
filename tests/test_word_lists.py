"""Language facts are data: no word list is in code; it is a table of qa/language/data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
LONGEST = 12  # words, or alternatives of a pattern, that code may have
ROOMS = ("answer", "corpus", "language")


def long_lists(path: Path) -> list[int]:
    """Lines of string constants that are split into more words, or have more alternatives, than code may have."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    split = {
        id(word)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in (
            [node.func.value] if isinstance(node.func, ast.Attribute) and node.func.attr in {"split", "splitlines"} else node.args
            if isinstance(node.func, ast.Name) and node.func.id == "listed" else []
        )
    }  # fmt: skip
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ((id(node) in split and len(node.value.split()) > LONGEST) or node.value.count("|") >= LONGEST)
    )


@pytest.mark.parametrize("room", ROOMS)
def test_no_word_list_stands_in_code(room):
    """Cure: make it rows of a table of qa/language/data (CONTRIBUTING says which) and read them with qa.language.lists."""
    assert {path.name: lines for path in sorted((HOME / room).rglob("*.py")) if (lines := long_lists(path))} == {}


def test_a_list_and_a_pattern_are_seen(tmp_path):
    words = " ".join(f"w{n}" for n in range(13))
    path = tmp_path / "code.py"
    path.write_text(
        f'"""{words}"""\nA = "{words}".split()\nB = listed("{words}")\nC = "{words.replace(" ", "|")}"\nD = "a b".split()\n'
    )
    assert long_lists(path) == [2, 3, 4]
