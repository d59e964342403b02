"""Fits the weights of the spans in one list (qa/answer/spanweights.py) on questions that no training saw, and says what they are worth.

    python evals/bench/fit_spans.py --data DIR --out evals/out/spans            prints figures and tables of the shipped reader
    python evals/bench/fit_spans.py --data DIR --model FOLDER --write           another reader's; writes them into spanweights.py

Questions: FacQA's valid file, TyDiQA's dev and test titles, IDK-MRC's valid file (answerable ones) and, where the folder has it, qa_news.valid
(written by hand over whole articles: qa/training/written_room.py). Of each the sentence that
holds the gold answer is taken, its list of spans is built by the very code that answers, and a conditional logit is fitted:

    p(c) = exp(w·x_c) / sum over the list of exp(w·x)        loss = -log sum of p(c) F1(c)  +  L2 |w - w0|²

F1 is SQuAD's, against all gold answers. First one table for all questions (w0 = 0), then a table a kind, pulled towards it. Figures are
means over five folds, a passage on one side alone. --out keeps the network's logits, so that a second run takes seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.answer import score
from qa.answer.candidates import candidates
from qa.answer.matching import Sentence, proper_words, rarity, sentences, wanted
from qa.answer.spanlist import Read, edges_of, letters_of, proposed
from qa.answer.spanscore import described, group, weigh, whole
from qa.answer.spanweights import WEIGHTS
from qa.errors import QaError
from qa.evaluation.answer_metrics import f1
from qa.language import kinds, text
from qa.language.questions import understand
from qa.retrieve.crossencoder import CrossEncoder, Reading
from qa.schema import Hit, Passage, Query
from qa.training import data
from qa.training.written_room import WRITTEN_VALID

HOME = Path(__file__).resolve().parents[2]
TABLE = HOME / "qa" / "answer" / "spanweights.py"
IDKMRC_VALID = "qa_idkmrc.valid"
FOLDS = 5
L2_ALL, L2_KIND = 0.02, 0.5
# Where the weights start from and are pulled to: what a form means in news of either language. A sign in SIGNS is held.
PRIOR = {
    "read0": 0.3, "read1": 0.3, "read_best": 0.3, "read0_sure": 0.6, "read1_sure": 0.6, "read_best_sure": 1.0, "two": -0.5, "fit": 0.5, "like": 0.7, "like_best": 0.5, "like_unsure": 1.0, "like_best_unsure": 0.8, "headed_unsure": 2.0, "form_unsure": 1.5, "near_unsure": 0.5, "asked": -1.5, "opens_asked": -0.5, "after_asked": 0.3,
    "whole_name": 0.5, "name": 0.3, "cuts_name": -1.5, "cuts_figure": -1.0, "cuts_head": -2.0, "long": -1.0, "verb": -1.0, "leads": -0.7, "pronoun": -2.0,
    "about": -1.0, "dated": -0.5, "inner": -0.5, "joints": -1.0, "clause": -0.7, "before": 0.4, "after": 0.5, "bracket": -0.3, "small_before_name": -0.3,
    "headed": 1.0, "form": 1.0, "near": 0.2, "rival": -3.0, "seldom": -4.0, "seldom_more": -2.0,
}  # fmt: skip
OF_KIND = {
    "list": {"verb": -1.5, "joined": 2.0, "one": -0.5, "inner": 0.7},
    "clause": {"verb": 1.0},
    "said": {
        "verb": 1.0,
        "asked": 3.5,
        "inner": -1.5,
        "words": 0.7,
        "before": 0.5,
        "fit": -0.5,
        "like": -1.0,
        "like_best": -0.5,
        "long": 0.5,
    },
    "what": {"verb": 0.7},
    **{kind: {"verb": -1.5} for kind in ("who", "where", "when", "how_many", "role")},
    "which": {"headed": 1.0, "verb": -1.0, "form": 0.5},
}
SIGNS = {
    **dict.fromkeys((f"{name}_sure" for name in ("read0", "read1", "read_best")), 1),
    **dict.fromkeys((f"{name}_unsure" for name in ("like", "like_best", "form", "headed", "near")), 1),
    **dict.fromkeys(
        ("read0", "read1", "read_best", "fit", "like", "like_best", "after_asked", "before", "after", "headed", "form", "near"), 1
    ),
    **dict.fromkeys(
        (
            "two",
            "cuts_name",
            "cuts_figure",
            "cuts_head",
            "long",
            "words",
            "leads",
            "pronoun",
            "about",
            "asked",
            "opens_asked",
            "clause",
            "joints",
            "rival",
            "seldom",
            "seldom_more",
        ),
        -1,
    ),
}
NEWS = 3.0  # a question over news counts as three over Wikipedia: news is what is asked about here
HARDER = 0.5
FEW = 20  # rows of a kind, fewer of which teach nothing
STEPS, RATE = 250, 0.05
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A question over the sentence that answers it: its list of spans, x (spans, features), their F1, and what each side alone gives."""

    group: str
    news: bool
    hard: bool
    fold: int
    question: str
    said: tuple[str, ...]
    x: Floats
    f1: Floats
    rules: float
    network: float
    shipped: float


