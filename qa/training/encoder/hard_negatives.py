"""What makes a batch hard: articles of one topic together, and passages that a first search mistakes for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.training.encoder.token_bags import Bags, gather, rows_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.training.encoder.text_pairs import Material

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

_K1, _B = 0.9, 0.4  # the usual BM25 constants for passages of even length (Anserini's default)
_AT_ONCE = 128  # articles whose token vectors are in memory together: larger blocks leave the processor's cache
_COMMON = 0.1  # a token in more than a tenth of the articles ranks nothing


def pooled(table: Floats, tokens: NDArray[np.uint16], starts: Ints, ends: Ints) -> Floats:
    """(n, dim) unit rows: the mean of the token vectors of each range; zeros for an empty one."""
    rows = np.zeros((len(starts), table.shape[1]), dtype=np.float32)
    for low, high in rows_in(len(starts), _AT_ONCE):
        ids, offsets = gather(tokens, starts[low:high], ends[low:high])
        filled = ends[low:high] > starts[low:high]
        if filled.any():
            rows[low:high][filled] = np.add.reduceat(table[ids], offsets[filled], axis=0)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = np.divide(rows, norms, out=rows, where=norms > 0)
    return unit


def topics(vectors: Floats, count: int, rng: np.random.Generator, *, rounds: int = 8) -> Ints:
    """(n,) topic of each row: spherical k-means (Dhillon and Modha, Machine Learning 42, 2001) over a few rounds."""
    centres = vectors[rng.choice(len(vectors), count, replace=False)]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(rounds):
        for low, high in rows_in(len(vectors), 16_384):
            nearest[low:high] = np.argmax(vectors[low:high] @ centres.T, axis=1)
        order = np.argsort(nearest, kind="stable")
        sizes = np.bincount(nearest, minlength=count)
        filled = sizes > 0
        starts = (np.cumsum(sizes) - sizes)[filled]
        centres[filled] = np.add.reduceat(vectors[order], starts, axis=0)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return nearest


@dataclass(frozen=True, slots=True)
class Postings:
    """BM25 over token ids (Robertson and Zaragoza, 2009), for mining only: an index has the lexical engine."""

    rows: Ints  # (n_postings,) articles, grouped by token
    weights: Floats  # (n_postings,)
    offsets: Ints  # (n_vocabulary + 1,)
    articles: int

    @classmethod
    def build(cls, tokens: NDArray[np.uint16], starts: Ints, ends: Ints, vocabulary: int) -> Postings:
        """Index the token ranges, one article each."""
        ids, _ = gather(tokens, starts, ends)
        lengths = np.maximum(ends - starts, 0)
        n = len(starts)
        keys, counts = np.unique(ids * n + np.repeat(np.arange(n), lengths), return_counts=True)
        token, row = keys // n, keys % n
        frequency = np.bincount(token, minlength=vocabulary)
        idf = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
        idf[frequency > _COMMON * n] = 0
        saturation = counts / (counts + _K1 * (1 - _B + _B * lengths[row] / max(lengths.mean(), 1)))
        offsets = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(row.astype(np.int64), (idf[token] * saturation).astype(np.float32), offsets, n)

    def best(self, query: Ints, k: int) -> Ints:
        """The k best articles for a bag of tokens, best first."""
        scores = np.zeros(self.articles, dtype=np.float32)
        for token in np.unique(query):
            low, high = self.offsets[token], self.offsets[token + 1]
            scores[self.rows[low:high]] += self.weights[low:high]
        top = _best(scores, k)
        return top[np.lexsort((top, -scores[top]))]


def mine(
    material: Material, table: Floats, rng: np.random.Generator, *, each: int = 16, depth: int = 50, pool: int = 80_000
) -> Ints:
    """(n_questions, each) articles that BM25 or the encoder ranks high for a question and that do not hold its answer.

    Searched are all passages of questions and `pool` of the other articles. An article with every token of the answer is left
    out: it may well be right. What is missing to `each` is drawn at random.
    """
    others = rng.permutation(material.free)[:pool]
    searched = np.concatenate([others, np.arange(material.free, len(material.titles))])
    starts, ends = (bound[searched] for bound in material.article_ranges())
    vectors = pooled(table, material.sentences.tokens, starts, ends)
    asked = pooled(table, material.questions.tokens, *bag_ranges(material.questions))
    postings = Postings.build(material.sentences.tokens, starts, ends, len(table))
    found = np.empty((len(material.questions), each), dtype=np.int64)
    dense = np.concatenate(
        [_best(asked[low:high] @ vectors.T, depth) for low, high in rows_in(len(asked), 64)]
    )  # (n_questions, depth) places among the searched
    for row, nearest in enumerate(dense):
        lexical = postings.best(material.questions.row(row).astype(np.int64), depth)
        answer = material.answers.row(row)
        wrong = [
            searched[place]
            for place in np.union1d(nearest, lexical)
            if searched[place] != material.passage_of[row]
            and not np.isin(answer, material.sentences.tokens[starts[place] : ends[place]]).all()
        ]
        chosen = rng.permutation(np.array(wrong, dtype=np.int64))[:each]
        found[row, : len(chosen)] = chosen
        found[row, len(chosen) :] = rng.integers(0, material.free, each - len(chosen))
    return found


def _best(scores: Floats, k: int) -> Ints:
    """Places of the k highest scores along the last axis, in no order."""
    return np.argpartition(-scores, min(k, scores.shape[-1] - 1))[..., :k]


def bag_ranges(bags: Bags) -> tuple[Ints, Ints]:
    """First and one-past-last token of each row."""
    return bags.offsets[:-1], bags.offsets[1:]
