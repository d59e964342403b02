"""A run as JUnit XML, which every CI shows as a list of tests: one test a case.

With a baseline a case fails when it came out well there and does not now, so that a suite with known failures is not red for
ever; without one every case that did not come out well fails. A crash is an error, not a failure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from qa.evaluation.report.tables import GOOD

if TYPE_CHECKING:
    from qa.evaluation.gate.gate import Verdict
    from qa.evaluation.run.results import CaseResult, Report

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no way to write


def junit(report: Report, verdict: Verdict | None = None) -> str:
    """The XML text. Classes are the kinds of question, names the ids."""
    fallen = None if verdict is None else {new.case.id: old.outcome for old, new in verdict.moved if old.outcome in GOOD}
    suite = Element("testsuite", name=_clean(report.suite), tests=str(len(report.results)), errors=str(report.crashes))
    suite.set("time", f"{report.seconds['sum']:.3f}")
    failures = 0
    for result in report.results:
        case = SubElement(
            suite,
            "testcase",
            classname=_clean(result.case.kind or "case"),
            name=_clean(result.case.id),
            time=f"{result.seconds:.3f}",
        )
        if result.outcome == "crash":
            SubElement(case, "error", message=_clean(result.error)).text = _clean(_told(result))
        elif result.outcome not in GOOD and (fallen is None or result.case.id in fallen):
            failures += 1
            before = "" if fallen is None else f"{fallen[result.case.id]} -> "
            SubElement(case, "failure", message=_clean(f"{before}{result.outcome}: {result.case.question}")).text = _clean(
                _told(result)
            )
    suite.set("failures", str(failures))
    indent(suite)
    return tostring(suite, encoding="unicode", xml_declaration=False) + "\n"


def _told(result: CaseResult) -> str:
    accepted = " / ".join(result.case.answers) or "must abstain"
    cited = "".join(f"\n[{citation.n}] {citation.source}: {citation.quote}" for citation in result.citations)
    return (
        f"question: {result.case.question}\naccepted: {accepted}\nanswer: {result.text or result.reason or result.error}{cited}"
    )


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
