"""The tables of qa/answer/score.py: which sentence answers, and how sure the answer is, fitted on questions that no training saw.

    python evals/bench/fit_confidence.py --data DIR --out OUT                 prints RANK, CONFIDENCE and the risk of each threshold
    python evals/bench/fit_confidence.py --data DIR --out OUT --reader rules  the same for the reader without the network
    … --suite evals/seeds.jsonl --index seeds [--weight 2]                    measures a suite too; with a weight it joins the fit

Asked are FacQA's valid file, TyDiQA's held-out titles, IDK-MRC's valid file and, where the folder has it, qa_news.valid (questions written
by hand over whole articles: qa/training/written_room.py) over an archive of all their passages and 1,500 news articles, each through the whole way from question to sentences; half of them among their first eight passages alone, as in a small
archive. Not answered there are IDK-MRC's own near questions, questions changed in one place (another name, office, figure or question
word), and questions whose passages are taken away.

RANK is a conditional logit (McFadden, 1974): of a question's sentences, the chance of those that hold the gold. CONFIDENCE is a
logistic regression over the features of the sentence that comes first. Both are pulled to 0 (L2) and each sign is held to its
meaning. What was asked is kept in OUT/rows.json, so that a fit alone takes seconds (--again asks anew).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.answer import score
from qa.answer.extractive import ExtractiveReader
from qa.assistant import Assistant
from qa.errors import QaError
from qa.evaluation.cases import load as suite
from qa.evaluation.normalise import contains
from qa.language import names, text
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.rerank import SHIPPED
from qa.schema import Draft, Hit, Query, Turn
from qa.settings import Settings
from qa.settings import load as settings
from qa.training import data
from qa.training.examples import IDKMRC_VALID
from qa.training.sentence_room import near_miss
from qa.training.written_room import WRITTEN_VALID

NEWS, SMALL, MISSED, TAKEN = 1500, 8, 0.5, 0.25
KEPT = 12  # sentences of a question that are written down: those that the network has read
UP, DOWN = 1.0, -1.0
SIGNS = {  # what a feature may say of the chance that a sentence answers
    "cover": UP, "cover_near": UP, "names": UP, "names_near": UP, "rest": UP, "rest_near": UP, "missing": DOWN, "absent": DOWN, "adjacent": UP,
    "phrase": UP, "denial": DOWN, "similarity": UP, "rank": UP, "fit": UP, "near": UP, "figure_missing": DOWN, "day_missing": DOWN, "asks": DOWN,
    "head": UP, "bare": DOWN, "untyped": DOWN, "alone": UP, "together": UP, "owner": DOWN, "office": DOWN, "role": DOWN, "contrary": DOWN,
    "elsewhere": DOWN, "quoted": UP, "misquoted": DOWN,
}  # fmt: skip
FREE = ("vague", "length")  # either sign
RISKS = (0.05, 0.1, 0.15, 0.2)
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Asked:
    """A question as it was met: the features of its first sentences in their order, and which of them hold the gold."""

    source: str
    question: str
    answerable: bool
    features: list[list[float]]
    holds: list[bool]


class Recorder(ExtractiveReader):
    """The reader, which keeps what it saw; `without` takes an article's passages away, `first` leaves only so many."""

    without: str = ""
    first: int = 0

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        kept = [hit for hit in hits if not self.without or hit.passage.article_id != self.without][: self.first or None]
        self.seen = self.choices(query, kept)[0][:KEPT] if kept else []
        return Draft(reason="not-in-articles")


NAMES = tuple(field.name for field in fields(score.Features) if field.name != "read")


def asked(
    assistant: Assistant,
    reader: Recorder,
    source: str,
    question: str,
    golds: Sequence[str],
    *,
    history: Sequence[Turn] = (),
    whole: bool = False,
) -> Asked:
    """Put one question and write down what was seen. `golds` are answers, or sentences that answer where they are `whole`."""
    reader.seen = []
    assistant.ask(question, history)
    rows = [[float(getattr(one.features, name)) for name in NAMES] for one in reader.seen]
    seen = [one.sentence.text for one in reader.seen]
    holds = [any(contains(gold, said) if whole else contains(said, gold) for gold in golds) for said in seen]
    return Asked(source, question, bool(golds), rows, holds)