class Cached:
    """The network's readings, kept on disk by what was read."""

    def __init__(self, model: Path, out: Path) -> None:
        self.reader = CrossEncoder.open(model, threads=1)
        told = hashlib.sha256((model / "reader.onnx").read_bytes()).hexdigest()[:12]
        self.path = out / f"readings-{told}.pickle"
        self.known: dict[tuple[str, str, str], Reading] = pickle.loads(self.path.read_bytes()) if self.path.is_file() else {}

    def read(self, question: str, texts: Sequence[str], title: str) -> list[Reading]:
        """As CrossEncoder.score."""
        new = [text for text in texts if (question, text, title) not in self.known]
        if new:
            for one, reading in zip(new, self.reader.score(question, new, titles=[title] * len(new)), strict=True):
                self.known[question, one, title] = reading
        return [self.known[question, text, title] for text in texts]

    def keep(self) -> None:
        """Write what was read."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(pickle.dumps(self.known))


def records(folder: Path) -> list[data.QuestionRecord]:
    """The held-out questions that their passages answer."""
    found = [one for one in data.questions(folder, data.FACQA_VALID) if one.answers]
    found += [one for one in data.questions(folder, data.TYDIQA) if one.answers and data.side_of(one.title) != "train"]
    found += [one for one in data.questions(folder, IDKMRC_VALID) if one.answers]
    by_hand = data.questions(folder, WRITTEN_VALID) if (folder / f"{WRITTEN_VALID}.jsonl.xz").is_file() else ()
    return found + [one for one in by_hand if one.answers]


def harder(query: Query, sentence: Sentence, seed: str) -> Query:
    """The question without half of its words that the sentence has, as one in other words: people who ask have not read it."""
    rng = random.Random(seed)
    inside = {index for start, end in kinds.asked(query.text, query.language).cues for index in range(start, end)}
    kept, at = [], 0
    for word, start, end in text.words(query.text):
        if start not in inside and text.fold(word) in sentence.forms and rng.random() < HARDER:
            kept.append(query.text[at:start])
            at = end
    return replace(query, text=" ".join("".join([*kept, query.text[at:]]).split()))


def row(record: data.QuestionRecord, cached: Cached, *, hard: bool = False) -> tuple[Row, list[str]] | None:
    """The row of a record and the names of its features; None where no sentence holds the whole answer or it has no list."""
    passage = Passage(id="0", article_id="0", start=0, end=len(record.context), text=record.context, title=record.title)
    article = sentences([Hit(passage=passage, score=1.0, rank=1, stage="fused")])
    flat = article[0] if article else []
    answer, at = record.answers[0]
    index = next((i for i, one in enumerate(flat) if one.start <= at and at + len(answer) <= one.end), None)
    if index is None:
        return None
    sentence = flat[index]
    query = understand(record.question, vocabulary=None)
    kind = group(wanted(query, rarity(article), proper_words(article)))
    if hard:
        query = harder(query, sentence, record.id)
    want = wanted(query, rarity(article), proper_words(article))
    before = f"{flat[index - 1].text} " if index else ""
    alone, together = cached.read(query.text, [sentence.text, before + sentence.text], record.title)
    read = (Read(alone), Read(together, len(before)))
    found = candidates(sentence.text, want)
    listed, known = described(want, sentence, found, {}, read)
    if not listed:
        return None
    golds = [gold for gold, _ in record.answers]
    said = tuple(sentence.text[slice(*letters_of(sentence, run))] for run in listed)
    best = max(found, key=lambda one: score.span_score(want, sentence, one, {})[0], default=None)
    table = WEIGHTS.get(kind, {})
    values = [weigh(table, one) for one in known]
    return Row(
        group=kind,
        hard=hard,
        news="facqa" in record.origin.casefold() or record.origin == "written",
        fold=int(hashlib.sha256((record.title or record.context).encode()).hexdigest(), 16) % FOLDS,
        question=record.question,
        said=said,
        x=np.array([list(one.values()) for one in known]),
        f1=np.array([f1(one, golds) for one in said]),
        rules=f1(sentence.text[best.start : best.end], golds) if best else 0.0,
        network=f1(_network(sentence, read[0]), golds),
        shipped=f1(
            sentence.text[slice(*letters_of(sentence, whole(want, sentence, listed[int(np.argmax(values))], found)))], golds
        )
        if table
        else 0.0,
    ), list(known[0])


def _network(sentence: Sentence, read: Read) -> str:
    return sentence.text[slice(*letters_of(sentence, proposed(edges_of(sentence, read))[0]))]


def fitted(rows: Sequence[Row], l2: float, start: Floats, signs: Floats) -> Floats:
    """The weights of standardised features that make F1 likeliest, pulled towards `start`. Adam over all rows at once."""
    rows = [one for one in rows if one.f1.max() > 0]
    if not rows:
        return start
    x = np.concatenate([one.x for one in rows])
    gain = np.concatenate([one.f1 for one in rows])
    at = np.cumsum([0, *(len(one.f1) for one in rows)])[:-1]
    sizes = np.array([len(one.f1) for one in rows])
    share = np.array([NEWS if one.news else 1.0 for one in rows])
    share = np.repeat(share / share.sum(), sizes)
    w, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        z = x @ w
        z -= np.repeat(np.maximum.reduceat(z, at), sizes)
        e = np.exp(z)
        p = e / np.repeat(np.add.reduceat(e, at), sizes)
        good = p * gain
        q = good / np.repeat(np.add.reduceat(good, at) + 1e-12, sizes)  # who earns the F1
        slope = x.T @ ((p - q) * share) + 2 * l2 * (w - start)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * (0.1 if step > STEPS * 0.7 else 1.0)
        w = w - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = np.where(w * signs < 0, 0.0, w)
    return w


def tables(rows: Sequence[Row], l2_all: float, l2_kind: float, names: Sequence[str], spread: Floats) -> dict[str, Floats]:
    """The weights of each kind of question, for standardised features; a kind without questions has those of all and its own prior."""
    signs = np.array([float(SIGNS.get(name, 0)) for name in names])
    every = fitted(rows, l2_all, np.array([PRIOR.get(name, 0.0) for name in names]) * spread, signs)
    weights = {}
    for kind in sorted({one.group for one in rows} | set(OF_KIND)):
        own = [one for one in rows if one.group == kind]
        start = every + np.array([OF_KIND.get(kind, {}).get(name, 0.0) for name in names]) * spread
        weights[kind] = (
            fitted(own, l2_kind * 100 / len(own), start, np.where(start * signs >= 0, signs, 0)) if len(own) >= FEW else start
        )
    return weights


def held_out(rows: Sequence[Row], l2_all: float, l2_kind: float, names: Sequence[str], spread: Floats) -> list[float]:
    """The F1 of each row's choice by weights that its fold took no part in."""
    values = [0.0] * len(rows)
    for fold in range(FOLDS):
        weights = tables([one for one in rows if one.fold != fold], l2_all, l2_kind, names, spread)
        for number, one in enumerate(rows):
            if one.fold == fold:
                values[number] = float(one.f1[int(np.argmax(one.x @ weights[one.group]))])
    return values


