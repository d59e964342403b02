"""Where a training starts from is recognised from the file that it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.training.reader_network.reader_options import ReaderOptions


def options(start):
    return ReaderOptions(data=Path("data"), out=Path("out"), tokenizer=Path("tokenizer.json"), start=start)


def test_without_a_start_it_goes_on_from_nothing():
    at_random = options(None)
    assert (at_random.continues, at_random.multilingual, at_random.exported) == (False, False, None)


def test_a_checkpoint_and_an_exported_reader_are_gone_on_from(tmp_path):
    assert options(Path("run/reader.pt")).continues
    assert not options(tmp_path).continues  # a folder of a BERT body
    (tmp_path / "reader.onnx").touch()
    assert options(tmp_path).exported == tmp_path / "reader.onnx"
    assert options(tmp_path / "reader.onnx").exported == tmp_path / "reader.onnx"
    assert options(tmp_path).continues


@pytest.mark.parametrize(("name", "multilingual"), [("model.bin", True), ("reader.pt", False)])
def test_the_multilingual_start_is_one_file(name, multilingual):
    assert options(Path(name)).multilingual is multilingual
