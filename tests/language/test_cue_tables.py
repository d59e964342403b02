"""Tables of words and patterns by use: each use is one that code reads, and code reads none that is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qa
from qa.language import lists
from qa.language.time.feasts import HIJRI, feast, hijri
from qa.language.time.time_patterns import PATTERNS

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(qa.__file__).parent.rglob("*.py"))
BY_USE = ("boilerplate", "cues", "phrases")
BY_WORD = ("common_nouns", "domains", "openers", "speech_verbs")


def uses_of(name):
    rows = lists.table(name).rows
    return {row[0] for row in rows} if name in BY_USE else {use for _, uses in rows for use in uses.split()}


@pytest.mark.parametrize("name", BY_USE + BY_WORD)
def test_each_use_of_a_table_is_read_by_code(name):
    assert {use for use in uses_of(name) if not re.search(rf"[\"']{re.escape(use)}[\"']", CODE)} == set()


@pytest.mark.parametrize("name", BY_WORD)
def test_a_word_is_listed_once_with_all_its_uses_in_order(name):
    rows = lists.table(name).rows
    assert len({word for word, _ in rows}) == len(rows)
    assert all(uses and uses.split() == sorted(set(uses.split())) for _, uses in rows)


@pytest.mark.parametrize("name", ["boilerplate", "phrases"])
def test_each_pattern_of_a_table_can_be_compiled_and_matches_more_than_nothing(name):
    for use, pattern in lists.table(name).rows:
        assert re.compile(pattern).fullmatch("") is None, use


def test_a_use_that_no_row_has_is_refused():
    with pytest.raises(ValueError, match=r"cues\.tsv has no row of the use 'tpyo'\. Cure"):
        lists.cue("tpyo")
    with pytest.raises(ValueError, match=r"phrases\.tsv has no row of the use"):
        lists.alternatives("phrases", "tpyo")
    with pytest.raises(ValueError, match=r"openers\.tsv has no row of the use"):
        lists.words("openers", "tpyo")


def test_each_part_of_a_time_pattern_is_used():
    rows = lists.table("time_patterns").rows
    patterns = " ".join(row[4] for row in rows)
    needs = {need for row in rows if row[0] != "00" for need in re.split("[&|]", row[3])}
    parts = {row[1] for row in rows if row[0] == "00" and not row[1].startswith("needs-")}
    assert parts <= set(re.findall(r"<([A-Z]+)>", patterns))
    assert {row[1].removeprefix("needs-") for row in rows if row[1].startswith("needs-")} <= needs
    assert [row[1] for row in rows if row[0] != "00"] == list(PATTERNS)


@pytest.mark.parametrize("row", lists.table("feasts").rows, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_example_of_a_feast_has_the_day_of_its_row(row):
    kind, day, pattern, example = row
    assert re.fullmatch(pattern, example, re.IGNORECASE)
    if kind == "hijri-month":
        first, last = hijri(example, 1445, None)
        assert 29 <= (last - first).days + 1 <= 30
        assert HIJRI.index(pattern) + 1 == int(day)
    else:
        found = feast(example, 2023, None)
        assert found.year == 2023
        assert kind != "fixed" or found.strftime("%m-%d") == day
        assert sum(bool(re.fullmatch(other, example, re.IGNORECASE)) for _, _, other, _ in lists.table("feasts").rows) == 1
