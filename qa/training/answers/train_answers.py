"""`qa train answers`: the two small logistic models over a candidate's features, fitted on questions that no training of the reader saw.

Asked, each over an archive of its own and through the whole way from question to candidates: qa_news.valid over all its articles and 2,000
others, and half of it again over small archives of articles near each other, as a reader's folder may be; FacQA's valid file over its
passages, TyDiQA's dev titles among Wikipedia leads, IDK-MRC's valid file, and, where a folder of further
written questions is named, those. The fits are in qa/training/answers/answers_fit.py; figures are of five folds by article.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.features import NAMES, features, vector
from qa.answer.extractive.yes_no import settled
from qa.assistant import Assistant
from qa.errors import TrainingError
from qa.index.encode import open_encoder
from qa.retrieve.reading import SHIPPED, PassageReader
from qa.settings import load
from qa.training import data
from qa.training.answers.answers_fit import Asked, crossed, figures, fitted
from qa.training.examples.mixture import IDKMRC_VALID
from qa.training.examples.written import SIDES, WRITTEN_VALID
from qa.training.reader.reader_metrics import f1

OTHERS, LEADS = 2_000, 3_000
SMALL = (3, 5, 8, 12, 20)
"""Articles of the small archives, in turn."""
MOST = {"small": 640, "facqa": 160, "tydiqa": 120, "idkmrc": 160, "more": 320}
"""Questions of a set that are asked, evenly spread; of the others all: the written ones are what a reader asks like."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set with its gold: answers, or for a yes-no question its side and the sentences that say so."""

    text: str
    context: str
    answers: tuple[str, ...]
    side: str = ""
    sentences: tuple[str, ...] = ()


def written(path_folder: Path, name: str) -> list[Question]:
    """The questions of a file in the form of qa_news."""
    found = []
    for record, raw in zip(data.questions(path_folder, name), data.records(path_folder, name), strict=True):
        gold = tuple(record.context[start:end] for start, end in raw.get("sentences", ()))
        side = raw.get("side", "") if raw.get("side") in SIDES else ""
        found.append(Question(record.question, record.context, tuple(text for text, _ in record.answers), side, gold))
    return found


def plain(records: Sequence[data.QuestionRecord]) -> list[Question]:
    """Questions of the other files."""
    return [Question(record.question, record.context, tuple(text for text, _ in record.answers)) for record in records]


def gathered(folder: Path, out: Path, more: Path | None, *, limit: int = 0) -> list[Asked]:
    """Every question of every set as it was met; kept in out/asked.jsonl, from which a second call reads it.

    out/asked.json says which files, features and reader it is of: with others everything is asked again.
    """
    kept, stamp_file = out / "asked.jsonl", out / "asked.json"
    stamp = {"features": list(NAMES), "limit": limit, "reader": _reader(), "files": hashes(folder, more)}
    if kept.is_file() and stamp_file.is_file() and json.loads(stamp_file.read_text(encoding="utf-8")) == stamp:
        return [Asked(**json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines()]
    out.mkdir(parents=True, exist_ok=True)
    news = list(data.records(folder, data.NEWS))
    titles = {record["text"]: record.get("title", "") for record in news}
    tydiqa = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == "dev"]
    titles |= {record.context: record.title for record in tydiqa}
    leads = [text for _, text in islice(data.texts(folder, data.LEADS, "title", "text"), LEADS)]
    sets: list[tuple[str, list[Question], list[str]]] = [
        ("news", written(folder, WRITTEN_VALID), [record["text"] for record in news[:OTHERS]]),
        ("facqa", plain(list(data.questions(folder, data.FACQA_VALID))), []),
        ("tydiqa", plain(tydiqa), leads),
        ("idkmrc", plain(list(data.questions(folder, IDKMRC_VALID))), []),
    ]
    if more is not None:
        sets.append(
            ("more", written(more.parent, more.name.removesuffix(".jsonl.xz")), [record["text"] for record in news[-OTHERS:]])
        )
    found = [
        one for name, asked, others in sets for one in met(name, spread(asked, limit or MOST.get(name, 0)), others, titles, out)
    ]
    near = list(gatherings(spread(written(folder, WRITTEN_VALID), limit or MOST["small"])))
    found += [
        one for asked in tqdm(near, desc="small", unit="archive", file=sys.stderr) for one in met("small", asked, [], titles, out)
    ]
    part = kept.with_suffix(".part")
    part.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), encoding="utf-8")
    part.replace(kept)
    stamp_file.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    return found


