"""What every comparison by cosine needs: rows and questions of unit length, and the best of many scores in a certain order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.errors import StoreError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.protocols import Matrix, Vector

_ROUNDED = 2.0**-11  # of its length is what rounding to float16 may take from a row, or add to it


def unit_rows(vectors: Matrix, dim: int, first: int) -> NDArray[np.float16]:
    """(n, dim) float16 of unit length, zeros kept; rows of a store are taken as they are, so that a copy is the same.

    `first` is the row that the first one will get, for the message.
    """
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dim:
        raise StoreError(f"vectors have the shape {rows.shape}; this store takes (n, {dim})")
    bad = np.flatnonzero(~np.isfinite(rows).all(axis=1))
    if len(bad):
        raise StoreError(
            f"the vector of row {first + int(bad[0])} has NaN or infinity. Cure: look at the encoder's weights with 'qa doctor'"
        )
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[(lengths == 0) | (np.abs(lengths - 1) <= _ROUNDED)] = 1
    units: NDArray[np.float16] = (rows / lengths).astype(np.float16)
    return units


def unit_query(vector: Vector, dim: int) -> Vector | None:
    """(dim,) float32 of unit length; None for zeros. Raises StoreError for another shape, NaN or infinity."""
    import numpy as np

    query = np.asarray(vector, dtype=np.float32)
    if query.shape != (dim,):
        raise StoreError(
            f"the question's vector has the shape {query.shape}; this index has ({dim},). Cure: ask with the encoder that built it"
        )
    if not np.isfinite(query).all():
        raise StoreError("the question's vector has NaN or infinity. Cure: look at the encoder's weights with 'qa doctor'")
    length = float(np.linalg.norm(query))
    return None if length == 0.0 else query / np.float32(length)


def chosen_rows(allowed: Sequence[int] | None) -> NDArray[np.int64] | None:
    """The allowed rows, each once, rising; None: all are allowed."""
    import numpy as np

    if allowed is None:
        return None
    rows = np.asarray(allowed, dtype=np.int64)
    return rows if (rows[1:] > rows[:-1]).all() else np.unique(rows)  # to find what is there twice takes 60 ms of 100,000 rows


def known_rows(rows: Sequence[int], n: int) -> NDArray[np.int64]:
    """Rows, each once, rising. Raises IndexError for one that is not among the `n`."""
    import numpy as np

    wanted = np.unique(np.asarray(rows, dtype=np.int64))
    if len(wanted) and not 0 <= wanted[0] <= wanted[-1] < n:
        raise IndexError(f"rows {wanted[0]} to {wanted[-1]} are not all among 0 to {n - 1}")
    return wanted


def best(scores: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> list[tuple[int, float]]:
    """The k best by (score falling, row rising), without those of -inf."""
    import numpy as np

    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        chosen = np.flatnonzero(scores >= least)  # every row that ties at the k-th place
        scores, rows = scores[chosen], rows[chosen]
    order = np.lexsort((rows, -scores))[:k]
    return [(int(rows[i]), float(scores[i])) for i in order if scores[i] != -np.inf]
