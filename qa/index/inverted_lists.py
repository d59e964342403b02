"""Candidates among very many rows: an inverted file of 4-bit codes in FAISS (IVF, PQ fast-scan), of which the rows make the ranking.

k-means cuts the space into lists, each row is kept in its nearest one as a code of half a byte for four components, and a question is
compared with the codes of the lists nearest to it (Jégou, Douze and Schmid, PAMI 2011; André, Kermarrec and Le Scouarnec, VLDB 2015, for
codes that are looked up in registers). What comes out is rough and so only proposes: scores are taken from the rows, which the segments
keep in float16, and are those of the exact stores to the last bits. RaBitQ's one-bit codes were tried beside it: of the same
size they found less and took three times as long.

Rows are the index's own numbers, which never change; a row that is gone is left out by whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.index.store.damage import broken, reading, writing_to
from qa.index.vectors import faiss_library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.protocols import Matrix, Vector

    Rows = NDArray[np.int64]

FILE = "lists.faiss"

_SEED = 20_231  # of the sample and of k-means: the same rows give the same file
_SAMPLED = 64  # rows of the sample for each list
_ROUNDS = 8  # of k-means; more move the lists by little
_MOST_LISTS = 4_096
_BLOCK = 32_768  # rows read at a time
_CODED = 4  # components that share a code of half a byte


class InvertedLists:
    """The file, read. Safe from many threads."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def open(cls, folder: Path) -> InvertedLists:
        """The lists saved in `folder`. Raises IndexBrokenError for a file that holds something else."""
        faiss = faiss_library()
        path = folder / FILE
        with reading(path):
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)  # codes are mapped where the format lets FAISS do it
        if not isinstance(index, faiss.IndexIVFPQFastScan):
            raise broken(path, f"{type(index).__name__} instead of an inverted file")
        return cls(index)

    def __len__(self) -> int:
        """Rows, from 0 on."""
        return int(self._index.ntotal)

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    def candidates(self, vector: Vector, most: int, probes: int, only: NDArray[np.uint8] | None = None) -> Rows:
        """At most `most` rows that are probably near the unit vector, from its `probes` nearest lists, in no order.

        only    a bit for each row, low bits first (numpy.packbits with bitorder="little"): those that may come
        """
        faiss = faiss_library()
        selector = None if only is None else faiss.IDSelectorBitmap(only)
        params = faiss.SearchParametersIVF(nprobe=min(probes, self.lists), sel=selector)
        _, rows = self._index.search(vector[None], min(most, len(self)), params=params)
        found: Rows = rows[0]
        return found[(found >= 0) & (found < len(self))]


def write(folder: Path, n: int, dim: int, rows: Callable[[int, int], Matrix]) -> None:
    """Write the lists of the rows 0 to n - 1 into `folder`; `rows(start, stop)` gives them. The same rows give the same file.

    k-means sees a sample that is drawn once and whose size is that of the lists, so that memory and time are bounded.
    """
    import numpy as np

    faiss = faiss_library()
    count = list_count(n)
    coarse = faiss.IndexFlatIP(dim)
    index = faiss.IndexIVFPQFastScan(coarse, dim, count, code_parts(dim), 4, faiss.METRIC_INNER_PRODUCT)
    for clustering in (index.cp, index.pq.cp):
        clustering.seed, clustering.min_points_per_centroid, clustering.niter = _SEED, 1, _ROUNDS
        clustering.max_points_per_centroid = 4 * _SAMPLED
    drawn = np.sort(np.random.default_rng(_SEED).permutation(n)[: _SAMPLED * count])
    sample = np.concatenate(
        [
            rows(start, min(start + _BLOCK, n))[drawn[(drawn >= start) & (drawn < start + _BLOCK)] - start]
            for start in range(0, n, _BLOCK)
        ]
    )
    if len(sample) < 16 or len(sample) < count:  # the quantiser has 16 codes, however few rows there are
        sample = np.resize(sample, (max(16, count), dim))
    index.train(sample)
    for start in range(0, n, _BLOCK):
        index.add(rows(start, min(start + _BLOCK, n)))
    with writing_to(folder, RuntimeError):
        faiss.write_index(index, str(folder / FILE))


def list_count(n: int) -> int:
    """About the square root of `n`, a power of two: a question's lists and a list's rows are then alike many."""
    count = 1
    while 4 * count * count <= 2 * n and count < _MOST_LISTS:
        count *= 2
    return count


def code_parts(dim: int) -> int:
    """Into how many parts of _CODED components, or a divisor that is next to it, a vector is cut; each is coded by itself."""
    return next((dim // width for width in range(_CODED, 0, -1) if dim % width == 0), dim)
