"""pytest --qa-suite evals/mine.jsonl --qa-index mine: one test a case. Without the option this plugin does nothing.

pytest loads it in every run of every project, so that nothing is imported here but pytest and the standard library.
A case passes when it comes out well: an accepted form in the answer, the law kept, or an abstention where the articles do not
say. With --qa-baseline, cases that did not come out well in that file are expected failures: only what fell is red.
`-k who` picks cases by kind, language, tag or id.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation.suite.archive import Archive
    from qa.evaluation.suite.cases import Suite
    from qa.evaluation.suite.eval_case import EvalCase
    from qa.schema import Answer

_ASSISTANT = pytest.StashKey[Any]()
_SUITES = pytest.StashKey[dict[Path, None]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("qa", "question answering suites")
    group.addoption(
        "--qa-suite", action="append", default=[], metavar="FILE", help="a suite of sitasi: one test a case (repeatable)"
    )
    group.addoption("--qa-index", metavar="NAME", help="name of the index that is asked (default: as `qa eval`)")
    group.addoption("--qa-indexes", metavar="DIR", help="folder that holds the indexes")
    group.addoption("--qa-set", action="append", default=[], metavar="NAME=VALUE", help="any setting, as `qa --set` (repeatable)")
    group.addoption(
        "--qa-baseline", metavar="FILE", help="cases that did not come out well in this baseline are expected failures"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Suites are collected beside the paths that were given; where none were, alone."""
    named = config.getoption("--qa-suite")
    suites = {Path(config.invocation_params.dir, name).resolve(): None for name in named}
    config.stash[_SUITES] = suites
    if suites:
        given = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
        config.args = [
            *(path for path in given if Path(config.invocation_params.dir, path).resolve() not in suites),
            *map(str, suites),
        ]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file that --qa-suite names, and no other."""
    if file_path.resolve() not in parent.config.stash[_SUITES]:
        return None
    return SuiteFile.from_parent(parent, path=file_path)


class SuiteFile(pytest.File):
    """A suite; its cases are collected without opening an index."""

    suite: Suite
    known_failures: frozenset[str] = frozenset()
    _archive: Archive | None = None

    def collect(self) -> Iterable[CaseItem]:
        """One item a case. A bad suite or baseline is a collection error with every bad line."""
        from qa.errors import QaError
        from qa.evaluation.gate import baseline
        from qa.evaluation.suite import cases

        try:
            self.suite = cases.load(self.path)
            if name := self.config.getoption("--qa-baseline"):
                recorded = baseline.load(Path(self.config.invocation_params.dir, name)).cases
                same = {case.id for case in self.suite.cases if _same(recorded.get(case.id), case)}
                self.known_failures = frozenset(id_ for id_ in same if not _well(recorded[id_].outcome))
        except QaError as error:
            raise self.CollectError(str(error)) from error
        for case, line in zip(self.suite.cases, self.suite.lines, strict=True):
            yield CaseItem.from_parent(self, name=case.id, case=case, line=line)

    def archive(self, assistant: Assistant) -> Archive:
        """What the suite refers to in the assistant's index; gold that is not there is an error, reported once."""
        from qa.evaluation.suite import cases
        from qa.evaluation.suite.archive import archive_of

        if self._archive is None:
            archive = archive_of(assistant, self.suite.cases)
            cases.check(self.suite, archive.by_source)
            self._archive = archive
        return self._archive


class CaseItem(pytest.Item):
    """One case: asked, scored, and failed when it does not come out well."""

    parent: SuiteFile

    def __init__(self, *, case: EvalCase, line: int, **more: Any) -> None:
        super().__init__(**more)
        self.case = case
        self.line = line
        self.extra_keyword_matches |= {case.kind, case.language, *case.tags} - {""}
        if case.id in self.parent.known_failures:
            self.add_marker(pytest.mark.xfail(reason="did not come out well in the baseline", raises=CaseError, strict=False))

    def runtest(self) -> None:
        """Ask and judge. A crash is an error with its own traceback, not a failure of the answer."""
        from qa.evaluation.metrics.registry import outcome, score

        assistant = _assistant(self.config)
        archive = self.parent.archive(assistant)
        answer = assistant.ask(self.case.question, self.case.history)
        scores = score(self.case, answer, archive)
        came_out = outcome(self.case, answer, scores)
        self.user_properties += [("outcome", came_out), ("confidence", round(answer.confidence, 4)), *scores.items()]
        if not _well(came_out) or scores.get("law", 1.0) < 1:
            raise CaseError(self.case, answer, came_out, lawful=scores.get("law", 1.0) == 1)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Question, gold and answer beside each other; of our own errors the message; else the traceback."""
        from qa.errors import QaError

        if isinstance(excinfo.value, CaseError | QaError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file and line of the case, and what it asks."""
        return self.path, self.line - 1, f"{self.case.id}: {self.case.question}"


class CaseError(AssertionError):
    """A case that did not come out well, with what was asked, accepted and said."""

    def __init__(self, case: EvalCase, answer: Answer, outcome: str, *, lawful: bool) -> None:
        shown = f"{answer.short} — {answer.text}" if answer.short else answer.text or f"[{answer.reason}]"
        lines = [f"{outcome}: {case.question}", *(f"  before    {turn.question} — {turn.answer}" for turn in case.history)]
        lines += [f"  accepted  {' / '.join(case.answers) or 'must abstain'}"]
        lines += [f"  gold      {gold.source}: {gold.quote}" for gold in case.sources]
        lines += [f"  answer    {shown} (confidence {answer.confidence:.2f})"]
        lines += [f"  cited     {citation.source}: {citation.quote}" for citation in answer.citations]
        lines += [] if lawful else ["  the law is broken: a citation is not in its article"]
        super().__init__("\n".join(lines))


def _assistant(config: pytest.Config) -> Assistant:
    """The assistant of this run, opened when the first case is asked."""
    if _ASSISTANT not in config.stash:
        from qa.assistant import Assistant
        from qa.errors import UsageError
        from qa.settings import load

        overrides: dict[str, Any] = {}
        for pair in config.getoption("--qa-set"):
            name, equals, value = pair.partition("=")
            if not equals:
                raise UsageError(f"--qa-set {pair!r} has no '='. Cure: --qa-set retrieve.depth=50")
            overrides[name] = value
        overrides |= {name: value for name in ("index", "indexes") if (value := config.getoption(f"--qa-{name}"))}
        config.stash[_ASSISTANT] = Assistant.open(settings=load(overrides))
    return config.stash[_ASSISTANT]  # type: ignore[no-any-return]


def _same(recorded: Any, case: EvalCase) -> bool:
    from qa.evaluation.suite.cases import digest

    return recorded is not None and recorded.sha256 == digest([case])


def _well(outcome: str) -> bool:
    return outcome in ("right", "declined", "found")
