"""Ask every question of a suite and score what comes back.

Deterministic but for the seconds: the results are in the order of the file whoever asked, and nothing is sampled.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from qa.errors import StoreError, UsageError
from qa.evaluation.run.one_case import ask
from qa.evaluation.run.provenance import provenance_of
from qa.evaluation.run.results import Answerer, Report
from qa.evaluation.suite import cases as suites
from qa.evaluation.suite.archive import Archive

if TYPE_CHECKING:
    from qa.settings import Settings


def run(assistant: Answerer, suite: suites.Suite, archive: Archive, *, progress: bool = False, workers: int = 1) -> Report:
    """Ask and score every case. A question that raises is a crash, and the rest is still asked.

    With more than one of `workers` processes, `assistant` is an Assistant, and each opens the index itself; the report is the same.
    A program that asks for them guards its start with `if __name__ == "__main__":`, since they import it.
    """
    from qa.evaluation.run import workers as processes

    if workers > 1 and len(suite.cases) > 1:
        settings = _settings_of(assistant)
        opener = partial(processes.open_assistant, settings, suite.cases)
        asked = processes.ask_all(opener, suite.cases, workers=workers, progress=progress)
        if len({trace.index for _, trace in asked if trace}) > 1:
            raise StoreError(
                f"index '{settings.index}' was rebuilt while it was asked. Cure: run it again, and let no build run beside"
            )
    else:
        from tqdm import tqdm

        bar = tqdm(suite.cases, desc="asking", unit="question", file=sys.stderr, disable=not progress)
        asked = [ask(assistant, case, archive) for case in bar]
    trace = next((trace for _, trace in asked if trace), None)
    models = trace.models if trace else ()
    return Report(
        suite=suite.path.name,
        suite_sha256=suite.sha256,
        corpus=archive.corpus,
        index=trace.index if trace else "",
        settings=trace.settings if trace else "",
        models=models,
        results=tuple(result for result, _ in asked),
        made=provenance_of(assistant, archive, dict(models)),
    )


def _settings_of(assistant: Answerer) -> Settings:
    from qa.assistant import Assistant

    if not isinstance(assistant, Assistant):
        raise UsageError("only an opened Assistant can be asked by several processes. Cure: workers=1")
    return assistant.settings.model_copy(update={"index": assistant.name})
