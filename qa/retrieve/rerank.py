"""A second look at the best hits: the shipped cross-encoder reads question and passage together, and the order is made anew."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.schema import Hit

if TYPE_CHECKING:
    from qa.retrieve.crossencoder import CrossEncoder, Entailment, Reading

WEIGHT = 0.15  # of the log-odds beside a merged score; from 0.1 to 0.2 both TyDiQA's dev titles and FacQA's valid file gain
SHIPPED = Path(__file__).resolve().parent.parent / "models" / "reader"


class CrossEncoderReranker:
    """Orders the first `depth` hits by what search and the cross-encoder say together; those after them follow in their old order.

    score = the hit's score + WEIGHT * log-odds of the cross-encoder's relevance. By the relevance alone a passage that shares
    nothing with a question but its manner can come first. `load` is asked for the model at each question and should keep it.
    """

    def __init__(self, depth: int, load: Callable[[], CrossEncoder] | None = None) -> None:
        self.depth = depth
        self._load = load or shipped

    def order(self, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same passages, stage "reranked", ranks from 1, scores falling; ties keep the order they came in."""
        first, rest = hits[: self.depth], hits[self.depth :]
        if not first:
            return tuple(hits)
        readings = self._load().score(question, [hit.passage.text for hit in first], titles=[hit.passage.title for hit in first])
        mixed = [(hit, hit.score + weighed(reading.relevance)) for hit, reading in zip(first, readings, strict=True)]
        ordered = sorted(mixed, key=lambda pair: -pair[1])
        lowest = ordered[-1][1]
        ordered += [(hit, lowest - at) for at, hit in enumerate(rest, 1)]
        return tuple(replace(hit, score=score, rank=rank, stage="reranked") for rank, (hit, score) in enumerate(ordered, 1))


def weighed(probability: float) -> float:
    """What a probability of the cross-encoder adds to a merged score: WEIGHT times its log-odds, bounded."""
    sure = min(max(probability, 1e-4), 1 - 1e-4)
    return WEIGHT * math.log(sure / (1 - sure))


@cache
def shipped() -> CrossEncoder:
    """The shipped cross-encoder, loaded once a process: it reranks, reads and proves. OMP_NUM_THREADS bounds the pairs that are read at once."""
    from qa.retrieve.crossencoder import CrossEncoder

    threads = os.environ.get("OMP_NUM_THREADS", "")
    return CrossEncoder.open(SHIPPED, threads=int(threads) if threads.isdigit() else 0)


def evidence(question: str, texts: Sequence[str], titles: Sequence[str]) -> list[Reading]:
    """What the shipped cross-encoder makes of each text for the question, with the title of its article."""
    return shipped().score(question, texts, titles=titles)


def entailed(premise: str, statement: str) -> Entailment:
    """What the shipped cross-encoder makes of a statement beside a sentence."""
    return shipped().entail(premise, statement)
