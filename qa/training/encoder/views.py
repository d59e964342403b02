"""Pairs of texts that belong together, cut out of the material again in every step.

An article is asked for by its title, by one of its sentences (then kept out of the passage), or by its title with a few words of
a sentence, which is how people ask; questions, and translations, are pairs as they are. Everything is drawn from the step's
own generator, so that a training that is resumed draws what it would have drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.training.encoder.token_bags import Bags, gather

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.training.encoder.text_pairs import Material

    Ints = NDArray[np.int64]

PASSAGE_TOKENS = 160  # about 700 characters, the length of a passage in an index
_DROPPED = 0.2  # of the tokens on either side, so that no single word carries a pair


@dataclass(frozen=True, slots=True)
class TokenBags:
    """A batch of token bags: ids (n_tokens,) int64, offsets (n,) int64."""

    ids: Ints
    offsets: Ints


@dataclass(frozen=True, slots=True)
class EncoderBatch:
    """Row i of the queries belongs to row i of the passages.

    `groups` names the article behind each passage row: equal groups are not negatives of one another.
    """

    queries: TokenBags
    passages: TokenBags
    groups: Ints  # (n_passages,)
    repeats: bool = False  # some group is there twice


def article_batch(material: Material, rows: Ints, rng: np.random.Generator) -> EncoderBatch:
    """One query and one passage from each of the articles `rows`."""
    tokens = material.sentences.tokens
    first, last = material.articles[rows], material.articles[rows + 1]
    count = np.maximum(last - first, 1)
    picked = first + (rng.random(len(rows)) * count).astype(np.int64)
    picked = np.minimum(picked, np.maximum(last - 1, 0))
    sentence_start, sentence_end = material.sentences.offsets[picked], material.sentences.offsets[picked + 1]
    start, end = material.sentences.offsets[first], material.sentences.offsets[last]
    kind = rng.random(len(rows))
    alone = count < 2  # nothing is left of an article when its only sentence is taken out
    by_sentence = (kind < 0.3) & ~alone
    by_words = (kind >= 0.3) & (kind < 0.75)
    with_title = ~by_sentence & ~(by_words & (kind < 0.4))

    # The words of a sentence that are in the query: all of it, a few in a row, or none (the title alone).
    few = rng.integers(2, 8, len(rows))
    shift = (rng.random(len(rows)) * np.maximum(sentence_end - sentence_start - few, 1)).astype(np.int64)
    words_start = np.where(by_sentence, sentence_start, sentence_start + shift)
    words_end = np.where(by_sentence, np.minimum(sentence_end, sentence_start + 48), np.minimum(words_start + few, sentence_end))
    words_end = np.where(by_sentence | by_words, words_end, words_start)
    title_start, title_end = material.titles.offsets[rows], material.titles.offsets[rows + 1]
    title_end = np.where(with_title, title_end, title_start)
    queries = _joined((material.titles.tokens, title_start, title_end), (tokens, words_start, words_end), rng)

    # The passage is a window of the article; a sentence that is asked with is left out of it.
    out = by_sentence | (by_words & ~alone & (rng.random(len(rows)) < 0.3))
    before_end = np.where(out, sentence_start, end)
    after_start = np.where(out, sentence_end, end)
    slack = np.maximum(end - start - PASSAGE_TOKENS, 0)
    window = start + np.where(rng.random(len(rows)) < 0.5, 0, (rng.random(len(rows)) * (slack + 1)).astype(np.int64))
    # A shorter window half of the time: passages in an index are seldom a whole article.
    length = np.where(rng.random(len(rows)) < 0.5, PASSAGE_TOKENS, rng.integers(48, PASSAGE_TOKENS, len(rows)))
    left, right = window, np.minimum(window + length, end)
    passages = _joined(
        (tokens, np.minimum(left, before_end), np.minimum(right, before_end)),
        (tokens, np.minimum(np.maximum(left, after_start), right), right),
        rng,
    )
    return EncoderBatch(queries, passages, rows)


def translation_batch(material: Material, rows: Ints, rng: np.random.Generator) -> EncoderBatch:
    """English sentences and their Indonesian translations."""
    return EncoderBatch(_taken(material.english, rows, rng), _taken(material.indonesian, rows, rng), rows)


def question_batch(material: Material, rows: Ints, rng: np.random.Generator, negatives: Ints | None = None) -> EncoderBatch:
    """Questions and the passages that answer them; then, for each question, its hard negatives (n, each) from `negatives`."""
    articles = material.passage_of[rows]
    if negatives is not None:
        articles = np.concatenate([articles, negatives.T.reshape(-1)])
    start, end = material.article_ranges()
    start, end = start[articles], end[articles]
    passages = _joined(
        (material.sentences.tokens, start, np.minimum(end, start + 2 * PASSAGE_TOKENS)),
        (material.sentences.tokens, end, end),
        rng,
    )
    return EncoderBatch(_taken(material.questions, rows, rng), passages, articles, repeats=True)


def _taken(bags: Bags, rows: Ints, rng: np.random.Generator) -> TokenBags:
    start, end = bags.offsets[rows], bags.offsets[rows + 1]
    return _joined((bags.tokens, start, end), (bags.tokens, end, end), rng)


def _joined(
    one: tuple[NDArray[np.uint16], Ints, Ints], other: tuple[NDArray[np.uint16], Ints, Ints], rng: np.random.Generator
) -> TokenBags:
    """Two ranges a row, one after the other, with some tokens dropped."""
    ids_one, _ = gather(*one)
    ids_other, _ = gather(*other)
    n = len(one[1])
    rows = np.concatenate([np.repeat(np.arange(n), np.maximum(end - start, 0)) for _, start, end in (one, other)])
    ids = np.concatenate([ids_one, ids_other])
    kept = rng.random(len(ids)) >= _DROPPED
    ids, rows = ids[kept], rows[kept]
    order = np.argsort(rows, kind="stable")
    lengths = np.bincount(rows, minlength=n)
    return TokenBags(ids[order], np.cumsum(lengths) - lengths)
