"""One benchmark, from its articles to its report: an index of its own below the output folder, then `qa eval` as for any suite."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from qa.errors import CorpusError
from qa.evaluation.benchmarks.benchmark import Benchmark
from qa.evaluation.benchmarks.trec import run_lines
from qa.evaluation.suite.cases import dumps, unreached
from qa.schema import Answer, Article, Hit, Passage, Query, Trace, Turn

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation.run.results import Report
    from qa.settings import Settings

DEPTH = 1000
"""How deep a judged search goes, as in TREC and BEIR: passages of each arm, and passages kept."""


class Searching:
    """An assistant that is asked for its hits alone: it reads nothing, and every answer is withheld."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.generation = assistant.generation
        self.settings = assistant.settings
        self.name = assistant.name
        self.rankings: dict[str, tuple[str, ...]] = {}  # question -> article ids, best first

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """What was found, in an answer that says nothing."""
        hits = self._assistant.search(question, history)
        self.rankings[question] = tuple(dict.fromkeys(hit.passage.article_id for hit in hits))
        return _hits_only(question, hits, Trace(index=self.generation.id, settings=self.settings.fingerprint()))


class _NoArticles:
    """The store of a run that somebody else made; its fingerprint is of the rankings."""

    def __init__(self, run: Mapping[str, Sequence[str]]) -> None:
        self._run = run

    def articles(self) -> tuple[()]:
        return ()

    def article(self, id_: str) -> Article:
        raise CorpusError(f"no article {id_!r}: a run names articles and has none")

    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(self._run, sort_keys=True).encode()).hexdigest()


class RecordedRun:
    """Somebody else's rankings in the place of an assistant, by question id: nothing is searched, and there are no articles."""

    def __init__(self, run: Mapping[str, Sequence[str]], name: str) -> None:
        self._run = run
        self.name = name
        self.generation = SimpleNamespace(id=name, articles=_NoArticles(run))

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:  # noqa: ARG002 - a run file knows no turns
        """The ranking of the question whose id this is."""
        hits = tuple(
            Hit(
                passage=Passage(id=f"{article}:0-0", article_id=article, start=0, end=0, text=""),
                score=0.0,
                rank=rank,
                stage="fused",
            )
            for rank, article in enumerate(self._run.get(question, ()), start=1)
        )
        return _hits_only(question, hits, Trace(index=self.name))


def run(benchmark: Benchmark, settings: Settings, *, out: Path, progress: bool = True, **more: Any) -> tuple[Report, int]:
    """Write the articles and the suite below out/benchmark, build, and evaluate; `more` goes to `qa.evaluation.run.run.evaluate`."""
    from qa.evaluation.evaluate import evaluate

    for note in benchmark.notes:
        _tell(f"{benchmark.name}: {note}")
    folder = out / "benchmark"
    folder.mkdir(parents=True, exist_ok=True)
    suite = folder / f"{benchmark.name}.jsonl"
    suite.write_text("".join(dumps(case) + "\n" for case in benchmark.cases), encoding="utf-8")
    if benchmark.judged:
        more["workers"] = 1  # a search alone costs little, and other processes would ask for answers
    asked = (
        RecordedRun(benchmark.run, benchmark.name) if benchmark.run else _opened(benchmark, settings, folder, progress=progress)
    )
    report, status = evaluate(cast("Assistant", asked), suite, out=out, progress=progress, **more)
    if isinstance(asked, Searching):
        written = [
            line for case in benchmark.cases for line in run_lines(case.id, asked.rankings.get(case.question, ()), "sitasi")
        ]
        (folder / "run.trec").write_text("".join(line + "\n" for line in written), encoding="utf-8")
    elif not benchmark.judged:
        print(squad_line(report))
    return report, status


def squad_line(report: Report) -> str:
    """Exact and F1 over all questions as the SQuAD 2.0 script gives them: an unanswerable one scores 1 when it is declined, else 0.

    A crash scores 0. Source: Rajpurkar, Jia and Liang, ACL 2018.
    """
    n = len(report.results)
    exact, f1 = (
        100 * sum(result.scores.get(name, result.scores.get("declined", 0.0)) for result in report.results) / n
        for name in ("em", "f1")
    )
    return f"as the SQuAD script counts: exact {exact:.2f}, f1 {f1:.2f} over {n} questions"


def _opened(benchmark: Benchmark, settings: Settings, folder: Path, *, progress: bool) -> Assistant | Searching:
    """An assistant over a fresh index of the benchmark's articles; for one that is judged by its search alone, the search."""
    from qa.assistant import Assistant
    from qa.evaluation.suite.archive import archive_of

    with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for record in benchmark.articles():
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    shutil.rmtree(folder / "indexes", ignore_errors=True)  # an index of other articles, or of an older program, measures nothing
    here: dict[str, Any] = {"indexes": folder / "indexes", "index": "benchmark"}
    if benchmark.judged:
        deep = {"depth": max(DEPTH, settings.retrieve.depth), "top": max(DEPTH, settings.retrieve.top)}
        here["retrieve"] = settings.retrieve.model_copy(update=deep)
    assistant = Assistant.build(
        [folder / "articles.jsonl"], "benchmark", settings=settings.model_copy(update=here), progress=progress,
        on_skip=lambda skipped: _tell(f"skipped {skipped.source}: {skipped.why}"),
    )  # fmt: skip
    by_source = archive_of(assistant, benchmark.cases).by_source
    lost = [case.id for case in benchmark.cases if unreached(case, by_source)]
    if lost:
        _tell(
            f"{benchmark.name}: {len(lost)} questions have gold that the index masks or does not have: it counts as missed ({lost[0]})"
        )
    return Searching(assistant) if benchmark.judged else assistant


def _hits_only(question: str, hits: tuple[Hit, ...], trace: Trace) -> Answer:
    from qa.answer.verify.verify import abstain

    return abstain(question, Query(text=question), "not-in-articles" if hits else "nothing-found", hits, trace)


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
