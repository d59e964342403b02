"""Why a file was left out is said in the page's language."""

from __future__ import annotations

import ast

import pytest

from qa.web.wording.skipped_words import skipped_in_words


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (
            "has the ending '.png', which is not read; the endings are .txt, .md",
            "berakhiran .png, yang tidak dibaca; yang dibaca: .txt, .md",
        ),
        ("is empty: it holds no text", "kosong"),
        ("is binary, not text (it holds NUL bytes)", "berisi data biner, bukan teks"),
        ("is new {to} us", "tidak dapat dibaca: is new {to} us"),
    ],
)
def test_a_reason_is_indonesian_on_the_indonesian_page_and_stays_on_the_english_one(why, says):
    assert skipped_in_words(why, "id") == says
    assert skipped_in_words(why, "en") == why


def test_every_reason_that_the_readers_of_files_give_is_known(root):
    given = []
    for path in (root / "qa/corpus/reading").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReadError" and len(node.args) == 2:
                parts = node.args[1].values if isinstance(node.args[1], ast.JoinedStr) else [node.args[1]]
                literal = "".join(part.value if isinstance(part, ast.Constant) else "text" for part in parts)
                if isinstance(node.args[1], ast.JoinedStr | ast.Constant):
                    given.append(literal)
    assert len(given) > 20
    assert [
        why
        for why in given
        if skipped_in_words(why.replace("text bytes", "1,000 bytes").replace("text characters", "9 characters"), "id").startswith(
            "tidak dapat dibaca"
        )
    ] == []