def held_out(folder: Path, out: Path, evidence: Any, most: int) -> Iterator[Asked]:
    """The questions of the held-out sets over one archive, at most so many of each set (0: all)."""
    random = Random(7)
    written = sentences_told(folder)
    records = [("facqa", record) for record in data.questions(folder, data.FACQA_VALID)]
    records += [("tydiqa", record) for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) != "train"]
    records += [("idkmrc", record) for record in data.questions(folder, IDKMRC_VALID)]
    records += [("written", record) for record in (data.questions(folder, WRITTEN_VALID) if written else ())]
    contexts = {context: f"q{at}" for at, context in enumerate(dict.fromkeys(record.context for _, record in records))}
    titles = {record.context: record.title for _, record in records}
    articles = [{"id": id_, "title": titles[context], "text": context} for context, id_ in contexts.items()]
    news = [pair for pair in data.texts(folder, data.NEWS, "title", "text") if len(pair[1]) > 200]
    articles += [{"id": f"n{at}", "title": title, "text": body} for at, (title, body) in enumerate(random.sample(news, NEWS))]
    listed = out / "archive.jsonl"
    listed.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles), encoding="utf-8")
    chosen = settings({"indexes": str(out / "indexes"), "retrieve.rerank": 0})  # ten times as quick, and small archives have none
    built = Assistant.build([listed], "fit", settings=chosen, progress=True)
    ids = {row.source: row.id for row in built.articles()}
    assistant, reader = recording(built, chosen, evidence)
    known = sorted({record.question[start:end] for _, record in records for start, end in names.names(record.question)[:2]})
    taken = set(range(len(records)))
    if most:
        by_set = {
            name: [at for at, (source, _) in enumerate(records) if source == name]
            for name in dict.fromkeys(source for source, _ in records)
        }
        taken = {at for places in by_set.values() for at in random.sample(places, min(most, len(places)))}
    for source, record in tqdm([records[at] for at in sorted(taken)], desc="ask", unit="question", file=sys.stderr):
        reader.first = SMALL if random.random() < 0.5 else 0
        if source == "written":  # it has near questions of its own
            yield asked(assistant, reader, source, record.question, written[record.id], whole=True)
            continue
        golds = [answer for answer, _ in record.answers]
        yield asked(assistant, reader, source, record.question, golds)
        window = _sentence(record) if golds and random.random() < MISSED else ""
        if window and (changed := near_miss(record.question, window, known, random)):
            yield asked(assistant, reader, source, changed, ())
        if golds and random.random() < TAKEN:
            reader.without = ids[contexts[record.context]]
            yield asked(assistant, reader, source, record.question, ())
            reader.without = ""


def sentences_told(folder: Path) -> dict[str, list[str]]:
    """The sentences that answer each question of qa_news.valid; nothing without the file."""
    if not (folder / f"{WRITTEN_VALID}.jsonl.xz").is_file():
        return {}
    rows = data.records(folder, WRITTEN_VALID)
    return {row["id"]: [row["context"][start:end].strip() for start, end in row["sentences"]] for row in rows}


def _sentence(record: data.QuestionRecord) -> str:
    at = record.answers[0][1]
    return next((record.context[start:end] for start, end in text.sentences(record.context) if start <= at < end), "")


def recording(built: Assistant, chosen: Settings, evidence: Any) -> tuple[Assistant, Recorder]:
    """The assistant over the same index with a reader that keeps what it sees."""
    from qa.index.encode import open_encoder

    encoder = open_encoder(built.generation.encoder_name)
    reader = Recorder(encoder=encoder, evidence=evidence, depth=chosen.answer.depth)
    return Assistant(built.generation, encoder=encoder, reader=reader, settings=chosen), reader


def of_suite(path: Path, index: str, indexes: str, evidence: Any) -> Iterator[Asked]:
    """Every question of a suite over its index."""
    chosen = settings({"indexes": indexes})
    opened = Assistant.open(index, settings=chosen)
    assistant, reader = recording(opened, chosen, evidence)
    articles = {row.source: opened.article(row.id) for row in opened.articles()}
    for case in tqdm(suite(path, articles).cases, desc=path.stem, unit="question", file=sys.stderr):
        yield asked(assistant, reader, path.stem, case.question, case.answers, history=case.history)


