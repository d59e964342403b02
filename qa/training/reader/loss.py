"""What the reader is taught by: a loss for each thing that is known about a pair, averaged over the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from qa.training.examples.mixture import LABELS, NOT_ENTAILED, UNKNOWN
from qa.training.reader_network.model import POLAR

if TYPE_CHECKING:
    from torch import Tensor

    from qa.training.reader.batches import Batch

BINARY = 0.7  # weight of the two yes-or-no heads beside span and entailment
SILENT = 0.3  # weight of the spans against no span at all, beside the spans among themselves


def entailment_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean of -log p(label) over rows of (e, n, c) logits; of -log(1 - p(e)) where a row is only known not to be entailed."""
    every = torch.logsumexp(logits, 1)
    picked = logits.gather(1, labels.clamp(max=len(LABELS) - 1)[:, None])[:, 0]
    rest = torch.logsumexp(logits[:, 1:], 1)
    return (every - torch.where(labels == NOT_ENTAILED, rest, picked)).mean()


def span_loss(logits: Tensor, gold: Tensor, group: Tensor) -> tuple[Tensor, Tensor]:
    """(sum over groups with gold of -log p(gold), sum over all groups of -log p(gold or none)) of starts, or of ends.

    logits: (n, t), -1e4 outside the passage. gold: (n,) place of the gold token, or UNKNOWN. group: (n,) the number of the row's question
    from 0: probabilities are normalised over all passages of a question (Clark and Gardner, 2018). "None" has the logit 0, so that a
    logit above 0 speaks for an answer whatever the question.
    """
    groups = int(group.max()) + 1
    rows = torch.logsumexp(logits, 1)
    spread = torch.full((groups, len(group)), -1e4, dtype=rows.dtype, device=rows.device)
    spread = spread.scatter(0, group[None, :], rows[None, :])
    every = torch.logsumexp(spread, 1)  # (groups,)
    answered = gold != UNKNOWN
    picked = logits.gather(1, gold.clamp(min=0)[:, None])[:, 0]
    right = (every[group] - picked)[answered].sum()
    open_ = torch.logaddexp(every, torch.zeros_like(every))
    has = torch.zeros(groups, dtype=torch.bool, device=rows.device).scatter(0, group[answered], value=True)
    return right, (open_[group] - picked)[answered].sum() + open_[~has].sum()


def loss_of(spans: Tensor, verdicts: Tensor, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The mean over pairs of what is known about each: span (start + end, halved), answerable, relevance, entailment, yes or no."""
    zero = spans.sum() * 0.0
    size = len(batch.ids)
    parts: dict[str, Tensor] = {}
    counts: dict[str, Tensor] = {}
    known = (batch.start != UNKNOWN) | (
        (batch.answerable == 0) & batch.grouped
    )  # rows that say where the answer is, or that it is not here
    if known.any():
        inside = spans[known].masked_fill(~batch.passage[known][..., None], -1e4)
        group = torch.unique(batch.group[known], return_inverse=True)[1]
        ends = [span_loss(inside[..., at], gold[known], group) for at, gold in enumerate((batch.start, batch.end))]
        parts["span"] = (ends[0][0] + ends[1][0]) / 2
        parts["silence"] = SILENT * (ends[0][1] + ends[1][1]) / 2
        counts["span"] = counts["silence"] = (batch.start != UNKNOWN).sum().clamp(min=1)
    for place, name in enumerate(("relevant", "answerable")):
        labels = getattr(batch, name)
        rows = labels != UNKNOWN
        if rows.any():
            parts[name] = BINARY * F.binary_cross_entropy_with_logits(verdicts[rows, place], labels[rows].float()) * rows.sum()
            counts[name] = rows.sum()
    rows = batch.label != UNKNOWN
    if rows.any():
        parts["entailment"] = entailment_loss(verdicts[rows, 2:5], batch.label[rows]) * rows.sum()
        counts["entailment"] = rows.sum()
    rows = batch.polar != UNKNOWN
    if rows.any():
        parts["polar"] = F.binary_cross_entropy_with_logits(verdicts[rows, POLAR], batch.polar[rows].float()) * rows.sum()
        counts["polar"] = rows.sum()
    total = sum(parts.values(), zero) / size
    return total, {name: float(value.detach() / counts[name]) for name, value in parts.items()}
