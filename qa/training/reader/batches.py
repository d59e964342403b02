"""From examples to batches: crops round the answer, a few masked tokens, and batches of pairs of about one length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from qa.retrieve.pairs import Tokens
from qa.training.examples.archive_passages import Group
from qa.training.examples.mixture import UNKNOWN, Example, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

CROP = (112, 208)  # passage tokens kept of a long passage, drawn evenly
TITLED = 0.3  # how often the title goes along, where there is one
TITLED_GROUP = 0.9  # the same for passages of an archive, which always have one when they are read
LOWERED = 0.3  # how often a question loses its capitals
MASKED_QUESTION, MASKED_PASSAGE = 0.06, 0.04  # how many pieces are hidden, so that words are not learned by heart
POOL = 48  # batches that are drawn together and sorted by length


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """One pair as the network takes it; `start` and `end` are indices in ids, or UNKNOWN."""

    ids: np.ndarray
    kinds: np.ndarray
    first: int
    last: int  # past the passage's last token
    start: int
    end: int
    answerable: int
    relevant: int
    label: int
    polar: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows padded to the longest: (n, t) ids, kinds, mask and passage; (n,) labels with UNKNOWN where there is none.

    group: (n,) number of the row's question; grouped: (n,) whether it came with other passages, so that a passage without the answer counts
    against its spans.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    passage: Tensor
    start: Tensor
    end: Tensor
    answerable: Tensor
    relevant: Tensor
    label: Tensor
    polar: Tensor
    group: Tensor
    grouped: Tensor

    def to(self, device: str) -> Batch:
        """The same on another device."""
        return Batch(*(getattr(self, name).to(device, non_blocking=True) for name in self.__slots__))


def row(example: Example, texts: Texts, random: Random, *, titled: float = TITLED) -> EncodedPair:
    """An example drawn: cropped, perhaps (`titled`: how often) with its title, some tokens hidden."""
    question, passage = texts.tokens(example.question), texts.tokens(example.passage)
    title = texts.tokens(example.title) if example.title != UNKNOWN and random.random() < titled else None
    first = last = UNKNOWN
    if example.start != UNKNOWN:
        first = int(np.searchsorted(passage.ends, example.start, side="right"))
        last = max(first, int(np.searchsorted(passage.starts, example.end, side="left")) - 1)
    room = min(texts.encoder.room(question, title), random.randint(*CROP))
    if len(passage) > room:
        if first == UNKNOWN:
            begin = random.randint(0, len(passage) - room)
        else:
            begin = random.randint(max(0, min(first, last + 1 - room)), min(first, len(passage) - room))
        passage = passage.cut(begin, begin + room)
        if first != UNKNOWN:
            first, last = first - begin, min(last - begin, room - 1)
    if random.random() < LOWERED:
        shapes = np.where(question.shapes == 3, 3, 0)
        question = Tokens(question.ids, question.starts, question.ends, shapes, question.stems)
    ids, kinds, at = texts.encoder.pair(question, passage, title)
    hide = np.array([random.random() for _ in range(len(ids))]) < np.where(
        np.arange(len(ids)) < at, MASKED_QUESTION, MASKED_PASSAGE
    )
    hide &= (ids != texts.encoder.cls) & (ids != texts.encoder.sep)
    if example.label != UNKNOWN:
        hide[:] = False  # one word decides an entailment
    ids = np.where(hide, texts.encoder.hidden, ids)
    start, end = (at + first, at + last) if first != UNKNOWN else (UNKNOWN, UNKNOWN)
    return EncodedPair(
        ids, kinds, at, at + len(passage), start, end, example.answerable, example.relevant, example.label, example.polar
    )


def collate(units: Sequence[Sequence[EncodedPair]], texts: Texts) -> Batch:
    """The rows of some questions -> one padded batch."""
    rows = [one for unit in units for one in unit]
    ids, kinds, mask = texts.encoder.batch([(one.ids, one.kinds) for one in rows])
    passage = np.zeros(ids.shape, dtype=bool)
    for number, one in enumerate(rows):
        passage[number, one.first : one.last] = True

    def column(name: str) -> Tensor:
        return torch.tensor([getattr(one, name) for one in rows])

    group = torch.tensor([number for number, unit in enumerate(units) for _ in unit])
    grouped = torch.tensor([len(unit) > 1 for unit in units for _ in unit])
    return Batch(
        ids=torch.from_numpy(ids),
        kinds=torch.from_numpy(kinds),
        mask=torch.from_numpy(mask),
        passage=torch.from_numpy(passage),
        start=column("start"),
        end=column("end"),
        answerable=column("answerable"),
        relevant=column("relevant"),
        label=column("label"),
        polar=column("polar"),
        group=group,
        grouped=grouped,
    )


def batches(examples: Sequence[Example | Group], texts: Texts, random: Random, *, tokens: int) -> Iterator[Batch]:
    """All examples once, shuffled, in batches of at most `tokens` tokens with padding; lengths are alike within a batch.

    The passages of one question stay in one batch, whatever their number.
    """
    order = list(examples)
    random.shuffle(order)
    pool = POOL * max(1, tokens // 110)
    for start in range(0, len(order), pool):
        units = sorted((_rows(unit, texts, random) for unit in order[start : start + pool]), key=_longest)
        batched: list[list[list[EncodedPair]]] = [[]]
        size = 0
        for unit in units:
            if batched[-1] and _longest(unit) * (size + len(unit)) > tokens:
                batched.append([])
                size = 0
            batched[-1].append(unit)
            size += len(unit)
        random.shuffle(batched)
        for batch in batched:
            yield collate(batch, texts)


def _rows(unit: Example | Group, texts: Texts, random: Random) -> list[EncodedPair]:
    if isinstance(unit, Example):
        return [row(unit, texts, random)]
    return [row(example, texts, random, titled=TITLED_GROUP) for example in unit.drawn(random)]


def _longest(unit: Sequence[EncodedPair]) -> int:
    return max(len(one.ids) for one in unit)
