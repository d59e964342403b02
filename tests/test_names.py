"""Names and prose are in the field's terms: no private word means a quotation, a verified sentence, a command or an endpoint."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import qa

HOME = Path(qa.__file__).parent
PRIVATE = frozenset({"told", "said", "held", "stands", "door", "doors", "anew"})
PHRASES = ("goes_on",)
STANDARD = frozenset({"held_out"})
"""Terms of the field that a private word is part of."""
FIELDS = {"said": "a field of the files of pending cases, which older files have too"}
"""Names that users' files have, with what they are; allowed as an attribute, a field or a keyword, never as a variable of a function."""

PROSE = {
    r"anew": "again, or a verb with re-: rebuilt, rewritten",
    r"doors?": "endpoint, interface, command",
    r"held (?:against|to the same)": "checked against, compared with",
    r"stands? (?:in|on|at|to|above|behind|beside|between|before|there|here|nowhere|once|twice|letter|every|together|as|by)": "is",
    r"stood (?:in|on|at|above|behind|beside|before|there|here|as|first)": "was",
    r"(?:as|where|wherever) (?:it|they|he|she) (?:stands?|stood)": "as it is, where it is",
    r"(?:is|are|was|were|be|been) told(?! (?:of|in news|by articles))": "reported, given, shown, identified",
    r"goes on (?:with|from|after|where|working|waiting|without|as)": "continues",
    r"(?:the|and) (?:rest|others|rules) goe?s? on": "the rest is still read",
    r"(?:English|Indonesian) sisters?": "counterparts",
    r"sub-rooms?": "subpackage",
}
"""Phrases of prose in a private sense -> what is written instead."""
_PROSE = re.compile(r"\b(?:" + "|".join(PROSE) + r")\b")


def prose(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each comment, and of each docstring and message of three words or more, in a module."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) >= 3:
            yield from enumerate(node.value.split("\n"), node.lineno)


def foreign(source: str) -> list[tuple[int, str]]:
    """Line and phrase of each private sense in a module's prose."""
    if not _PROSE.search(source):  # most modules: nothing to parse
        return []
    return sorted({(line, found[0]) for line, text in prose(source) for found in _PROSE.finditer(text)})


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


def test_prose_has_no_private_sense():
    """Cure: plain English, as PROSE says beside each phrase. The lexicon's source is data: English words with their Indonesian ones."""
    modules = [path for path in sorted(HOME.rglob("*.py")) if path.name != "hand.py"]
    assert {str(path.relative_to(HOME)): found for path in modules if (found := foreign(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize("page", sorted([*HOME.parent.glob("docs/*.md"), *HOME.parent.glob("*.md")]), ids=lambda path: path.name)
def test_a_page_of_the_documentation_has_no_private_sense(page):
    assert [found[0] for found in _PROSE.finditer(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "# written anew",
        '"""The doors of the server."""',
        '"""Words that stand in the quote."""',
        'raise ValueError("the number stands twice")',
        '"""Held, held against its hash."""',
        "# the caller is told",
        '"""A run that goes on from it."""',
    ],
)
def test_a_private_sense_is_seen_in_comments_docstrings_and_messages(line):
    assert [at for at, _ in foreign(f"x = 1\n{line}\n")] == [2]


@pytest.mark.parametrize(
    "line", ["# what PBB stands for", '"""A stand-alone question."""', '"""Who said what, told by articles."""']
)
def test_plain_english_passes(line):
    assert foreign(f"{line}\n") == []
