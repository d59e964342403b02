"""Suites checked without asking anything: every bad line of every file, what leaks from one into another, and what is out of balance.

`check(paths)` is what `qa eval check SUITE…` runs; with `articles` it also holds the gold against them. Faults are errors, each with its
line; what only weakens a suite (a kind with three cases) is a warning with its figures. Leaks are found by `qa.evaluation.suite.leaks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa.errors import SuiteError
from qa.evaluation.suite.cases import EXTERNAL, Suite, gold_faults, scan, unreached
from qa.evaluation.suite.eval_case import EvalCase
from qa.evaluation.suite.leaks import asked_twice, leaks
from qa.schema import KINDS, Article

FEW = 5
"""Fewer cases than this say nothing about a slice: one of them is more than a fifth of it."""

SCANT, CROWDED = 0.25, 0.5
"""A kind is scant under a quarter of an even share, and crowds the suite beyond half of it."""

RARE_LANGUAGE = 0.1
UNANSWERABLE = (0.1, 0.6)
"""Outside these shares a suite hardly measures abstaining, or hardly anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a file; `line` is 0 where it is about the file as a whole."""

    path: Path
    line: int
    text: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {'' if self.level == 'error' else 'warning: '}{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found, by file and line; `status` is the exit status: 1 with an error, else 0."""

    cases: Mapping[Path, int]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return tuple(one for one in self.findings if one.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a person should know."""
        return tuple(one for one in self.findings if one.level == "warning")

    @property
    def status(self) -> int:
        """1 with an error, else 0."""
        return int(bool(self.errors))

    def __str__(self) -> str:
        total = f"{sum(self.cases.values())} cases in {len(self.cases)} suites"
        return "\n".join([*map(str, self.findings), f"{total}: {len(self.errors)} errors, {len(self.warnings)} warnings"])


def check(paths: Sequence[Path], articles: Mapping[str, Article] | None = None, *, training: Sequence[Path] = ()) -> CheckReport:
    """Every finding about the suites at `paths`, each file on its own and against the others.

    `articles` (by source) must contain the gold; without them that is not looked at. `training` are suites that something
    is or was fitted to, beside those whose name says so (a part "train", "training", "dev" or "tune"): no other suite may share a
    marked place with them. Never raises for what a suite says: what is wrong is in the report.
    """
    suites: list[Suite] = []
    findings: list[Finding] = []
    for path in dict.fromkeys((*paths, *training)):
        try:
            suite, faults = scan(path)
        except SuiteError as error:
            findings.append(Finding(path=path, line=0, text=str(error).removeprefix(f"{path}: ")))
            continue
        findings += [Finding(path=path, line=line, text=text) for line, text in faults]
        if not suite.cases and not faults:
            findings.append(
                Finding(path=path, line=0, text="no cases. Cure: one JSON object a line with at least id and question")
            )
        suites.append(suite)
        findings += _alone(suite, articles)
    findings += [Finding(path=leak.path, line=leak.line, text=leak.text) for leak in leaks(suites, training=frozenset(training))]
    order = {suite.path: row for row, suite in enumerate(suites)}
    findings.sort(key=lambda one: (order.get(one.path, -1), one.line or 1 << 40, one.level, one.text))
    return CheckReport(cases={suite.path: len(suite.cases) for suite in suites}, findings=tuple(findings))


def read_articles(paths: Sequence[Path], *, max_bytes: int) -> dict[str, Article]:
    """The articles of files and folders by source, masked as an index masks them: `check` needs no index then.

    Raises ReadError for the first one that cannot be read, since gold in it could not be checked.
    """
    from qa.corpus.clean import masked
    from qa.corpus.reading.read import Skipped, read
    from qa.errors import ReadError

    def stop(skipped: Skipped) -> None:
        raise ReadError(skipped.source, skipped.why)

    return {article.source: article for article in masked(read(paths, max_bytes=max_bytes, on_skip=stop))}


def _alone(suite: Suite, articles: Mapping[str, Article] | None) -> Iterator[Finding]:
    """What one suite tells of itself."""
    for line, case in zip(suite.lines, suite.cases, strict=True):
        for fault in gold_faults(case, articles) if articles is not None else ():
            yield Finding(path=suite.path, line=line, text=fault)
    if articles is not None:
        external = [(line, case) for line, case in zip(suite.lines, suite.cases, strict=True) if EXTERNAL in case.tags]
        if lost := [line for line, case in external if unreached(case, articles)]:
            text = f"{len(lost)} of {len(external)} external cases have gold that is masked or absent: it counts as missed"
            yield Finding(path=suite.path, line=lost[0], text=text, level="warning")
    for twin in asked_twice(suite):
        yield Finding(path=suite.path, line=twin.line, text=twin.text, level="warning")
    for text in balance(suite.cases):
        yield Finding(path=suite.path, line=0, text=text, level="warning")


def balance(cases: Sequence[EvalCase]) -> list[str]:
    """What is out of balance, one sentence with its figures each: kinds, languages, and how many must abstain."""
    asked = [case for case in cases if not case.relevant]
    return [*_kinds(asked), *_languages(cases), *_abstaining(asked)]


def _kinds(cases: Sequence[EvalCase]) -> Iterator[str]:
    counts = Counter(case.kind for case in cases if case.kind)
    if cases and not counts:
        yield f"none of {len(cases)} cases has a kind: nothing can be reported by kind"
        return
    if not counts:
        return
    n = counts.total()
    even = n / len(KINDS)
    least = max(FEW, SCANT * even)
    scant = [f"{kind} {counts[kind]}" for kind in KINDS if counts[kind] < least]
    if scant:
        yield f"kinds with few cases: {', '.join(scant)} (of {n}; an even share is {even:.1f}, warned under {least:.1f})"
    yield from (
        f"kind {kind} has {count} of {n} cases ({count / n:.0%}): it outweighs all others together"
        for kind, count in counts.items()
        if count > CROWDED * n
    )


def _languages(cases: Sequence[EvalCase]) -> Iterator[str]:
    counts = Counter(case.language for case in cases)
    n = counts.total()
    yield from (
        f"language {language} has {count} of {n} cases ({count / n:.1%}): warned under {RARE_LANGUAGE:.0%}"
        for language, count in sorted(counts.items())
        if count < max(FEW, RARE_LANGUAGE * n) and len(counts) > 1
    )


def _abstaining(cases: Sequence[EvalCase]) -> Iterator[str]:
    if not cases:
        return
    silent = sum(not case.answers for case in cases)
    low, high = UNANSWERABLE
    if not low <= silent / len(cases) <= high:
        yield f"{silent} of {len(cases)} cases ({silent / len(cases):.1%}) must abstain: warned outside {low:.0%} to {high:.0%}"
