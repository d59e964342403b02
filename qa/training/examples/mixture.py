"""The reader's mixture of examples: components of (question, passage) pairs with what is known about each pair, and the hard negatives.

A component is a list of examples from one source. Everything held out by `qa.training.data` stays out, and so do passages that
are mostly a held-out one, and those of the files that choose (FacQA valid, IDK-MRC valid).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from qa.errors import TrainingError
from qa.training import data
from qa.training.examples import generated as made

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from random import Random

    from numpy.typing import NDArray

    from qa.retrieve.pairs import PairEncoder, Tokens

IDKMRC_VALID = "qa_idkmrc.valid"
NLI_TRAIN = "nli_indonli.train"
NLI_VALID = "nli_indonli.val"
LABELS = ("e", "n", "c")
NOT_ENTAILED = len(LABELS)
"""A label for what may be left open or denied: only that it is not carried is known."""
UNKNOWN = -1

_GRAM = 8  # words of a run by which copied passages are known
_COPIED = 0.5  # share of a passage's runs that may not be in a held-out one
BEGINNING = 900  # characters of a text that questions are made from
_LONGEST_ANSWER = 300  # characters; longer ones teach to answer with paragraphs


@dataclass(frozen=True, slots=True)
class Example:
    """One pair. Texts are rows of a `Texts`; the span is in code points; UNKNOWN labels take no part in the loss."""

    question: int
    passage: int
    title: int = UNKNOWN
    start: int = UNKNOWN
    end: int = UNKNOWN
    answerable: int = UNKNOWN
    relevant: int = UNKNOWN
    label: int = UNKNOWN
    polar: int = UNKNOWN  # of a yes-no question: 1 where the passage says yes, 0 where it says no


@dataclass(slots=True)
class Texts:
    """Each text once, with its tokens."""

    encoder: PairEncoder
    texts: list[str] = field(default_factory=list)
    _rows: dict[str, int] = field(default_factory=dict)
    _tokens: list[Tokens] = field(default_factory=list)

    def row(self, text: str) -> int:
        """The row of a text, new or known."""
        found = self._rows.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def tokens(self, row: int) -> Tokens:
        """Its tokens; texts that came since the last call are encoded together."""
        if row >= len(self._tokens):
            for start in range(len(self._tokens), len(self.texts), 4096):
                self._tokens += self.encoder.texts(self.texts[start : start + 4096])
        return self._tokens[row]


def runs(text: str) -> set[int]:
    """Hashes of the runs of eight words of a text."""
    words = data.canonical(text).split()
    return {hash(tuple(words[at : at + _GRAM])) for at in range(max(1, len(words) - _GRAM + 1))}


def mostly(text: str, known: set[int]) -> bool:
    """True when half of the text's runs are known ones."""
    own = runs(text)
    return len(own & known) >= _COPIED * len(own)


def question_examples(folder: Path, texts: Texts) -> dict[str, list[Example]]:
    """Components tydiqa, idkmrc, facqa, squad (answered), doubt (unanswerable ones of IDK-MRC) and squad_doubt."""
    kept = data.held_out(folder)
    choosing = list(data.questions(folder, IDKMRC_VALID))
    barred = set().union(*(runs(context) for context in kept.contexts), *(runs(record.context) for record in choosing))
    asked = {data.canonical(record.question) for record in choosing}
    components: dict[str, list[Example]] = {name: [] for name in ("tydiqa", "idkmrc", "facqa", "squad", "doubt", "squad_doubt")}
    seen: set[tuple[str, str]] = set()
    barred_contexts: dict[str, bool] = {}
    names = (
        (data.TYDIQA, "tydiqa", ""),
        (data.IDKMRC, "idkmrc", "doubt"),
        (data.FACQA_TRAIN, "facqa", ""),
        (data.SQUAD, "squad", "squad_doubt"),
    )
    for name, component, doubt in names:
        for record in data.training_questions(folder, name, kept):
            if record.context not in barred_contexts:
                barred_contexts[record.context] = mostly(record.context, barred)
            key = (data.canonical(record.context), data.canonical(record.question))
            if barred_contexts[record.context] or key in seen or (name == data.TYDIQA and key[1] in asked):
                continue
            seen.add(key)
            question, passage = texts.row(record.question), texts.row(record.context)
            title = texts.row(record.title) if record.title else UNKNOWN
            if not record.answers:
                components[doubt].append(Example(question, passage, title, answerable=0))
                continue
            text, start = record.answers[0]
            if len(text) <= _LONGEST_ANSWER:
                components[component].append(
                    Example(question, passage, title, start, start + len(text), answerable=1, relevant=1)
                )
    return components


def entailment_examples(folder: Path, texts: Texts, name: str = NLI_TRAIN) -> list[Example]:
    """IndoNLI: the hypothesis in the question's place, the premise in the passage's."""
    component = []
    for number, record in enumerate(data.records(folder, name), 1):
        if record.get("label") not in LABELS:
            raise TrainingError(
                f"{folder / name}.jsonl.xz, line {number}: label {record.get('label')!r}. Cure: one of {', '.join(LABELS)}"
            )
        component.append(
            Example(texts.row(record["hypothesis"]), texts.row(record["premise"]), label=LABELS.index(record["label"]))
        )
    return component


