"""`qa train encoder --start`: fine-tunes the vectors of an exported encoder on written questions.

A step is one of four kinds of pairs: a written question and the passage of its article that answers, beside hard negatives that search
finds; a question of the annotators' sets and its passage, among other articles; a title or a few words of a lead or a news article and the
rest of it; a translation. Token dropout, and an L2 term that keeps texts near the vectors of the start, are against overfitting: without
them and the other kinds the written questions are fitted within two epochs and the annotators' sets lose. What is exported is
interpolated between the start's weights and the trained ones (Wortsman et al., CVPR 2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch.nn import functional

from qa.errors import TrainingError
from qa.training import vocabulary
from qa.training.encoder import export
from qa.training.encoder.contrastive_loss import contrast
from qa.training.encoder.encoder_metrics import watch
from qa.training.encoder.train_encoder import cached_material, draw
from qa.training.encoder.written_pairs import WrittenPairs, written_pairs
from qa.training.examples.written import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sized
    from pathlib import Path

    from numpy.typing import NDArray

    from qa.training.encoder.text_pairs import Material
    from qa.training.encoder.token_bags import Bags

    Ids = NDArray[np.uint16]

KEPT = 0.4  # share of the start's vectors in what is exported
SHARES = (0.5, 0.2, 0.2, 0.1)
"""How often a step is of written questions, of annotators' questions, of leads and of translations."""
DROPPED = (0.25, 0.3)  # of the tokens of a written question, and of its passage
NEAR_START = 0.3  # weight of the L2 term: the squared distance of a text's vector from the start's
HALF = 0.5  # weight of the first half of the dimensions beside all of them
_SNIPPET = (6, 15)  # tokens of a lead that ask for the rest of it
_SHORT = 24  # tokens of a lead that is asked for by its title
_TITLED = 0.3  # how often a longer one is
_WARM = 20  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueOptions:
    """Everything that decides a run."""

    data: Path
    out: Path
    start: Path  # folder of an exported encoder
    keep_start: float = KEPT
    steps: int = 900
    seed: int = 7
    batch: int = 768
    rate: float = 0.08  # of the mean size of the start's numbers
    scale: float = 20.0
    threads: int = 1
    say: Callable[[str], None] = print


@dataclass(frozen=True, slots=True)
class Pairs:
    """A batch: query i belongs to passage i; further passages are negatives only, those of its own group are none."""

    queries: list[Ids]
    passages: list[Ids]
    groups: NDArray[np.int64] | None = None


def continue_encoder(options: ContinueOptions) -> Path:
    """Train, and write the finished model to options.out / "encoder"; returns that folder.

    Raises TrainingError for data that cannot be read, a start that is no static encoder or a share that is none.
    """
    if not 0.0 <= options.keep_start < 1.0:
        raise TrainingError(f"--keep-start {options.keep_start}: a share from 0 to below 1")
    if options.start.resolve() == (options.out / "encoder").resolve():
        raise TrainingError(f"--out {options.out}: its result would replace {options.start}. Cure: another --out")
    before, tokenizer = _opened(options.start)
    if not (options.data / f"{WRITTEN}.jsonl.xz").is_file():
        raise TrainingError(
            f"{options.data}: there is no {WRITTEN}.jsonl.xz. Cure: restore the questions of evals/written/ (evals/bench/restore_written.py)"
        )
    options.out.mkdir(parents=True, exist_ok=True)
    words = options.out / "tokenizer.json"
    if words.is_file() and words.read_text(encoding="utf-8") != tokenizer.to_str():
        raise TrainingError(f"{words}: another vocabulary than that of {options.start}. Cure: another --out")
    vocabulary.save(tokenizer, words)
    torch.set_num_threads(options.threads)
    material = cached_material(options.data, options.out, tokenizer, options.say)
    drawn = _Drawing(material, written_pairs(options.data, options.out, tokenizer, say=options.say), options)
    options.say(f"start: {watch(material, before.numpy())}")
    vectors = torch.nn.Parameter(before.clone())
    peak = options.rate * float(before.abs().mean())
    optimizer = torch.optim.Adam([vectors], lr=peak, betas=(0.9, 0.99), fused=True)
    losses: dict[int, list[float]] = {}
    for step in range(options.steps):
        rng = np.random.default_rng([options.seed, step])
        kind = int(rng.choice(len(SHARES), p=drawn.shares))
        for group in optimizer.param_groups:
            group["lr"] = peak * min(1.0, (step + 1) / _WARM) * (1 - step / options.steps)
        loss = _loss(drawn.batch(kind, rng), vectors, before, options.scale)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.setdefault(kind, []).append(float(loss.detach()))
        if (step + 1) % 100 == 0:
            means = {kind: round(float(np.mean(some)), 3) for kind, some in sorted(losses.items())}
            options.say(f"step {step + 1} of {options.steps}, loss by kind {means}")
            losses.clear()
    mean = options.keep_start * before + (1 - options.keep_start) * vectors.detach()
    options.say(f"end: {watch(material, mean.numpy())}")
    return export.static_encoder(mean.numpy(), tokenizer, options.out / "encoder")


