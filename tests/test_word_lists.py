"""Language facts are data: code gets no new word list, and those that are left only become fewer."""

from __future__ import annotations

import ast
from pathlib import Path

import qa

HOME = Path(qa.__file__).parent
LONGEST = 12  # words, or alternatives of a pattern, that may stand in code
LEFT = {"answer": 11, "language": 56, "corpus": 18}
"""How many longer ones are left in each room. Move one to qa/language/data, and lower its figure here."""


def long_lists(path: Path) -> list[int]:
    """Lines of string constants that are split into more words, or have more alternatives, than may stand in code."""
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


def test_no_new_word_list_stands_in_code():
    found = {
        room: {path.name: lines for path in sorted((HOME / room).rglob("*.py")) if (lines := long_lists(path))} for room in LEFT
    }
    counted = {room: sum(map(len, files.values())) for room, files in found.items()}
    assert all(counted[room] <= LEFT[room] for room in LEFT), (counted, found)


def test_the_modules_whose_facts_are_tables_have_no_list_left():
    emptied = "abbreviations calendar chat_spelling exonyms function_words lists numbers prompt_injection roots".split()
    found = {path.stem: long_lists(path) for path in (HOME / "language").rglob("*.py") if path.stem in emptied}
    assert found == {key: [] for key in emptied}


def test_a_list_and_a_pattern_are_seen(tmp_path):
    words = " ".join(f"w{n}" for n in range(13))
    path = tmp_path / "code.py"
    path.write_text(
        f'"""{words}"""\nA = "{words}".split()\nB = listed("{words}")\nC = "{words.replace(" ", "|")}"\nD = "a b".split()\n'
    )
    assert long_lists(path) == [2, 3, 4]
