"""Nearest passages by cosine: an exact store in numpy, and FAISS for archives where that would be slow.

Both keep unit rows as float16 (a cosine is right to 1e-3) and compare with every row; which of them holds a segment's rows is
decided in qa.index.engines. A row of zeros (a text without a known token) is kept, so that rows keep their numbers, and
is never found.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import finalize

from qa.errors import MissingExtraError, UsageError
from qa.index.cosines import best, chosen_rows, known_rows, unit_query, unit_rows
from qa.index.store.damage import broken, reading, writing_to

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.protocols import Matrix, Vector

_BLOCK = 32_768  # rows turned to float32 at a time
_SINGLY = 2_000  # up to so many rows are read one by one
_HEAD_BYTES = 512  # of a file of FAISS, within which its rows begin
_KEPT_BYTES = 256_000_000  # up to so much, rows stay as float32 after the first search: turning them costs more than comparing


class ExactVectors:
    """Compares with every row, in numpy: the oracle, and the faster store for small archives."""

    backend: ClassVar[str] = "exact"
    file: ClassVar[str] = "vectors.npy"

    def __init__(self, dim: int) -> None:
        import numpy as np

        self._rows: NDArray[np.float16] = np.zeros((0, dim), dtype=np.float16)  # (n, dim), unit rows or zeros
        self._new: list[NDArray[np.float16]] = []  # added since, not yet joined to them
        self._n = 0
        self._kept: NDArray[np.float32] | None = None

    @classmethod
    def open(cls, folder: Path) -> ExactVectors:
        """The store saved in `folder`, mapped into memory and not read."""
        import numpy as np

        path = folder / cls.file
        with reading(path):
            rows = np.load(path, mmap_mode="r", allow_pickle=False)
        if rows.ndim != 2 or rows.dtype != np.float16:
            raise broken(path, f"{rows.dtype} of shape {rows.shape} instead of float16 rows")
        store = cls(rows.shape[1])
        store._rows, store._n = rows, len(rows)
        return store

    def __len__(self) -> int:
        return self._n

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._rows.shape[1])

    def add(self, vectors: Matrix) -> None:
        """Append (n, dim) rows, brought to unit length. Raises StoreError for another width, NaN or infinity."""
        fresh = unit_rows(vectors, self.dim, self._n)
        self._new.append(fresh)
        self._n += len(fresh)

    def remove(self, rows: Sequence[int]) -> None:
        """Take `rows` out; the rows after them move up, as in numpy.delete."""
        import numpy as np

        self._rows = np.delete(self._matrix(), known_rows(rows, len(self)), axis=0)
        self._n = len(self._rows)
        self._kept = None

    def vectors(self, start: int, stop: int) -> Matrix:
        """(stop - start, dim) float32."""
        import numpy as np

        return np.asarray(self._matrix()[start:stop], dtype=np.float32)

    def at(self, rows: NDArray[np.int64]) -> Matrix:
        """(len(rows), dim) float32."""
        import numpy as np

        return np.asarray(self._matrix()[rows], dtype=np.float32)

    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first; ties go to the lower row. Nothing for a vector of zeros."""
        import numpy as np

        query = unit_query(vector, self.dim)
        rows = self._comparable()
        chosen = chosen_rows(allowed)
        n = len(rows) if chosen is None else len(chosen)
        if query is None or k < 1 or n == 0:
            return []
        scores = np.empty(n, dtype=np.float32)
        for start in range(0, n, _BLOCK):
            part = rows[start : start + _BLOCK] if chosen is None else rows[chosen[start : start + _BLOCK]]
            block = part.astype(np.float32, copy=False)
            found = block @ query
            unlike = np.flatnonzero(found == 0)  # rows of zeros are among them: looking at all rows takes as long as the product
            found[unlike[~block[unlike].any(axis=1)]] = -np.inf
            scores[start : start + _BLOCK] = found
        return best(scores, np.arange(n) if chosen is None else chosen, k)

    def save(self, folder: Path) -> None:
        """Write the file into `folder`."""
        import numpy as np

        np.save(folder / self.file, self._matrix(), allow_pickle=False)

    def _matrix(self) -> NDArray[np.float16]:
        import numpy as np

        if self._new:
            self._rows, self._new, self._kept = np.concatenate([self._rows, *self._new]), [], None
        return self._rows

    def _comparable(self) -> NDArray[np.float16] | NDArray[np.float32]:
        """The rows as float32 where that is small enough to keep, else as they are stored."""
        import numpy as np

        rows = self._matrix()
        if rows.size * 4 > _KEPT_BYTES:
            return rows
        if self._kept is None:
            self._kept = rows.astype(np.float32)
        return self._kept


