"""Fakes that ship with the product: an encoder and a reader that need no weights and always do the same.

For tests of programs that use this one:

    encoder = HashEncoder(dim=64)
    reader = ScriptedReader([Draft(claims=(Claim(text="…", quote="…", hit_rank=1),), confidence=0.9)])
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qa.schema import Draft, Hit, Query

if TYPE_CHECKING:
    from qa.protocols import Matrix, Vector


class HashEncoder:
    """Bag of words: each folded word adds +1 or -1 at a place that its hash names, and the row is brought to unit length.

    Texts that share words are near, texts that share none are nearly orthogonal; the same text gives the same vector in every
    process. Questions and passages are encoded alike.
    """

    sha256 = ""  # it has no weights

    def __init__(self, dim: int = 256) -> None:
        self.name = f"hash-{dim}"
        self.dim = dim
        self.calls = 0  # texts encoded so far: shows what was taken from a store instead

    def passages(self, texts: Sequence[str]) -> Matrix:
        """(n, dim) float32, unit rows (zeros for a text without a word)."""
        import numpy as np

        from qa.language.text import terms

        self.calls += len(texts)
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text):
                digest = hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest()
                row[int.from_bytes(digest[:6], "big") % self.dim] += 1.0 if digest[7] & 1 else -1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, lengths, out=rows, where=lengths > 0)
        return rows

    def question(self, text: str) -> Vector:
        """(dim,) float32, unit length."""
        vector: Vector = self.passages([text])[0]
        return vector


class ScriptedReader:
    """Proposes the drafts that it was given, one a question, whatever is asked; then it has nothing to say."""

    name = "scripted"

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._drafts = iter(drafts)
        self.asked: list[tuple[Query, tuple[Hit, ...]]] = []

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The next draft; `asked` keeps what it was asked with."""
        self.asked.append((query, tuple(hits)))
        return next(self._drafts, Draft(reason="not-in-articles"))
