"""BM25 over our own terms, in tantivy (k1 = 1.2, b = 0.75, as in Lucene).

    score(q, d) = Σ over the distinct terms t of q   idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · |d| / avgdl))
    idf(t)      = ln(1 + (N - df + 0.5) / (df + 0.5))

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; idf with the 1 inside the
    logarithm as in Lucene, so that it is never negative. tantivy keeps |d| in one byte: exact up to 40 terms, above that
    rounded down by at most an eighth; the tests compute both the exact formula and the rounded one.

Text is not analysed here: a passage arrives as terms and is split at the spaces put between them, and a question becomes term
queries, never query syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qa.errors import StoreError
from qa.index.allowed_rows import AllowedRows
from qa.index.store.damage import broken, reading, writing_to

if TYPE_CHECKING:
    import tantivy

FOLDER = "lexical"

_HEAP_BYTES = 256_000_000  # of the writer of a whole index; a fuller heap starts a new segment of the engine's
_SMALL_HEAP_BYTES = 32_000_000  # of one that adds to an index
_FILTER_ROWS = 20_000  # up to so many allowed rows the engine filters; above, its results are filtered here


class LexicalWriter:
    """Writes the index, row by row from 0; or adds to the one that lies in the folder, from `first_row`.

    The engine never changes a file of its own but its lists of files, which it replaces whole: files that are linked to those of
    another generation stay what they are there.
    """

    def __init__(self, folder: Path, first_row: int | None = None, *, large: bool = False) -> None:
        """`large`: much is to come, though something is there."""
        import tantivy

        self._folder = folder / FOLDER
        with writing_to(folder, ValueError):
            if first_row is None:
                self._folder.mkdir()
                self._index = tantivy.Index(_schema(), path=str(self._folder))
            else:
                self._index = tantivy.Index.open(str(self._folder))
            # One thread: rows stay in order within a segment, and the same passages give the same ranking.
            heap = _HEAP_BYTES if first_row is None or large else _SMALL_HEAP_BYTES
            self._writer = self._index.writer(heap_size=heap, num_threads=1)
        self._document = tantivy.Document
        self._filters = _has_filters(self._index.schema)
        self._rows = first_row or 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self.close()
        else:
            with suppress(
                Exception
            ):  # the engine's threads end first: one that still wrote would fill the folder that is removed now
                self._writer.wait_merging_threads()

    def add(self, terms: Iterable[str], *, day: date | None = None, outlet: str = "") -> int:
        """Index one passage; gives its row. A term with white space counts as several. By day and outlet it can be filtered, where
        the index has them: one of an earlier format has not.
        """
        document = self._document()
        document.add_unsigned("row", self._rows)
        document.add_text("terms", " ".join(terms))
        if self._filters and day is not None:
            document.add_unsigned("day", day.toordinal())
        if self._filters and outlet:
            document.add_text("outlet", outlet_key(outlet))
        with writing_to(self._folder, ValueError):
            self._writer.add_document(document)
        self._rows += 1
        return self._rows - 1

    def commit(self) -> None:
        """What was added so far stays, whatever happens to this process."""
        with writing_to(self._folder, ValueError):
            self._writer.commit()

    def remove(self, rows: Sequence[int]) -> None:
        """Take passages out. They count in the statistics until the engine merges the files that they are in."""
        import tantivy

        with writing_to(self._folder, ValueError):
            if rows:
                self._writer.delete_documents_by_query(tantivy.Query.term_set_query(self._index.schema, "row", list(rows)))

    def close(self) -> None:
        """Commit, and wait until the engine has written everything. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        with writing_to(self._folder, ValueError):
            self._writer.commit()
            self._writer.wait_merging_threads()
        for lock in self._folder.glob(".tantivy-*.lock"):
            lock.unlink()


