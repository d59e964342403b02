"""No definition is left behind: what a module defines at its top is used, by the package, its benches or pytest."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
OUTSIDE = {
    "schema.py": {"REASONS"},  # the closed list of reasons, for programs that use answers
    "evaluation/suite/json_schema.py": {"json_schema"},  # what evals/case.schema.json is made with
    "integrations/langchain.py": {"CorpusRetriever", "ask_tool"},  # LangChain's side of the package
}
"""Public names that only users and tests ask for."""


def definitions(tree: ast.Module) -> Iterator[str]:
    """Names that a module defines at its top; decorated ones are used by their decorator, pytest's hooks by pytest."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(decorator_list=[]) | ast.AsyncFunctionDef(decorator_list=[]) | ast.ClassDef(decorator_list=[]):
                yield node.name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def uses(tree: ast.Module) -> Counter[str]:
    """How often each name is read; words of short strings count, for annotations, `__all__` and look-ups by name."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name) | ast.alias(name=name):
                found[name] += 1
            case ast.Constant(value=str(text)) if len(text) < 80:
                found.update(re.findall(r"\w+", text))
    return found


def unused(modules: dict[str, ast.Module], others: list[ast.Module]) -> list[tuple[str, str]]:
    """(module, name): private names that their module does not read, and public ones that nothing reads."""
    inside = {path: uses(tree) for path, tree in modules.items()}
    anywhere = sum([*inside.values(), *map(uses, others)], Counter())
    return [
        (path, name)
        for path, tree in modules.items()
        for name in definitions(tree)
        if not name.startswith(("__", "pytest_")) and not (inside[path] if name.startswith("_") else anywhere)[name]
    ]


def parsed(folder: Path) -> dict[str, ast.Module]:
    return {str(path.relative_to(folder)): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}


@pytest.fixture(scope="module")
def left():
    return unused(parsed(HOME), list(parsed(HOME.parent / "evals").values()))


def test_every_definition_is_used(left):
    assert [(path, name) for path, name in left if name not in OUTSIDE.get(path, ())] == []


def test_each_exception_is_still_one(left):
    assert {(path, name) for path, names in OUTSIDE.items() for name in names} <= set(left)


def test_what_is_left_behind_is_seen():
    module = ast.parse("_OLD = 1\n_USED = 2\ndef gone(): ...\ndef called(): return _USED\nclass Kept: ...\n")
    assert unused({"a.py": module}, [ast.parse("from a import called\nx: 'Kept'")]) == [("a.py", "_OLD"), ("a.py", "gone")]
