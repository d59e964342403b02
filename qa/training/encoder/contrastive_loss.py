"""The contrastive loss, with its gradient written out: one exponential serves both directions."""

from __future__ import annotations

from typing import Any

import torch


class _Contrast(torch.autograd.Function):
    """InfoNCE in both directions for unit rows; see `contrast`."""

    @staticmethod
    def forward(  # noqa: PLR0917 - torch hands its arguments over by position
        ctx: Any, queries: torch.Tensor, passages: torch.Tensor, groups: torch.Tensor | None, scale: float, kind: torch.dtype
    ) -> torch.Tensor:
        n = len(queries)
        near_q, near_p = queries.to(kind), passages.to(kind)
        # exp(scale * (cos - 1)) is at most 1, so nothing overflows and no maximum has to be taken off.
        odds = torch.exp((near_q @ near_p.T).float().mul_(scale).sub_(scale))  # (n, n_passages)
        if groups is not None:
            odds.masked_fill_(groups[:n, None] == groups[None, :], 0.0)
        right = scale * ((queries * passages[:n]).sum(dim=1) - 1)  # (n,) in full precision
        odds.diagonal().copy_(right.exp())
        across, down = odds.sum(dim=1), odds[:, :n].sum(dim=0)
        ctx.save_for_backward(near_q, near_p, odds, across, down)
        ctx.scale = scale
        return ((across.log() - right) + (down.log() - right)).mean() / 2

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        near_q, near_p, odds, across, down = ctx.saved_tensors
        n = len(near_q)
        slope = odds / across[:, None]  # (n, n_passages): d loss / d logits, the softmax of each direction less the truth
        slope[:, :n].addcdiv_(odds[:, :n], down[None, :].expand(n, n))
        slope.diagonal().sub_(2.0)
        slope = slope.to(near_q.dtype)
        factor = grads[0] * ctx.scale / (2 * n)
        return (slope @ near_p).float() * factor, (slope.T @ near_q).float() * factor, None, None, None


def contrast(
    queries: torch.Tensor, passages: torch.Tensor, groups: torch.Tensor | None, *, scale: float, kind: torch.dtype = torch.float32
) -> torch.Tensor:
    """The mean of -log softmax over a question's passages and over a passage's questions.

    queries: (n, dim) unit rows; passages: (m, dim) unit rows, m >= n, row i < n belonging to query i, the others being
    negatives only. groups: (m,) or None; passages of equal group are not negatives of one another's queries. `kind` is the
    type of the large products. Source: van den Oord et al., "Representation Learning with Contrastive Predictive Coding", 2018.
    """
    loss: torch.Tensor = _Contrast.apply(queries, passages, groups, scale, kind)  # type: ignore[no-untyped-call]
    return loss
