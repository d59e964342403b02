"""The reader's figures on questions that no training saw: answers, abstention, entailment, reranking and speed.

    python evals/bench/reading.py --data DIR                        the shipped reader; prints a table
    python evals/bench/reading.py --data DIR --only rerank          one part: answers, rerank or speed
    python evals/bench/reading.py --data DIR --checkpoint FILE      speed against the same network in torch, too

Answers are read from the given passage and compared as SQuAD does. Reranking reorders the first `--depth` passages of the
fused search of evals/bench/retrieval.py: TyDiQA questions split off by title among 100,000 Wikipedia leads.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from qa.errors import QaError
from qa.evaluation.text.normalise import contains
from qa.index.encode import open_encoder
from qa.language.text.sentences import sentences
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.reading import weighed
from qa.settings import Retrieve
from qa.training import data
from qa.training.reader import reader_metrics as reader_score

HOME = Path(__file__).resolve().parents[2]
DEPTH = 20
SPEED_TOKENS = (128, 256)


def answering(reader: CrossEncoder, folder: Path, side: data.Side) -> dict[str, float]:
    """F1 and exact match on TyDiQA and FacQA, F1 with abstention on IDK-MRC, accuracy on IndoNLI; per cent."""
    return reader_score.report(reader.logits, reader.encoder, folder, side=side)


def reranking(reader: CrossEncoder, folder: Path, side: data.Side, depth: int, questions: int) -> dict[str, float]:
    """nDCG@10 of fusion and after reranking, R@1, whether the best passage's best span holds the answer, milliseconds a question."""
    import retrieval  # the bench beside this one

    pool = retrieval.tydiqa(folder, 100_000, side)
    asked = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == side and record.answers]
    settings = Retrieve()
    lexical = retrieval.lexical_rankings(pool, settings.depth)
    dense, _ = retrieval.dense_rankings(pool, open_encoder("static"), settings.depth)
    merged = retrieval.merged(lexical, dense, len(pool.passages), settings)
    fused = merged[: questions or None]
    reordered, held, told, spent = [], [], [], []
    for number, ranking in enumerate(tqdm(fused, desc="rerank", unit="question")):
        head = ranking[:depth]
        began = time.perf_counter()
        readings = reader.score(pool.questions[number], [pool.passages[row] for row, _ in head], spans=1)
        spent.append(time.perf_counter() - began)
        scores = [score + weighed(reading.relevance) for (_, score), reading in zip(head, readings, strict=True)]
        order = sorted(range(len(head)), key=lambda at: (-scores[at], at))
        reordered.append([head[at] for at in order] + ranking[depth:])
        best = max(range(len(head)), key=lambda at: scores[at] + weighed(readings[at].answerable))
        span = readings[best].spans[0] if readings[best].spans else None
        text = pool.passages[head[best][0]]
        said = text[span.start : span.end] if span else ""
        whole = " ".join(text[start:end] for start, end in sentences(text) if span and start < span.end and span.start < end)
        held.append(any(contains(said, gold) for gold, _ in asked[number].answers))
        told.append(any(contains(whole, gold) for gold, _ in asked[number].answers))
    gold = pool.gold[: len(fused)]
    before, after = retrieval.measured(fused, gold), retrieval.measured(reordered, gold)
    return {
        "questions": float(len(fused)),
        "nDCG@10 fused": before["nDCG@10"],
        "nDCG@10 reranked": after["nDCG@10"],
        "R@1 fused": before["R@1"],
        "R@1 reranked": after["R@1"],
        "the best span holds the answer, %": 100 * float(np.mean(held)),
        "its sentence holds the answer, %": 100 * float(np.mean(told)),
        "milliseconds a question": 1000 * float(np.median(spent)),
    }


def speed(folder: Path, checkpoint: Path | None) -> dict[str, float]:
    """Milliseconds a pair on one thread, the median of many calls; and of the same network in torch float32."""
    reader = CrossEncoder.open(folder, threads=1)
    rng = np.random.default_rng(0)
    figures = {}
    for tokens in SPEED_TOKENS:
        ids = rng.integers(5, reader.config["pieces"], (1, tokens))
        inputs = (ids, np.full_like(ids, 4), np.ones_like(ids))
        figures[f"int8, {tokens} tokens, ms"] = median(lambda inputs=inputs: reader.logits(*inputs))
        if checkpoint is not None:
            figures[f"torch float32, {tokens} tokens, ms"] = median(torch_call(checkpoint, inputs))
            figures[f"times quicker, {tokens} tokens"] = (
                figures[f"torch float32, {tokens} tokens, ms"] / figures[f"int8, {tokens} tokens, ms"]
            )
    return figures


def torch_call(checkpoint: Path, inputs: Sequence[Any]) -> Callable[[], Any]:
    """One call of the trained network in torch float32 on one thread."""
    import torch

    from qa.training.reader_network.model import load_net

    torch.set_num_threads(1)
    net = load_net(checkpoint)
    tensors = [torch.from_numpy(part) for part in inputs]

    def call() -> Any:
        with torch.inference_mode():
            return net(*tensors)

    return call


def median(call: Callable[[], Any], times: int = 40) -> float:
    """Milliseconds, the median of `times` calls after three that do not count."""
    for _ in range(3):
        call()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append(time.perf_counter() - began)
    return 1000 * float(np.median(spent))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="folder of the training sets (see qa/models/reader/README.md)"
    )
    parser.add_argument(
        "--model", type=Path, default=HOME / "qa" / "models" / "reader", metavar="DIR", help="reader (default: the shipped one)"
    )
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="reader.pt of the same training, for the speed of torch")
    parser.add_argument("--side", choices=("dev", "test"), default="test", help="which held-out titles (default test)")
    parser.add_argument("--only", choices=("answers", "rerank", "speed"), help="one part alone")
    parser.add_argument("--depth", type=int, default=DEPTH, metavar="N", help=f"passages that are reordered (default {DEPTH})")
    parser.add_argument("--questions", type=int, default=0, metavar="N", help="questions that are searched for (default all)")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="threads of the reader (default all cores)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    try:
        reader = CrossEncoder.open(chosen.model, threads=chosen.threads)
        if chosen.only in {None, "answers"}:
            figures |= answering(reader, chosen.data, chosen.side)
        if chosen.only in {None, "rerank"}:
            figures |= reranking(reader, chosen.data, chosen.side, chosen.depth, chosen.questions)
        if chosen.only in {None, "speed"}:
            figures |= speed(chosen.model, chosen.checkpoint)
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    print("| what | figure |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value:.3f} |" if value < 1 else f"| {name} | {value:.1f} |")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
