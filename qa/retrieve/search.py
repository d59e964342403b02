"""Query -> hits: the lexical and the dense arm under the same filters, merged by rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.schema import Hit, Query, Stage

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.protocols import Encoder
    from qa.settings import Retrieve

Ranking = list[tuple[int, float]]
"""(row, score), best first."""


def fuse(rankings: Sequence[Sequence[int]], *, k: int = 60, weights: Sequence[float] = ()) -> list[tuple[int, float]]:
    """Merge rankings by reciprocal rank: score(d) = sum over the lists i of w_i / (k + rank_i(d)), rank from 1.

    Needs no calibration between BM25 scores and cosines, hence the default. `weights`: one a list, all 1 when empty.
    Source: Cormack, Clarke and Buettcher, SIGIR 2009 (k = 60 and equal weights are theirs).
    Ties go to the lower row, so that a result never depends on the order of a dictionary.

    >>> fuse([[7, 3], [3, 9]], k=1)
    [(3, 0.8333333333333333), (7, 0.5), (9, 0.3333333333333333)]
    """
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, row in enumerate(dict.fromkeys(ranking), start=1):
            scores[row].append(weight / (k + rank))
    # Summed from the largest down: two rows with the same ranks in other lists must tie to the last bit.
    fused = [(row, sum(sorted(parts, reverse=True))) for row, parts in scores.items()]
    return sorted(fused, key=lambda scored: (-scored[1], scored[0]))


def search(query: Query, generation: Generation, encoder: Encoder, settings: Retrieve) -> tuple[Hit, ...]:
    """The best `settings.top` passages for `query`, from `settings.depth` of each arm; ranks from 1, stage "fused".

    The query's window and outlets restrict both arms alike. Nothing for a query that shares no term with the passages and
    that the encoder knows no token of.
    """
    allowed = generation.articles.rows_in(query.window, query.outlets)
    lexical = _lexical(query, generation, settings.depth, allowed)
    dense = _dense(query, generation, encoder, settings.depth, allowed)
    arms = [[row for row, _ in lexical], [row for row, _ in dense]]
    # Words do not cross languages: an English question meets Indonesian articles in its names and numbers alone.
    weight = settings.lexical_weight if query.language == "id" else 1.0
    fused = fuse(arms, k=settings.fusion_k, weights=(weight, 1.0))
    return _hits(fused[: settings.top], generation, "fused")


def lexical_only(query: Query, generation: Generation, settings: Retrieve) -> tuple[Hit, ...]:
    """The lexical arm alone; score = BM25, stage "lexical"."""
    allowed = generation.articles.rows_in(query.window, query.outlets)
    return _hits(_lexical(query, generation, settings.top, allowed), generation, "lexical")


def dense_only(query: Query, generation: Generation, encoder: Encoder, settings: Retrieve) -> tuple[Hit, ...]:
    """The dense arm alone; score = cosine, stage "dense"."""
    allowed = generation.articles.rows_in(query.window, query.outlets)
    return _hits(_dense(query, generation, encoder, settings.top, allowed), generation, "dense")


def _lexical(query: Query, generation: Generation, k: int, allowed: Sequence[int] | None) -> Ranking:
    from qa.language.text import question_terms

    known = generation.lexical.document_frequency
    return generation.lexical.search(question_terms(query.text, lambda term: known(term) > 0), k, allowed)


def _dense(query: Query, generation: Generation, encoder: Encoder, k: int, allowed: Sequence[int] | None) -> Ranking:
    if not query.text.strip():
        return []
    return generation.vectors.search(encoder.question(query.text), k, allowed)


def _hits(ranking: Ranking, generation: Generation, stage: Stage) -> tuple[Hit, ...]:
    passages = generation.articles.passages([row for row, _ in ranking])
    found = zip(ranking, passages, strict=True)
    return tuple(
        Hit(passage=passage, score=score, rank=rank, stage=stage) for rank, ((_, score), passage) in enumerate(found, start=1)
    )
