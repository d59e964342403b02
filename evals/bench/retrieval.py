"""Retrieval among 100,000 passages: BM25, the encoder, and both merged by score, on questions that no training saw.

    python evals/bench/retrieval.py --data DIR                  the shipped encoder; prints a table
    python evals/bench/retrieval.py --data DIR --encoder NAME   any other one
    python evals/bench/retrieval.py --data DIR --side dev       the titles that hyper-parameters are chosen on

Two sets. TyDiQA: the questions whose article titles are split off by `qa.training.data.side_of`, their passages among
`--pool` Wikipedia leads. FacQA: the questions of the valid file, among every passage of both FacQA files. A question has one
right passage. A lead that is letter for letter the right passage is taken out of the pool; the lead of the same article stays,
though it answers some questions too. Passages are indexed by their text alone, without titles.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ir_measures
import numpy as np
from ir_measures import R, nDCG
from tqdm import tqdm

from qa.errors import QaError, UsageError
from qa.index.encode import open_encoder
from qa.index.lexical import Lexical
from qa.language.text import question_terms, terms
from qa.retrieve.search import fuse
from qa.settings import Retrieve
from qa.training import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.protocols import Encoder

MEASURES = (R @ 1, R @ 5, R @ 100, nDCG @ 10)
Rankings = list[list[tuple[int, float]]]  # a question: (row, score), best first


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions, passages, and the row of the passage that answers each question."""

    name: str
    passages: tuple[str, ...]
    questions: tuple[str, ...]
    gold: tuple[int, ...]


def tydiqa(folder: Path, size: int, side: data.Side) -> Pool:
    """The questions of one side of the split by title; their passages, then `size` leads drawn with a fixed seed."""
    asked = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == side and record.answers]
    passages = list(dict.fromkeys(record.context for record in asked))
    right = {data.canonical(text) for text in passages}
    leads = sorted({text for _, text in data.texts(folder, data.LEADS, "title", "text")})
    drawn = [
        text
        for text in random.Random(20_261_123).sample(leads, min(size + len(passages), len(leads)))
        if data.canonical(text) not in right
    ]
    return _pool(f"TyDiQA-id {side}", passages + drawn[:size], asked)


def facqa(folder: Path) -> Pool:
    """The questions of the valid file among the passages of both files."""
    asked = list(data.questions(folder, data.FACQA_VALID))
    others = data.questions(folder, data.FACQA_TRAIN)
    return _pool("FacQA valid", list(dict.fromkeys(record.context for record in [*asked, *others])), asked)


def lexical_rankings(pool: Pool, depth: int) -> Rankings:
    """BM25 over the project's terms."""
    with tempfile.TemporaryDirectory() as folder:
        index = Lexical.write(Path(folder), (terms(text) for text in tqdm(pool.passages, desc="terms", unit="passage")))

        def known(term: str) -> bool:
            return index.document_frequency(term) > 0

        return [index.search(question_terms(question, known), depth) for question in pool.questions]


def dense_rankings(pool: Pool, encoder: Encoder, depth: int) -> tuple[Rankings, float]:
    """Cosine, compared exactly; and the passages encoded in a second."""
    began = time.perf_counter()
    parts = [
        encoder.passages(pool.passages[start : start + 4096]) for start in tqdm(range(0, len(pool.passages), 4096), desc="encode")
    ]
    rate = len(pool.passages) / (time.perf_counter() - began)
    vectors = np.concatenate(parts)
    rankings = []
    for question in pool.questions:
        scores = vectors @ encoder.question(question)
        best = np.lexsort((np.arange(len(scores)), -scores))[:depth]
        rankings.append([(int(row), float(scores[row])) for row in best])
    return rankings, rate


def merged(lexical: Rankings, dense: Rankings, passages: int, settings: Retrieve) -> Rankings:
    """Both lists of each question as the project merges them."""
    return [
        fuse(*both, passages=passages, rare_words=settings.rare_words, power=settings.lexical_power)
        for both in zip(lexical, dense, strict=True)
    ]


def measured(rankings: Rankings, gold: Sequence[int]) -> dict[str, float]:
    """Means over the questions, by ir-measures."""
    qrels = [ir_measures.Qrel(str(number), str(row), 1) for number, row in enumerate(gold)]
    run = [
        ir_measures.ScoredDoc(str(number), str(row), -float(rank))
        for number, ranking in enumerate(rankings)
        for rank, (row, _) in enumerate(ranking, 1)
    ]
    figures = ir_measures.calc_aggregate(MEASURES, qrels, run)
    return {str(measure): float(figures[measure]) for measure in MEASURES}


def bench(pool: Pool, encoder: Encoder, settings: Retrieve) -> dict[str, dict[str, float]]:
    """The figures of each arm, and how many passages a second the encoder took."""
    lexical = lexical_rankings(pool, settings.depth)
    dense, rate = dense_rankings(pool, encoder, settings.depth)
    fused = merged(lexical, dense, len(pool.passages), settings)
    size = {"questions": float(len(pool.questions)), "passages": float(len(pool.passages)), "encoded_per_second": rate}
    return {
        "pool": size,
        "BM25": measured(lexical, pool.gold),
        encoder.name: measured(dense, pool.gold),
        "fused": measured(fused, pool.gold),
    }


def table(name: str, figures: dict[str, dict[str, float]]) -> str:
    """The figures as Markdown."""
    size = figures["pool"]
    lines = [
        f"{name}: {size['questions']:.0f} questions, {size['passages']:,.0f} passages, {size['encoded_per_second']:,.0f} encoded a second",
        "",
    ]
    lines += ["| arm | " + " | ".join(str(measure) for measure in MEASURES) + " |", "|---" * (len(MEASURES) + 1) + "|"]
    for arm, values in figures.items():
        if arm != "pool":
            lines.append(f"| {arm} | " + " | ".join(f"{values[str(measure)]:.3f}" for measure in MEASURES) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; exit status 1 when merging falls below the better arm by nDCG@10."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="folder of the training sets (see qa/models/encoder/README.md)"
    )
    parser.add_argument(
        "--encoder", default="static", metavar="NAME", help="encoder name or model folder (default: the shipped one)"
    )
    parser.add_argument(
        "--pool", type=int, default=100_000, metavar="N", help="Wikipedia leads among which to search (default 100,000)"
    )
    parser.add_argument("--side", choices=("dev", "test"), default="test", help="which held-out titles (default test)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args(arguments)
    settings = Retrieve()
    try:
        if chosen.pool < 1:
            raise UsageError(f"--pool {chosen.pool}: needs at least one lead. Example: --pool 100000")
        encoder = open_encoder(chosen.encoder)
        pools = (tydiqa(chosen.data, chosen.pool, chosen.side), facqa(chosen.data))
        results = {pool.name: bench(pool, encoder, settings) for pool in pools}
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    for name, figures in results.items():
        print(table(name, figures), end="\n\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0 if all(_holds(figures, encoder.name) for figures in results.values()) else 1


def _holds(figures: dict[str, dict[str, float]], encoder: str) -> bool:
    measure = str(nDCG @ 10)
    return figures["fused"][measure] >= max(figures["BM25"][measure], figures[encoder][measure])


def _pool(name: str, passages: Iterable[str], asked: Sequence[data.QuestionRecord]) -> Pool:
    held = tuple(passages)
    rows = {text: row for row, text in enumerate(held)}
    return Pool(name, held, tuple(record.question for record in asked), tuple(rows[record.context] for record in asked))


if __name__ == "__main__":
    sys.exit(main())
