"""First word vectors of the reader: an English model's vectors carried over to our Indonesian-and-English vocabulary.

Three sources, blended: the mean of the old pieces that spell the word; the English words that it is translated with
(IBM Model 1 on parallel sentences); and its neighbours in Indonesian text (positive pointwise mutual information, reduced
by a singular value decomposition, mapped to the old vectors' space by ridge regression).

Sources: Brown et al., Computational Linguistics 1993 (IBM Model 1); Levy and Goldberg, NIPS 2014 (PPMI and SVD); Minixhofer
et al., NAACL 2022 (starting a new language's vectors from translations).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

WINDOW = 4  # tokens to each side that count as neighbours
RANK = 256  # dimensions of the neighbour vectors
SURE = 0.15  # translations less likely than this are noise
KNOWN = 3  # a piece seen in fewer sentence pairs than this has no translation
RIDGE = 1.0


def spelled(new: Tokenizer, old: Tokenizer, old_vectors: Tensor) -> tuple[Floats, NDArray[np.bool_]]:
    """(pieces, width) mean of the old pieces that spell each new piece, and whether the old vocabulary has it whole."""
    vocabulary = new.get_vocab()
    old_ids = old.get_vocab()
    table = old_vectors.numpy()
    vectors = np.zeros((len(vocabulary), table.shape[1]), dtype=np.float32)
    whole = np.zeros(len(vocabulary), dtype=bool)
    for piece, number in vocabulary.items():
        if piece in old_ids:
            vectors[number] = table[old_ids[piece]]
            whole[number] = True
            continue
        text = piece.removeprefix("##")
        parts = list(old.encode(text, add_special_tokens=False).ids)
        if piece.startswith("##") and parts:
            parts[0] = old_ids.get(f"##{old.id_to_token(parts[0])}", parts[0])
        vectors[number] = table[parts or [old_ids["[UNK]"]]].mean(axis=0)
    return vectors, whole


def translations(
    foreign: Sequence[Sequence[int]], english: Sequence[Sequence[int]], pieces: int, *, rounds: int = 6, sure: float = SURE
) -> dict[int, list[tuple[int, float]]]:
    """IBM Model 1: for each foreign piece its likely English pieces as (piece, probability), those over `sure` alone.

    Both sides are sentences as piece ids of the same vocabulary. t(e | f) is estimated by expectation-maximisation over all
    pairs of co-occurring pieces, with an empty word on the foreign side.
    """
    empty = pieces
    pair_keys, sentence_slots = [], []
    slot = 0
    for source, target in zip(foreign, english, strict=True):
        f = np.unique(np.array([*source, empty], dtype=np.int64))
        e = np.unique(np.array(target, dtype=np.int64))
        pair_keys.append((f[None, :] * pieces + e[:, None]).ravel())
        sentence_slots.append(np.repeat(np.arange(slot, slot + len(e)), len(f)))
        slot += len(e)
    keys, position = np.unique(np.concatenate(pair_keys), return_inverse=True)
    slots = np.concatenate(sentence_slots)
    owner = keys // pieces
    chance = np.ones(len(keys))
    for _ in range(rounds):
        weight = chance[position]
        share = weight / np.bincount(slots, weights=weight, minlength=slot)[slots]
        expected = np.bincount(position, weights=share, minlength=len(keys))
        total = np.bincount(owner, weights=expected, minlength=pieces + 1)
        chance = expected / total[owner]
    seen = np.bincount(np.concatenate([np.unique(np.array(source, dtype=np.int64)) for source in foreign]), minlength=pieces + 1)
    found: dict[int, list[tuple[int, float]]] = {}
    for index in np.flatnonzero((chance >= sure) & (seen[owner] >= KNOWN) & (owner != empty)):
        found.setdefault(int(owner[index]), []).append((int(keys[index] % pieces), float(chance[index])))
    return found


def neighbours(sentences: Iterable[Sequence[int]], pieces: int, *, rank: int = RANK) -> Floats:
    """(pieces, rank) vectors by context: positive pointwise mutual information (smoothed by 0.75), reduced by an SVD."""
    stream = np.concatenate([np.array([*sentence, -1], dtype=np.int64) for sentence in sentences])
    parts = []
    for step in range(1, WINDOW + 1):
        left, right = stream[:-step], stream[step:]
        inside = (left >= 0) & (right >= 0)
        parts.append(left[inside] * pieces + right[inside])
    keys, times = np.unique(np.concatenate(parts), return_counts=True)
    keep = times >= 2
    keys, times = keys[keep], times[keep].astype(np.float64)
    rows, columns = np.concatenate([keys // pieces, keys % pieces]), np.concatenate([keys % pieces, keys // pieces])
    times = np.concatenate([times, times])
    by_row = np.bincount(rows, weights=times, minlength=pieces)
    smooth = np.bincount(columns, weights=times, minlength=pieces) ** 0.75
    value = np.log(times * smooth.sum() / (by_row[rows] * smooth[columns]))
    good = value > 0
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([rows[good], columns[good]])),
        torch.from_numpy(value[good].astype(np.float32)),
        (pieces, pieces),
        check_invariants=True,
    ).coalesce()
    torch.manual_seed(0)
    basis = torch.linalg.qr(matrix @ torch.randn(pieces, rank + 16)).Q
    for _ in range(2):  # power iterations: Halko, Martinsson and Tropp, SIAM Review 2011
        basis = torch.linalg.qr(matrix @ (matrix.t() @ basis)).Q
    u, s, _ = torch.linalg.svd((matrix.t() @ basis).t(), full_matrices=False)
    vectors = (basis @ u[:, :rank]) * s[:rank].sqrt()
    return np.asarray(torch.nn.functional.normalize(vectors, dim=1).numpy(), dtype=np.float32)


def blend(
    by_spelling: Floats,
    whole: NDArray[np.bool_],
    english: NDArray[np.bool_],
    found: dict[int, list[tuple[int, float]]],
    context: Floats | None,
) -> tuple[Floats, dict[str, float]]:
    """First vectors from the three sources, and figures about them.

    An English word that the old vocabulary has whole keeps its vector. A translated word takes its translations' mean (two
    thirds) and its spelling; what has neither takes what its neighbours predict and its spelling, half and half.
    """
    middle = by_spelling[english & whole].mean(axis=0)
    length = float(np.linalg.norm(by_spelling[english & whole] - middle, axis=1).mean())
    translated = by_spelling.copy()
    known = english & whole
    for piece, options in found.items():
        if known[piece]:
            continue
        weights = np.array([chance for _, chance in options], dtype=np.float32)
        mean = (by_spelling[[number for number, _ in options]] * (weights / weights.sum())[:, None]).sum(axis=0)
        certain = min(1.0, float(weights.sum()) * 1.25)
        translated[piece] = certain * (0.67 * mean + 0.33 * by_spelling[piece]) + (1 - certain) * by_spelling[piece]
    anchors = known.copy()
    anchors[list(found)] = True
    figures = {"kept whole": float(known.sum()), "translated": float((anchors & ~known).sum())}
    vectors = translated
    if context is not None:
        seen = np.linalg.norm(context, axis=1) > 0
        rows = np.flatnonzero(anchors & seen)
        x, y = context[rows].astype(np.float64), (translated[rows] - middle).astype(np.float64)
        check = rows % 10 == 0
        solve = np.linalg.solve(x[~check].T @ x[~check] + RIDGE * np.eye(x.shape[1]), x[~check].T @ y[~check])
        left = float(((y[check] - x[check] @ solve) ** 2).sum() / (y[check] ** 2).sum())
        figures["mapped, variance explained on held-out words"] = 1 - left
        mapped = (context @ solve.astype(np.float32)) + middle
        rest = seen & ~anchors
        vectors[rest] = 0.5 * mapped[rest] + 0.5 * by_spelling[rest]
    off = vectors - middle
    norms = np.linalg.norm(off, axis=1, keepdims=True)
    changed = ~known
    vectors[changed] = (middle + off * (length / np.maximum(norms, 1e-6)))[changed]
    return vectors.astype(np.float32), figures
