"""pytest --qa-suite: one test a case over a real index; nothing at all without the option."""

import importlib.metadata
import json
import subprocess
import sys

import pytest

from qa.evaluation.gate.baseline import save
from qa.evaluation.run.results import CaseResult, Report
from qa.evaluation.suite.cases import load

QUOTE = "Peluncuran pertama dari Vostochny terjadi pada 28 April 2016"
SOURCE = "000_41d7d3aaf241962c.txt"
PLUGIN = ("-p", "qa.evaluation.pytest_plugin", "-p", "no:cacheprovider")
CASES = [
    {
        "id": "day",
        "question": "Kapan peluncuran pertama dari Vostochny terjadi?",
        "answers": ["28 April 2016"],
        "sources": [{"source": SOURCE, "quote": QUOTE}],
        "kind": "when",
    },
    {"id": "concert", "question": "Berapa harga tiket konser Coldplay di Jakarta?", "kind": "how_many", "tags": ["unanswerable"]},
    {
        "id": "wrong",
        "question": "Kapan peluncuran pertama dari Vostochny terjadi?",
        "answers": ["tahun 2012"],  # another event's: the answer is right, the gold is not, and the case must fail
        "sources": [{"source": SOURCE, "quote": "proses pembangunannya dimulai pada tahun 2012."}],
    },
]


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Of all installed plugins only ours is loaded: what the others cost is not measured here."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def suite(pytester):
    return pytester.makefile(".jsonl", suite="\n".join(map(json.dumps, CASES)))


@pytest.fixture
def run(pytester, assistant, seeds_settings):
    def running(*arguments):
        indexes = ("--qa-indexes", seeds_settings.indexes)
        return pytester.runpytest_subprocess(*PLUGIN, "--qa-suite", *arguments, *indexes)

    return running


def test_a_case_is_a_test_that_tells_gold_and_answer_side_by_side(run, suite, pytester):
    pytester.makepyfile(test_other="def test_of_the_project(): assert False")
    result = run(suite, "--junit-xml=junit.xml", "-v")
    result.assert_outcomes(passed=2, failed=1)  # with no path given, the project's own tests stay out of it
    result.stdout.fnmatch_lines(
        ["*suite.jsonl::day PASSED*", "*suite.jsonl::wrong FAILED*", "wrong: Kapan*", "  accepted  *", "  gold      000_*", "  answer    *28 April 2016*"]
    )  # fmt: skip
    assert 'name="outcome" value="declined"' in (pytester.path / "junit.xml").read_text(encoding="utf-8")


def test_kinds_pick_cases_and_paths_that_are_given_are_collected_too(run, suite, pytester):
    own = pytester.makepyfile(test_other="def test_when_it_is_ours(): pass")
    run(suite, own, "-k", "when").assert_outcomes(passed=2, deselected=2)


def test_what_failed_in_the_baseline_is_an_expected_failure(run, suite, tmp_path):
    results = tuple(
        CaseResult(case=case, outcome="wrong" if case.id == "wrong" else "right", scores={}) for case in load(suite).cases
    )
    report = Report(suite="", suite_sha256="", corpus="", index="", settings="", models=(), results=results)
    save(report, tmp_path / "baseline.json")
    run(suite, "--qa-baseline", tmp_path / "baseline.json").assert_outcomes(passed=2, xfailed=1)


def test_a_bad_suite_stops_the_run_with_every_bad_line(run, pytester):
    suite = pytester.makefile(".jsonl", suite='{"id": "a"}\n{not json}')
    result = run(suite)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*suite.jsonl:1: 'question' must be a text*", "*suite.jsonl:2: not JSON*"])


def test_a_missing_index_is_an_error_with_its_cure_and_no_traceback(run, suite):
    result = run(suite, "--qa-index", "nowhere", "-k", "day")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(["*nowhere*qa build*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_without_the_option_a_suite_is_no_test(pytester):
    pytester.makefile(".jsonl", suite=json.dumps(CASES[0]))
    pytester.makepyfile(test_other="def test_ours(): pass")
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)


def test_pytest_finds_the_plugin_by_itself():
    (found,) = importlib.metadata.entry_points(group="pytest11", name="qa")
    assert found.value == "qa.evaluation.pytest_plugin"


def test_what_pytest_always_loads_is_light():
    script = "import pytest, sys; before = set(sys.modules); import qa.evaluation.pytest_plugin; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["qa", "qa.evaluation", "qa.evaluation.pytest_plugin", "qa.safety", "qa.safety.privacy"]
