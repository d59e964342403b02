"""The tables of language facts: well formed, sorted, each row once, and each with its source and its licence."""

from __future__ import annotations

import re

import pytest

from qa.language import lists

TABLES = sorted(path.stem for path in lists.FOLDER.iterdir())


def test_only_tables_lie_in_the_folder_of_facts():
    assert TABLES
    assert all(path.suffix == ".tsv" for path in lists.FOLDER.iterdir())


@pytest.mark.parametrize("name", TABLES)
def test_a_table_names_its_source_its_licence_and_its_columns(name):
    table = lists.table(name)
    assert len(table.source) > 10
    assert re.search(r"Apache-2\.0|Unicode License v3|CC BY|CC0|MIT|BSD", table.licence)
    assert len(set(table.columns)) == len(table.columns) >= 2
    assert table.rows


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_sorted_and_has_each_row_once(name):
    lines = (lists.FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    assert rows == sorted(set(rows))
    assert lines == [line.rstrip() for line in lines]
    assert lines[: len(lines) - len(rows)] == [line for line in lines if line.startswith("#")]


@pytest.mark.parametrize("name", TABLES)
def test_the_cells_of_a_table_have_no_spaces_round_them(name):
    assert all(cell == " ".join(cell.split()) for row in lists.table(name).rows for cell in row)


HEADER = "# Facts.\n# source: by hand\n# licence: Apache-2.0\n# columns: one two\n"


def test_a_row_with_too_few_cells_is_named_with_its_line(tmp_path):
    path = tmp_path / "facts.tsv"
    path.write_text(f"{HEADER}a\tb\nc\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"facts\.tsv, line 6: 1 cells, but the header names 2 columns\. Cure"):
        lists.read(path)


@pytest.mark.parametrize("field", ["source", "licence"])
def test_a_table_without_source_or_licence_is_refused(tmp_path, field):
    path = tmp_path / "facts.tsv"
    path.write_text(re.sub(rf"# {field}: .*\n", "", HEADER) + "a\tb\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"the header has no {field}"):
        lists.read(path)


def test_an_empty_cell_is_a_dash_in_the_file(tmp_path):
    path = tmp_path / "facts.tsv"
    path.write_text(f"{HEADER}-\tb\na\t-\n", encoding="utf-8")
    table = lists.read(path)
    assert table.rows == (("", "b"), ("a", ""))
    assert table.where(two="b") == (("", "b"),)


def test_a_pattern_for_words_prefers_the_longest_and_reads_any_apostrophe():
    pattern = re.compile(lists.one_of(["jum'at", "mei", "mei ling"]))
    assert pattern.match("mei ling").group() == "mei ling"
    assert pattern.fullmatch("jum’at")
