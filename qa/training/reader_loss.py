"""What the reader is taught by: a loss for each thing that is known about a pair, averaged over the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from qa.training.examples import LABELS, NOT_ENTAILED, UNKNOWN

if TYPE_CHECKING:
    from torch import Tensor

    from qa.training.reader_batches import Batch

BINARY = 0.7  # weight of the two yes-or-no heads beside span and entailment


def entailment_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean of -log p(label) over rows of (e, n, c) logits; of -log(1 - p(e)) where a row is only known not to be entailed."""
    every = torch.logsumexp(logits, 1)
    picked = logits.gather(1, labels.clamp(max=len(LABELS) - 1)[:, None])[:, 0]
    rest = torch.logsumexp(logits[:, 1:], 1)
    return (every - torch.where(labels == NOT_ENTAILED, rest, picked)).mean()


def loss_of(spans: Tensor, verdicts: Tensor, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The mean over pairs of what is known about each: span (start + end, halved), answerable, relevance, entailment."""
    zero = spans.sum() * 0.0
    size = len(batch.ids)
    parts: dict[str, Tensor] = {}
    rows = batch.start != UNKNOWN
    if rows.any():
        inside = spans[rows].masked_fill(~batch.passage[rows][..., None], -1e4)
        parts["span"] = (
            (F.cross_entropy(inside[..., 0], batch.start[rows]) + F.cross_entropy(inside[..., 1], batch.end[rows]))
            / 2
            * rows.sum()
        )
    for place, name in enumerate(("relevant", "answerable")):
        known = getattr(batch, name)
        rows = known != UNKNOWN
        if rows.any():
            parts[name] = BINARY * F.binary_cross_entropy_with_logits(verdicts[rows, place], known[rows].float()) * rows.sum()
    rows = batch.label != UNKNOWN
    if rows.any():
        parts["entailment"] = entailment_loss(verdicts[rows, 2:5], batch.label[rows]) * rows.sum()
    counts = {
        "span": (batch.start != UNKNOWN).sum(),
        "relevant": (batch.relevant != UNKNOWN).sum(),
        "answerable": (batch.answerable != UNKNOWN).sum(),
        "entailment": (batch.label != UNKNOWN).sum(),
    }
    total = sum(parts.values(), zero) / size
    return total, {name: float(value.detach() / counts[name]) for name, value in parts.items()}
