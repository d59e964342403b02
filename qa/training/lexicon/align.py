"""Word alignment: which words of two sentences say the same, learned from the pairs alone.

IBM Model 1 in both directions with a prior for the diagonal, trained to agree: the expected count of a link is the product
of what both directions expect, so that only links that both believe in are learned.

Sources: Brown et al., Computational Linguistics 1993 (IBM Model 1); Dyer, Chahuneau and Smith, NAACL 2013 (the diagonal, the
sparse prior); Liang, Taskar and Klein, NAACL 2006 (agreement).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qa.training.lexicon.sentence_pairs import SentencePair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Links = list[tuple[int, int, float]]
"""(place of the English word, place of the Indonesian word, sqrt of the product of both posteriors)."""

ALONE = 2  # rounds in which each direction learns for itself
ROUNDS = 8
DIAGONAL = 3.0  # how steeply the prior falls with the distance from the diagonal (relative positions, 0 to 1)
EMPTY = 0.08  # share of words that come from nothing
SPARSE = 0.02  # Dirichlet prior: under 1 it takes chance from what was seen seldom
SURE = 0.35  # links less likely than this are left out


@dataclass(frozen=True, slots=True)
class _Slots:
    """Every (English place, Indonesian place) of every pair, flat."""

    key: Ints  # which (lemma, root)
    source: Ints  # which English place, over all pairs
    target: Ints
    prior_f: Floats  # of the English place, given the Indonesian one
    prior_b: Floats
    weight: Floats


def align(pairs: Sequence[SentencePair], nearness: Callable[[Sequence[tuple[str, str]]], Floats] | None = None) -> list[Links]:
    """The links of each pair. `nearness`: what speaks for each (lemma, root) beforehand, as a count."""
    english = {word: number for number, word in enumerate(sorted({lemma for pair in pairs for lemma in pair.lemmas}))}
    foreign = {word: number for number, word in enumerate(sorted({root for pair in pairs for root in pair.roots}))}
    slots, keys, e_of, f_of = _slots(pairs, english, foreign)
    before = np.zeros(len(keys))
    owner, owned = keys // len(foreign), keys % len(foreign)
    if nearness is not None:
        e_words, f_words = list(english), list(foreign)
        before = nearness([(e_words[e], f_words[f]) for e, f in zip(owner.tolist(), owned.tolist(), strict=True)])
    n_source, n_target = len(e_of), len(f_of)
    empty_f = EMPTY * np.bincount(f_of, minlength=len(foreign))[f_of] / n_target  # chance of the word from nothing
    empty_b = EMPTY * np.bincount(e_of, minlength=len(english))[e_of] / n_source
    t_f = np.full(len(keys), 1.0) + 20 * before
    t_b = t_f.copy()
    t_f /= np.bincount(owner, weights=t_f, minlength=len(english))[owner]
    t_b /= np.bincount(owned, weights=t_b, minlength=len(foreign))[owned]
    forward = backward = np.zeros(len(slots.key))
    for number in tqdm(range(ROUNDS), desc="aligning", unit="round"):
        forward = t_f[slots.key] * slots.prior_f * (1 - EMPTY)
        forward /= (np.bincount(slots.target, weights=forward, minlength=n_target) + empty_f)[slots.target]
        backward = t_b[slots.key] * slots.prior_b * (1 - EMPTY)
        backward /= (np.bincount(slots.source, weights=backward, minlength=n_source) + empty_b)[slots.source]
        if number == ROUNDS - 1:  # the last round only looks
            continue
        both = forward * backward
        counts_f = np.bincount(slots.key, weights=slots.weight * (forward if number < ALONE else both), minlength=len(keys))
        counts_b = np.bincount(slots.key, weights=slots.weight * (backward if number < ALONE else both), minlength=len(keys))
        t_f = _estimate(counts_f + before, owner, len(english))
        t_b = _estimate(counts_b + before, owned, len(foreign))
    return _links(pairs, np.sqrt(forward * backward))


def _slots(pairs: Sequence[SentencePair], english: dict[str, int], foreign: dict[str, int]) -> tuple[_Slots, Ints, Ints, Ints]:
    raw, source, target, prior_f, prior_b, weight = [], [], [], [], [], []
    e_all, f_all = [], []
    at_e = at_f = 0
    for pair in pairs:
        e = np.array([english[lemma] for lemma in pair.lemmas], dtype=np.int64)
        f = np.array([foreign[root] for root in pair.roots], dtype=np.int64)
        m, n = len(e), len(f)
        distance = np.abs((np.arange(m)[:, None] + 0.5) / m - (np.arange(n)[None, :] + 0.5) / n)
        near = np.exp(-DIAGONAL * distance)
        raw.append((e[:, None] * len(foreign) + f[None, :]).ravel())
        source.append(np.repeat(np.arange(at_e, at_e + m), n))
        target.append(np.tile(np.arange(at_f, at_f + n), m))
        prior_f.append((near / near.sum(axis=0, keepdims=True)).ravel())
        prior_b.append((near / near.sum(axis=1, keepdims=True)).ravel())
        weight.append(np.full(m * n, pair.weight))
        e_all.append(e)
        f_all.append(f)
        at_e, at_f = at_e + m, at_f + n
    keys, position = np.unique(np.concatenate(raw), return_inverse=True)
    joined = [np.concatenate(part) for part in (source, target, prior_f, prior_b, weight)]
    return _Slots(position.ravel(), *joined), keys, np.concatenate(e_all), np.concatenate(f_all)


def _estimate(counts: Floats, owner: Ints, owners: int) -> Floats:
    """Variational Bayes: exp(digamma(count + prior)) over the same of the owner's sum."""
    total = np.bincount(owner, weights=counts + SPARSE, minlength=owners)
    result: Floats = np.exp(_digamma(counts + SPARSE) - _digamma(np.maximum(total, SPARSE))[owner])
    return result


def _digamma(x: Floats) -> Floats:
    """The derivative of log gamma for x > 0, by its recurrence up to 6 and its asymptotic series from there."""
    shifted, down = x.copy(), np.zeros_like(x)
    for _ in range(6):
        small = shifted < 6
        down[small] -= 1 / shifted[small]
        shifted[small] += 1
    inverse = 1 / (shifted * shifted)
    result: Floats = np.log(shifted) - 0.5 / shifted - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252)) + down
    return result


def _links(pairs: Sequence[SentencePair], belief: Floats) -> list[Links]:
    out: list[Links] = []
    at = 0
    for pair in pairs:
        m, n = len(pair.lemmas), len(pair.roots)
        grid = belief[at : at + m * n].reshape(m, n)
        at += m * n
        out.append([(int(i), int(j), float(grid[i, j])) for i, j in zip(*np.nonzero(grid >= SURE), strict=True)])
    return out
