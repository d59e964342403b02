"""`qa train answers`: the two small logistic models over a candidate's features, fitted on questions that no training of the reader saw.

Asked, each over an archive of its own and through the whole way from question to candidates: qa_news.valid over all its articles and 2,000
others, FacQA's valid file over its passages, TyDiQA's dev titles among Wikipedia leads, IDK-MRC's valid file, and, where a folder of further
written questions is named, those. `choice` is a conditional logit (McFadden, 1974) over the candidates of a question, `confidence` a
logistic regression over the features of the one that comes first, both with a ridge; figures are of five folds by article.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.features import NAMES, features, vector
from qa.answer.extractive.yes_no import settled
from qa.assistant import Assistant
from qa.evaluation.normalise import contains
from qa.retrieve.reading import PassageReader
from qa.settings import load
from qa.training import data
from qa.training.examples import IDKMRC_VALID
from qa.training.reader_score import f1
from qa.training.written_room import SIDES, WRITTEN_VALID

Floats = NDArray[np.float64]
FOLDS, RIDGE = 5, 1.0
OTHERS, LEADS = 2_000, 3_000
SENTENCE = 0.3  # share of a candidate's worth that its sentence has by holding the answer; the rest is its span's F1


@dataclass(slots=True)
class Asked:
    """One question as it was met: each candidate's features, whether its sentence holds the gold, and its span's F1; worst case empty."""

    source: str
    question: str
    article: str
    kind: str  # span or polar
    answerable: bool
    features: list[list[float]] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    gold: str = ""
    found: bool = False  # the gold stands in a passage that was read


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
        told = tuple(record.context[start:end] for start, end in raw.get("sentences", ()))
        side = raw.get("side", "") if raw.get("side") in SIDES else ""
        found.append(Question(record.question, record.context, tuple(text for text, _ in record.answers), side, told))
    return found


def plain(records: Sequence[data.QuestionRecord]) -> list[Question]:
    """Questions of the other files."""
    return [Question(record.question, record.context, tuple(text for text, _ in record.answers)) for record in records]


def gathered(folder: Path, out: Path, more: Path | None, *, limit: int = 0) -> list[Asked]:
    """Every question of every set as it was met; kept in out/asked.jsonl, from which a second call reads it."""
    kept = out / "asked.jsonl"
    if kept.is_file():
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
    found = [one for name, asked, others in sets for one in met(name, asked[: limit or None], others, titles, out)]
    part = kept.with_suffix(".part")
    part.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), encoding="utf-8")
    part.replace(kept)
    return found


def met(name: str, asked: Sequence[Question], others: Sequence[str], titles: dict[str, str], out: Path) -> Iterator[Asked]:
    """Ask the questions of one set over an archive of their articles and `others`."""
    contexts = dict.fromkeys([*(question.context for question in asked), *others])
    listed = out / f"{name}.jsonl"
    rows = [{"id": f"a{at}", "title": titles.get(text, ""), "text": text} for at, text in enumerate(contexts)]
    listed.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    settings = load({"indexes": str(out / "indexes")})
    assistant = Assistant.build([listed], name, settings=settings)
    readings = PassageReader(settings.answer.depth).readings
    for question in tqdm(asked, desc=name, unit="question", file=sys.stderr, mininterval=2.0):
        query = assistant.query(question.text)
        hits = assistant.search(question.text) if query else ()
        one = Asked(name, question.text, question.context[:80], "span", bool(question.answers or question.side))
        if query is not None and hits:
            one.kind = "polar" if query.kind == "yes_no" else "span"
            sides: list[float] = []
            found = candidates(hits)
            if one.kind == "polar":
                found, sides = settled(query, hits, readings)
            one.features = [list(vector(known)) for known in features(query, found)]
            golds = question.answers or question.sentences
            one.gold = question.side or (golds[0] if golds else "")
            one.holds = [
                any(contains(candidate.quote, gold) or contains(gold, candidate.quote) for gold in golds) for candidate in found
            ]
            one.answers = [candidate.answer for candidate in found]
            one.f1 = [max((f1(candidate.answer, gold) for gold in question.answers), default=0.0) for candidate in found]
            if one.kind == "polar":  # the side has to be right as well
                said = ["Ya" if side > 0 else "Tidak" for side in sides]
                one.answers = said
                one.f1 = [float(side == question.side) for side in said]
            one.found = any(contains(hit.passage.text, gold) for hit in hits[: settings.answer.depth] for gold in golds)
        yield one


def fit_choice(asked: Sequence[Asked], ridge: float = RIDGE) -> Floats:
    """Coefficients (n features) by which a question's candidates are ordered: Newton's method on the conditional logit."""
    sets = [
        (
            np.array(one.features),
            np.array([hold * (SENTENCE + (1 - SENTENCE) * f) for hold, f in zip(one.holds, one.f1, strict=True)]),
        )
        for one in asked
        if one.answerable and any(one.holds)
    ]
    sets = [(rows, worth / worth.sum()) for rows, worth in sets if worth.sum() > 0 and len(rows) > 1]
    weights = np.zeros(len(NAMES))
    for _ in range(25):
        slope, curve = -ridge * weights, ridge * np.eye(len(NAMES))
        for rows, target in sets:
            chance = _softmax(rows @ weights)
            slope += rows.T @ (target - chance)
            mean = chance @ rows
            curve += (rows * chance[:, None]).T @ rows - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 5.0 / float(np.abs(step).max() + 1e-9))
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def fit_confidence(rows: Floats, right: Floats, ridge: float = RIDGE) -> tuple[Floats, float]:
    """(coefficients, bias) of the log-odds that the candidate that comes first is right: Newton's method, the bias without ridge."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    pull = np.diag([ridge] * rows.shape[1] + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        step = np.linalg.solve(pull + (x * (chance * (1 - chance))[:, None]).T @ x, x.T @ (right - chance) - pull @ weights)
        weights = weights + step * min(1.0, 5.0 / float(np.abs(step).max() + 1e-9))
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights[:-1], float(weights[-1])


