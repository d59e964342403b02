"""Names in running text: which capitals belong together."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qa.language.annotate import names as module
from qa.language.annotate.names import names

EVERY_WORD = re.compile(r"([^\W_](?:[\w'’]|[-.](?=\w))*)")
PIECES = st.sampled_from(
    [
        "dan",
        "van",
        "bin",
        "of",
        "a",
        "kata",
        "Ali",
        "KPK",
        "Xi",
        "iOS",
        "x-Y",
        "e.g",
        "5",
        "2019",
        "É",
        "é",
        "'",
        "-",
        "_",
        ".",
        ",",
        "\n",
    ]
)


def found(text):
    return [text[start:end] for start, end in names(text)]


def test_capitals_that_belong_together_are_one_name():
    assert found("Menurut warga lama, Ali bin Abi Talib dan Yury Borisov bertemu di Soyuz-2.1a.") == [
        "Ali bin Abi Talib",
        "Yury Borisov",
        "Soyuz-2.1a",
    ]


@given(st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", "", "  "])), max_size=12))
def test_small_words_that_are_passed_over_change_nothing(pieces):
    text = "".join(piece + gap for piece, gap in pieces)
    kept, module._WORD = module._WORD, EVERY_WORD
    try:
        expected = names(text)
    finally:
        module._WORD = kept
    assert names(text) == expected
