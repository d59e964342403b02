"""Query -> hits: the lexical and the dense arm under the same filters, merged by score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from qa.index.allowed_rows import AllowedRows
from qa.language.time.bound_days import may_tell
from qa.retrieve.event_rows import allowed
from qa.retrieve.ranking import Evidence, reordered, shipped, words_found
from qa.schema import Hit, Passage, Query

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.protocols import Encoder
    from qa.settings import Retrieve

Ranking = list[tuple[int, float]]
"""(row, score), best first."""


def fuse(lexical: Ranking, dense: Ranking, *, passages: int, rare_words: float = 1.8, power: float = 3.0) -> Ranking:
    """Merge BM25 scores and cosines of one corpus of `passages` passages into one ranking, best first.

    score(d) = (bm25(d) / (rare_words * ln(1 + passages))) ** power + cosine(d)

    ln(1 + passages) is about what BM25 gives for a word that one passage alone has, so the quotient counts the rare words
    that match, in any size of corpus. The power lets a match of many words outweigh the cosine, and a match of one or two
    hardly count: where words do not cross languages the dense list decides by itself. A passage that one list lacks takes 0
    for BM25, and for the cosine the last of the dense list, which it cannot exceed. Ties go to the lower row.
    Scores and not ranks are merged as in Bruch, Gai and Ingber, ACM TOIS 2023; measured against ranks in evals/bench/retrieval.py.

    >>> found = fuse([(7, 4.0), (3, 2.0)], [(3, 0.5), (9, 0.25)], passages=99, rare_words=4 / math.log(100), power=2.0)
    >>> [(row, round(score, 2)) for row, score in found]
    [(7, 1.25), (3, 0.75), (9, 0.25)]
    """
    whole = rare_words * math.log1p(passages)
    lowest = dense[-1][1] if dense else 0.0
    words, cosines = dict(lexical), dict(dense)
    scores = {row: (words.get(row, 0.0) / whole) ** power + cosines.get(row, lowest) for row in words.keys() | cosines.keys()}
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


class Retriever(Protocol):
    """Finds passages for a query."""

    def retrieve(self, query: Query, generation: Generation) -> tuple[Hit, ...]:
        """The best passages, ranks from 1; () where there are none."""
        ...


class Search:
    """Retriever over both indexes."""

    def __init__(self, encoder: Encoder, settings: Retrieve) -> None:
        self._encoder = encoder
        self._settings = settings

    def retrieve(self, query: Query, generation: Generation) -> tuple[Hit, ...]:
        """The best `settings.top` passages (see `search`)."""
        return search(query, generation, self._encoder, self._settings)


def search(query: Query, generation: Generation, encoder: Encoder, settings: Retrieve) -> tuple[Hit, ...]:
    """The best `settings.top` passages for `query`, from `settings.depth` of each arm; ranks from 1, stage "fused".

    The query's window, outlets and days of the event restrict both arms alike. Nothing for a query that shares no term with the passages and
    that the encoder knows no token of.
    """
    return reordered(*gathered(query, generation, encoder, settings), shipped())


def gathered(
    query: Query, generation: Generation, encoder: Encoder, settings: Retrieve
) -> tuple[tuple[Hit, ...], list[Evidence]]:
    """The best `settings.top` passages of both arms as they merge, and what speaks for each of them."""
    rows = _rows(query, generation)
    lexical = _lexical(query, generation, settings.depth, rows)
    dense = _dense(query, generation, encoder, settings.depth, rows)
    fused = fuse(lexical, dense, passages=generation.n_passages, rare_words=settings.rare_words, power=settings.lexical_power)
    found = _passages(fused if query.bound else fused[: settings.top], generation, query)[: settings.top]
    matched, cosines, lowest = dict(lexical), dict(dense), dense[-1][1] if dense else 0.0
    whole = settings.rare_words * math.log1p(generation.n_passages)
    known = [
        Evidence(cosine=cosines.get(row, lowest), words=words_found(query, passage), bm25=matched.get(row, 0.0) / whole)
        for row, _, passage in found
    ]
    hits = tuple(
        Hit(passage=passage, score=score, rank=rank, stage="fused") for rank, (_, score, passage) in enumerate(found, start=1)
    )
    return hits, known


def _rows(query: Query, generation: Generation) -> Sequence[int] | None:
    """The rows that may be found; None: all."""
    rows = generation.articles.rows_in(query.window, query.outlets, query.articles)
    if rows is not None and not query.articles:  # of chosen articles the row numbers alone: they are few
        rows = AllowedRows.of(rows, query.window, query.outlets)
    return allowed(query.event, rows, generation)


def _lexical(query: Query, generation: Generation, k: int, allowed: Sequence[int] | None) -> Ranking:
    from qa.language.text import question_terms

    def known(term: str) -> bool:
        return generation.lexical.document_frequency(term) > 0

    tokens = question_terms(query.text, known)
    if query.gloss:
        from qa.language.gloss.gloss import search_terms

        tokens += question_terms(query.gloss, known) + search_terms(query.text, known=known)
    return generation.lexical.search(tokens, k, allowed)


def _dense(query: Query, generation: Generation, encoder: Encoder, k: int, allowed: Sequence[int] | None) -> Ranking:
    if not query.text.strip():
        return []
    return generation.vectors.search(encoder.question(f"{query.text} {query.gloss}".strip()), k, allowed)


def _passages(ranking: Ranking, generation: Generation, query: Query) -> list[tuple[int, float, Passage]]:
    """(row, score, passage) of each that may tell of the days to which the question binds its answer."""
    days = query.bound
    passages = generation.articles.passages([row for row, _ in ranking])
    return [
        (row, score, passage)
        for (row, score), passage in zip(ranking, passages, strict=True)
        if days is None or may_tell(days, passage.text, passage.published)
    ]
