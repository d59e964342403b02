"""A report is readable in 100 columns, complete for a machine, and shows each failure beside its gold."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from qa.errors import SuiteError
from qa.evaluation.gate import baseline
from qa.evaluation.gate.gate import compare
from qa.evaluation.report.json_csv import to_csv, to_json
from qa.evaluation.report.report import terminal, write
from qa.evaluation.run.run import run


@pytest.fixture
def good(suite, archive, answers, scripted):
    return run(scripted(answers), suite, archive)


@pytest.fixture
def bad(suite, archive, answers, scripted):
    wrong = replace(answers["fall?"], text="Kapal | itu\ntiba. [1]", short="Kapal")
    return run(scripted({**answers, "fall?": wrong, "day?": KeyError("x")}), suite, archive)


def test_the_terminal_table_fits_in_a_hundred_columns(good, bad):
    text = terminal(bad, compare(baseline.of(good), bad))
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "WORSE than the baseline: " in text
    assert "crashes" in text
    assert "fall: right -> wrong" in text


def test_the_terminal_table_says_when_nothing_is_worse(good):
    assert "not worse than the baseline" in terminal(good, compare(baseline.of(good), good))
    assert "baseline" not in terminal(good)


def test_every_figure_and_slice_is_in_the_table(good):
    text = terminal(good)
    for name in [*good.figures, *good.slices(), "aurc", "ece"]:
        assert name in text


def test_the_json_has_every_case_and_no_time_outside_of_seconds(bad, suite, archive, answers, scripted):
    def timeless(value):
        if isinstance(value, dict):
            return {key: timeless(inner) for key, inner in value.items() if key != "seconds"}
        return [timeless(inner) for inner in value] if isinstance(value, list) else value

    wrong = replace(answers["fall?"], text="Kapal | itu\ntiba. [1]", short="Kapal")
    again = run(scripted({**answers, "fall?": wrong, "day?": KeyError("x")}), suite, archive)
    assert timeless(to_json(bad)) == timeless(to_json(again))
    assert [result["outcome"] for result in to_json(bad)["results"]] == ["wrong", "crash", "declined", "declined"]
    assert to_json(bad)["results"][1]["error"] == "KeyError: 'x'"


def test_every_report_is_written(good, archive, tmp_path):
    write(good, None, tmp_path / "new", archive)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "cases.csv",
        "junit.xml",
        "report.html",
        "report.json",
        "report.md",
    ]
    assert json.loads((tmp_path / "new/report.json").read_text(encoding="utf-8"))["cases"] == 4
    assert (tmp_path / "new/report.md").read_text(encoding="utf-8").startswith("# suite.jsonl")


def test_a_folder_that_cannot_be_written_is_an_error_with_its_cure(good, archive, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SuiteError, match="--out DIR"):
        write(good, None, tmp_path / "file", archive)


def test_the_csv_has_a_case_a_line_and_no_formula(suite, archive, answers, scripted):
    formula = replace(answers["fall?"], text="=HYPERLINK(1)", short="+1")
    rows = list(csv.DictReader(io.StringIO(to_csv(run(scripted({**answers, "fall?": formula}), suite, archive)))))
    assert [row["id"] for row in rows] == ["fall", "day", "cook", "next"]
    assert rows[0]["answer"] == "'=HYPERLINK(1)"
    assert rows[0]["short"] == "'+1"
    assert rows[1]["contains"] == "1"
    assert rows[2]["contains"] == ""  # not defined is not zero


def test_two_runs_write_the_same_bytes_apart_from_times(suite, archive, answers, scripted, tmp_path):
    good, wrong = run(scripted(answers), suite, archive), replace(answers["fall?"], text="Kapal itu. [1]", short="Kapal")
    for name in ("first", "second"):
        again = run(scripted({**answers, "fall?": wrong, "day?": KeyError("x")}), suite, archive)
        write(again, compare(baseline.of(good), again), tmp_path / name, archive)
    times = re.compile(r'"seconds": (?:[\d.e-]+|\{[^}]*\})|time="[\d.]+"|seconds a question: [^<]*|"p\d+": [\d.e-]+|p\d\d [\d.]+')
    for path in sorted((tmp_path / "first").iterdir()):
        first, second = (times.sub("", (tmp_path / name / path.name).read_text(encoding="utf-8")) for name in ("first", "second"))
        assert first == second, path.name
        if path.name in ("cases.csv", "report.md"):
            assert not times.search(path.read_text(encoding="utf-8"))
