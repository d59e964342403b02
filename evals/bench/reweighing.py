"""Would other weights, fewer directions or other vectors search better? The shipped vectors, changed without training, side by side.

    python evals/bench/reweighing.py --data DIR                       token weights, principal directions, cut dimensions
    python evals/bench/reweighing.py --data DIR --only "idf^-0.25"    one of them beside the shipped vectors
    python evals/bench/reweighing.py --data DIR --folder DIR …        vectors of other trainings under the same vocabulary

On the dev titles among `--pool` Wikipedia leads, and on FacQA valid: what decides is chosen there, never on the test titles. A
text's vector is a sum of token vectors, so a weight may be folded into them and costs nothing when a question is asked. The weights
tried: powers of the inverse document frequency (Spärck Jones, 1972), SIF's a / (a + frequency) (Arora et al., ICLR 2017), powers of
the vectors' own length. Directions: the first principal ones taken out (Mu and Viswanath, "All-but-the-Top", ICLR 2018), or all of them
evened out. Each figure is given with its difference to the shipped vectors and the share of 2,000 paired resamples of the questions
in which fusion is no better.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import retrieval  # the bench beside this one
from tokenizers import Tokenizer

from qa.errors import QaError, UsageError
from qa.index.encode import MAX_CHARS, SHIPPED, StaticEncoder
from qa.settings import Retrieve
from qa.training.bags import Bags, tokenize
from qa.training.negatives import bag_ranges, pooled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One pool: its BM25 rankings, and its texts as tokens, made once for all variants."""

    pool: retrieval.Pool
    lexical: retrieval.Rankings
    passages: Bags
    questions: Bags


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a variant may be made from: the frequencies and passage vectors of the dev pool."""

    frequency: Floats  # (vocabulary,) of all tokens, sums to 1
    idf: Floats  # (vocabulary,) ln((passages + 1) / (document frequency + 1)), at least 0.5
    directions: Floats  # (dim, dim) principal directions of the passages' vectors, the first first, in columns
    spread: Floats  # (dim,) variance along each of them


def variants() -> dict[str, Callable[[Floats, Corpus], Floats]]:
    """The changes by name; each takes the (vocabulary, dim) vectors."""

    def powers(of: Callable[[Floats, Corpus], Floats], power: float) -> Callable[[Floats, Corpus], Floats]:
        return lambda table, corpus: table * (np.maximum(of(table, corpus), 1e-6) ** power)[:, None]

    def without(count: int) -> Callable[[Floats, Corpus], Floats]:
        return lambda table, corpus: table - table @ corpus.directions[:, :count] @ corpus.directions[:, :count].T

    def sif(constant: float) -> Callable[[Floats, Corpus], Floats]:
        return lambda _, corpus: constant / (constant + corpus.frequency)

    def first(count: int) -> Callable[[Floats, Corpus], Floats]:
        return lambda table, _: table[:, :count]

    made = {f"idf^{power}": powers(lambda _, corpus: corpus.idf, power) for power in (-0.25, 0.25)}
    made |= {f"SIF({constant})^0.25": powers(sif(constant), 0.25) for constant in (1e-4, 1e-3)}
    made["length^1.2"] = powers(lambda table, _: np.linalg.norm(table, axis=1), 0.2)
    made |= {f"less {count} directions": without(count) for count in (1, 3)}
    made["evened^0.25"] = lambda table, corpus: table @ (corpus.directions * (corpus.spread / corpus.spread[0]) ** -0.125)
    return made | {f"first {count} dimensions": first(count) for count in (192, 128, 64)}


def prepared(pool: retrieval.Pool, tokenizer: Tokenizer, depth: int) -> Prepared:
    """Rank by BM25 and tokenise."""
    texts = (text[:MAX_CHARS] for text in pool.passages)
    return Prepared(
        pool, retrieval.lexical_rankings(pool, depth), tokenize(tokenizer, texts), tokenize(tokenizer, pool.questions)
    )


def corpus(passages: Bags, table: Floats) -> Corpus:
    """Frequencies and principal directions of the passages."""
    counts = np.bincount(passages.tokens, minlength=len(table))
    rows = np.repeat(np.arange(len(passages)), passages.lengths())
    together = np.unique(passages.tokens.astype(np.int64) * len(passages) + rows) // len(passages)
    documents = np.bincount(together, minlength=len(table))
    vectors = pooled(table, passages.tokens, *bag_ranges(passages))
    vectors -= vectors.mean(axis=0)
    spread, directions = np.linalg.eigh(vectors.T @ vectors / len(vectors))
    idf = np.maximum(np.log((len(passages) + 1) / (documents + 1)), 0.5)
    return Corpus(
        frequency=(counts / counts.sum()).astype(np.float32),
        idf=idf.astype(np.float32),
        directions=directions[:, ::-1],
        spread=np.maximum(spread[::-1], 1e-9),
    )


def measured(table: Floats, given: Prepared, settings: Retrieve) -> tuple[Floats, Floats, Floats]:
    """(n_questions,) each: nDCG@10 of the encoder, nDCG@10 of fusion, cosine of question and right passage."""
    table = table.astype(np.float16).astype(np.float32)  # as they would be shipped
    vectors = pooled(table, given.passages.tokens, *bag_ranges(given.passages))
    asked = pooled(table, given.questions.tokens, *bag_ranges(given.questions))
    dense: retrieval.Rankings = []
    cosines = []
    for question, gold in zip(asked, given.pool.gold, strict=True):
        scores = vectors @ question
        best = np.argpartition(-scores, min(settings.depth, len(scores) - 1))[: settings.depth]
        dense.append([(int(row), float(scores[row])) for row in best[np.lexsort((best, -scores[best]))]])
        cosines.append(scores[gold])
    fused = retrieval.merged(given.lexical, dense, len(given.pool.passages), settings)
    return _gains(dense, given.pool.gold), _gains(fused, given.pool.gold), np.array(cosines, dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line a variant and pool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the training sets")
    parser.add_argument("--pool", type=int, default=100_000, metavar="N", help="Wikipedia leads among which to search")
    parser.add_argument("--only", nargs="*", metavar="NAME", help=f"some of: {', '.join(variants())}")
    parser.add_argument("--folder", type=Path, nargs="*", default=[], metavar="DIR", help="encoder folders to set beside")
    chosen = parser.parse_args(arguments)
    settings = Retrieve()
    try:
        known = variants()
        names = list(known) if chosen.only is None else chosen.only
        if strange := [name for name in names if name not in known]:
            raise UsageError(f"--only {strange[0]}: no such variant. Known: {', '.join(known)}.")
        table = vectors_of(SHIPPED)
        others = {str(folder): vectors_of(folder) for folder in chosen.folder}
        tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        pools = (retrieval.tydiqa(chosen.data, chosen.pool, "dev"), retrieval.facqa(chosen.data))
        ready = [prepared(pool, tokenizer, settings.depth) for pool in pools]
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    told = corpus(ready[0].passages, table)
    tables = {"shipped": lambda: table} | {name: (lambda name=name: known[name](table, told)) for name in names}
    tables |= {name: (lambda name=name: others[name]) for name in others}
    shipped: dict[str, tuple[Floats, Floats, Floats]] = {}
    for name, make in tables.items():
        made = make()
        for given in ready:
            found = measured(made, given, settings)
            base = shipped.setdefault(given.pool.name, found)
            print(f"{name:22} {given.pool.name:16} {_line(found, base)}", flush=True)
    return 0


def vectors_of(folder: Path) -> Floats:
    """(vocabulary, dim): the vector of each token, at its trained length. Raises ModelError when the folder cannot be read."""
    from safetensors.numpy import load_file

    StaticEncoder(folder)  # says what is wrong with a folder
    return load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)


def _line(found: tuple[Floats, Floats, Floats], base: tuple[Floats, Floats, Floats]) -> str:
    drawn = np.random.default_rng(0).integers(0, len(found[1]), (2000, len(found[1])))
    no_better = float(((found[1] - base[1])[drawn].mean(axis=1) <= 0).mean())
    parts = [
        f"{arm} {mine.mean():.4f} ({mine.mean() - theirs.mean():+.4f})"
        for arm, mine, theirs in zip(("encoder", "fused"), found[:2], base[:2], strict=True)
    ]
    return "  ".join([*parts, f"no better {no_better:.2f}", f"cosine {found[2].mean():.3f} ± {found[2].std():.3f}"])


def _gains(rankings: retrieval.Rankings, gold: Sequence[int]) -> Floats:
    """nDCG@10 with one right passage: 1 / log2(1 + its rank), 0 past the tenth."""
    ranks = [
        next((rank for rank, (row, _) in enumerate(ranking[:10], 1) if row == right), 0)
        for ranking, right in zip(rankings, gold, strict=True)
    ]
    return np.array([1 / np.log2(1 + rank) if rank else 0.0 for rank in ranks], dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main())
