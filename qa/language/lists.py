"""Reads the language facts in qa/language/data: one fact a row, one file a kind of fact, each read once and kept.

A table is a text file. Its header is comment lines that name its source, its licence and its columns; then rows of tab-separated cells follow,
sorted and each once, with "-" for an empty cell:

    # Months and weekdays as Indonesian and English newspapers print them.
    # source: …
    # licence: …
    # columns: fact number language form also spelling
    month	1	id	full	-	januari
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = Path(__file__).parent / "data"
_EMPTY = "-"
_FIELDS = ("source", "licence", "columns")


@dataclass(frozen=True, slots=True)
class Table:
    """A file of facts: where they come from, under which licence, and the rows by column."""

    name: str
    source: str
    licence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # as many cells as there are columns; "" where the file has "-"

    def where(self, **cells: str) -> tuple[tuple[str, ...], ...]:
        """The rows whose cells are these, by the name of the column. Raises ValueError for a column that the table lacks."""
        wanted = [(self.columns.index(column), cell) for column, cell in cells.items()]
        return tuple(row for row in self.rows if all(row[place] == cell for place, cell in wanted))


@cache
def table(name: str) -> Table:
    """The table data/NAME.tsv. Raises ValueError with file and line where its header or one of its rows is malformed."""
    return read(FOLDER / f"{name}.tsv")


def read(path: Path) -> Table:
    """A table from a file; order and repetition are the tests' business, so that reading stays fast."""
    header: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    columns: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            field, colon, value = line[1:].strip().partition(":")
            if colon and field in _FIELDS:
                header[field] = value.strip()
                columns = tuple(header.get("columns", "").split())
            continue
        cells = tuple("" if cell == _EMPTY else cell for cell in line.split("\t"))
        if len(cells) != len(columns):
            raise ValueError(
                f"{path}, line {number}: {len(cells)} cells, but the header names {len(columns)} columns. "
                'Cure: one tab between two cells, "-" for an empty one, and a "# columns: …" line above the rows'
            )
        rows.append(cells)
    if lacking := [field for field in _FIELDS if not header.get(field)]:
        raise ValueError(
            f"{path}: the header has no {' and no '.join(lacking)}. Cure: a line such as '# {lacking[0]}: …' at its top"
        )
    return Table(path.stem, header["source"], header["licence"], columns, tuple(rows))


def column(name: str, wanted: str, **cells: str) -> tuple[str, ...]:
    """One column of a table, in the order of its rows, of the rows whose other cells are these."""
    found = table(name)
    place = found.columns.index(wanted)
    return tuple(row[place] for row in found.where(**cells))


def mapping(name: str, key: str, value: str, **cells: str) -> Mapping[str, str]:
    """Two columns of a table as a mapping, of the rows whose other cells are these."""
    return dict(zip(column(name, key, **cells), column(name, value, **cells), strict=True))


@cache
def words(name: str, use: str) -> frozenset[str]:
    """The words of a table with the columns `word` and `uses` that have this use among theirs; ValueError where none has it."""
    return frozenset(_some((word for word, uses in table(name).rows if use in uses.split()), name, use))


def cue(use: str) -> frozenset[str]:
    """The words of data/cues.tsv of one use; ValueError where it has none."""
    return frozenset(_some(column("cues", "word", use=use), "cues", use))


def alternatives(name: str, use: str) -> str:
    """The patterns of one use of a table with the columns `use` and `pattern`, the longest first, without a group round them.

    ValueError where it has none.
    """
    return "|".join(sorted(_some(column(name, "pattern", use=use), name, use), key=lambda pattern: (-len(pattern), pattern)))


def _some(found: Iterable[str], name: str, use: str) -> tuple[str, ...]:
    kept = tuple(found)
    if not kept:
        raise ValueError(f"{FOLDER / name}.tsv has no row of the use {use!r}. Cure: add one, or name a use that the table has")
    return kept


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first: alternatives without a group round them. An apostrophe may be curly."""
    return "|".join(re.escape(word).replace("'", "['’‘]") for word in sorted(words, key=lambda word: (-len(word), word)))