def first(asked: Sequence[Asked], weights: Floats) -> list[int]:
    """The place of each question's best candidate; -1 where there is none."""
    return [int(np.argmax(np.array(one.features) @ weights)) if one.features else -1 for one in asked]


def fitted(asked: Sequence[Asked]) -> tuple[Floats, Floats, float]:
    """(choice, confidence, bias) of one kind."""
    choice = fit_choice(asked)
    best = first(asked, choice)
    rows = np.array([one.features[at] for one, at in zip(asked, best, strict=True) if at >= 0])
    right = np.array([float(is_right(one, at)) for one, at in zip(asked, best, strict=True) if at >= 0])
    return choice, *fit_confidence(rows, right)


def is_right(one: Asked, at: int) -> bool:
    """Does the candidate answer: its sentence holds the gold, and of a yes-no question its side is right too?"""
    return one.holds[at] and (one.kind == "span" or one.f1[at] > 0)


def crossed(asked: Sequence[Asked]) -> list[tuple[int, float]]:
    """(place of the first candidate, its confidence) of each question by models fitted on other articles (FOLDS folds)."""
    fold = [int(hashlib.sha256(one.article.encode()).hexdigest(), 16) % FOLDS for one in asked]
    result: list[tuple[int, float]] = [(-1, 0.0)] * len(asked)
    for held in range(FOLDS):
        choice, confidence, bias = fitted([one for one, at in zip(asked, fold, strict=True) if at != held])
        for number, one in enumerate(asked):
            if fold[number] == held and one.features:
                at = int(np.argmax(np.array(one.features) @ choice))
                odds = float(np.array(one.features[at]) @ confidence + bias)
                result[number] = (at, 1 / (1 + float(np.exp(-np.clip(odds, -30, 30)))))
    return result


def figures(asked: Sequence[Asked], said: Sequence[tuple[int, float]], threshold: float) -> dict[str, float]:
    """Shares in per cent at a threshold: answers that contain the gold, unanswerable ones withheld, answerable ones withheld; F1; AUC; ECE."""
    confidence = np.array([value for _, value in said])
    shown = confidence >= threshold
    can = np.array([one.answerable for one in asked])
    right = np.array([at >= 0 and is_right(one, at) for one, (at, _) in zip(asked, said, strict=True)])
    short = np.array([one.f1[at] if at >= 0 else 0.0 for one, (at, _) in zip(asked, said, strict=True)])
    found = np.array([one.found for one in asked])
    result = {
        "questions": float(len(asked)),
        "found": 100 * float(found[can].mean()) if can.any() else 0.0,
        "contains": 100 * float((right & shown)[can].mean()) if can.any() else 0.0,
        "contains unwithheld": 100 * float(right[can].mean()) if can.any() else 0.0,
        "f1": 100 * float((short * shown)[can].mean()) if can.any() else 0.0,
        "wrongly": 100 * float((~shown)[can].mean()) if can.any() else 0.0,
    }
    if (~can).any():
        result["abstained"] = 100 * float((~shown)[~can].mean())
    result |= {"auc": auc(confidence, right), "ece": calibration_error(confidence, right)}
    return {name: round(value, 3) for name, value in result.items()}


def auc(score: Floats, right: NDArray[np.bool_]) -> float:
    """The chance that a right answer has the higher confidence than a wrong one."""
    if right.all() or not right.any():
        return float("nan")
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        ranks[score == value] = ranks[score == value].mean()
    n = int(right.sum())
    return float((ranks[right].sum() - n * (n + 1) / 2) / (n * (len(right) - n)))


def calibration_error(score: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(score, kind="stable"), bins)
    return float(sum(len(part) * abs(score[part].mean() - right[part].mean()) for part in parts if len(part)) / len(score))


def train_answers(
    folder: Path, out: Path, *, more: Path | None = None, limit: int = 0, say: Callable[[str], None] = print
) -> Path:
    """Ask, fit, say the figures of five folds, and write out/answers.json, which belongs beside reader.onnx; returns that file."""
    asked = gathered(folder, out, more, limit=limit)
    table: dict[str, Any] = {"features": list(NAMES), "command": "qa train answers", "fitted_on": hashes(folder, more)}
    for kind in ("span", "polar"):
        every = [one for one in asked if one.kind == kind]
        said = crossed(every)
        for source in dict.fromkeys(one.source for one in every):
            rows = [number for number, one in enumerate(every) if one.source == source]
            for threshold in (0.3, 0.4, 0.5):
                told = figures([every[row] for row in rows], [said[row] for row in rows], threshold)
                say(json.dumps({"kind": kind, "set": source, "threshold": threshold, **told}))
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
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _softmax(values: Floats) -> Floats:
    weights = np.exp(values - values.max())
    result: Floats = weights / weights.sum()
    return result
