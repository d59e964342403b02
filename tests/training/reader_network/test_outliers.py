from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
from qa.training.reader_network import onnx_graph
from qa.training.reader_network.model import ReaderNet, Shape
from qa.training.reader_network.outliers import outlier_channels
from qa.training.reader_network.reader_export import logits

pytestmark = pytest.mark.extra("onnx", "torch")

SHAPE = Shape(pieces=300, width=48, layers=2, heads=4, inner=96, positions=64)


def network_with_outliers(*, wide: bool = True) -> ReaderNet:
    """As trained ones are: of each layer one input of either wide matrix is forty times as large as the others."""
    torch.manual_seed(3)
    net = ReaderNet(SHAPE)
    with torch.no_grad():
        for layer in net.layers:
            if wide:
                layer.norm1.weight[7] = 40.0
                layer.up.weight[:, 7] /= 40.0
            layer.up.weight[31] *= 40.0
            layer.down.weight[:, 31] /= 40.0
    return net


def test_the_large_channels_of_each_layer_are_found_without_any_text():
    found = outlier_channels(network_with_outliers(), 1)
    assert found == {"layers.0.up": [7], "layers.0.down": [31], "layers.1.up": [7], "layers.1.down": [31]}


def test_they_are_found_in_ascending_order_and_no_more_than_there_are():
    found = outlier_channels(network_with_outliers(), 500)
    assert found["layers.1.up"] == list(range(48))
    assert found["layers.1.down"] == list(range(96))


def test_what_is_kept_apart_undoes_most_of_the_rounding(monkeypatch):
    net = network_with_outliers(wide=False).eval()
    ids = np.random.default_rng(1).integers(5, 300, (6, 24))
    batch = (ids, np.full_like(ids, 3), np.ones_like(ids))
    with torch.inference_mode():
        exact = [value.numpy() for value in net(*(torch.from_numpy(part) for part in batch))]

    def off(count: int) -> float:
        monkeypatch.setattr(onnx_graph, "APART", count)
        rounded = logits(onnx_graph.build(net, eight_bits=True).SerializeToString(), batch)
        return sum(float(np.abs(one - other).mean()) for one, other in zip(rounded, exact, strict=True))

    assert off(2) < off(0) / 2
