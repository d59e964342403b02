"""The reader's network: one small BERT-style cross-encoder with four heads, and its start point.

Shapes: B pairs, T tokens, W width. `kinds` is the input feature of `qa.retrieve.pairs` (which part a token is in,
whether it is shared with the other part, and how it is spelt); it takes the place of BERT's two token types.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from qa.errors import TrainingError
from qa.retrieve.pairs import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


POLAR = 5
"""Which verdict is the logit of yes, of a yes-no question that the passage answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the network; the defaults are those of the start point's body."""

    pieces: int
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 384
    kinds: int = KINDS
    averaged: int = 0  # 1: the verdicts see the mean of all tokens beside the first
    verdicts: int = 5  # 6: with the yes-or-no head

    def as_dict(self) -> dict[str, int]:
        """For config.json."""
        return asdict(self)


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each with a residual and a norm after it (as in BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if (
            q.dtype == torch.bfloat16 and q.device.type == "cpu"
        ):  # there the backward pass of the fused call takes four times as long
            weights = torch.softmax((q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype), -1)
            mixed = weights @ v  # (B, heads, T, W / heads)
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, length, width)))
        result: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return result


class ReaderNet(nn.Module):
    """(ids, kinds, mask) -> (spans, verdicts).

    spans: (B, T, 2) logits of being the first and the last token of the answer. verdicts: (B, 5 or 6) logits: relevance,
    answerable, entailment, neutral, contradiction, and yes. `frozen` layers from below, and the vectors with them, are not trained.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.pieces, shape.width, sparse=True)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Embedding(shape.kinds, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.span = nn.Linear(shape.width, 2)
        self.pool = nn.Linear(shape.width, shape.width)
        self.verdict = nn.Linear(shape.width, shape.verdicts)
        self.frozen = 0

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.body(ids, kinds, mask)
        return self.span(hidden), self.verdict(torch.tanh(self.pool(self.whole(hidden, mask))))

    def whole(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """(B, T, W) -> (B, W), what the verdicts are made of: the first token, with the mean of all where the shape says so.

        A body that was trained to be averaged, as E5 is, keeps little in its first token and takes long to learn to.
        """
        first = hidden[:, 0]
        if not self.shape.averaged:
            return first
        weight = mask.to(hidden.dtype)
        return first + (weight[:, :, None] * hidden).sum(1) / weight.sum(1, keepdim=True)

    def body(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """(B, T) int64 ids, kinds and mask (1 = a token) -> (B, T, W)."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x: Tensor = self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind(kinds)
            x = self.norm(x)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= self.frozen):
                x = layer(x, bias)
        return x


def start_from_bert(net: ReaderNet, weights: Mapping[str, Tensor]) -> None:
    """Copy the body of a BERT checkpoint (its tensors by name) into `net`; word vectors stay as they are.

    The part of the pair that a token is in starts from BERT's first token type for all kinds, a little apart.
    """

    def get(name: str) -> Tensor:
        for candidate in (name, f"bert.{name}"):
            if candidate in weights:
                return weights[candidate].float()
        raise TrainingError(f"start point: no tensor '{name}'. Cure: give the safetensors file of a BERT model")

    with torch.no_grad():
        positions = get("embeddings.position_embeddings.weight")
        net.position.weight.copy_(positions[: net.shape.positions])
        kind = get("embeddings.token_type_embeddings.weight")[0]
        net.kind.weight.copy_(kind + 0.02 * torch.randn(net.kind.weight.shape, generator=torch.Generator().manual_seed(0)))
        net.norm.weight.copy_(get("embeddings.LayerNorm.weight"))
        net.norm.bias.copy_(get("embeddings.LayerNorm.bias"))
        for number, layer in enumerate(net.layers):
            at = f"encoder.layer.{number}"
            for part in ("weight", "bias"):
                qkv = torch.cat([get(f"{at}.attention.self.{name}.{part}") for name in ("query", "key", "value")])
                getattr(layer.qkv, part).copy_(qkv)
                for ours, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, part).copy_(get(f"{at}.{theirs}.{part}"))
        nn.init.normal_(net.span.weight, std=0.02)
        nn.init.normal_(net.verdict.weight, std=0.02)
        nn.init.zeros_(net.span.bias)
        nn.init.zeros_(net.verdict.bias)


def with_polar(net: ReaderNet) -> ReaderNet:
    """The same network with the yes-or-no head, which begins as entailment against contradiction; itself where it has one."""
    if net.shape.verdicts > POLAR:
        return net
    wider = ReaderNet(replace(net.shape, verdicts=POLAR + 1))
    state = net.state_dict()
    for name in ("verdict.weight", "verdict.bias"):
        known = state[name]
        state[name] = torch.cat([known, (known[2] - known[4])[None]])
    wider.load_state_dict(state)
    return wider


def save_net(net: ReaderNet, path: Path, extra: Mapping[str, Any] | None = None) -> None:
    """Weights and shape in one torch file, written beside and renamed, so that a file under `path` is whole."""
    beside = path.with_suffix(".part")
    torch.save({"shape": net.shape.as_dict(), "net": net.state_dict(), **(extra or {})}, beside)
    beside.replace(path)


def load_net(path: Path) -> ReaderNet:
    """The network of a file that `save_net` wrote. TrainingError when it is not one."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        net = ReaderNet(Shape(**state["shape"]))
        net.load_state_dict(state["net"])
    except (OSError, KeyError, RuntimeError, TypeError) as error:
        raise TrainingError(f"{path}: not a checkpoint of the reader ({error}). Cure: train again") from error
    return net.eval()
