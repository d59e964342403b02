"""JUnit XML that a CI can read: crashes are errors, and known failures are not news."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from qa.evaluation.gate import baseline
from qa.evaluation.gate.gate import compare
from qa.evaluation.report.junit import junit
from qa.evaluation.run.run import run


@pytest.fixture
def bad(suite, archive, answers, scripted):
    wrong = replace(answers["fall?"], text="<Kapal> & \x00 itu [1]", short="Kapal")
    return run(scripted({**answers, "fall?": wrong, "day?": KeyError("x")}), suite, archive)


def test_without_a_baseline_every_case_that_went_wrong_fails(bad):
    root = ET.fromstring(junit(bad))
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {"tests": "4", "failures": "1", "errors": "1"}
    assert [case.get("name") for case in root] == ["fall", "day", "cook", "next"]
    assert root.find("testcase[@name='fall']/failure").get("message") == "wrong: fall?"
    assert root.find("testcase[@name='day']/error").get("message") == "KeyError: 'x'"
    assert "<Kapal> & \ufffd itu" in root.find("testcase[@name='fall']/failure").text


def test_with_a_baseline_only_what_fell_fails(suite, archive, answers, scripted, bad):
    good = run(scripted(answers), suite, archive)
    fell = ET.fromstring(junit(bad, compare(baseline.of(good), bad)))
    assert fell.find("testcase[@name='fall']/failure").get("message") == "right -> wrong: fall?"
    assert ET.fromstring(junit(bad, compare(baseline.of(bad), bad))).get("failures") == "0"
