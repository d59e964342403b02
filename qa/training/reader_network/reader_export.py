"""From the trained reader to the shipped folder: ONNX in eight bits, and its config. Checked against torch."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from qa.errors import TrainingError
from qa.retrieve.crossencoder import FORMAT, unpadded
from qa.training.encoder.export import write_whole
from qa.training.reader_network.model import load_net
from qa.training.reader_network.onnx_graph import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    import onnx

LARGEST = 48_000_000  # bytes of the folder
SPARE = 60_000  # of them for config and card

Ints = NDArray[np.int64]


def export(checkpoint: Path, folder: Path, *, extra: dict[str, Any] | None = None) -> Path:
    """Write folder/{reader.onnx, config.json, hashes.json} from a checkpoint; `extra` goes into the config (calibration, figures).

    Raises TrainingError when the folder would be larger than the limit. Each file is replaced whole; the hashes, by which
    `qa doctor` knows the others, come last.
    """
    net = load_net(checkpoint)
    small = build(net, eight_bits=True).SerializeToString()
    if len(small) > LARGEST - SPARE:
        raise TrainingError(
            f"the exported reader has {len(small):,} bytes, more than {LARGEST - SPARE:,}. Cure: a smaller vocabulary or body"
        )
    config = {
        "format": FORMAT,
        "name": "sitasi-reader",
        "version": "1",
        "pieces": net.shape.pieces,
        "positions": net.shape.positions,
        "layers": net.shape.layers,
        "width": net.shape.width,
        "tokenizer": "../encoder/tokenizer.json",
        **(extra or {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    files = {"reader.onnx": small, "config.json": (json.dumps(config, indent=1, ensure_ascii=False) + "\n").encode()}
    for name, content in files.items():
        write_whole(folder / name, content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    write_whole(folder / "hashes.json", (json.dumps(hashes, indent=2) + "\n").encode())
    return folder


def logits(model: Path | bytes, batch: Sequence[Ints], *, threads: int = 1) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(spans, verdicts) that onnxruntime computes for (ids, kinds, mask)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
    )

    def run(*row: Ints) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        spans, verdicts = session.run(["spans", "verdicts"], dict(zip(("ids", "kinds", "mask"), row, strict=True)))
        return spans, verdicts

    return unpadded(run)(*batch)


def difference(checkpoint: Path, model: Path | onnx.ModelProto, batch: Sequence[Ints]) -> dict[str, float]:
    """How far an exported model's logits are from torch float32: the largest and the mean distance, where the mask is 1."""
    net = load_net(checkpoint)
    with torch.inference_mode():
        wanted = [part.numpy() for part in net(*(torch.from_numpy(part) for part in batch))]
    given = logits(model if isinstance(model, Path) else model.SerializeToString(), batch)
    inside = batch[2].astype(bool)
    gaps = np.concatenate([np.abs(wanted[0] - given[0])[inside].ravel(), np.abs(wanted[1] - given[1]).ravel()])
    return {"largest": float(gaps.max()), "mean": float(gaps.mean())}
