"""Which channels of a reader's activations are too large to be rounded with the others.

A tensor of activations is rounded with one scale, so a channel that is ten times as large as the rest takes three of the eight bits from all
of them. Trained transformers have a few such channels, always the same ones, whatever is read (Dettmers et al., LLM.int8(), NeurIPS 2022);
so they are found on pieces drawn at random, without any data, and stay in float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor, nn

    from qa.training.reader_network.model import ReaderNet

ROWS, TOKENS = 12, 192
SEED = 0
OPENS, CLOSES = 2, 3  # ids of the tokens that open and close a part of a pair, which have the largest values


def outlier_channels(net: ReaderNet, count: int) -> dict[str, list[int]]:
    """Of each layer the `count` inputs of its `up` and of its `down` matrix with the largest values, by name ("layers.3.up"), in ascending order."""
    largest: dict[str, Tensor] = {}

    def watch(name: str) -> object:
        def before(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            values = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest.get(name, values), values)

        return before

    watched = [(f"layers.{at}.{part}", getattr(layer, part)) for at, layer in enumerate(net.layers) for part in ("up", "down")]
    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in watched]
    draw = torch.Generator().manual_seed(SEED)
    tokens = min(TOKENS, net.shape.positions)
    ids = torch.randint(0, net.shape.pieces, (ROWS, tokens), generator=draw)
    kinds = torch.randint(0, net.shape.kinds, (ROWS, tokens), generator=draw)
    ids[:, 0], ids[:, tokens // 8], ids[:, -1] = OPENS, CLOSES, CLOSES
    try:
        with torch.inference_mode():
            net(ids, kinds, torch.ones_like(ids))
    finally:
        for hook in hooks:
            hook.remove()
    return {name: sorted(values.topk(min(count, len(values))).indices.tolist()) for name, values in largest.items()}
