"""Many texts as token ids in two flat arrays: what the encoder trains on, tokenised once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Ints = NDArray[np.int64]
    Ids = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Bags:
    """Row i holds `tokens[offsets[i]:offsets[i + 1]]`. tokens: (n_tokens,) uint16; offsets: (n_rows + 1,) int64."""

    tokens: Ids
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def row(self, number: int) -> Ids:
        """The token ids of one row."""
        return self.tokens[self.offsets[number] : self.offsets[number + 1]]

    def lengths(self) -> Ints:
        """(n_rows,) tokens a row."""
        return np.diff(self.offsets)


def tokenize(tokenizer: Tokenizer, texts: Iterable[str], *, batch: int = 8192) -> Bags:
    """The texts as bags, without special tokens."""
    parts: list[Ids] = []
    lengths: list[int] = []
    stream = iter(texts)
    while some := list(islice(stream, batch)):
        encoded = [encoding.ids for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False)]
        lengths += [len(ids) for ids in encoded]
        parts.append(np.fromiter(chain.from_iterable(encoded), dtype=np.uint16))
    tokens = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint16)
    return Bags(tokens, np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64))


def gather(tokens: Ids, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The tokens of many ranges, one after the other, and where each range begins.

    starts, ends: (n,) half-open ranges of `tokens`. Returns (sum of lengths,) int64 ids and (n,) int64 offsets.
    """
    lengths = np.maximum(ends - starts, 0)
    offsets = np.cumsum(lengths) - lengths
    place = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
    return tokens[place].astype(np.int64), offsets


def rows_in(size: int, step: int) -> Iterator[tuple[int, int]]:
    """Half-open slices that cover `size` rows, `step` at a time."""
    return ((start, min(start + step, size)) for start in range(0, size, step))
