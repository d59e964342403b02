"""Held-out figures of the reader while it trains: answers by SQuAD's F1 and exact match, abstention, entailment, reranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.retrieve.spans import Piece, best_spans, windows
from qa.training import data
from qa.training.examples.mixture import IDKMRC_VALID, LABELS, NLI_VALID, PieceIndex, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from qa.retrieve.pairs import PairEncoder, Tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Run = Callable[[Ints, Ints, Ints], tuple[Floats, Floats]]  # ids, kinds, mask -> span logits (n, t, 2), verdict logits (n, 5)


@dataclass(frozen=True, slots=True)
class ReaderOutput:
    """What the network says about one pair: its best span ("" when none) and the two probabilities."""

    answer: str
    span_score: float
    relevance: float
    answerable: float


def f1(answer: str, gold: str) -> float:
    """2 P R / (P + R) over words, after SQuAD's normalisation (Rajpurkar et al., EMNLP 2016); two empty answers give 1."""
    ours, theirs = normalised(answer).split(), normalised(gold).split()
    if not ours or not theirs:
        return float(ours == theirs)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def read_all(run: Run, encoder: PairEncoder, pairs: Sequence[tuple[str, str]], *, tokens: int = 6144) -> list[ReaderOutput]:
    """Answers to (question, passage) pairs; a passage that is too long is read in overlapping windows and the best one counts."""
    questions = encoder.texts([question for question, _ in pairs])
    passages = encoder.texts([passage for _, passage in pairs])
    rows = [(at, piece) for at in range(len(pairs)) for piece in windows(encoder, questions[at], passages[at])]
    rows.sort(key=lambda row: len(row[1].ids))
    best: dict[int, ReaderOutput] = {}
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and len(rows[end][1].ids) * (end + 1 - start) <= tokens:
            end += 1
        chunk = rows[start:end]
        start = end
        spans, verdicts = run(*encoder.batch([(piece.ids, piece.kinds) for _, piece in chunk]))
        for (at, piece), logits, verdict in zip(chunk, spans, verdicts, strict=True):
            found = _found(pairs[at][1], passages[at], piece, logits, verdict)
            if at not in best or found.span_score * 0.1 + found.answerable > best[at].span_score * 0.1 + best[at].answerable:
                best[at] = found
    return [best[at] for at in range(len(pairs))]


def _found(text: str, passage: Tokens, piece: Piece, logits: Floats, verdict: Floats) -> ReaderOutput:
    relevance, answerable = 1 / (1 + np.exp(-verdict[:2].astype(np.float64)))
    spans = best_spans(logits[piece.first : piece.first + piece.length], 1)
    if not spans:
        return ReaderOutput("", 0.0, float(relevance), float(answerable))
    first, last, score = spans[0]
    begin, end = int(passage.starts[piece.offset + first]), int(passage.ends[piece.offset + last])
    return ReaderOutput(text[begin:end], score, float(relevance), float(answerable))


def answers(run: Run, encoder: PairEncoder, records: Sequence[data.QuestionRecord]) -> dict[str, float]:
    """{"f1", "em"} over answered records, in per cent."""
    found = read_all(run, encoder, [(record.question, record.context) for record in records])
    scores = [max(f1(reading.answer, text) for text, _ in record.answers) for reading, record in zip(found, records, strict=True)]
    exact = [
        any(normalised(reading.answer) == normalised(text) for text, _ in record.answers)
        for reading, record in zip(found, records, strict=True)
    ]
    return {"f1": 100 * float(np.mean(scores)), "em": 100 * float(np.mean(exact))}


def abstention(
    run: Run, encoder: PairEncoder, records: Sequence[data.QuestionRecord], threshold: float = 0.5
) -> dict[str, float]:
    """F1 over all records when pairs under the threshold are left unanswered, and how many of each side were left."""
    found = read_all(run, encoder, [(record.question, record.context) for record in records])
    answer = ["" if one.answerable < threshold else one.answer for one in found]
    golds = [record.answers[0][0] if record.answers else "" for record in records]
    can = np.array([bool(record.answers) for record in records])
    silent = np.array([not one for one in answer])
    return {
        "f1": 100 * float(np.mean([f1(one, gold) for one, gold in zip(answer, golds, strict=True)])),
        "abstained rightly": 100 * float(silent[~can].mean()),
        "abstained wrongly": 100 * float(silent[can].mean()),
    }


def entailment(run: Run, encoder: PairEncoder, folder: Path, limit: int) -> float:
    """Accuracy on the first `limit` pairs of IndoNLI's validation file, in per cent."""
    records = [record for _, record in zip(range(limit), data.records(folder, NLI_VALID), strict=False)]
    hypotheses = encoder.texts([record["hypothesis"] for record in records])
    premises = encoder.texts([record["premise"] for record in records])
    right = 0
    for start in range(0, len(records), 64):
        part = range(start, min(start + 64, len(records)))
        pairs = [encoder.pair(hypotheses[at], premises[at].cut(0, encoder.room(hypotheses[at])))[:2] for at in part]
        _, verdicts = run(*encoder.batch(pairs))
        right += sum(
            LABELS[int(verdict[2:5].argmax())] == records[at]["label"] for at, verdict in zip(part, verdicts, strict=True)
        )
    return 100 * right / len(records)


def reranking(
    run: Run, encoder: PairEncoder, folder: Path, questions: int, *, leads: int = 20_000, depth: int = 20
) -> dict[str, float]:
    """MRR of the right passage in BM25's first `depth` (put last where BM25 missed it), before and after the relevance head."""
    records = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == "dev"][:questions]
    texts = [record.context for record in records]
    texts += [text for _, (_, text) in zip(range(leads), data.texts(folder, data.LEADS, "title", "text"), strict=False)]
    index = PieceIndex([tokens.ids for tokens in encoder.texts(texts)], encoder.tokenizer.get_vocab_size())
    before, after = [], []
    for gold, record in enumerate(records):
        rows = index.best(encoder.texts([record.question])[0].ids, depth)
        if gold not in rows:
            rows[-1] = gold
        before.append(1 / (1 + rows.index(gold)))
        found = read_all(run, encoder, [(record.question, texts[row]) for row in rows])
        order = sorted(range(len(rows)), key=lambda at: -found[at].relevance)
        after.append(1 / (1 + [rows[at] for at in order].index(gold)))
    return {"mrr before": float(np.mean(before)), "mrr after": float(np.mean(after))}


def report(run: Run, encoder: PairEncoder, folder: Path, *, side: data.Side = "dev", share: float = 1.0) -> dict[str, float]:
    """Every held-out figure; `share` takes the first part of each set, to save time while training."""

    def part(records: list[data.QuestionRecord]) -> list[data.QuestionRecord]:
        return records[: max(8, int(len(records) * share))]

    tydiqa = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == side]
    figures = {f"tydiqa {name}": value for name, value in answers(run, encoder, part(tydiqa)).items()}
    facqa = list(data.questions(folder, data.FACQA_VALID))
    figures |= {f"facqa {name}": value for name, value in answers(run, encoder, part(facqa)).items()}
    idkmrc = list(data.questions(folder, IDKMRC_VALID))
    figures |= {f"idkmrc {name}": value for name, value in abstention(run, encoder, part(idkmrc)).items()}
    figures["indonli accuracy"] = entailment(run, encoder, folder, max(8, int(2197 * share)))
    return figures