class Lexical:
    """The index, read. Safe from many threads."""

    def __init__(self, folder: Path, end_row: int | None = None) -> None:
        """`end_row`: above every row; the number of passages where they count from 0 without a hole."""
        import tantivy

        self._path = folder / FOLDER
        self._tantivy: Any = tantivy
        with reading(self._path):
            try:
                self._open(self._path)
            except (ValueError, OSError) as error:
                if "lock" not in str(error).lower() or not (self._path / "meta.json").is_file():
                    raise
                self._open_read_only()
            self._schema = self._index.schema
            self._filters = _has_filters(self._schema)
            self._n = int(self._searcher.num_docs)
            self._end = self._n if end_row is None else end_row

    def _open(self, path: Path) -> None:
        self._index = self._tantivy.Index.open(str(path))
        # A generation never changes: without this a thread would poll its folder twice a second.
        self._index.config_reader(reload_policy="manual")
        self._index.reload()
        self._searcher = self._index.searcher()

    def _open_read_only(self) -> None:
        """The engine makes a lock file beside the files that it opens: where it may not, it gets a folder of links to them.

        Once opened the files are mapped, and the links are needed no more.
        """
        try:
            with TemporaryDirectory(prefix="qa-lexical-") as links:
                for file in self._path.iterdir():
                    if file.suffix != ".lock":
                        (Path(links) / file.name).symlink_to(file.resolve())
                self._open(Path(links))
        except OSError as error:
            raise StoreError(
                f"{self._path} is read-only, and so is the folder for temporary files, where it could be opened from ({error}). "
                "Cure: set TMPDIR to a folder that can be written to"
            ) from error

    @classmethod
    def write(cls, folder: Path, passages: Iterable[Iterable[str]]) -> Lexical:
        """Write `passages` (the terms of each) into `folder` and open it."""
        with LexicalWriter(folder) as writer:
            for terms in passages:
                writer.add(terms)
        return cls(folder)

    def __len__(self) -> int:
        return self._n

    def search(self, tokens: Sequence[str], k: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The k best (row, BM25 score > 0), best first; ties go to the lower row. A term counts once, however often it is given."""
        with reading(self._path):
            return self._search(tokens, k, allowed)

    def _search(self, tokens: Sequence[str], k: int, allowed: Sequence[int] | None) -> list[tuple[int, float]]:
        terms = _distinct(tokens)
        if not terms or k < 1 or len(self) == 0 or (allowed is not None and len(allowed) == 0):
            return []
        occur, query = self._tantivy.Occur, self._tantivy.Query
        any_term = query.boolean_query(
            [(occur.Should, query.term_query(self._schema, "terms", term, index_option="freq")) for term in terms]
        )
        if allowed is None:
            return self._top(any_term, k)
        if isinstance(allowed, AllowedRows) and self._filters:
            return self._top(query.boolean_query([(occur.Must, any_term), *self._only(allowed)]), k)
        if len(allowed) <= _FILTER_ROWS:
            rows = query.const_score_query(query.term_set_query(self._schema, "row", [int(row) for row in allowed]), 0.0)
            return self._top(query.boolean_query([(occur.Must, any_term), (occur.Must, rows)]), k)
        return self._filtered(any_term, k, frozenset(allowed))

    def terms(self, row: int) -> list[str]:
        """The terms that `row` was indexed with."""
        with reading(self._path):
            query = self._tantivy.Query.term_query(self._schema, "row", row) if 0 <= row < self._end else None
            hits = self._searcher.search(query, 1, count=False).hits if query else []
        if not hits:
            raise IndexError(f"row {row} is not among the {len(self)} passages of the lexical index")
        with reading(self._path):
            return str(self._searcher.doc(hits[0][1]).get_first("terms")).split()

    def stream(self) -> Iterator[list[str]]:
        """The terms of every row, from row 0."""
        for row in range(self._end):
            yield self.terms(row)

    def document_frequency(self, term: str) -> int:
        """How many passages have `term`."""
        with reading(self._path):
            return int(self._searcher.doc_freq("terms", term)) if _can_stand(term) else 0

    def _only(self, allowed: AllowedRows) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        """The days and outlets of a filter, for the engine to look at beside the terms."""
        must, query = self._tantivy.Occur.Must, self._tantivy.Query
        if allowed.window is not None:
            first, last = (day.toordinal() for day in allowed.window)
            days = query.range_query(self._schema, "day", self._tantivy.FieldType.Unsigned, first, last)
            yield must, query.const_score_query(days, 0.0)
        if allowed.outlets:
            outlets = query.term_set_query(self._schema, "outlet", [outlet_key(outlet) for outlet in allowed.outlets])
            yield must, query.const_score_query(outlets, 0.0)

    def _top(self, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        """The engine breaks ties by its own document number: take on until the tie at the k-th place is whole, then sort."""
        limit = min(k + 8, len(self))
        while True:
            hits = self._searcher.search(query, limit, count=False).hits
            if len(hits) < limit or limit == len(self) or hits[-1][0] < hits[k - 1][0]:
                break
            limit = min(limit * 2, len(self))
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        found = sorted(zip((score for score, _ in hits), rows, strict=True), key=lambda hit: (-hit[0], hit[1]))
        if any(row is None or not 0 <= row < self._end for _, row in found):
            raise broken(self._path, "a passage has a row that is not there")
        return [(int(row), float(score)) for score, row in found[:k]]

    def _filtered(self, query: tantivy.Query, k: int, allowed: frozenset[int]) -> list[tuple[int, float]]:
        """Take on until k of the allowed rows are found; so many rows are allowed that this is soon."""
        limit = k
        while True:
            limit = min(limit * 4, len(self))
            hits = self._top(query, limit)
            found = [hit for hit in hits if hit[0] in allowed]
            if len(found) >= k or len(hits) < limit or limit == len(self):
                return found[:k]


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    # Stored too: adding articles to an index takes the old passages' terms from here, without cutting them again.
    builder.add_text_field("terms", stored=True, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("day", indexed=True, fast=True)  # of publication: date.toordinal()
    builder.add_text_field("outlet", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _has_filters(schema: tantivy.Schema) -> bool:
    """Whether days and outlets are in the index: formats 2 and 3 have none."""
    import tantivy

    try:
        tantivy.Query.term_query(schema, "outlet", "")
    except ValueError:
        return False
    return True


def outlet_key(outlet: str) -> str:
    """An outlet as it is compared: case does not matter. The engine takes no term longer than 65,530 bytes, and no half characters."""
    return outlet.casefold().encode(errors="ignore").decode()[:16_000]


def _distinct(tokens: Sequence[str]) -> list[str]:
    """Terms as the writer split them, each once; no index can hold half characters (lone surrogates)."""
    words = dict.fromkeys(word for token in tokens for word in token.split())
    return [word for word in words if _can_stand(word)]


def _can_stand(word: str) -> bool:
    return word.encode(errors="ignore").decode() == word