def descend(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, signs: Floats, steps: int = 3000, rate: float = 0.03
) -> Floats:
    """The weights that make `loss` (value, gradient) least by Adam, each kept on its side of 0 where `signs` says so."""
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        _, slope = loss(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= rate * (1 - step / steps) * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        weights = np.where(signs * weights < 0, 0.0, weights)
    return weights


def fit_rank(
    rows: Sequence[Asked], columns: Sequence[int], weight: Callable[[Asked], float], *, start: dict[str, float], pull: float
) -> Floats:
    """Conditional logit over the questions some of whose sentences hold the gold and some do not, begun at the table `start`."""
    known = [row for row in rows if any(row.holds) and not all(row.holds)]
    tables = [np.array(row.features)[:, columns] for row in known]
    right = [np.array(row.holds) for row in known]
    shares = np.array([weight(row) for row in known])
    first = np.array([start.get(NAMES[at], 0.0) for at in columns])

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros_like(weights)
        for table, holds, share in zip(tables, right, shares, strict=True):
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            good = chances * holds
            value -= share * np.log(good.sum() + 1e-12)
            slope += share * (chances - good / (good.sum() + 1e-12)) @ table
        return value / shares.sum() + pull * float(weights @ weights), slope / shares.sum() + 2 * pull * weights

    return descend(loss, first, signs_of(columns), steps=400, rate=0.1)


def fit_confidence(table: Floats, right: Floats, shares: Floats, columns: Sequence[int], *, pull: float) -> Floats:
    """Logistic regression; the last weight is the bias, which is pulled nowhere."""
    inputs = np.hstack([table[:, columns], np.ones((len(table), 1))])
    signs = np.append(signs_of(columns), 0.0)
    pulled = np.append(np.ones(len(columns)), 0.0) * pull

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = inputs @ weights
        chances = 1 / (1 + np.exp(-odds))
        value = float((shares * np.logaddexp(0.0, np.where(right > 0, -odds, odds))).sum() / shares.sum())
        return value, inputs.T @ (shares * (chances - right)) / shares.sum() + 2 * pulled * weights

    return descend(loss, np.zeros(len(columns) + 1), signs)


def balance(rows: Sequence[Asked], answerable: float) -> float:
    """The weight of an unanswerable question that makes `answerable` the share of those that are answered (0: weight 1)."""
    can = sum(row.answerable for row in rows)
    return can * (1 - answerable) / answerable / max(1, len(rows) - can) if answerable else 1.0


def signs_of(columns: Sequence[int]) -> Floats:
    """+1, -1 or 0 (free) for each column."""
    return np.array([SIGNS.get(NAMES[at], 0.0) for at in columns])


def first_of(rows: Sequence[Asked], rank: dict[str, float]) -> tuple[Floats, Floats]:
    """Features of the sentence that comes first by `rank`, and whether it holds the gold. Questions that found nothing are left out."""
    weights = np.array([rank.get(name, 0.0) for name in NAMES])
    tops = [int((np.array(row.features) @ weights).argmax()) for row in rows]
    return (
        np.array([row.features[top] for row, top in zip(rows, tops, strict=True)]),
        np.array([float(row.holds[top]) for row, top in zip(rows, tops, strict=True)]),
    )


def area(odds: Floats, right: Floats) -> float:
    """Area under the ROC curve: the chance that what answers has higher odds than what does not."""
    order = np.argsort(odds, kind="stable")
    ranks = np.empty(len(odds))
    ranks[order] = np.arange(1, len(odds) + 1)
    good = right > 0
    return float((ranks[good].sum() - good.sum() * (good.sum() + 1) / 2) / max(1, good.sum() * (~good).sum()))


def report(name: str, rows: Sequence[Asked], chances: Floats, right: Floats) -> None:
    """First sentences that are right, area, calibration error, and what thresholds of stated risks cost."""
    can = np.array([row.answerable for row in rows])
    gaps = [
        abs(chances[inside].mean() - right[inside].mean()) * inside.sum()
        for low in np.linspace(0, 0.9, 10)
        if (inside := (chances >= low) & (chances < low + 0.1)).any()
    ]
    print(
        f"{name}: {len(rows)} questions, {can.sum()} answerable; right first {right[can].mean():.3f}; "
        f"area {area(chances, right):.3f}; calibration error {sum(gaps) / len(rows):.3f}"
    )
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        said = chances >= threshold
        print(
            f"    threshold {threshold:.2f}: risk {1 - right[said].mean() if said.any() else 0.0:.3f}, said {said.mean():.3f}, "
            f"answerable withheld {1 - said[can].mean():.3f}, unanswerable declined {1 - said[~can].mean() if (~can).any() else 1.0:.3f}"
        )


def thresholds(chances: Floats, right: Floats) -> None:
    """The lowest threshold whose answers are wrong no oftener than a stated risk."""
    order = np.argsort(-chances)
    risk = 1 - np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    for wanted in RISKS:
        fitting = np.nonzero(risk <= wanted)[0]
        if len(fitting):
            last = fitting[-1]
            print(
                f"risk {wanted:.0%}: threshold {chances[order[last]]:.3f}, answers {(last + 1) / len(order):.1%} of the questions"
            )


def gathered(chosen: argparse.Namespace) -> list[Asked]:
    """What was asked: from OUT/rows.json where it stands, else anew."""
    kept = chosen.out / f"rows-{chosen.reader}.json"
    if kept.is_file() and not chosen.again:
        raw = json.loads(kept.read_text(encoding="utf-8"))
        if raw["names"] == list(NAMES):
            return [Asked(**row) for row in raw["rows"]]
    network = CrossEncoder.open(chosen.model) if chosen.reader == "extractive" else None
    evidence = None if network is None else lambda question, texts, titles: network.score(question, texts, titles=titles)
    rows = list(held_out(chosen.data, chosen.out, evidence, chosen.most))
    for path in chosen.suite:
        rows += of_suite(path, chosen.index, chosen.indexes, evidence)
    kept.write_text(json.dumps({"names": NAMES, "rows": [asdict(row) for row in rows]}), encoding="utf-8")
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the question sets")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the archive and what was asked")
    parser.add_argument("--model", type=Path, default=SHIPPED, metavar="DIR", help="reader (default: the shipped one)")
    parser.add_argument("--reader", choices=("extractive", "rules"), default="extractive", help="with the network or without")
    parser.add_argument("--suite", type=Path, nargs="*", default=[], metavar="FILE", help="suites that are measured too")
    parser.add_argument("--index", default="seeds", help="index of the suites (default: %(default)s)")
    parser.add_argument("--indexes", default="indexes", help="folder of the indexes (default: %(default)s)")
    parser.add_argument("--weight", type=float, default=0.0, help="of each case of the first suite in the fit (default 0)")
    parser.add_argument(
        "--answerable",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of the held-out questions, by weight (default: as they are)",
    )
    parser.add_argument("--pull", type=float, default=0.004, help="strength of the pull to 0 (default %(default)s)")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="questions of each set at most (default all)")
    parser.add_argument("--again", action="store_true", help="ask anew though OUT has what was asked")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    try:
        rows = [row for row in gathered(chosen) if row.features]
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    first = chosen.suite[0].stem if chosen.suite else ""
    suites = {path.stem for path in chosen.suite}
    fitted = [row for row in rows if row.source not in suites or (row.source == first and chosen.weight)]

    rare = balance([row for row in fitted if row.source not in suites], chosen.answerable)

    def share(row: Asked) -> float:
        return chosen.weight if row.source == first else 1.0 if row.answerable else rare

    usable = [at for at, name in enumerate(NAMES) if name in SIGNS or name in FREE]
    as_it_is = score.RANK_READ if chosen.reader == "extractive" else score.RANK
    ranked = [
        at
        for at in usable
        if NAMES[at] not in {"absent", "vague", "head", "bare", "figure_missing", "day_missing"} or NAMES[at] in as_it_is
    ]
    rank = dict(zip((NAMES[at] for at in ranked), fit_rank(fitted, ranked, share, start=as_it_is, pull=chosen.pull), strict=True))
    for label, table in (("as it is", as_it_is), ("fitted", rank)):
        good = {
            name: first_of([row for row in rows if row.source == name and row.answerable], table)[1].mean()
            for name in sorted({row.source for row in rows})
        }
        print(f"right first, order {label}: " + ", ".join(f"{name} {value:.3f}" for name, value in good.items()))
    print("RANK:", {name: round(float(value), 2) for name, value in rank.items() if abs(value) >= 0.005})
    table, right = first_of(fitted, rank)
    shares = np.array([share(row) for row in fitted])
    weights = fit_confidence(table, right, shares, usable, pull=chosen.pull / 4)
    named = {"bias": weights[-1], **{NAMES[at]: weights[place] for place, at in enumerate(usable)}}
    print("CONFIDENCE:", {name: round(float(value), 2) for name, value in named.items() if abs(value) >= 0.005})
    folds = np.array([at % 5 for at in range(len(fitted))])
    crossed = np.zeros(len(fitted))
    for fold in range(5):
        away = folds != fold
        found = fit_confidence(table[away], right[away], shares[away], usable, pull=chosen.pull / 4)
        crossed[~away] = _chances(table[~away], found, usable)
    print("cross-validated in five parts:")
    for name in sorted({row.source for row in fitted}):
        mine = np.array([row.source == name for row in fitted])
        report(name, [row for row in fitted if row.source == name], crossed[mine], right[mine])
    thresholds(crossed, right)
    for name in sorted(suites):
        of = [row for row in rows if row.source == name]
        tops, hits = first_of(of, as_it_is)
        report(f"{name}, as it is", of, _as_it_is(tops, network=chosen.reader == "extractive"), hits)
        tops, hits = first_of(of, rank)
        report(f"{name}, fitted", of, _chances(tops, weights, usable), hits)
    return 0


def _as_it_is(table: Floats, *, network: bool) -> Floats:
    shipped = score.CONFIDENCE_READ if network else score.CONFIDENCE
    known = [at for at, name in enumerate(NAMES) if name in shipped]
    return _chances(table, np.array([*(shipped[NAMES[at]] for at in known), shipped["bias"]]), known)


def _chances(table: Floats, weights: Floats, columns: Sequence[int]) -> Floats:
    return 1 / (1 + np.exp(-(table[:, columns] @ weights[:-1] + weights[-1])))


if __name__ == "__main__":
    sys.exit(main())