def written(weights: dict[str, Floats], names: Sequence[str]) -> str:
    """spanweights.py with these tables."""
    head = TABLE.read_text(encoding="utf-8").split("WEIGHTS: ")[0]
    lines = ["WEIGHTS: dict[str, dict[str, float]] = {"]
    for kind, values in weights.items():
        pairs = [f'"{name}": {value:.2f}' for name, value in zip(names, values, strict=True) if abs(value) >= 0.005]
        lines.append(f'    "{kind}": {{')
        lines += ["        " + ", ".join(pairs[at : at + 8]) + "," for at in range(0, len(pairs), 8)]
        lines.append("    },")
    return head + "\n".join([*lines, "}  # fmt: skip", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and with --write replace the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="folder of the sets (see qa/models/reader/README.md)"
    )
    parser.add_argument(
        "--model", type=Path, default=HOME / "qa" / "models" / "reader", metavar="DIR", help="reader (default: shipped)"
    )
    parser.add_argument("--out", type=Path, default=HOME / "evals" / "out" / "spans", metavar="DIR", help="where logits are kept")
    parser.add_argument("--write", action="store_true", help="write the tables into qa/answer/spanweights.py")
    parser.add_argument(
        "--l2", type=float, nargs=2, default=(L2_ALL, L2_KIND), metavar="X", help="pull of all, and of a kind to all"
    )
    chosen = parser.parse_args(arguments)
    try:
        cached = Cached(chosen.model, chosen.out)
        each = [(one, hard) for one in records(chosen.data) for hard in (False, True)]
        made = [
            found
            for one, hard in tqdm(each, desc="read", unit="question", mininterval=5)
            if (found := row(one, cached, hard=hard))
        ]
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    cached.keep()
    rows, names = [one for one, _ in made], made[0][1]
    spread = np.concatenate([one.x for one in rows]).std(axis=0) + 1e-6
    scaled = [Row(**{**{f: getattr(one, f) for f in Row.__slots__}, "x": one.x / spread}) for one in rows]
    joined = held_out(scaled, *chosen.l2, names, spread)
    print(
        "| kind | questions | rules alone | network alone | shipped tables | joined, held out | best of the list |\n|---|---|---|---|---|---|---|"
    )
    for kind in ["all", "news", "harder", *sorted({one.group for one in rows})]:
        own = [
            number
            for number, one in enumerate(rows)
            if (kind == "harder" and one.hard) or (not one.hard and kind in {"all", one.group, "news" if one.news else ""})
        ]
        columns = ([rows[n].rules for n in own], [rows[n].network for n in own], [rows[n].shipped for n in own],
                   [joined[n] for n in own], [rows[n].f1.max() for n in own])  # fmt: skip
        print(f"| {kind} | {len(own)} | " + " | ".join(f"{float(np.mean(column)):.3f}" for column in columns) + " |")
    weights = {kind: values / spread for kind, values in tables(scaled, *chosen.l2, names, spread).items()}
    tables_ = written(weights, names)
    if chosen.write:
        TABLE.write_text(tables_, encoding="utf-8")
    else:
        print(tables_)
    return 0


if __name__ == "__main__":
    sys.exit(main())
