"""Public benchmarks by path: each read as articles to index and cases to ask, so that one command runs it.

    qa eval --from squad:dev-v2.0.json            SQuAD 1.1 or 2.0 (nested JSON), or rows as JSON lines
    qa eval --from tydiqa:tydiqa-goldp-dev.json   TyDiQA-GoldP, the same forms; Indonesian and English are kept
    qa eval --from facqa:valid_preprocess.csv     FacQA (IndoNLU): words and B/I/O labels
    qa eval --from sitasi:qa.jsonl.xz             our own rows {id, title, context, question, answers: [{text, start}]}
    qa eval --from beir:scifact/                  corpus.jsonl, queries.jsonl, qrels/test.tsv: retrieval alone
    qa eval --from "trec:qrels.txt?queries=topics.tsv&corpus=corpus.jsonl"     the same with TREC judgements
    qa eval --from "trec:qrels.txt?run=run.txt"   a TREC run scored against its judgements, nothing is searched

`read(spec)` gives the Benchmark; `evaluate(spec, settings, out=…)`, which `qa eval` calls, builds an index of its
articles below `out` and runs it. Files may be compressed (.gz, .bz2, .xz). Options follow a question mark, as in an address:
`limit` (a seeded sample of so many questions; every article stays), `seed`, `language` (of the questions; default: what most are
in), `split` (BEIR).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qsl

from qa.errors import SuiteError, UsageError
from qa.evaluation.benchmarks import facqa, judged, marked, squad
from qa.evaluation.benchmarks.benchmark import Benchmark, spoken
from qa.schema import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.evaluation.run.results import Report
    from qa.settings import Settings

Options = Mapping[str, str]


def read(spec: str) -> Benchmark:
    """The benchmark that `FORMAT:PATH[?option=value&…]` names.

    Raises UsageError for a format or an option that is not known, SuiteError for a file that is missing or not of its format
    (with the place), or that gives no question at all.
    """
    kind, colon, rest = spec.partition(":")
    if not colon or kind not in READERS or not rest:
        raise UsageError(f"unknown benchmark {spec!r}. Cure: FORMAT:PATH; known formats: {', '.join(READERS)}")
    head, mark, tail = rest.rpartition("?")
    path, options = (head, dict(parse_qsl(tail, keep_blank_values=True))) if mark and "=" in tail else (rest, {})
    reader, known = READERS[kind]
    if unknown := [name for name in options if name not in (*known, *_COMMON)]:
        raise UsageError(f"unknown option {unknown[0]!r} in {spec!r}. Options of {kind}: {', '.join((*known, *_COMMON))}")
    if options.get("language", "id") not in get_args(Language):
        raise UsageError(
            f"unknown language {options['language']!r} in {spec!r}. Known languages: {', '.join(get_args(Language))}"
        )
    benchmark = reader(Path(path), f"{kind}-{_stem(Path(path))}", options)
    if not benchmark.cases:
        raise SuiteError(f"{path}: no questions as {kind}. {'; '.join(benchmark.notes) or 'Cure: give a file that has some'}")
    return _sample(benchmark, _count(options, "limit", spec), _count(options, "seed", spec) or 0)


def evaluate(spec: str, settings: Settings, *, out: Path, progress: bool = True, **more: Any) -> tuple[Report, int]:
    """`qa eval --from`: read, build an index below `out`, ask, report. The report and the exit status of `qa.evaluation.run.run.evaluate`.

    Writes out/benchmark/: articles.jsonl, the cases as a suite, the index, and run.trec where the search is judged alone. `more` goes
    on to `run.evaluate` (baseline, update, margin).
    """
    from qa.evaluation.benchmarks.running import run

    return run(read(spec), settings, out=out, progress=progress, **more)


def _squad(path: Path, name: str, options: Options) -> Benchmark:
    return _marked(squad.rows(path), name, options)


def _tydiqa(path: Path, name: str, options: Options) -> Benchmark:
    """Indonesian and English of a file that may hold nine languages; with the option `language`, that one alone."""
    kept, left = [], 0
    for row in squad.rows(path):
        named = squad.tydi_language(row.id)
        language = squad.TYDI_LANGUAGES.get(named)
        if (named and language is None) or (language and options.get("language", language) != language):
            left += 1
        else:
            kept.append(replace(row, language=language))
    found = _marked(kept, name, options)
    return replace(found, notes=(*found.notes, f"{left} questions in other languages left out")) if left else found


def _facqa(path: Path, name: str, options: Options) -> Benchmark:
    return _marked(facqa.rows(path), name, options)


def _marked(rows: Iterable[marked.MarkedQuestion], name: str, options: Options) -> Benchmark:
    from tqdm import tqdm

    rows = list(rows)
    bar = tqdm(rows, desc="reading", unit="question", delay=2, file=sys.stderr, disable=None)
    found = marked.gather(bar, _language(options) or spoken(row.question for row in rows))
    return Benchmark(name=name, cases=tuple(found.cases), articles=lambda: iter(found.articles.values()), notes=found.notes())


def _beir(path: Path, name: str, options: Options) -> Benchmark:
    return judged.beir(path, name, split=options.get("split", ""), language=_language(options))


def _trec(path: Path, name: str, options: Options) -> Benchmark:
    given = {option for option in ("run", "queries", "corpus") if options.get(option)}
    if given == {"run"}:
        return judged.scored(path, Path(options["run"]), f"{name}-{_stem(Path(options['run']))}")
    if given == {"queries", "corpus"}:
        return judged.searched(path, Path(options["queries"]), Path(options["corpus"]), name, language=_language(options))
    raise UsageError('judgements need a run, or queries and a corpus. Cure: "trec:qrels.txt?run=run.txt"')


READERS: dict[str, tuple[Callable[[Path, str, Options], Benchmark], tuple[str, ...]]] = {
    "squad": (_squad, ()),
    "tydiqa": (_tydiqa, ()),
    "facqa": (_facqa, ()),
    "sitasi": (_squad, ()),
    "beir": (_beir, ("split",)),
    "trec": (_trec, ("run", "queries", "corpus")),
}
"""Format -> (its reader, the options that it alone has)."""

_COMMON = ("limit", "seed", "language")


def _language(options: Options) -> Language | None:
    return next((language for language in get_args(Language) if language == options.get("language")), None)


def _count(options: Options, name: str, spec: str) -> int | None:
    if name not in options:
        return None
    if not options[name].isdecimal() or (name == "limit" and int(options[name]) == 0):
        raise UsageError(f"{name}={options[name]!r} in {spec!r} is not a whole number. Cure: ?{name}=500")
    return int(options[name])


def _sample(benchmark: Benchmark, limit: int | None, seed: int) -> Benchmark:
    """So many cases, drawn by the seed, in their order; the articles stay all, so that the search is as hard as it was."""
    if limit is None or limit >= len(benchmark.cases):
        return benchmark
    rows = sorted(random.Random(seed).sample(range(len(benchmark.cases)), limit))
    note = f"{limit} of {len(benchmark.cases)} questions, drawn with seed {seed}; every article is indexed"
    return replace(benchmark, cases=tuple(benchmark.cases[row] for row in rows), notes=(*benchmark.notes, note))


def _stem(path: Path) -> str:
    """The name of a file or folder without its endings."""
    name = path.resolve().name
    for suffix in (".gz", ".bz2", ".xz", ".jsonl", ".json", ".csv", ".txt", ".tsv"):
        name = name.removesuffix(suffix)
    return name
