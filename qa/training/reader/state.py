"""A run of the reader's training: what it depends on, how far it is, and its checkpoints."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import torch

from qa.errors import TrainingError
from qa.training.quick_type import quick_type
from qa.training.reader_network.model import ReaderNet, Shape, load_net, save_net, with_polar
from qa.training.reader_network.reader_options import ReaderOptions
from qa.training.reader_network.start_bert import start_net
from qa.training.reader_network.start_shipped import net_of_onnx

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer


@dataclass(slots=True)
class Progress:
    """How far a run is; saved with every checkpoint."""

    seconds: float = 0.0
    examples: int = 0
    rounds: int = 0
    figures: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """Network, optimisers and progress."""

    options: ReaderOptions
    device: str
    net: ReaderNet
    optimisers: list[torch.optim.Optimizer]
    done: Progress

    @classmethod
    def begin(cls, options: ReaderOptions, tokenizer: Tokenizer) -> Run:
        """A new run from the start point, or the one in out/state.pt with `resume`.

        The saved run's layers are taken as they are. Raises TrainingError when there is nothing to continue from, or it has other pieces.
        """
        device = pick_device(options.device)
        net = ReaderNet(Shape(pieces=tokenizer.get_vocab_size(), layers=options.layers, averaged=int(options.multilingual)))
        state = None
        if options.resume:
            state, net = _state(options.out / "state.pt", net.shape)
        if state is None and options.start is not None:
            if options.exported:
                net = net_of_onnx(options.exported)
            elif options.continues:
                net = load_net(options.start)
            else:
                start_net(net, options, tokenizer)
        net = with_polar(net)
        net.frozen = options.frozen
        options.say(f"computes in {'bfloat16' if narrow(device) else 'float32'}")
        net.to(device)
        if device == "cuda":
            for layer in net.layers:  # the word vectors' sparse gradients cannot be compiled
                layer.compile(dynamic=True)
        run = cls(options, device, net, _optimisers(net, options), Progress())
        if state is not None:
            for optimiser, saved in zip(run.optimisers, state["optimisers"], strict=True):
                optimiser.load_state_dict(saved)
            run.done = Progress(**state["progress"])
            options.say(f"continues after {run.done.seconds / 60:.1f} minutes")
        return run

    def rates(self, share: float) -> None:
        """Set the learning rates to `share` of their peaks."""
        for optimiser, peak in zip(self.optimisers, (self.options.rate, self.options.rate_vectors), strict=True):
            for group in optimiser.param_groups:
                group["lr"] = peak * share

    def step(self) -> None:
        """One update from the gradients at hand; the dense ones are clipped to a norm of 1."""
        torch.nn.utils.clip_grad_norm_([part for name, part in self.net.named_parameters() if name != "word.weight"], 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def save(self) -> None:
        """Write out/reader.pt (the network) and out/state.pt (everything), each whole or not at all."""
        save_net(self.net, self.options.out / "reader.pt")
        state = {
            "net": self.net.state_dict(),
            "shape": self.net.shape.as_dict(),
            "optimisers": [one.state_dict() for one in self.optimisers],
            "progress": asdict(self.done),
        }
        beside = self.options.out / "state.part"
        torch.save(state, beside)
        beside.replace(self.options.out / "state.pt")

    def log(self, record: dict[str, Any]) -> None:
        """Say a record and add it to out/log.jsonl."""
        line = json.dumps(record, ensure_ascii=False)
        with (self.options.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        self.options.say(line)


def narrow(device: str) -> bool:
    """Should the network be computed in bfloat16?"""
    return quick_type(device) is torch.bfloat16


def pick_device(wanted: str) -> str:
    """'auto' is a GPU where there is one. Raises TrainingError for a device that is not there."""
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if wanted not in {"cpu", "cuda"} or (wanted == "cuda" and not torch.cuda.is_available()):
        raise TrainingError(f"--device {wanted}: not available here. Cure: auto, cpu, or cuda on a machine that has one")
    return wanted


def _state(path: Path, wanted: Shape) -> tuple[dict[str, Any], ReaderNet]:
    """The saved run and its network.

    How many layers it has is the saved run's, for a run that continues has those of its start; and so is how the verdicts are read: the
    weights fit either way, and mean another thing.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        saved = state["shape"]
        net = ReaderNet(
            replace(wanted, layers=saved["layers"], averaged=saved["averaged"], verdicts=saved.get("verdicts", wanted.verdicts))
        )
        net.load_state_dict(state["net"])
    except (OSError, KeyError, RuntimeError, EOFError) as error:
        raise TrainingError(f"{path}: cannot continue from it ({error}). Cure: run without --resume") from error
    return state, net


def _optimisers(net: ReaderNet, options: ReaderOptions) -> list[torch.optim.Optimizer]:
    """AdamW for the body, and Adam over the rows that a batch touches for the word vectors."""
    dense = [part for name, part in net.named_parameters() if name != "word.weight" and part.ndim > 1]
    thin = [part for part in net.parameters() if part.ndim <= 1]
    groups = [{"params": dense, "weight_decay": 0.01}, {"params": thin, "weight_decay": 0.0}]
    return [
        torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), fused=True),
        torch.optim.SparseAdam([net.word.weight], lr=options.rate_vectors, betas=(0.9, 0.99)),
    ]
