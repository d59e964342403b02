"""Markdown for a pull request: the verdict first, old and new answer side by side, and nothing that an article says is markup."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.gate import baseline
from qa.evaluation.gate.changes import largest
from qa.evaluation.gate.gate import compare
from qa.evaluation.report.markdown import markdown
from qa.evaluation.report.tables import plain
from qa.evaluation.run.run import run


@pytest.fixture
def good(suite, archive, answers, scripted):
    return run(scripted(answers), suite, archive)


@pytest.fixture
def bad(suite, archive, answers, scripted):
    wrong = replace(answers["fall?"], text="Kapal | <b>itu</b>\ntiba, @redaksi. [1]", short="Kapal")
    return run(scripted({**answers, "fall?": wrong, "day?": KeyError("x")}), suite, archive)


def row_of(text, *words):
    (row,) = [line for line in text.splitlines() if line.startswith("| ") and all(word in line for word in words)]
    return row


def test_the_verdict_comes_first(good, bad):
    assert "Not worse than the baseline" in markdown(good, compare(baseline.of(good), good)).splitlines()[2]
    assert "Worse than the baseline" in markdown(bad, compare(baseline.of(good), bad)).splitlines()[2]
    assert "baseline" not in markdown(good)


def test_old_and_new_answer_are_side_by_side_largest_change_first(good, bad):
    text = markdown(bad, compare(baseline.of(good), bad))
    row = row_of(text, "<sub>fall</sub>")
    assert row.index("right: bulan — Luna-25 jatuh ke bulan.") < row.index("wrong: Kapal")
    assert "contains -1.00" in row
    assert text.index("<sub>day</sub>") < text.index("<sub>fall</sub>")  # a crash is the largest of all


def test_failures_are_beside_their_gold(bad):
    text = markdown(bad)
    assert "<summary>wrong (1)</summary>" in text
    assert "<summary>crash (1)</summary>" in text
    assert "<summary>withheld" not in text
    assert "bulan" in row_of(text, "| fall |", "moon.txt")


def test_what_an_answer_says_is_neither_markup_nor_a_mention(bad):
    row = row_of(markdown(bad), "| fall |")
    assert "Kapal \\| \\<b\\>itu\\</b\\> tiba" in row
    assert "@redaksi" not in row


@given(st.text())
def test_a_cell_never_breaks_its_table(text):
    cell = plain(text)
    assert "\n" not in cell
    assert all(cell[at - 1] == "\\" for at, letter in enumerate(cell) if letter in "|<")


def test_two_runs_give_the_same_text(suite, archive, answers, scripted):
    first, second = (markdown(run(scripted(answers), suite, archive)) for _ in range(2))
    assert first == second


def test_at_most_ten_changes_are_shown_and_the_worse_first_among_equals(good, bad):
    (old,) = [recorded for recorded in baseline.of(good).cases.values() if recorded.id == "fall"]
    (new,) = [result for result in bad.results if result.case.id == "fall"]
    (fine,) = [result for result in good.results if result.case.id == "fall"]
    (was_wrong,) = [recorded for recorded in baseline.of(bad).cases.values() if recorded.id == "fall"]
    found = largest([(was_wrong, fine), *[(old, new)] * 12])
    assert len(found) == 10
    assert [change.direction for change in largest([(was_wrong, fine), (old, new)])] == ["worse", "better"]
    assert largest([(old, fine)]) == []
