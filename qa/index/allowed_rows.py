"""Rows that a search may find, and why these: an engine on another machine is sent the reason and not a million numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Self


class AllowedRows(array):  # type: ignore[type-arg]
    """Row numbers (int64) of the articles that were published in `window`, both days included, by one of `outlets`."""

    window: tuple[date, date] | None
    outlets: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[int], window: tuple[date, date] | None, outlets: Sequence[str]) -> Self:
        """`rows` with the filter that they come from."""
        made = cls("q")
        if isinstance(rows, array) and rows.typecode == "q":
            made.frombytes(memoryview(rows).cast("B"))
        else:
            made.extend(int(row) for row in rows)
        made.window, made.outlets = window, tuple(outlets)
        return made
