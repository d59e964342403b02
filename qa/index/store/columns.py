"""Days and outlets of the articles of a file, kept in memory as columns: a filter over a million passages takes milliseconds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

_NO_DAY = 0  # ordinals of days begin at 1


class Columns:
    """Twenty bytes an article."""

    def __init__(self, articles: Iterable[tuple[int, int, str | None, str]]) -> None:
        """`articles`: (first row, passages, day of publication as ISO 8601, outlet) of each."""
        import numpy as np

        self._codes: dict[str, int] = {}
        numbers = array("q")
        for first, count, day, outlet in articles:
            code = self._codes.setdefault(outlet.casefold(), len(self._codes))
            numbers.extend((first, count, date.fromisoformat(day).toordinal() if day else _NO_DAY, code))
        table = np.frombuffer(numbers, dtype=np.int64).reshape(-1, 4)
        self._firsts, self._counts = table[:, 0].copy(), table[:, 1].astype(np.int32)
        self._days, self._outlets = table[:, 2].astype(np.int32), table[:, 3].astype(np.int32)

    def rows(self, window: tuple[date, date] | None, outlets: Sequence[str]) -> Sequence[int]:
        """The rows of the articles published in `window` (both days included) by one of `outlets`, in their order.

        Case of an outlet's name does not matter; () are all outlets. An article without a day is in no window.
        """
        import numpy as np

        chosen = np.ones(len(self._firsts), dtype=bool)
        if window is not None:
            first, last = (day.toordinal() for day in window)
            chosen &= (self._days >= max(first, _NO_DAY + 1)) & (self._days <= last)
        if outlets:
            codes = [self._codes[key] for outlet in outlets if (key := outlet.casefold()) in self._codes]
            chosen &= np.isin(self._outlets, codes)
        return self._rows_of(chosen)

    def undated(self) -> Sequence[int]:
        """The rows of the articles without a day, in their order."""
        return self._rows_of(self._days == _NO_DAY)

    def _rows_of(self, chosen: NDArray[np.bool_]) -> Sequence[int]:
        import numpy as np

        firsts, counts = self._firsts[chosen], self._counts[chosen]
        before = np.cumsum(counts) - counts
        rows = array("q")
        rows.frombytes((np.repeat(firsts - before, counts) + np.arange(counts.sum())).astype(np.int64).tobytes())
        return rows
