"""Variants side by side: the same suite asked with other settings, each in a process of its own, in one table with intervals.

    qa eval --grid retrieve.depth=10,20 answer.threshold=0.4,0.5       four variants, the first is what the others are held against

The figures are those of a development set: whoever compares k variants on a suite and keeps the best has chosen with its answers
before their eyes, and its figures flatter. So no variant is called the best unless another suite is named to choose on.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import QaError, UsageError
from qa.evaluation.gate.compare_runs import MetricChange, compared
from qa.evaluation.run.provenance import flat
from qa.evaluation.run.workers import ask_all
from qa.evaluation.suite import cases as suites
from qa.safety.printable import visible_lines

if TYPE_CHECKING:
    from qa.evaluation.run.results import Answerer, CaseResult
    from qa.evaluation.suite.archive import Archive
    from qa.evaluation.suite.eval_case import EvalCase
    from qa.settings import Settings

BUILT = ("encoder", "corpus.passage_chars", "retrieve.exact_below", "retrieve.lists_above")
"""Settings that an index is built with: a variant of them gets an index of its own, made of the articles that are indexed."""

_IDLE = ("corpus.max_bytes", "indexes", "web.")  # change no answer of an index that is there
_CHOSEN_BY = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsVariant:
    """What is set otherwise, and what came of it: results over the suite, and over the one that is chosen on."""

    name: str
    overrides: dict[str, str]
    results: tuple[CaseResult, ...] = ()
    chosen_on: tuple[CaseResult, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Every variant, the rows of the table, and which one another suite chose (empty: none)."""

    suite: str
    variants: tuple[SettingsVariant, ...]
    rows: tuple[MetricChange, ...]
    choose_on: str = ""
    choosing: tuple[MetricChange, ...] = field(default=())
    choice: str = ""


def product(specs: Sequence[str]) -> list[dict[str, str]]:
    """["retrieve.depth=10,20", "answer.threshold=0.3,0.4"] -> every combination, the first values first. Raises UsageError."""
    axes: list[list[tuple[str, str]]] = []
    for spec in specs:
        name, equals, values = spec.partition("=")
        given = [value.strip() for value in values.split(",")]
        if not equals or not name.strip() or not all(given):
            raise UsageError(f"--grid {spec!r} is no NAME=VALUE,VALUE. Cure: --grid retrieve.depth=10,20")
        if name.startswith(_IDLE):
            raise UsageError(f"--grid {spec!r}: {name} changes no answer of an index that is there. Cure: another setting")
        if name in {taken[0][0] for taken in axes} or len(set(given)) < len(given):
            raise UsageError(f"--grid {spec!r}: the setting or a value is given twice. Cure: --grid {name}=A,B once")
        axes.append([(name, value) for value in given])
    return [dict(each) for each in itertools.product(*axes)]


def run_grid(
    settings: Settings,
    suite: Path,
    specs: Sequence[str],
    *,
    workers: int = 2,
    choose_on: Path | None = None,
    out: Path | None = None,
    progress: bool = True,
) -> int:
    """`qa eval --grid`: ask every variant, print the table, write grid.json and grid.csv below `out`.

    `workers` variants are asked at a time, each in a process of its own. Status 0, or 1 where a variant could not be asked or a
    question crashed. Raises UsageError, SettingsError and SuiteError before anything is asked.
    """
    combinations = product(specs)
    if len(combinations) < 2:
        raise UsageError("one variant is no comparison. Cure: --grid retrieve.depth=10,20")
    asked, other = suites.load(suite), suites.load(choose_on) if choose_on else None
    if other is not None:
        _apart(asked, other)
    variants = [(_name(overrides), overrides, _set(settings, overrides)) for overrides in combinations]
    _check(settings, asked, other)
    with tempfile.TemporaryDirectory(prefix="qa-grid-") as folder:
        cases = (*asked.cases, *(other.cases if other else ()))
        done = _ask(variants, settings, cases, Path(folder), split=len(asked.cases), workers=workers, progress=progress)
    grid = Grid(
        suite=asked.path.name,
        variants=done,
        rows=tuple(compared([(each.name, each.results) for each in done])),
        choose_on=other.path.name if other else "",
        choosing=tuple(compared([(each.name, each.chosen_on) for each in done])) if other else (),
        choice=_choice(done) if other else "",
    )
    print(visible_lines(terminal(grid)))
    if out is not None:
        _write(grid, out)
    crashed = any(result.outcome == "crash" for each in done for result in (*each.results, *each.chosen_on))
    return 1 if crashed or any(each.error for each in done) else 0


def opened(settings: Settings, base: Settings, name: str, folder: Path, cases: tuple[EvalCase, ...]) -> tuple[Answerer, Archive]:
    """The assistant of a variant, in a worker; with an index of its own where it has other settings to build with."""
    from qa.assistant import Assistant
    from qa.evaluation.suite.archive import archive_of
    from qa.index import generation
    from qa.index.encode import open_encoder

    values, before = flat(settings.model_dump(mode="json")), flat(base.model_dump(mode="json"))
    if any(values[setting] != before[setting] for setting in BUILT):
        served = generation.open(settings.indexes, settings.index)
        encoder = settings.encoder if settings.encoder != base.encoder else served.encoder_name
        generation.build(
            folder,
            name,
            (served.articles.article(listing.id) for listing in served.articles.articles()),
            open_encoder(encoder),
            passage_chars=settings.corpus.passage_chars,
            exact_below=settings.retrieve.exact_below,
            lists_above=settings.retrieve.lists_above,
            workers=0,
        )
        settings = settings.model_copy(update={"indexes": folder, "index": name})
    assistant = Assistant.open(settings=settings)
    return assistant, archive_of(assistant, cases)


