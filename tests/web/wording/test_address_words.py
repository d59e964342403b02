"""Why an address was not fetched is said in the page's language."""

from __future__ import annotations

import ast

import pytest

from qa.errors import UsageError
from qa.web.archive.fetched import fetch
from qa.web.page.controller import in_words
from qa.web.wording.address_words import address_in_words
from qa.web.wording.languages import words


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "http://127.0.0.1/x",
            "127.0.0.1 bukan alamat publik; yang diambil hanya halaman di web terbuka. Tempelkan saja teksnya.",
        ),
        ("ftp://contoh.example/x", "'ftp://contoh.example/x' bukan alamat web. Tuliskan alamat yang diawali https://."),
        ("", "Alamatnya kosong. Tuliskan alamat yang diawali https://."),
    ],
)
def test_a_refusal_is_one_indonesian_sentence_on_the_indonesian_page_and_stays_on_the_english_one(url, says):
    with pytest.raises(UsageError) as refused:
        fetch(url)
    assert in_words(refused.value, words("id")) == (says,)
    assert in_words(refused.value, words("en"))[1] == str(refused.value)


def test_every_reason_that_a_fetch_gives_is_known_and_no_other_is_taken_for_one(root):
    given = []
    for node in ast.walk(ast.parse((root / "qa/web/archive/fetched.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UsageError":
            parts = node.args[0].values if isinstance(node.args[0], ast.JoinedStr) else [node.args[0]]
            given.append("".join(part.value if isinstance(part, ast.Constant) else "404" for part in parts))
    assert len(given) > 6
    assert [why for why in given if not address_in_words(why, "id")] == []
    assert address_in_words("the question has 9 characters. Cure: at most 4", "id") == ""
