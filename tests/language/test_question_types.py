"""The table of question types: each row is the first that matches its example, and every name of a pattern is used."""

from __future__ import annotations

import re

import pytest

from qa.language import lists
from qa.language.question import question_types as kinds

ROWS = lists.table("question_types").rows
RULES = [row for row in ROWS if row[2] not in {"name", "speaker"}]


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_example_of_a_row_is_decided_by_that_row(row):
    language, _, kind, _, example = row
    place = [rule for rule in ROWS if rule[0] == language].index(row)
    pattern = kinds._rows(language)[place][1]
    wanted = kinds.asked(example, language)
    assert wanted.kind == kind
    assert wanted.interrogative == pattern.search(example).group()


@pytest.mark.parametrize("row", [row for row in ROWS if row[2] == "speaker"], ids=lambda row: f"{row[0]} {row[1]}")
def test_the_example_of_a_speaker_row_names_one(row):
    language, _, _, _, example = row
    assert kinds.asked(example, language).speaker


def test_every_name_of_a_pattern_is_used():
    patterns = " ".join(row[3] for row in ROWS)
    assert {row[1] for row in ROWS if row[2] == "name"} == set(re.findall(r"<([A-Z]+)>", patterns))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Apakah Rossi lancar saja di sesi latihan?", "yes_no"),
        ("Apakah korban tewas itu perempuan?", "yes_no"),
        ("Apakah nama itu sudah diumumkan?", "yes_no"),
        ("Apakah ibu kota Jepang?", "what"),
        ("Apakah Kim naik pesawat atau kereta?", "what"),
        ("Apakah Kim datang atau tidak?", "yes_no"),
    ],
)
def test_apakah_asks_whether_something_is_so_unless_it_asks_for_a_named_thing_or_one_of_two(question, kind):
    assert kinds.asked(question, "id").kind == kind