def generated_examples(folder: Path, texts: Texts, random: Random, *, size: int) -> list[Example]:
    """About `size` rule-made questions, half from leads and half from news, at most three a text."""
    kept = data.held_out(folder)
    component: list[Example] = []
    sources = (
        (random.sample(list(data.training_leads(folder, kept)), k=size), True, size // 2),
        (list(data.texts(folder, data.NEWS, "title", "text")), False, size),
    )
    for source, lead, until in sources:
        random.shuffle(source)
        for title, text in source:
            if len(component) >= until:
                break
            begin = text[:BEGINNING]
            options = list(made.from_lead(title, begin, random) if lead else made.from_text(begin, random))
            for option in random.sample(options, min(3, len(options))):
                rows = texts.row(option.question), texts.row(begin), texts.row(title)
                component.append(Example(*rows, option.start, option.end, answerable=1, relevant=1))
    return component


class PieceIndex:
    """BM25 over pieces (k1 = 1.2, b = 0.75; Robertson and Zaragoza 2009), enough to mine negatives: exact, in memory."""

    def __init__(self, passages: Sequence[NDArray[np.int64]], pieces: int) -> None:
        lengths = np.array([len(ids) for ids in passages])
        flat = np.concatenate(passages)
        rows = np.repeat(np.arange(len(passages)), lengths)
        keys, counts = np.unique(flat * len(passages) + rows, return_counts=True)
        owner, self.rows = keys // len(passages), (keys % len(passages)).astype(np.int64)
        self.edges = np.searchsorted(owner, np.arange(pieces + 1))
        seen = np.diff(self.edges)
        idf = np.log(1 + (len(passages) - seen + 0.5) / (seen + 0.5))
        norm = 1.2 * (1 - 0.75 + 0.75 * lengths / lengths.mean())
        self.weights = (idf[owner] * counts * 2.2 / (counts + norm[self.rows])).astype(np.float32)
        self.common = seen > 0.2 * len(passages)
        self.size = len(passages)

    def best(self, ids: NDArray[np.int64], k: int) -> list[int]:
        """Rows of the k best passages, best first; pieces of more than a fifth of the passages are passed over."""
        scores = np.zeros(self.size, dtype=np.float32)
        for piece in np.unique(ids):
            if not self.common[piece]:
                part = slice(self.edges[piece], self.edges[piece + 1])
                scores[self.rows[part]] += self.weights[part]
        top = np.argpartition(-scores, k)[:k]
        return [int(row) for row in top[np.argsort(-scores[top], kind="stable")]]


def hard_negatives(
    folder: Path, texts: Texts, positives: Iterable[Example], *, leads: int = 100_000, depth: int = 24, per_question: int = 4
) -> list[Example]:
    """For each answered pair the passages that BM25 finds for its question and that do not hold its answer.

    Searched: `leads` Wikipedia leads (evenly spread over the file) and all passages of the components. A passage that shares a
    third of the right one's runs of words, or its title, is no negative.
    """
    kept = data.held_out(folder)
    positives = list(positives)
    every = list(data.training_leads(folder, kept))
    step = max(1, len(every) // leads)
    titles = [UNKNOWN] * len({example.passage for example in positives})
    rows = list(dict.fromkeys(example.passage for example in positives))
    for name, text in every[::step]:
        rows.append(texts.row(text))
        titles.append(texts.row(name))
    index = PieceIndex([texts.tokens(row).ids for row in rows], texts.encoder.tokenizer.get_vocab_size())
    found: list[Example] = []
    for example in tqdm(positives, desc="mining negatives", unit="question", mininterval=2.0):
        answer = data.canonical(texts.texts[example.passage][example.start : example.end])
        gold_title = data.canonical(texts.texts[example.title]) if example.title != UNKNOWN else ""
        gold_runs = runs(texts.texts[example.passage])
        taken = 0
        for place in index.best(texts.tokens(example.question).ids, depth):
            row, title = rows[place], titles[place]
            text = texts.texts[row]
            if row == example.passage or f" {answer} " in f" {data.canonical(text)} ":
                continue
            if title != UNKNOWN and gold_title and data.canonical(texts.texts[title]) == gold_title:
                continue
            if len(runs(text) & gold_runs) > 3:
                continue
            found.append(Example(example.question, row, title, answerable=0, relevant=0))
            taken += 1
            if taken == per_question:
                break
    return found


def describe(components: Mapping[str, Sequence[object]]) -> str:
    """Sizes of the components, for the log."""
    return json.dumps({name: len(component) for name, component in components.items()})


def normalised(text: str) -> str:
    """An answer as SQuAD compares it: lower case, no punctuation, single spaces (no articles in Indonesian)."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]|_", " ", text.lower())).strip()
