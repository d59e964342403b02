from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
from qa.errors import TrainingError
from qa.training.reader_network import onnx_graph
from qa.training.reader_network.model import ReaderNet, Shape
from qa.training.reader_network.onnx_graph import build
from qa.training.reader_network.reader_export import logits
from qa.training.reader_network.reader_options import ReaderOptions
from qa.training.reader_network.start_shipped import net_of_onnx

pytestmark = pytest.mark.extra("onnx", "torch")

SHAPE = Shape(pieces=300, width=48, layers=2, heads=4, inner=96, positions=64)


def written(path: Path, *, eight_bits: bool = True) -> ReaderNet:
    torch.manual_seed(1)
    net = ReaderNet(SHAPE)
    onnx.save(build(net, eight_bits=eight_bits), str(path))
    return net


def steps(matrix: torch.Tensor) -> float:
    """The largest step between two neighbouring weights of a matrix as it is rounded."""
    return float(onnx_graph.round_rows(matrix.numpy(), paired=True)[1].max())


def test_an_exported_reader_comes_back_as_the_network_that_it_was(tmp_path: Path) -> None:
    net = written(tmp_path / "reader.onnx")
    back = net_of_onnx(tmp_path / "reader.onnx")
    assert back.shape == SHAPE
    for name, value in net.state_dict().items():
        step = steps(value) if value.ndim > 1 else 0.0
        assert (value - back.state_dict()[name]).abs().max() <= step * 0.51 + 1e-6, name


def test_a_reader_that_was_written_before_channels_were_kept_apart_is_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_graph, "APART", 0)
    net = written(tmp_path / "reader.onnx")
    back = net_of_onnx(tmp_path / "reader.onnx").state_dict()
    for name in ("layers.1.up.weight", "layers.1.up.bias", "layers.1.down.weight"):
        value = net.state_dict()[name]
        step = steps(value) if value.ndim > 1 else value.abs().max() / 127
        assert (value - back[name]).abs().max() <= step * 0.51 + 1e-6, name


def test_writing_it_once_more_gives_the_same_figures(tmp_path: Path) -> None:
    written(tmp_path / "reader.onnx")
    again = build(net_of_onnx(tmp_path / "reader.onnx"), eight_bits=True).SerializeToString()
    ids = np.random.default_rng(0).integers(5, 300, (2, 20))
    batch = (ids, np.full_like(ids, 3), np.ones_like(ids))
    for one, other in zip(logits(tmp_path / "reader.onnx", batch), logits(again, batch), strict=True):
        assert np.abs(one - other).max() < 1e-3


def test_a_run_continues_from_an_exported_folder(tmp_path: Path) -> None:
    written(tmp_path / "reader.onnx")
    options = ReaderOptions(data=tmp_path, out=tmp_path, tokenizer=tmp_path, start=tmp_path)
    assert options.continues
    assert options.exported == tmp_path / "reader.onnx"
    assert not ReaderOptions(data=tmp_path, out=tmp_path, tokenizer=tmp_path, start=tmp_path / "body").continues


@pytest.mark.parametrize("what", ["float", "text", "nothing"])
def test_what_is_no_exported_reader_is_named_with_the_cure(tmp_path: Path, what: str) -> None:
    path = tmp_path / "reader.onnx"
    if what == "float":
        written(path, eight_bits=False)
    elif what == "text":
        path.write_text("no model")
    with pytest.raises(TrainingError, match=r"reader\.onnx.*Cure"):
        net_of_onnx(path)