def spread(asked: Sequence[Question], most: int) -> list[Question]:
    """At most so many of them (0: all), at even distances."""
    if not most or len(asked) <= most:
        return list(asked)
    return [asked[at * len(asked) // most] for at in range(most)]


def gatherings(asked: Sequence[Question]) -> Iterator[list[Question]]:
    """The questions by small archives: the first article that is left with those nearest to it, SMALL of them in turn."""
    by_article: dict[str, list[Question]] = {}
    for question in asked:
        by_article.setdefault(question.context, []).append(question)
    left = list(by_article)
    vectors = dict(zip(left, open_encoder(load({}).encoder).passages(left), strict=True))
    for size in cycle(SMALL):
        if not left:
            return
        near = sorted(left, key=lambda text: -float(vectors[text] @ vectors[left[0]]))[:size]
        left = [text for text in left if text not in near]
        yield [question for text in near for question in by_article[text]]


def met(name: str, asked: Sequence[Question], others: Sequence[str], titles: dict[str, str], out: Path) -> Iterator[Asked]:
    """Ask the questions of one set over an archive of their articles and `others`."""
    contexts = dict.fromkeys([*(question.context for question in asked), *others])
    listed = out / f"{name}.jsonl"
    rows = [{"id": f"a{at}", "title": titles.get(text, ""), "text": text} for at, text in enumerate(contexts)]
    listed.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    settings = load({"indexes": str(out / "indexes")})
    assistant = Assistant.build([listed], name, settings=settings)
    readings = PassageReader(settings.answer.depth).readings
    for question in tqdm(asked, desc=name, unit="question", file=sys.stderr, mininterval=2.0, leave=name != "small"):
        query = assistant.query(question.text)
        hits = assistant.search(question.text) if query else ()
        one = Asked(name, question.text, question.context[:80], "span", bool(question.answers or question.side))
        if query is not None and hits:
            one.kind = "polar" if query.kind == "yes_no" else "span"
            sides: list[float] = []
            found = candidates(hits)
            if one.kind == "polar":
                found, sides = settled(query, hits, readings)
            one.features = [list(vector(known)) for known in features(query, found, [abs(side) for side in sides])]
            golds = question.answers or question.sentences
            one.gold = question.side or (golds[0] if golds else "")
            one.holds = [
                any(_holds(candidate.quote, gold) or _holds(gold, candidate.quote) for gold in golds) for candidate in found
            ]
            one.answers = [candidate.answer for candidate in found]
            one.f1 = [max((f1(candidate.answer, gold) for gold in question.answers), default=0.0) for candidate in found]
            if one.kind == "polar":  # the side has to be right as well
                sides_in_words = ["Ya" if side > 0 else "Tidak" for side in sides]
                one.answers = sides_in_words
                one.f1 = [float(side == question.side) for side in sides_in_words]
            one.found = any(_holds(hit.passage.text, gold) for hit in hits[: settings.answer.depth] for gold in golds)
        yield one


def train_answers(
    folder: Path, out: Path, *, more: Path | None = None, limit: int = 0, say: Callable[[str], None] | None = None
) -> Path:
    """Ask, fit, say the figures of five folds, and write out/answers.json, which belongs beside reader.onnx; returns that file.

    `limit`: questions of each set (0: all). Figures go to `say` (default: standard error). Raises TrainingError for a set that is absent
    or broken, and where a kind of question has nothing to be fitted on.
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    asked = gathered(folder, out, more, limit=limit)
    table: dict[str, Any] = {
        "features": list(NAMES),
        "command": "qa train answers",
        "reader": _reader(),
        "fitted_on": hashes(folder, more),
    }
    for kind in ("span", "polar"):
        every = [one for one in asked if one.kind == kind]
        predicted = crossed(every)
        for source in dict.fromkeys(one.source for one in every):
            rows = [number for number, one in enumerate(every) if one.source == source]
            for threshold in (0.3, 0.4, 0.5):
                measured = figures([every[row] for row in rows], [predicted[row] for row in rows], threshold)
                say(json.dumps({"kind": kind, "set": source, "threshold": threshold, **measured}))
        choice, confidence, bias = fitted(every)
        table[kind] = {
            "choice": dict(zip(NAMES, map(float, np.round(choice, 4)), strict=True)),
            "confidence": dict(zip(NAMES, map(float, np.round(confidence, 4)), strict=True)),
            "bias": round(bias, 4),
            "questions": len(every),
        }
    path = out / "answers.json"
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return path


def hashes(folder: Path, more: Path | None) -> dict[str, str]:
    """SHA-256 of each file that took part, by name: a suite that gates must be none of them."""
    paths = [folder / f"{name}.jsonl.xz" for name in (WRITTEN_VALID, data.FACQA_VALID, data.TYDIQA, IDKMRC_VALID)]
    paths += [more] if more else []
    for path in paths:
        if not path.is_file():
            raise TrainingError(
                f"{path}: there is no such file of questions. Cure: name the folder of the training sets (--data)"
            )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _holds(text: str, wanted: str) -> bool:
    """Is `wanted` in `text` as whole words, whatever their case and marks?"""
    words = data.canonical(wanted)
    return bool(words) and f" {words} " in f" {data.canonical(text)} "


def _reader() -> str:
    """Hash of the reader that is asked: coefficients of another are not its own."""
    return hashlib.sha256((SHIPPED / "reader.onnx").read_bytes()).hexdigest()
