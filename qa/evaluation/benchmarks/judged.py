"""Questions whose relevant articles were judged, as cases for retrieval alone: BEIR folders, TREC qrels and runs.

corpus    .jsonl {"_id" (or "id", or "docid"), "title"?, "text"} or .tsv "id<tab>text", or a folder of such files (MIRACL)
queries   .jsonl {"_id", "text"} or .tsv "id<tab>text"

Source: Thakur et al., NeurIPS Datasets and Benchmarks 2021 (BEIR). A question without a relevant article tells nothing about a
search: it is left out, and reported. A relevant article that is not in the corpus counts as missed, as in trec_eval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qa.errors import SuiteError
from qa.evaluation.benchmarks.benchmark import Benchmark, Record, spoken
from qa.evaluation.benchmarks.compressed import ending, lines, objects, text_of, whole_characters
from qa.evaluation.benchmarks.trec import Grades, judgements, rankings
from qa.evaluation.suite.cases import EXTERNAL
from qa.evaluation.suite.eval_case import EvalCase, Judgement
from qa.schema import Language


def beir(folder: Path, name: str, *, split: str = "", language: Language | None = None) -> Benchmark:
    """A BEIR folder; `split` names the file in qrels/ ("test" where it is there, else the only one)."""
    if not folder.is_dir():
        raise SuiteError(f"{folder}: not a folder. Cure: unpack the archive and give its folder")
    there = sorted(path.name.removesuffix(".tsv") for path in (folder / "qrels").glob("*.tsv"))
    split = split or ("test" if "test" in there else there[0] if len(there) == 1 else "")
    if split not in there:
        raise SuiteError(
            f"{folder}: no qrels/{split or 'test'}.tsv. Splits there: {', '.join(there) or 'none'}. Cure: ?split=NAME"
        )
    return searched(
        folder / "qrels" / f"{split}.tsv", _one(folder, "queries"), _one(folder, "corpus"), f"{name}-{split}", language=language
    )


def searched(qrels: Path, queries: Path, corpus: Path, name: str, *, language: Language | None = None) -> Benchmark:
    """Judgements with the questions and the articles that they name."""
    asked: dict[str, str] = {}
    for place, id_, text, _ in _texts(queries):
        if asked.setdefault(id_, text) != text:
            raise SuiteError(f"{place}: question {id_!r} was asked in other words before. Cure: one text an id")
    grades = judgements(qrels)
    if lost := [id_ for id_ in grades if id_ not in asked]:
        raise SuiteError(
            f"{qrels}: question {lost[0]!r} is not in {queries} ({len(lost)} such). Cure: give the queries it belongs to"
        )
    cases, notes = _cases({id_: asked[id_] for id_ in grades}, grades, language)
    return Benchmark(name=name, cases=cases, articles=lambda: articles(corpus), notes=notes)


def scored(qrels: Path, run: Path, name: str) -> Benchmark:
    """Judgements and somebody's rankings; a question that the run does not answer has found nothing."""
    grades, ranked = judgements(qrels), rankings(run)
    cases, notes = _cases({id_: id_ for id_ in grades}, grades, "en")
    if not set(ranked) & {case.id for case in cases}:
        raise SuiteError(f"{run}: no question of it is judged in {qrels}. Cure: give the judgements it belongs to")
    if strangers := [id_ for id_ in ranked if id_ not in grades]:
        notes += (f"{len(strangers)} questions of the run are not judged and are left out (first: {strangers[0]})",)
    if silent := [case.id for case in cases if case.id not in ranked]:
        notes += (f"{len(silent)} judged questions have no ranking in the run and score 0 (first: {silent[0]})",)
    return Benchmark(name=name, cases=cases, run=ranked, notes=notes)


def articles(corpus: Path) -> Iterator[Record]:
    """The articles of a corpus, one after the other; one that has a title alone has that as its text."""
    for _, id_, text, record in _texts(corpus, empty=True):
        title = whole_characters(str(record.get("title") or ""))
        yield {"id": id_, "title": title, "text": text if text.strip() else title}


def _cases(asked: Mapping[str, str], grades: Grades, language: Language | None) -> tuple[tuple[EvalCase, ...], tuple[str, ...]]:
    language = language or spoken(asked.values())
    relevant = {
        id_: tuple(Judgement(source=article, grade=grade) for article, grade in grades[id_].items() if grade > 0) for id_ in asked
    }
    cases = tuple(
        EvalCase(id=id_, question=text, language=language, tags=(EXTERNAL,), relevant=relevant[id_])
        for id_, text in asked.items()
        if relevant[id_] and text.strip()
    )
    left = [id_ for id_ in asked if not relevant[id_] or not asked[id_].strip()]
    notes = (f"{len(left)} questions left out: no relevant article, or no words (first: {left[0]})",) if left else ()
    return cases, notes


def _texts(path: Path, *, empty: bool = False) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """(place, id, text, the record) of each entry of a corpus or of queries."""
    if path.is_dir():
        parts = sorted(part for part in path.iterdir() if ending(part) in (".jsonl", ".tsv"))
        if not parts:
            raise SuiteError(f"{path}: no .jsonl or .tsv file in this folder. Cure: give the file, or the folder that has them")
        for part in parts:
            yield from _texts(part, empty=empty)
        return
    if ending(path) == ".tsv":
        for place, line in lines(path):
            id_, tab, text = line.partition("\t")
            if not tab or not id_.strip():
                raise SuiteError(f"{place}: no tab after an id. Cure: 'id<tab>text'")
            yield place, id_.strip(), text, {}
        return
    for place, record in objects(path):
        named = next((record[key] for key in ("_id", "id", "docid") if key in record), None)
        if isinstance(named, bool) or not isinstance(named, str | int) or not str(named).strip():
            raise SuiteError(f"{place}: '_id' must be text, not {named!r:.80}. Cure: give the file as it was published")
        yield place, whole_characters(str(named)).strip(), text_of(record, "text", place, empty=empty), record


def _one(folder: Path, stem: str) -> Path:
    """folder/stem.jsonl or .tsv, compressed or not."""
    found = sorted(path for path in folder.glob(f"{stem}.*") if ending(path) in (".jsonl", ".tsv"))
    if not found:
        raise SuiteError(f"{folder}: no {stem}.jsonl. Cure: unpack the archive and give its folder")
    return found[0]
