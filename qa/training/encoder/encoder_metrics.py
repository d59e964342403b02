"""Held-out figures that a training prints as it goes: the dev titles' questions among leads, and held-out translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qa.training.encoder.hard_negatives import bag_ranges, pooled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.training.encoder.text_pairs import Material
    from qa.training.encoder.token_bags import Bags


def watch(material: Material, table: NDArray[np.float32]) -> dict[str, float]:
    """R@1, R@100 and nDCG@10 of the dev questions; R@1 from an English sentence to its translation; with all dimensions."""
    ranks = _ranks(_encode(table, material.dev_questions), _encode(table, material.dev_passages), material.dev_gold)
    figures = {
        "r1": float((ranks == 1).mean()),
        "r100": float((ranks <= 100).mean()),
        "ndcg10": float(np.where(ranks <= 10, 1 / np.log2(1 + ranks), 0).mean()),
    }
    if len(material.dev_english) == 0:  # a small file may have no sentence on the held-out side
        return figures
    translated = _ranks(
        _encode(table, material.dev_english), _encode(table, material.dev_indonesian), np.arange(len(material.dev_english))
    )
    return figures | {"en_id_r1": float((translated == 1).mean())}


def _encode(table: NDArray[np.float32], bags: Bags) -> NDArray[np.float32]:
    return pooled(table, bags.tokens, *bag_ranges(bags))


def _ranks(questions: NDArray[np.float32], passages: NDArray[np.float32], gold: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) rank from 1 of the one right passage of each question; passages with an equal score rank before it."""
    scores = questions @ passages.T
    right = scores[np.arange(len(gold)), gold]
    # The right passage itself is one of the rows that reach its score, so the count is its rank.
    ranks: NDArray[np.int64] = (scores >= right[:, None]).sum(axis=1).astype(np.int64)
    return ranks
