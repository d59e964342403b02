"""The table of signs that a sentence speaks to a machine: each row finds its own example, and news that quotes an order has none."""

from __future__ import annotations

import re

import pytest

from qa.language import lists
from qa.language.annotate.prompt_injection import _hinted, _seen, signs, speaks_to_a_machine

ROWS = [row for row in lists.table("prompt_injection").rows if not row[0].startswith("@")]


@pytest.mark.parametrize("place", range(len(ROWS)), ids=[row[0] for row in ROWS])
def test_each_sign_finds_its_example(place):
    _, _, example = ROWS[place]
    assert signs()[place].search(_seen(example))
    assert _hinted(_seen(example))
    assert speaks_to_a_machine(example)


def test_each_part_is_used_by_a_pattern():
    parts = {row[0] for row in lists.table("prompt_injection").rows if row[0].startswith("@")}
    used = {part for _, pattern, _ in ROWS for part in re.findall(r"@\w+@", pattern)}
    assert used | {"@hint-mark@", "@hint-word@"} == parts


@pytest.mark.parametrize(
    "sentence",
    ["Warga diminta abaikan imbauan palsu itu.", "Menteri itu menjawab pertanyaan wartawan.", "The assistant coach said he would act as captain."],
)  # fmt: skip
def test_news_that_quotes_an_order_speaks_to_no_machine(sentence):
    assert not speaks_to_a_machine(sentence)
