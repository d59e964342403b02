"""The tiers of the tests: `make unit` and `make integration` are together all but the slow ones, and CI skips none."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration

SAMPLE = """
import pytest

def test_plain(): pass

@pytest.mark.extra("torch")
def test_of_an_extra(): pass

def test_without_its_mark():
    import torch

def test_that_skips():
    pytest.skip("on a whim")

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""


@pytest.fixture
def outcomes(root, tmp_path):
    """Runs the sample under this project's conftest and gives {test: outcome}."""
    (tmp_path / "conftest.py").write_text((root / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")

    def run(*options: str, no_skips: str = "0") -> dict[str, str]:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-v",
                "-p",
                "no:randomly",
                "-p",
                "no:cacheprovider",
                "-o",
                "markers=extra",
                *options,
            ],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "QA_NO_SKIPS": no_skips},
            capture_output=True,
            text=True,
        )
        by_worker = re.findall(r"\[gw\d\] .* ([A-Z]+) test_sample.py::test_(\w+)", done.stdout)
        return dict(re.findall(r"test_sample.py::test_(\w+) ([A-Z]+)", done.stdout)) | {
            test: outcome for outcome, test in by_worker
        }

    return run


@pytest.mark.parametrize("processes", [(), ("--numprocesses=2",)])
def test_unit_leaves_marked_tests_out_and_fails_those_that_forgot_their_mark(outcomes, processes):
    assert outcomes("--unit", *processes) == {
        "plain": "PASSED",
        "without_its_mark": "FAILED",
        "that_skips": "SKIPPED",
        "known": "XFAIL",
    }


@pytest.mark.parametrize("processes", [(), ("--numprocesses=2",)])
def test_where_none_may_be_skipped_a_skip_fails_and_an_expected_failure_does_not(outcomes, processes):
    found = outcomes("-k", "plain or skips or known", *processes, no_skips="1")
    assert found == {"plain": "PASSED", "that_skips": "FAILED", "known": "XFAIL"}


def test_what_unit_leaves_out_is_what_integration_runs_or_is_slow(root):
    left_out = set(
        re.search(r"^NOT_UNIT = \{(.*)\}", (root / "tests/conftest.py").read_text(encoding="utf-8"), re.MULTILINE)[1].split('"')[
            1::2
        ]
    )
    rule = re.search(
        r"^integration:.*\n\t.*-m \"\((.*?)\) and (.*?)\"", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    run, slow = rule[1].split(" or "), rule[2].removeprefix("not ").split(" and not ")
    assert sorted([*run, *slow]) == sorted(left_out)


def test_unit_runs_in_two_processes(root):
    recipe = re.search(r"^unit: .*\n\t(.*)", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    assert {"--unit", "--numprocesses=2", "OMP_NUM_THREADS=1"} <= set(recipe[1].split())


def test_make_test_runs_both_tiers_and_ci_skips_none(root):
    recipe = re.search(r"^test: full .*\n((?:\t.*\n)+)", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    run = {word for line in recipe[1].splitlines() for word in line.split()}
    assert run >= {"lint", "types", "unit", "integration", "eval"}
    script = (root / ".ci/run").read_text(encoding="utf-8")
    assert "QA_NO_SKIPS=1" in script
    assert script.rstrip().endswith("make test")