class FaissVectors:
    """Compares with every row, in FAISS (float16 scalar quantiser, inner product of unit rows)."""

    backend: ClassVar[str] = "faiss"
    file: ClassVar[str] = "vectors.faiss"

    def __init__(self, dim: int) -> None:
        self._faiss = faiss = faiss_library()
        self._index: Any = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._mapped = False  # as a file is, to which nothing can be added
        self._file: _RowsOfFile | None = None

    @classmethod
    def open(cls, folder: Path) -> FaissVectors:
        """The store saved in `folder`."""
        faiss = faiss_library()
        path = folder / cls.file
        with reading(path):
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)  # mapped into memory, and read where it is searched
        if not isinstance(index, faiss.IndexScalarQuantizer):
            raise broken(path, f"{type(index).__name__} instead of rows of float16")
        store = cls(index.d)
        store._index, store._mapped = index, True
        store._file = _RowsOfFile.open(path, index.code_size, len(store))
        return store

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    def add(self, vectors: Matrix) -> None:
        """Append (n, dim) rows, brought to unit length. Raises StoreError for another width, NaN or infinity."""
        import numpy as np

        self._in_memory().add(unit_rows(vectors, self.dim, len(self)).astype(np.float32))

    def remove(self, rows: Sequence[int]) -> None:
        """Take `rows` out; the rows after them move up, as in numpy.delete."""
        self._in_memory().remove_ids(known_rows(rows, len(self)))

    def vectors(self, start: int, stop: int) -> Matrix:
        """(stop - start, dim) float32."""
        import numpy as np

        start, stop, _ = slice(start, stop).indices(len(self))
        if self._file:
            return self._file.block(start, max(start, stop))
        rows = np.empty((max(stop - start, 0), self.dim), dtype=np.float32)
        if len(rows):
            self._index.reconstruct_n(start, stop - start, rows)
        return rows

    def at(self, rows: NDArray[np.int64]) -> Matrix:
        """(len(rows), dim) float32. The codes are float16 numbers, which numpy takes and turns faster than the index does."""
        import numpy as np

        if self._file and len(rows) <= _SINGLY:
            return self._file.read(rows)
        codes = self._faiss.rev_swig_ptr(self._index.codes.data(), len(self) * self._index.code_size)
        found: Matrix = np.frombuffer(codes, dtype=np.float16).reshape(len(self), self.dim)[rows].astype(np.float32)
        return found

    def search(self, vector: Vector, k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, cosine), best first; ties go to the lower row. Nothing for a vector of zeros."""
        query = unit_query(vector, self.dim)
        chosen = chosen_rows(allowed)
        n = len(self) if chosen is None else len(chosen)
        if query is None or k < 1 or n == 0:
            return []
        only = None if chosen is None else self._faiss.SearchParameters(sel=self._faiss.IDSelectorBatch(chosen))
        limit = min(k + 8, n)
        while True:  # equal scores come in no order, and rows of zeros before negative scores: take on until k are sure
            scores, rows = self._index.search(query[None], limit, params=only)
            scores, rows = self._real(scores[0], rows[0])
            if limit == n or (len(scores) >= k and scores[-1] < scores[k - 1]):
                return best(scores, rows, k)
            limit = min(limit * 2, n)

    def save(self, folder: Path) -> None:
        """Write the file into `folder`."""
        with writing_to(folder, RuntimeError):
            self._faiss.write_index(self._index, str(folder / self.file))

    def _in_memory(self) -> Any:
        """The index, copied out of its file."""
        if self._mapped:
            copy = FaissVectors(self.dim)
            copy.add(self.vectors(0, len(self)))
            self._index, self._mapped, self._file = copy._index, False, None
        return self._index

    def _real(self, scores: NDArray[np.float32], rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Without FAISS's padding (row -1) and without rows of zeros; only a score of 0 makes a row one to look at."""
        import numpy as np

        keep = rows >= 0
        places = np.flatnonzero(keep & (scores == 0.0))
        if len(places):
            keep[places] = self._index.reconstruct_batch(rows[places]).any(axis=1)
        return scores[keep], rows[keep]


class _RowsOfFile:
    """Rows read one by one from a file of FAISS that is mapped too. By the map a row of half a kilobyte brings its neighbourhood into
    the process's memory, and a question's 800 rows a quarter of a gigabyte.
    """

    def __init__(self, path: Path, row_bytes: int, begin: int) -> None:
        self._path, self._row_bytes, self._begin = path, row_bytes, begin
        self._descriptor = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._descriptor)

    @classmethod
    def open(cls, path: Path, row_bytes: int, n: int) -> _RowsOfFile | None:
        """None where the file begins otherwise than with a head and the length of the rows."""
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        length = (n * row_bytes).to_bytes(8, "little")
        return cls(path, row_bytes, head.index(length) + 8) if n and length in head else None

    def read(self, rows: NDArray[np.int64]) -> Matrix:
        """(len(rows), dim) float32. Raises IndexBrokenError where the file ends before."""
        with reading(self._path):
            places = (self._begin + rows * self._row_bytes).tolist()
            return self._floats(b"".join([os.pread(self._descriptor, self._row_bytes, place) for place in places]), len(rows))

    def block(self, start: int, stop: int) -> Matrix:
        """As `read`, of the rows from `start` to before `stop`."""
        with reading(self._path):
            place, size = self._begin + start * self._row_bytes, (stop - start) * self._row_bytes
            return self._floats(os.pread(self._descriptor, size, place), stop - start)

    def _floats(self, codes: bytes, n: int) -> Matrix:
        import numpy as np

        if len(codes) < n * self._row_bytes:
            raise broken(self._path, "it ends before its rows do")
        found: Matrix = np.frombuffer(codes, dtype=np.float16).reshape(n, self._row_bytes // 2).astype(np.float32)
        return found


STORES: dict[str, type[ExactVectors | FaissVectors]] = {"exact": ExactVectors, "faiss": FaissVectors}


def store(backend: str) -> type[ExactVectors | FaissVectors]:
    """The store called `backend`. Raises UsageError listing the known ones."""
    if backend not in STORES:
        raise UsageError(f"unknown vector store '{backend}'. Known stores: {', '.join(STORES)}")
    return STORES[backend]


def faiss_library() -> Any:
    """FAISS, loaded when it is needed. Raises MissingExtraError."""
    try:
        import faiss
    except ImportError as error:
        raise MissingExtraError("faiss-cpu", "faiss", "an index of this size") from error
    return faiss
