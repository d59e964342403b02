"""Reading what search found: the cross-encoder reads each passage whole, once a question; its reading orders the hits and answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.corpus.passages import heading
from qa.schema import Hit, Reading

if TYPE_CHECKING:
    from qa.retrieve.crossencoder import CrossEncoder, Entailment

WEIGHT = 0.15  # of the log-odds of relevance beside a merged score; from 0.1 to 0.2 both TyDiQA's dev titles and FacQA's valid file gain
WIDE = 5  # passages that are read at least where the answer is in several articles: a list, an account
SURE = 9.0  # log-odds beyond this say no more
SHIPPED = Path(__file__).resolve().parent.parent / "models" / "reader"


class PassageReader:
    """Reads the first `depth` hits whole, each with its article's title, outlet and day, and orders them by what search and reading say.

    score = the hit's score + WEIGHT * log-odds of relevance. By the relevance alone a passage that shares nothing with a question but its
    manner can come first. The hits after them follow in their old order, unread. `load` is asked for the model at each question and should
    keep it.
    """

    def __init__(self, depth: int, load: Callable[[], CrossEncoder] | None = None) -> None:
        self.depth = depth
        self._load = load or shipped

    def read(self, question: str, hits: Sequence[Hit], *, wide: bool = False) -> tuple[Hit, ...]:
        """The same passages with their readings, stage "reranked", ranks from 1, scores falling; ties keep the order they came in.

        wide: at least WIDE passages are read.
        """
        depth = max(self.depth, WIDE) if wide else self.depth
        first, rest = hits[:depth], hits[depth:]
        if not first:
            return tuple(hits)
        readings = self.readings(question, [hit.passage.text for hit in first], [headline(hit) for hit in first])
        ordered = sorted(
            (_scored(hit, reading) for hit, reading in zip(first, readings, strict=True)), key=lambda hit: -hit.score
        )
        lowest = ordered[-1].score
        ordered += [replace(hit, score=lowest - at, stage="reranked") for at, hit in enumerate(rest, 1)]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, 1))

    def readings(self, question: str, texts: Sequence[str], titles: Sequence[str]) -> list[Reading]:
        """What the network makes of each text, with what precedes it."""
        return self._load().score(question, texts, titles=titles)


def headline(hit: Hit) -> str:
    """What the network sees above a hit's passage."""
    return heading(hit.passage.title, hit.passage.outlet, hit.passage.published)


def weighed(odds: float) -> float:
    """What log-odds of relevance add to a merged score."""
    return WEIGHT * max(-SURE, min(SURE, odds))


def _scored(hit: Hit, reading: Reading) -> Hit:
    """The hit with its reading, which keeps what search gave it."""
    kept = replace(reading, found_score=hit.score, found_rank=hit.rank)
    return replace(hit, score=hit.score + weighed(reading.relevance), stage="reranked", reading=kept)


@cache
def shipped() -> CrossEncoder:
    """The shipped cross-encoder, loaded once a process. OMP_NUM_THREADS bounds the pairs that are read at once."""
    from qa.retrieve.crossencoder import CrossEncoder

    threads = os.environ.get("OMP_NUM_THREADS", "")
    return CrossEncoder.open(SHIPPED, threads=int(threads) if threads.isdigit() else 0)


def entailed(premise: str, statement: str) -> Entailment:
    """What the shipped cross-encoder makes of a statement beside a sentence."""
    return shipped().entail(premise, statement)
