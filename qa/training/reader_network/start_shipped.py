"""The shipped reader as a start point: reader.onnx read back into the network that it was written from.

So a run can continue from the shipped weights where nobody kept the checkpoint. Eight bits lose a little: the weights come back
rounded as `qa.training.reader_network.onnx_graph` rounded them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from qa.errors import TrainingError
from qa.training.reader_network.model import ReaderNet, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Weights = Iterator[NDArray[np.float32]]

_CURE = "Cure: name the folder or reader.onnx of a reader that `qa train reader` exported, or its reader.pt"


def net_of_onnx(path: Path) -> ReaderNet:
    """The network of an exported reader.onnx in eight bits. Raises TrainingError when the file is not one.

    The weights of the graph are in the order in which `qa.training.reader_network.onnx_graph.build` uses them; integers are followed by
    their scales: a scale a row for vectors, a scale a column for the transposed matrices.
    """
    try:
        model = onnx.load(str(path))
        weights = iter([numpy_helper.to_array(one) for one in model.graph.initializer])
        heads = next(
            one.i
            for node in model.graph.node
            if node.op_type == "MultiHeadAttention"
            for one in node.attribute
            if one.name == "num_heads"
        )
        layers = sum(node.op_type == "MultiHeadAttention" for node in model.graph.node)
        averaged = any(node.op_type == "ReduceSum" for node in model.graph.node)
        values = dict(_values(weights, layers, averaged=averaged))
        shape = Shape(
            pieces=len(values["word.weight"]),
            width=values["word.weight"].shape[1],
            layers=layers,
            heads=heads,
            inner=len(values["layers.0.up.weight"]),
            positions=len(values["position.weight"]),
            kinds=len(values["kind.weight"]),
            averaged=int(averaged),
            verdicts=len(values["verdict.bias"]),
        )
        net = ReaderNet(shape)
        net.load_state_dict({name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in values.items()})
    except (OSError, ValueError, KeyError, IndexError, RuntimeError, StopIteration, onnx.checker.ValidationError) as error:
        raise TrainingError(f"{path}: no reader in eight bits ({error}). {_CURE}") from error
    except Exception as error:  # protobuf's DecodeError has no common base with the above
        raise TrainingError(f"{path}: not an ONNX file ({error}). {_CURE}") from error
    return net.eval()


def _values(weights: Weights, layers: int, *, averaged: bool) -> Iterator[tuple[str, NDArray[np.float32]]]:
    next(weights)  # the 0 at which a slice begins
    yield "position.weight", next(weights) * next(weights)
    yield "word.weight", next(weights) * next(weights).astype(np.float32)
    yield "kind.weight", next(weights)
    yield from _norm("norm", weights)
    for number in range(layers):
        at = f"layers.{number}"
        yield from _linear(f"{at}.qkv", weights)
        yield from _linear(f"{at}.out", weights)
        yield from _norm(f"{at}.norm1", weights)
        yield from _feed_forward(at, weights)
        yield from _norm(f"{at}.norm2", weights)
    yield "span.weight", next(weights).T
    yield "span.bias", next(weights)
    for _ in range(4 if averaged else 1):  # the place of the first token, and three axes of the mean
        next(weights)
    yield from _linear("pool", weights)
    yield "verdict.weight", next(weights).T
    yield "verdict.bias", next(weights)


def _linear(name: str, weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    small, scale = next(weights), next(weights)
    if small.dtype != np.int8:
        raise ValueError(f"{name} is not in eight bits")
    yield f"{name}.weight", (small * scale[None, :]).T
    yield f"{name}.bias", next(weights)


def _feed_forward(at: str, weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The two wide matrices, with what is kept apart in float32 put back in its place."""
    first = next(weights)
    if first.dtype == np.int8:  # nothing is kept apart: as readers were written before
        yield from _linear(f"{at}.up", chain([first], weights))
        yield from _linear(f"{at}.down", weights)
        return
    up = dict(_linear(f"{at}.up", weights))  # `first` is the mask of the columns that are rounded
    matrix, bias = up[f"{at}.up.weight"], up[f"{at}.up.bias"]
    wide = next(weights)
    matrix[:, wide] = next(weights).T
    rows, rows_bias = next(weights).T, next(weights)
    inner = np.flatnonzero(~matrix.any(axis=1))
    if len(inner) != len(rows):
        raise ValueError(f"{at}.up has {len(inner)} rows of zeros for {len(rows)} that are kept apart")
    matrix[inner], bias = rows, bias.copy()
    bias[inner] = rows_bias
    down = dict(_linear(f"{at}.down", weights))
    down[f"{at}.down.weight"][:, inner] = next(weights).T
    yield from {**up, f"{at}.up.bias": bias, **down}.items()


def _norm(name: str, weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield f"{name}.weight", next(weights)
    yield f"{name}.bias", next(weights)
