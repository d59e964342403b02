"""Names in code are the field's terms: no private word stands for a quotation, a verified sentence or a command."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
PRIVATE = frozenset({"told", "said", "held", "stands", "door", "doors"})
PHRASES = ("goes_on",)
STANDARD = frozenset({"held_out"})
"""Terms of the field that a private word is part of."""
FIELDS = {"said": "a field of the files of pending cases, which older files have too"}
"""Names that users' files have, with what they are; allowed as an attribute, a field or a keyword, never as a variable of a function."""


def identifiers(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """(line, name, whether it names a field) of everything that a module names."""
    fields = {
        id(statement.target)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Name(id=name):
                yield line, name, id(node) in fields
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield line, name, True
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield line, name, False
            case ast.alias(name=name, asname=other):
                yield line, other or name.rpartition(".")[2], False
            case ast.ExceptHandler(name=str(name)):
                yield line, name, False


def private(path: Path) -> list[tuple[int, str]]:
    """Line and name of each private word that a module's names have."""
    found = []
    for line, name, field in identifiers(ast.parse(path.read_text(encoding="utf-8"))):
        plain = name.lower().strip("_")
        bad = PRIVATE & set(plain.split("_")) or any(phrase in plain for phrase in PHRASES)
        if bad and plain not in STANDARD and not (field and name in FIELDS):
            found.append((line, name))
    return found


def test_no_private_word_is_a_name_in_code():
    """Cure: what the field calls it (CONTRIBUTING, glossary): quotation, claim, sentence, verified, continues, endpoint, labels."""
    assert {str(path.relative_to(HOME)): names for path in sorted(HOME.rglob("*.py")) if (names := private(path))} == {}


def test_no_module_is_named_by_a_private_word():
    assert [path.name for path in HOME.rglob("*.py") if PRIVATE & set(path.stem.split("_"))] == []


@pytest.mark.parametrize(
    "code",
    [
        "told = 1",
        "def _said(): ...",
        "x.stands",
        "f(held=1)",
        "import door",
        "def f(told): ...",
        "class Told: ...",
        "goes_on = 1",
    ],
)
def test_a_private_word_is_seen_whatever_it_names(tmp_path, code):
    path = tmp_path / "code.py"
    path.write_text(f"{code}\nheld_out = 1\n", encoding="utf-8")
    assert [line for line, _ in private(path)] == [1]
