"""The articles and passages of a segment, read from its tables: see tables.py for where these lie.

A passage is stored as its span; its text is cut from its article when it is fetched, so the two cannot drift apart. Rows rise
in the order of writing; row r here is row r of the lexical index.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from qa.errors import CorpusError
from qa.index.entities.name_lookup import Entities
from qa.index.store.article_list import Listing
from qa.index.store.article_tables import FILE, FILES, ArticleStore, unmarked
from qa.index.store.columns import Columns
from qa.index.store.damage import broken, reading
from qa.index.store.dated_table import DatedTable
from qa.index.store.stored_article import COLUMNS, StoredArticle, day_of
from qa.index.store.word_file import sound
from qa.index.store.writer import ArticleWriter
from qa.schema import Article, Passage

__all__ = ["FILE", "ArticleWriter", "Articles", "Listing"]

_BATCH = 500  # values bound to one statement; SQLite's own limit has been as low as 999


class ArticlePlace(NamedTuple):
    """Where an article is in its file."""

    number: int  # from 0, in the order of writing
    first: int  # row
    passages: int
    sha256: str  # of its text


def unknown(article_id: str, index: str) -> CorpusError:
    """The error for an id that an index has not."""
    return CorpusError(f"no article with the id {article_id!r} in {index!r}. Cure: take an id from Assistant.articles()")


class Articles:
    """Safe from many threads; keeps working when its generation is deleted behind it."""

    def __init__(self, folder: Path, store: ArticleStore = FILES) -> None:
        self._path = unmarked(folder)
        self.tables = store.open(folder)
        self._all = self.tables.select
        with reading(self._path):
            self._n_articles = int(self._all("SELECT count(*) FROM articles")[0][0])
            # Two queries: SQLite looks up either, and for both in one it reads every row.
            self._n_passages = int(self._all("SELECT count(*) FROM passages")[0][0])
            self._end = int(self._all("SELECT coalesce(max(row) + 1, 0) FROM passages")[0][0])
            self.entities = Entities(self._all, known=self.tables.has("entities"))
            self.dated = DatedTable(self._all, self._path, kept=self.tables.has("dated"))
            self.content = str(self._all("SELECT sha256 FROM content")[0][0])  # see ArticleWriter.content
        self._vocabulary: Mapping[str, int] | None = None
        self._outlets: tuple[str, ...] | None = None
        self._rows: tuple[list[int], list[int]] | None = None
        self._filters: Columns | None = None

    @classmethod
    def write(cls, folder: Path, items: Iterable[tuple[Article, Sequence[Passage]]], store: ArticleStore = FILES) -> Articles:
        """Write `items` as the segment of `folder` and open it."""
        with ArticleWriter(folder, store=store) as writer:
            for article, passages in items:
                writer.add(article, passages)
        return cls(folder, store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.tables.close()

    def __del__(self) -> None:
        if "tables" in vars(self):  # not when opening failed
            self.tables.close()

    def __len__(self) -> int:
        return self._n_articles

    @property
    def n_passages(self) -> int:
        """How many rows there are."""
        return self._n_passages

    def close(self) -> None:
        """Let the tables go."""
        self.tables.close()

    def passage(self, row: int) -> Passage:
        """The passage of `row`. Raises IndexError outside of 0 ≤ row < n."""
        return self.passages([row])[0]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of `rows`, in that order, fetched together."""
        spans: dict[int, tuple[int, int, int, str]] = {}
        wanted = sorted({int(row) for row in rows})
        for batch in _batches(wanted):
            marks = ", ".join("?" * len(batch))
            found = self._all(f'SELECT row, article, start, "end", story FROM passages WHERE row IN ({marks})', batch)  # noqa: S608 - only question marks are put in
            spans.update({row: (number, start, end, story) for row, number, start, end, story in found})
        if missing := [row for row in wanted if row not in spans]:
            if 0 <= missing[0] < self._end:
                raise broken(self._path, f"passage {missing[0]} of {self._n_passages} is not there")
            raise IndexError(f"row {missing[0]} is not among the {self._n_passages} passages of {self._path}")
        articles: dict[int, StoredArticle] = {}
        with reading(self._path):
            for batch in _batches(sorted({number for number, *_ in spans.values()})):
                marks = ", ".join("?" * len(batch))
                for row in self._all(f"SELECT {COLUMNS} FROM articles WHERE number IN ({marks})", batch):  # noqa: S608 - as above
                    articles[row[0]] = StoredArticle(row)
            return [articles[spans[int(row)][0]].passage(int(row), *spans[int(row)][1:]) for row in rows]

    def article(self, article_id: str) -> Article:
        """The whole article, checked against its hashes. Raises CorpusError for an unknown id, IndexBrokenError for altered text."""
        if (place := self.place(article_id)) is None:
            raise unknown(article_id, self._path.parent.parent.name)
        return self.numbered(place.number)[0]

    def numbered(self, number: int) -> tuple[Article, list[Passage], int]:
        """An article by its number, whole, with its passages and the row of the first. Raises IndexBrokenError for altered text."""
        with reading(self._path):
            stored = StoredArticle(self._all(f"SELECT {COLUMNS} FROM articles WHERE number = ?", (number,))[0])  # noqa: S608 - a constant
            spans = self._all(_SPANS, (stored.first, stored.first + stored.count))
            return stored.article(), [stored.passage(*span) for span in spans], stored.first

    def articles(self, without: Collection[int] = ()) -> tuple[Listing, ...]:
        """Every article in the order of writing, without its text, but for those of the numbers `without`."""
        found = self._all(
            'SELECT number, id, title, outlet, published, source, passages, (SELECT "end" FROM passages WHERE row = first_row + a.passages - 1) '
            "- (SELECT start FROM passages WHERE row = first_row) FROM articles a ORDER BY number"
        )
        return tuple(
            Listing(
                id=id_,
                title=title,
                outlet=outlet,
                published=day_of(day),
                source=source,
                passages=passages,
                length=(length or 0) if passages else 0,
            )
            for number, id_, title, outlet, day, source, passages, length in found
            if number not in without
        )

    def place(self, article_id: str) -> ArticlePlace | None:
        """Where the article is; None for an unknown id."""
        query = "SELECT number, first_row, passages, sha256 FROM articles WHERE id = ?"
        found = self._all(query, (article_id,)) if sound(article_id) else []  # no id has half a character
        return ArticlePlace(*found[0]) if found else None

    def published(self, number: int) -> date | None:
        """The day of publication of an article by its number."""
        return day_of(self._all("SELECT published FROM articles WHERE number = ?", (number,))[0][0])

    def places(self) -> Iterator[ArticlePlace]:
        """Of every article, in their order."""
        rows = self._all("SELECT number, first_row, passages, sha256 FROM articles ORDER BY number")
        return (ArticlePlace(*row) for row in rows)

    def ids(self) -> list[tuple[int, str]]:
        """(number, id) of every article, in their order."""
        return self._all("SELECT number, id FROM articles ORDER BY number")

    def latest(self, outlets: Sequence[str], most: int) -> list[tuple[int, str]]:
        """(number, id) of the `most` articles that were written last of those of `outlets`, as they are spelt, the last first."""
        marks = ", ".join("?" * len(outlets))
        query = f"SELECT number, id FROM articles WHERE outlet IN ({marks}) ORDER BY number DESC LIMIT ?"  # noqa: S608 - only question marks
        return self._all(query, (*outlets, most))

    def rows_of(self, article_id: str) -> range:
        """The rows of one article. Raises CorpusError for an unknown id."""
        if (place := self.place(article_id)) is None:
            raise unknown(article_id, self._path.parent.parent.name)
        return range(place.first, place.first + place.passages)

    def rows_in(
        self, window: tuple[date, date] | None = None, outlets: Sequence[str] = (), articles: Sequence[str] = ()
    ) -> Sequence[int] | None:
        """The rows of articles published in `window` (both days included) by one of `outlets` and, where ids are given, among
        `articles`; None: no filter was given.

        Case of an outlet's name does not matter. An article without a day of publication is in no window; an unknown id has no rows.
        """
        if window is None and not outlets and not articles:
            return None
        rows = self._columns().rows(window, outlets) if window is not None or outlets else None
        if not articles:
            return rows
        places = filter(None, map(self.place, dict.fromkeys(articles)))
        chosen = array("q", sorted(row for place in places for row in range(place.first, place.first + place.passages)))
        return chosen if rows is None else array("q", sorted(set(rows).intersection(chosen)))

    def _columns(self) -> Columns:
        """Read once, then kept."""
        if self._filters is None:
            self._filters = Columns(self._all("SELECT first_row, passages, published, outlet FROM articles ORDER BY first_row"))
        return self._filters

    def undated_rows(self) -> Sequence[int]:
        """The rows of articles without a day of publication."""
        return self._columns().undated()

    def rows_beside(self, rows: Sequence[int]) -> set[int]:
        """Every row of the articles that these rows are of."""
        firsts, counts = self._starts()
        places = {bisect_right(firsts, row) - 1 for row in rows}
        return {row for place in places for row in range(firsts[place], firsts[place] + counts[place])}

    def _starts(self) -> tuple[list[int], list[int]]:
        """First row and number of passages of each article, by row. Read once, then kept."""
        if self._rows is None:
            found = self._all("SELECT first_row, passages FROM articles WHERE passages > 0 ORDER BY first_row")
            self._rows = [first for first, _ in found], [count for _, count in found]
        return self._rows

    def last_day(self, without: Collection[int] = ()) -> date | None:
        """The latest day of publication, but for the articles of the numbers `without`; None where no article has one."""
        found = self._all(
            "SELECT number, published FROM articles WHERE published IS NOT NULL ORDER BY published DESC LIMIT ?",
            (len(without) + 1,),
        )
        return next((day_of(published) for number, published in found if number not in without), None)

    def outlets(self) -> tuple[str, ...]:
        """Every outlet that has an article, in alphabetical order."""
        if self._outlets is None:
            found = self._all("SELECT DISTINCT outlet FROM articles WHERE outlet != '' ORDER BY outlet")
            self._outlets = tuple(name for (name,) in found)
        return self._outlets

    def vocabulary(self) -> Mapping[str, int]:
        """Each word of the passages -> how many have it. Read once, then kept."""
        if self._vocabulary is None:
            self._vocabulary = MappingProxyType(dict(self._all("SELECT word, passages FROM words")))
        return self._vocabulary

    def word_count(self, word: str) -> int:
        """What `words` gives for one of them, 0 where it does not have it."""
        found = self._all("SELECT passages FROM words WHERE word = ?", (word,)) if sound(word) else []
        return int(found[0][0]) if found else 0

    def words(self) -> Iterator[tuple[str, int]]:
        """Each word with its count, as it was written: in a segment what it changes in the counts before it."""
        return iter(self._all("SELECT word, passages FROM words"))

    def story(self, number: int) -> str:
        """The story of an article when it was written; "" for none."""
        query = "SELECT story FROM articles JOIN passages ON row = first_row WHERE article = number AND number = ?"
        found = self._all(query, (number,))
        return str(found[0][0]) if found else ""

    def stories(self) -> list[tuple[int, str, str]]:
        """(number, id, id of the earliest near-copy) of the articles that shared a story when they were written."""
        query = "SELECT number, id, story FROM articles JOIN passages ON row = first_row WHERE article = number AND story != ''"
        return self._all(query)

    def retold(self) -> list[tuple[str, str]]:
        """(id, story) of articles of earlier segments whose story this one changed."""
        return self._all("SELECT id, story FROM retold")

    def pairs(self) -> list[tuple[str, str]]:
        """Every pair of near-copies that was found when this was written."""
        return self._all("SELECT a, b FROM pairs")

    def copies(self, article_id: str) -> list[str]:
        """The ids that make a pair with this one."""
        query = "SELECT b FROM pairs WHERE a = ? UNION SELECT a FROM pairs WHERE b = ?"
        return [id_ for (id_,) in self._all(query, (article_id, article_id))]


_SPANS = 'SELECT row, start, "end", story FROM passages WHERE row >= ? AND row < ? ORDER BY row'


def _batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
