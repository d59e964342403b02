"""`qa train encoder`: one vector a token, learned so that the mean of a question's lies near the mean of its passage's.

In-batch negatives in both directions (InfoNCE: van den Oord et al., 2018), at several lengths of the same vector (Matryoshka:
Kusupati et al., NeurIPS 2022), in three stages: any articles together, articles of one topic together, then real questions
with passages that a search mistakes for the answer. Each token has a weight of its own, started at a/(a + frequency) (SIF:
Arora et al., ICLR 2017) and folded into its vector at the end.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from qa.errors import TrainingError
from qa.training import vocabulary
from qa.training.encoder import export
from qa.training.encoder import text_pairs as pairs
from qa.training.encoder.contrastive_loss import contrast
from qa.training.encoder.encoder_metrics import watch
from qa.training.encoder.hard_negatives import mine, pooled, topics
from qa.training.encoder.views import EncoderBatch, TokenBags, article_batch, question_batch, translation_batch
from qa.training.quick_type import quick_type

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from qa.training.encoder.text_pairs import Material

STAGES = ("articles", "topics", "questions")
_ENDS = (0.35, 0.8, 1.0)  # of the whole training
_SIF = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """Everything that decides a training. Equal options, the same `vocabulary` file and enough minutes give the same vectors."""

    data: Path
    out: Path
    minutes: float | None = None  # wall time to stop in; the rate of learning falls to zero by then
    seed: int = 7
    device: str = "auto"  # auto | cpu | cuda
    resume: bool = False
    vocabulary: Path | None = None  # a tokenizer.json to keep; None: train one
    dim: int = 256
    batch: int = 2048
    steps: int = 2400
    rate: float = 0.02
    scale: float = 20.0
    hard: int = 4  # negatives mined for each question
    threads: int = 1
    say: Callable[[str], None] = print


class TokenTable(nn.Module):
    """A vector and a log weight a token; a text is the unit-length weighted sum of its tokens' vectors."""

    def __init__(self, frequency: torch.Tensor, dim: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.vectors = nn.Parameter(torch.randn(len(frequency), dim, generator=generator) / dim**0.5)
        self.weights = nn.Parameter(torch.log(_SIF / (_SIF + frequency)))

    def table(self) -> torch.Tensor:
        """(vocabulary, dim): each vector times its weight."""
        return self.vectors * self.weights.exp()[:, None]


def train(options: EncoderOptions) -> Path:
    """Train, and write the finished model to `options.out / "encoder"`; returns that folder.

    `options.out` also gets the token cache, the checkpoint and log.jsonl (one object a line: step, stage, loss, held-out
    figures). Raises TrainingError when the data cannot be read or a checkpoint does not fit the options.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    device = torch.device(("cuda" if torch.cuda.is_available() else "cpu") if options.device == "auto" else options.device)
    tokenizer, material = prepare(options)
    run = _Run(options, material, tokenizer.get_vocab_size(), device)
    if options.resume:
        run.restore()
    run.go()
    return export.static_encoder(run.shipped(), tokenizer, options.out / "encoder")


def prepare(options: EncoderOptions) -> tuple[Tokenizer, Material]:
    """The vocabulary and the token cache in `options.out`, made when they are not there."""
    words = options.out / "tokenizer.json"
    if not words.is_file():
        options.say("training the vocabulary (about a minute)")
        given = options.vocabulary
        vocabulary.save(Tokenizer.from_file(str(given)) if given else vocabulary.train(options.data), words)
    tokenizer = Tokenizer.from_file(str(words))
    return tokenizer, cached_material(options.data, options.out, tokenizer, options.say)


def cached_material(folder: Path, out: Path, tokenizer: Tokenizer, say: Callable[[str], None]) -> Material:
    """The token cache of `folder` in out/material.npz, made when it is not there."""
    cache = out / "material.npz"
    if not cache.is_file():
        say("cutting and tokenising the texts (about a minute)")
        pairs.save(pairs.build(folder, tokenizer), cache)
    return pairs.load(cache)


class _Run:
    """One training: its model, its optimiser, and how far it got."""

    def __init__(self, options: EncoderOptions, material: Material, size: int, device: torch.device) -> None:
        self.options, self.material, self.device = options, material, device
        counts = np.bincount(material.sentences.tokens, minlength=size) + np.bincount(material.english.tokens, minlength=size)
        frequency = torch.from_numpy((counts / max(counts.sum(), 1)).astype(np.float32))
        self.model = TokenTable(frequency, options.dim, options.seed).to(device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=options.rate, betas=(0.9, 0.99), fused=True)
        self.kind = quick_type(device.type)
        self.dims = [dim for dim in (options.dim, options.dim // 2, options.dim // 4) if dim >= 8]
        self.step, self.spent, self.stage = 0, 0.0, -1
        self.prepared: NDArray[np.int64] = np.zeros(
            0, dtype=np.int64
        )  # topics of the articles, or the negatives of the questions

    def go(self) -> None:
        """Step until the steps or the minutes are used up."""
        began = time.monotonic() - self.spent
        losses: list[float] = []
        last = self.spent
        while True:
            self.spent = time.monotonic() - began
            done = max(self.step / self.options.steps, self.spent / (60 * (self.options.minutes or float("inf"))))
            if done >= 1:
                break
            stage = next(number for number, end in enumerate(_ENDS) if done < end)
            if stage != self.stage:
                self._enter(stage)
            rng = np.random.default_rng([self.options.seed, self.step])
            warm = min(1.0, (self.step + 1) / 50)
            for group in self.optimizer.param_groups:
                group["lr"] = self.options.rate * warm * (1 - done)
            loss = self._loss(self._batch(rng))
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            self.optimizer.step()
            self.step += 1
            losses.append(float(loss.detach()))
            if self.spent - last > 60:
                self._report(losses, done)
                self.save()
                losses, last = [], self.spent
        self._report(losses, 1.0)
        self.save()

    def _enter(self, stage: int) -> None:
        """Prepare what a stage needs from the model in its present state."""
        rng = np.random.default_rng([self.options.seed, 1_000_000 + stage])
        self.stage = stage
        if STAGES[stage] == "topics":
            start, end = self.material.article_ranges()
            vectors = pooled(self.shipped(), self.material.sentences.tokens, start, end)[: self.material.free]
            self.prepared = topics(vectors, max(2, self.material.free // 1000), rng)
        elif STAGES[stage] == "questions":
            self.prepared = mine(self.material, self.shipped(), rng)
        self.options.say(f"stage {STAGES[stage]}")

    def _batch(self, rng: np.random.Generator) -> EncoderBatch:
        """Texts of one kind and, in the later stages, of one topic: a batch of mixed kinds is distinguished too easily."""
        material, size, kind = self.material, self.options.batch, rng.random()
        last = STAGES[self.stage] == "questions"
        if kind < 0.12:
            return translation_batch(material, draw(len(material.english), size, rng), rng)
        if kind < (0.6 if last else 0.2):
            rows = draw(len(material.questions), size // 4 if last else size // 2, rng)
            if not last:
                return question_batch(material, rows, rng)
            hard = np.stack([rng.permutation(self.prepared.shape[1])[: self.options.hard] for _ in rows])
            return question_batch(material, rows, rng, np.take_along_axis(self.prepared[rows], hard, axis=1))
        if STAGES[self.stage] == "topics" and kind < 0.7:
            order = rng.permutation(int(self.prepared.max()) + 1)
            pool = np.concatenate([np.flatnonzero(self.prepared == topic) for topic in order[:4]])
            return article_batch(material, rng.permutation(pool)[:size], rng)
        return article_batch(material, draw(material.free, size, rng), rng)

    def _loss(self, batch: EncoderBatch) -> torch.Tensor:
        """InfoNCE, questions to passages and back, averaged over two of the Matryoshka lengths."""
        queries, passages = self._pool(batch.queries), self._pool(batch.passages)
        groups = torch.from_numpy(batch.groups).to(self.device) if batch.repeats else None
        loss = torch.zeros((), device=self.device)
        shorter = self.dims[1:]
        dims = [
            self.dims[0],
            *([shorter[self.step % len(shorter)]] if shorter else []),
        ]  # all of it, and in turns one of the shorter lengths
        for dim in dims:
            near_q, near_p = functional.normalize(queries[:, :dim], dim=1), functional.normalize(passages[:, :dim], dim=1)
            loss = loss + contrast(near_q, near_p, groups, scale=self.options.scale, kind=self.kind)
        return loss / len(dims)

    def _pool(self, texts: TokenBags) -> torch.Tensor:
        """(n, dim) weighted sums; the same as a sum over `table()` without making the whole table in every step."""
        ids, offsets = torch.from_numpy(texts.ids).to(self.device), torch.from_numpy(texts.offsets).to(self.device)
        weights = self.model.weights.exp()[ids]
        return functional.embedding_bag(ids, self.model.vectors, offsets, mode="sum", per_sample_weights=weights)

    def shipped(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """(vocabulary, dim) float32: the vectors with their weights folded in."""
        with torch.no_grad():
            return self.model.table().float().cpu().numpy()

    def _report(self, losses: list[float], done: float) -> None:
        figures = watch(self.material, self.shipped())
        line = {
            "step": self.step,
            "stage": STAGES[self.stage],
            "done": round(done, 3),
            "minutes": round(self.spent / 60, 2),
            "loss": round(float(np.mean(losses)), 4) if losses else None,
            **{name: round(value, 4) for name, value in figures.items()},
        }
        with (self.options.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        self.options.say("  ".join(f"{name} {value}" for name, value in line.items()))

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "prepared": torch.from_numpy(self.prepared),
            "place": {"step": self.step, "spent": self.spent, "stage": self.stage},
            "options": _fixed(self.options),
        }
        path = self.options.out / "checkpoint.pt"
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def restore(self) -> None:
        """Go on from the checkpoint; raises TrainingError when there is none or it was made with other options."""
        path = self.options.out / "checkpoint.pt"
        if not path.is_file():
            raise TrainingError(f"{path}: no checkpoint to resume from. Cure: leave --resume away.")
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except Exception as error:  # a broken file makes torch's unpickler raise nearly anything, KeyError among it
            raise TrainingError(
                f"{path}: the checkpoint cannot be read ({error}). Cure: delete it and leave --resume away."
            ) from error
        theirs, ours = state["options"], _fixed(self.options)
        if off := [name for name in ours if theirs.get(name) != ours[name]]:
            differences = ", ".join(f"{name} was {theirs.get(name)}, is {ours[name]}" for name in off)
            raise TrainingError(
                f"{path}: made with other options ({differences}). Cure: give the same ones, or leave --resume away."
            )
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.prepared = state["prepared"].cpu().numpy()
        self.step, self.spent, self.stage = state["place"]["step"], state["place"]["spent"], state["place"]["stage"]


def draw(count: int, size: int, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """`size` of the numbers below `count`, each at most once, in random order; all where there are fewer."""
    return rng.permutation(count)[:size]


def _fixed(options: EncoderOptions) -> dict[str, float]:
    """The options that a resumed training must share."""
    values = asdict(options)
    return {name: values[name] for name in ("seed", "dim", "batch", "steps", "rate", "scale", "hard")}
