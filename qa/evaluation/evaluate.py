"""`qa eval` of a suite: check it, ask, report, compare with the baseline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qa.evaluation.run.results import Report
from qa.evaluation.run.run import run
from qa.evaluation.suite import cases as suites
from qa.evaluation.suite.archive import archive_of
from qa.safety.printable import visible_lines

if TYPE_CHECKING:
    from qa.assistant import Assistant


_WORTH_A_PROCESS = 40  # questions in the time that a process takes to start


def evaluate(
    assistant: Assistant,
    suite: Path,
    *,
    out: Path | None = None,
    baseline: Path | None = None,
    update: bool = False,
    margin: float = 0.02,
    progress: bool = True,
    workers: int | None = 1,
) -> tuple[Report, int]:
    """`qa eval`: check the suite against the index, ask, print, write the reports under `out`, compare, gate.

    The status is 0, 1 when something is worse than in `baseline` (or crashed, or broke the law), and 3 when figures fell by
    more than `margin` but the suite is too small to tell. With `update`, the baseline is written after showing what changes,
    unless something crashed or broke the law. `workers` processes ask (see `run`); None: as many as there are cores, one for few
    questions.
    Raises SuiteError for a bad suite or baseline before anything is asked.
    """
    from qa.evaluation.gate import baseline as recorded
    from qa.evaluation.gate import gate
    from qa.evaluation.gate.revision import revision
    from qa.evaluation.report import report
    from qa.evaluation.run import workers as processes

    asked = suites.load(suite)
    archive = archive_of(assistant, asked.cases)
    suites.check(asked, archive.by_source)
    before = None
    if baseline is not None and (baseline.exists() or not update):
        before = recorded.load(baseline)
    if workers is None:
        workers = min(processes.cores(), 1 + len(asked.cases) // _WORTH_A_PROCESS)
    found = run(assistant, asked, archive, progress=progress, workers=workers)
    verdict = gate.compare(before, found, margin=margin) if before is not None else None
    print(visible_lines(report.terminal(found, verdict)))
    if out is not None:
        report.write(found, verdict, out, archive)
    failed = gate.status(found, None)
    if update and baseline is not None and not failed:
        print(visible_lines(revision(before, recorded.of(found))))
        recorded.save(found, baseline)
        return found, 0
    if update and failed:
        print(f"{baseline} stays as it was: a run that crashes or breaks the law is no baseline", file=sys.stderr)
    return found, gate.status(found, verdict)
