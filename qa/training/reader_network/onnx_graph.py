"""The reader as an ONNX graph, written node by node: float32, or with eight-bit weights.

Written by hand, and not by torch's exporter, because that needs another package, and because the graph can then say how
each weight is rounded: word vectors with a scale a row, matrices with a scale a column, both symmetric; activations are
rounded on the fly, a scale a tensor, but for a few channels that are far larger than the rest (see outliers.py). Norms, softmax, attention itself and the last layers of the heads stay in float32. Attention
looks at every token: a graph without a mask there takes onnxruntime's quicker way, a tenth of the time of a pair of 256 tokens, so rows
of different lengths are read one at a time (qa.retrieve.crossencoder.unpadded).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from qa.training.reader_network.outliers import outlier_channels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qa.training.reader_network.model import ReaderNet

OPSET = 20  # the first with Gelu
IR = 10
CONTRIB = "com.microsoft"  # MultiHeadAttention: part of every onnxruntime build
_INNER = ("up.weight", "up.bias", "down.weight", "down.bias")
APART = 4  # channels of a layer's two wide products that stay in float32: they undo three quarters of what rounding costs


class _Graph:
    """Nodes and weights as they are added; each method returns the name of its result."""

    def __init__(self, *, eight_bits: bool) -> None:
        self.eight_bits = eight_bits
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.rounded: dict[str, tuple[str, str, str]] = {}  # activations that were rounded already

    def node(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:
        names = [f"{kind.lower()}_{len(self.nodes)}_{at}" for at in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: str, **attributes: Any) -> str:
        return self.node(kind, *inputs, **attributes)[0]

    def weight(self, values: NDArray[Any]) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def rows(self, table: NDArray[np.float32], ids: str) -> str:
        """table[ids], the table perhaps in eight bits with a scale a row."""
        if not self.eight_bits:
            return self.one("Gather", self.weight(table), ids)
        small, scale = round_rows(table)
        picked = self.one("Cast", self.one("Gather", self.weight(small), ids), to=TensorProto.FLOAT)
        steps = self.one("Gather", self.weight(scale.astype(np.float16)), ids)
        return self.one("Mul", picked, self.one("Cast", steps, to=TensorProto.FLOAT))

    def first_rows(self, table: NDArray[np.float32], count: str) -> str:
        """table[:count], the table perhaps in eight bits with a scale a row."""
        zero = self.weight(np.array([0], dtype=np.int64))
        if not self.eight_bits:
            return self.one("Slice", self.weight(table), zero, count, zero)
        small, scale = round_rows(table)
        picked = self.one("Cast", self.one("Slice", self.weight(small), zero, count, zero), to=TensorProto.FLOAT)
        return self.one("Mul", picked, self.one("Slice", self.weight(scale), zero, count, zero))

    def linear(self, x: str, matrix: NDArray[np.float32], bias: NDArray[np.float32] | None, apart: Sequence[int] = ()) -> str:
        """The product x @ matrix.T (+ bias), the matrix perhaps in eight bits with a scale a column of the product.

        apart: columns of x that are multiplied by themselves, in float32.
        """
        if self.eight_bits and apart:
            few = np.array(apart, dtype=np.int64)
            rest = np.ones(matrix.shape[1], dtype=np.float32)
            rest[few] = 0.0
            most = self.linear(self.one("Mul", x, self.weight(rest)), matrix * rest, bias)
            return self.one(
                "Add", most, self.one("MatMul", self.one("Gather", x, self.weight(few), axis=-1), self.weight(matrix.T[few]))
            )
        if not self.eight_bits:
            product = self.one("MatMul", x, self.weight(matrix.T))
        else:
            small, scale = round_rows(matrix, paired=True)
            if x not in self.rounded:
                value, step, zero = self.node("DynamicQuantizeLinear", x, outputs=3)
                self.rounded[x] = (value, step, zero)
            value, step, zero = self.rounded[x]
            whole = self.one("MatMulInteger", value, self.weight(small.T), zero)
            both = self.one("Mul", step, self.weight(scale[:, 0]))
            product = self.one("Mul", self.one("Cast", whole, to=TensorProto.FLOAT), both)
        return product if bias is None else self.one("Add", product, self.weight(bias))

    def plain_linear(self, x: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.one("Add", self.one("MatMul", x, self.weight(matrix.T)), self.weight(bias))

    def mean(self, x: str, mask: str) -> str:
        """(B, T, W) -> (B, W): the mean over the tokens of the mask."""
        weight = self.one("Cast", mask, to=TensorProto.FLOAT)
        row = self.one("Unsqueeze", weight, self.weight(np.array([1], dtype=np.int64)))
        total = self.one("Squeeze", self.one("MatMul", row, x), self.weight(np.array([1], dtype=np.int64)))
        return self.one("Div", total, self.one("ReduceSum", weight, self.weight(np.array([1], dtype=np.int64)), keepdims=1))

    def norm(self, x: str, scale: NDArray[np.float32], shift: NDArray[np.float32]) -> str:
        return self.one("LayerNormalization", x, self.weight(scale), self.weight(shift), axis=-1, epsilon=1e-12)

    def feed_forward(
        self, x: str, weights: tuple[NDArray[np.float32], ...], wide: Sequence[int] = (), inner: Sequence[int] = ()
    ) -> str:
        """Gelu(x @ up.T + up_bias) @ down.T + down_bias. `wide` columns of x and `inner` ones between the products stay in float32.

        weights: up, its bias, down, its bias.
        """
        up, up_bias, down, down_bias = weights
        if not self.eight_bits or not inner:
            return self.linear(self.one("Gelu", self.linear(x, up, up_bias, wide)), down, down_bias)
        few = np.array(inner, dtype=np.int64)
        rest = np.ones(len(up), dtype=np.float32)
        rest[few] = 0.0  # rows of zeros come out of Gelu as zeros, and take no part in the rounding
        most = self.one("Gelu", self.linear(x, up * rest[:, None], up_bias * rest, wide))
        large = self.one("Gelu", self.plain_linear(x, up[few], up_bias[few]))
        return self.one("Add", self.linear(most, down * rest, down_bias), self.one("MatMul", large, self.weight(down.T[few])))


def round_rows(matrix: NDArray[np.float32], *, paired: bool = False) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """(n, m) -> int8 (n, m) in -127..127 and scale (n, 1), so that int8 * scale is nearest to the matrix, row by row.

    paired: of two neighbours (columns 0 and 1, 2 and 3, ...) the magnitudes add up to at most 128. A processor without VNNI adds two
    products of an unsigned and a signed byte in 16 bits: 255 * 128 fits, so nothing saturates there, and every processor says the same.
    """
    size = np.abs(matrix)
    most = size.max(axis=1, keepdims=True)
    if paired:
        even = size.shape[1] // 2 * 2
        together = size[:, 0:even:2] + size[:, 1:even:2]
        most = np.maximum(most, together.max(axis=1, keepdims=True, initial=0.0))  # rounding adds a half to each: 127 + 1
    scale = np.maximum(most, 1e-8) / 127
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def build(net: ReaderNet, *, eight_bits: bool) -> onnx.ModelProto:
    """Inputs ids, kinds, mask: (batch, tokens) int64, the rows unpadded. Outputs spans (batch, tokens, 2), verdicts (batch, 5 or 6): logits."""
    values = {name: value.detach().cpu().float().numpy() for name, value in net.state_dict().items()}
    shape = net.shape
    apart = outlier_channels(net, APART) if eight_bits else {}
    graph = _Graph(eight_bits=eight_bits)
    length = graph.one("Shape", "ids", start=1, end=2)
    position = graph.first_rows(values["position.weight"], length)
    word = graph.rows(values["word.weight"], "ids")
    kind = graph.one("Gather", graph.weight(values["kind.weight"]), "kinds")
    x = graph.norm(graph.one("Add", graph.one("Add", word, position), kind), values["norm.weight"], values["norm.bias"])
    mask = graph.one("Cast", "mask", to=TensorProto.INT32)
    for number in range(shape.layers):
        at = f"layers.{number}"
        qkv = graph.linear(x, values[f"{at}.qkv.weight"], None)
        parts = graph.node("Split", qkv, outputs=3, axis=-1, num_outputs=3)
        bias = graph.weight(values[f"{at}.qkv.bias"])
        mixed = graph.one("MultiHeadAttention", *parts, bias, domain=CONTRIB, num_heads=shape.heads)
        out = graph.linear(mixed, values[f"{at}.out.weight"], values[f"{at}.out.bias"])
        x = graph.norm(graph.one("Add", x, out), values[f"{at}.norm1.weight"], values[f"{at}.norm1.bias"])
        wide = tuple(values[f"{at}.{name}"] for name in _INNER)
        down = graph.feed_forward(x, wide, apart.get(f"{at}.up", ()), apart.get(f"{at}.down", ()))
        x = graph.norm(graph.one("Add", x, down), values[f"{at}.norm2.weight"], values[f"{at}.norm2.bias"])
    spans = graph.plain_linear(x, values["span.weight"], values["span.bias"])
    first = graph.one("Gather", x, graph.weight(np.array(0, dtype=np.int64)), axis=1)
    if shape.averaged:
        first = graph.one("Add", first, graph.mean(x, mask))
    pooled = graph.one("Tanh", graph.linear(first, values["pool.weight"], values["pool.bias"]))
    verdicts = graph.plain_linear(pooled, values["verdict.weight"], values["verdict.bias"])
    graph.nodes += [helper.make_node("Identity", [spans], ["spans"]), helper.make_node("Identity", [verdicts], ["verdicts"])]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in ("ids", "kinds", "mask")]
    outputs = [
        helper.make_tensor_value_info("spans", TensorProto.FLOAT, ["batch", "tokens", 2]),
        helper.make_tensor_value_info("verdicts", TensorProto.FLOAT, ["batch", shape.verdicts]),
    ]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
        ir_version=IR,
        producer_name="sitasi",
    )
    onnx.checker.check_model(model)
    return model
