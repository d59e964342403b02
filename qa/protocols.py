"""The seams. One test body runs over every implementation of a seam and compares it with exact, obvious code.

Scores are similarities: higher is nearer. `k > n` gives n results. Ties go to the lower row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from qa.schema import Article, Claim, Draft, Hit, Query, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]  # (n, dim), unit rows
    Vector = NDArray[np.float32]  # (dim,), unit length


class Encoder(Protocol):
    """Text to unit vectors; passages and questions may be encoded differently."""

    @property
    def name(self) -> str: ...
    @property
    def dim(self) -> int: ...
    @property
    def sha256(self) -> str:
        """Hash of its weights, so that an index is not asked with others; "" where there is no one file of them."""
        ...

    def passages(self, texts: Sequence[str]) -> Matrix:
        """(n, dim) float32, unit rows (a row of zeros for a text without a known token)."""
        ...

    def question(self, text: str) -> Vector:
        """(dim,) float32, unit length."""
        ...


class LexicalIndex(Protocol):
    """BM25 over our tokens; row 0 is the first passage."""

    def __len__(self) -> int: ...
    def search(self, tokens: Sequence[str], k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, score), best first; only rows in `allowed` where it is given. No shared token, no result."""
        ...

    def terms(self, row: int) -> list[str]:
        """The terms that `row` was indexed with. Raises IndexError for a row that there is not."""
        ...

    def document_frequency(self, term: str) -> int:
        """How many passages have `term`."""
        ...


class VectorIndex(Protocol):
    """Nearest rows by cosine."""

    def __len__(self) -> int: ...
    @property
    def dim(self) -> int: ...
    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first."""
        ...

    def vectors(self, start: int, stop: int) -> Matrix:
        """(stop - start, dim) float32, the rows from `start` to before `stop`."""
        ...


class VectorStore(VectorIndex, Protocol):
    """One that can be written. `backend` is the name by which a manifest knows it, `file` the name of its file."""

    backend: ClassVar[str]
    file: ClassVar[str]

    def at(self, rows: NDArray[np.int64]) -> Matrix:
        """(len(rows), dim) float32: the rows of these numbers, in this order."""
        ...

    def add(self, vectors: Matrix) -> None: ...
    def remove(self, rows: Sequence[int]) -> None: ...
    def save(self, folder: Path) -> None: ...


class Reader(Protocol):
    """Reads hits and proposes an answer; nothing it says is trusted."""

    @property
    def name(self) -> str: ...
    def read(self, query: Query, hits: Sequence[Hit]) -> Draft: ...


class QuotationReader(Protocol):
    """Answers a question for somebody's words, or for who said them, from the quotations of the articles that were found."""

    def __call__(self, query: Query, hits: Sequence[Hit], article_of: Callable[[str], Article]) -> Draft | None:
        """A draft; None for a question that asks for something else, or that the reader answers better."""
        ...


class StreamingReader(Protocol):
    """A Reader that gives each claim as it is made, and at last the draft with all of them."""

    @property
    def name(self) -> str: ...
    def stream(self, query: Query, hits: Sequence[Hit]) -> Iterator[Claim | Draft]: ...


class Rewriter(Protocol):
    """Makes a follow-up stand alone."""

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question as it would have been asked without the turns before it."""
        ...


class Verifier(Protocol):
    """Does the premise support the claim?"""

    def supports(self, premise: str, claim: str) -> float:
        """Probability from 0 to 1."""
        ...

    def prefers(self, premise: str, claim: str, other: str) -> float:
        """Log-odds by which the premise supports `claim` rather than `other`, which exchanges two of its names."""
        ...


class Chat(Protocol):
    """A chat model: prose in, prose out, nothing else expected of it."""

    @property
    def name(self) -> str: ...
    def say(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces as they arrive. Raises ChatError when there is none, or no more of it."""
        ...
