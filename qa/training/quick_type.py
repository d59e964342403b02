"""Which type of numbers a machine trains with."""

from __future__ import annotations

import time
from functools import cache

import torch

TWICE = 2.0
"""So much faster bfloat16 has to multiply, for the rest of a step is slower with it."""


@cache
def quick_type(device: str) -> torch.dtype:
    """bfloat16 where this machine multiplies it at least twice as fast as float32.

    Measured, and not asked of the processor: with AVX512-BF16 alone one took 1.4 times as long for a step of the reader as in float32,
    another a third of the time; where it is emulated it takes twenty times as long.
    """
    return torch.bfloat16 if TWICE * seconds(torch.bfloat16, device) < seconds(torch.float32, device) else torch.float32


def seconds(kind: torch.dtype, device: str) -> float:
    """The shortest of a few products of the shape of a layer's."""
    left, right = torch.ones(1024, 384, device=device, dtype=kind), torch.ones(384, 1536, device=device, dtype=kind)
    spent = []
    for _ in range(8):
        began = time.perf_counter()
        float((left @ right)[0, 0])  # waits for a GPU
        spent.append(time.perf_counter() - began)
    return min(spent)