def terminal(grid: Grid) -> str:
    """The table, and what may be concluded from it, at most 100 columns wide."""
    names = {each.name: f"{place}" for place, each in enumerate(grid.variants, 1)}
    parts = ["\n".join(f"{names[each.name]}  {each.name}" + (f": {each.error}" if each.error else "") for each in grid.variants)]
    parts.append(f"{grid.suite}, changes against variant 1\n{_table(grid.rows, names)}")
    compared_ = len([each for each in grid.variants if not each.error])
    if not grid.choose_on:
        summary = (
            f"No variant is chosen: {compared_} were compared on the questions that these figures are of, so the best of them looks "
            "better than it is, and a gate on the same suite would see less of what it breaks. Choose on other questions: "
            "--choose-on SUITE"
        )
        parts.append(textwrap.fill(summary, 100, break_on_hyphens=False))
        return "\n\n".join(parts)
    parts.append(f"{grid.choose_on}, which is chosen on\n{_table(grid.choosing, names)}")
    summary = f"chosen on {grid.choose_on}: variant {names[grid.choice]} ({grid.choice})"
    if grid.choice == grid.variants[0].name:
        summary += f"\nNo other is better in '{_CHOSEN_BY}' beyond chance (Holm, p <= 0.05), so the first stays."
    parts.append(f"{summary}\nIts figures on {grid.suite} had no part in the choice; those on {grid.choose_on} flatter.")
    return "\n\n".join(parts)


def _ask(
    variants: Sequence[tuple[str, dict[str, str], Settings]],
    base: Settings,
    cases: tuple[EvalCase, ...],
    folder: Path,
    *,
    split: int,
    workers: int,
    progress: bool,
) -> tuple[SettingsVariant, ...]:
    """Every variant asked all `cases`; the first `split` of them are the suite's."""
    from tqdm import tqdm

    total = len(cases) * len(variants)
    with tqdm(total=total, desc="asking", unit="question", file=sys.stderr, disable=not progress) as bar:

        def one(place: int) -> SettingsVariant:
            name, overrides, settings = variants[place]
            opener = partial(opened, settings, base, f"variant-{place}", folder, cases)
            try:
                found = [result for result, _ in ask_all(opener, cases, workers=1, done=bar.update)]
            except QaError as error:
                return SettingsVariant(name=name, overrides=overrides, error=str(error))
            return SettingsVariant(name=name, overrides=overrides, results=tuple(found[:split]), chosen_on=tuple(found[split:]))

        # Threads only wait: the work is in the processes that they start.
        with ThreadPoolExecutor(max(1, workers)) as pool:
            return tuple(pool.map(one, range(len(variants))))


def _name(overrides: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in overrides.items())


def _set(settings: Settings, overrides: dict[str, str]) -> Settings:
    from qa.settings import load

    values = flat(settings.model_dump())
    unknown = [name for name in overrides if name not in values]
    return load(overrides if unknown else {**values, **overrides})  # an unknown name: `load` tells which are known


def _apart(asked: suites.Suite, other: suites.Suite) -> None:
    """Raises UsageError where the two suites share questions: that would be choosing on the reported suite unsaid."""
    known = {(case.question.casefold(), case.history) for case in asked.cases}
    shared = sum((case.question.casefold(), case.history) in known for case in other.cases)
    if shared:
        raise UsageError(
            f"--choose-on {other.path}: {shared} of its {len(other.cases)} questions are in {asked.path}, whose figures would then "
            "flatter unsaid. Cure: name a suite of other questions"
        )


def _check(settings: Settings, *given: suites.Suite | None) -> None:
    """Raises SuiteError where gold is not in the index, before anything is asked."""
    from qa.assistant import Assistant
    from qa.evaluation.suite.archive import archive_of

    assistant = Assistant.open(settings=settings)
    for suite in given:
        if suite is not None:
            suites.check(suite, archive_of(assistant, suite.cases).by_source)


def _choice(variants: Sequence[SettingsVariant]) -> str:
    """The best on the other suite if it is better than the first beyond chance, else the first."""
    rows = [row for row in compared([(each.name, each.chosen_on) for each in variants]) if row.metric == _CHOSEN_BY]
    better = [row for row in rows[1:] if row.change > 0 and row.p <= 0.05]
    return max(better, key=lambda row: row.mean).variant if better else variants[0].name


def _table(rows: Sequence[MetricChange], names: dict[str, str]) -> str:
    lines = [f"{'metric':<12}{'variant':>8}{'cases':>7}{'mean':>8}{'change':>9}   {'95 % interval':<18}{'p':>7}"]
    for row in rows:
        first = row.p is None or names[row.variant] == "1"
        summary = "" if first else f"{row.change:>+9.3f}   {f'{row.low:+.3f} … {row.high:+.3f}':<18}{row.p:>7.3f}"
        lines.append(f"{row.metric:<12}{names[row.variant]:>8}{row.n:>7}{row.mean:>8.3f}{summary}")
    return "\n".join([*lines, "p: two-sided sign flip, Holm's correction over the variants"])


def _write(grid: Grid, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    tables = [("suite", grid.suite, row) for row in grid.rows] + [("choose-on", grid.choose_on, row) for row in grid.choosing]
    records: list[dict[str, Any]] = [{"role": role, "suite": suite, **row.to_json()} for role, suite, row in tables]
    record = {
        "suite": grid.suite,
        "variants": [{"name": each.name, "settings": each.overrides, "error": each.error} for each in grid.variants],
        "choose_on": grid.choose_on,
        "choice": grid.choice,
        "rows": records,
    }
    (out / "grid.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(records[0]) if records else ["role"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    (out / "grid.csv").write_text(text.getvalue(), encoding="utf-8")