def _opened(folder: Path) -> tuple[torch.Tensor, Tokenizer]:
    """(vocabulary, dim) vectors of an exported encoder, and its tokenizer."""
    try:
        table = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the tokenizers library raises bare Exception
        raise TrainingError(f"{folder}: no static encoder to start from ({error}). Cure: --start qa/models/encoder") from error
    if len(table) != tokenizer.get_vocab_size():
        raise TrainingError(
            f"{folder}: {len(table)} vectors for a vocabulary of {tokenizer.get_vocab_size()}. Cure: --start qa/models/encoder"
        )
    return torch.from_numpy(table), tokenizer


class _Drawing:
    """Draws the pairs of a step."""

    def __init__(self, material: Material, written: WrittenPairs, options: ContinueOptions) -> None:
        self._material, self._written, self._size = material, written, options.batch
        start, end = material.article_ranges()
        self._texts = list(zip(start.tolist(), end.tolist(), strict=True))
        self._titled = np.flatnonzero(material.titles.lengths()[: material.free] > 0)
        there: tuple[Sized, ...] = (written.questions, material.questions, self._titled, material.english)
        shares = np.array([share * (len(some) > 0) for share, some in zip(SHARES, there, strict=True)])
        self.shares = shares / shares.sum()

    def batch(self, kind: int, rng: np.random.Generator) -> Pairs:
        """Pairs of one of the kinds of SHARES."""
        return (self._questions, self._annotated, self._leads, self._translations)[kind](rng)

    def _questions(self, rng: np.random.Generator) -> Pairs:
        written = self._written
        rows = draw(len(written.questions), self._size, rng).tolist()
        right = [written.right[row][rng.integers(len(written.right[row]))] for row in rows]
        wrong = [
            written.wrong[row][min(int(rng.exponential(2)), len(written.wrong[row]) - 1)] for row in rows if written.wrong[row]
        ]
        queries = [_dropped(written.questions.row(row), DROPPED[0], rng) for row in rows]
        passages = [_dropped(written.passages.row(row), DROPPED[1], rng) for row in (*right, *wrong)]
        return Pairs(queries, passages, np.array([*right, *wrong], dtype=np.int64))

    def _annotated(self, rng: np.random.Generator) -> Pairs:
        rows = draw(len(self._material.questions), self._size, rng)
        right = [int(self._material.passage_of[row]) for row in rows]
        others = self._titled[draw(len(self._titled), 2 * self._size, rng)].tolist()
        groups = np.array([*right, *others], dtype=np.int64)
        return Pairs(_rows(self._material.questions, rows), [self._article(row) for row in groups.tolist()], groups)

    def _leads(self, rng: np.random.Generator) -> Pairs:
        rows = self._titled[draw(len(self._titled), 2 * self._size, rng)]
        queries, passages = [], []
        for row in rows.tolist():
            whole = self._article(row)
            if len(whole) < _SHORT or rng.random() < _TITLED:
                queries.append(self._material.titles.row(row))
                passages.append(whole)
                continue
            length = int(rng.integers(*_SNIPPET, endpoint=True))
            at = int(rng.integers(0, len(whole) - length))
            queries.append(whole[at : at + length])
            passages.append(np.concatenate([whole[:at], whole[at + length :]]))
        return Pairs(queries, passages, rows.astype(np.int64))

    def _translations(self, rng: np.random.Generator) -> Pairs:
        rows = draw(len(self._material.english), 2 * self._size, rng)
        return Pairs(_rows(self._material.english, rows), _rows(self._material.indonesian, rows))

    def _article(self, row: int) -> Ids:
        start, end = self._texts[row]
        tokens: Ids = self._material.sentences.tokens[start:end]
        return tokens


def _loss(batch: Pairs, vectors: torch.Tensor, before: torch.Tensor, scale: float) -> torch.Tensor:
    """InfoNCE over all dimensions and over the first half, with what holds the texts where the start had them."""
    groups = None if batch.groups is None else torch.from_numpy(batch.groups)
    queries, passages = _pooled(vectors, batch.queries), _pooled(vectors, batch.passages)
    half = vectors.shape[1] // 2
    near_q, near_p = (functional.normalize(part[:, :half], dim=1) for part in (queries, passages))
    loss = (contrast(queries, passages, groups, scale=scale) + HALF * contrast(near_q, near_p, groups, scale=scale)) / (1 + HALF)
    with torch.no_grad():
        places = _pooled(before, batch.queries), _pooled(before, batch.passages)
    moved = sum(((now - then) ** 2).sum(dim=1).mean() for now, then in zip((queries, passages), places, strict=True))
    return loss + NEAR_START * moved


def _pooled(vectors: torch.Tensor, texts: list[Ids]) -> torch.Tensor:
    """(n, dim) unit rows; zeros for a text without tokens."""
    lengths = np.array([len(ids) for ids in texts])
    ids = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    offsets = torch.from_numpy(np.cumsum(lengths) - lengths)
    return functional.normalize(functional.embedding_bag(ids, vectors, offsets, mode="sum"), dim=1)


def _rows(bags: Bags, rows: NDArray[np.int64]) -> list[Ids]:
    return [bags.row(row) for row in rows.tolist()]


def _dropped(ids: Ids, share: float, rng: np.random.Generator) -> Ids:
    """Some of the tokens; all where none would be left."""
    kept = ids[rng.random(len(ids)) >= share]
    return kept if len(kept) else ids
