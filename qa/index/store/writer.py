"""Writing the file of articles and passages; reading it is articles.py's part."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from qa.corpus.entities.local import Named
from qa.errors import CorpusError, DuplicateError
from qa.index.entities.name_tables import NameTables
from qa.index.store.damage import writing_to
from qa.schema import Article, Passage

FILE = "articles.sqlite"

_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL,
    outlet TEXT NOT NULL, author TEXT NOT NULL, published TEXT, url TEXT NOT NULL, masks TEXT NOT NULL,
    first_row INTEGER NOT NULL, passages INTEGER NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passages (row INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, story TEXT NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pairs (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE retold (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE content (sha256 TEXT NOT NULL);
CREATE TABLE dated (article INTEGER PRIMARY KEY, sentences TEXT NOT NULL);
"""

_PAIR = "INSERT OR IGNORE INTO pairs VALUES (?, ?)"
_INSERT = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def digest(row: Sequence[object]) -> str:
    """SHA-256, hex, over a row's values but for its text, which has a hash of its own among them."""
    return hashlib.sha256("\0".join(map(str, row)).encode()).hexdigest()


def fingerprint(article_id: str, sha256: str) -> int:
    """What an article adds to the fingerprint of a corpus, which is the sum over its articles modulo 2 ** 256.

    A sum can be kept up to date when articles come and go, and does not depend on their order.
    """
    return int.from_bytes(hashlib.sha256(f"{article_id}\0{sha256}".encode()).digest())


class ArticleWriter:
    """Writes the file, article by article. Nothing is readable before `close`."""

    def __init__(self, folder: Path, first_row: int = 0) -> None:
        self._folder = folder
        with writing_to(folder):
            self._connection = sqlite3.connect(folder / FILE, isolation_level=None)
            # The file becomes visible only when the whole generation is renamed, after a sync of its own: a journal would
            # guard nothing.
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
            self._connection.executescript(_SCHEMA)
            self._names = NameTables(self._connection)
            self._connection.execute("BEGIN")
        self._words: Counter[str] = Counter()
        self._content = hashlib.sha256()
        self.n_articles = 0
        self.n_passages = 0
        self.first_row = self.end_row = first_row
        self.fingerprint = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self.close()
        else:
            self._connection.close()

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        words: Iterable[Iterable[str]] = (),
        names: Sequence[Named] = (),
        *,
        dated: str = "",
        first: int | None = None,
    ) -> range:
        """The rows given to `passages`: the next ones, or those from `first`, which must not lie below.

        `words` are the words of each passage, for the vocabulary; repeated ones count once. `names` is what the article names, see
        qa.corpus.entities.local, `dated` its dated sentences, see qa.corpus.dated.

        Raises DuplicateError for an id that is there already, CorpusError for a passage that is not its article's text.
        """
        for passage in passages:
            if article.text[passage.start : passage.end] != passage.text or passage.article_id != article.id:
                raise CorpusError(
                    f"{article.source}: passage {passage.id} is not the article's text at {passage.start}-{passage.end}"
                )
        masks = json.dumps([[mask.start, mask.end, mask.rule] for mask in article.masks], ensure_ascii=False)
        published = article.published.isoformat() if article.published else None
        first = self.end_row if first is None else first
        values = (
            self.n_articles,
            article.id,
            article.source,
            article.sha256,
            article.title,
            article.outlet,
            article.author,
            published,
            article.url,
            masks,
            first,
            len(passages),
        )
        try:
            if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
                raise CorpusError(f"{article.source}: its sha256 is not its text's. Cure: make articles with article_of")
            checked = digest(values)
            with writing_to(self._folder):
                self._connection.execute(_INSERT, (*values, checked, article.text))
        except sqlite3.IntegrityError as error:
            raise DuplicateError(
                f"{article.source}: the id {article.id!r} is taken by another article. Cure: give each record its own id"
            ) from error
        except UnicodeEncodeError as error:
            raise CorpusError(
                f"{article.source}: the text has half a character (a lone surrogate) at {error.start}. Cure: mend the file"
            ) from error
        spans = [(first + i, self.n_articles, passage.start, passage.end, passage.story) for i, passage in enumerate(passages)]
        with writing_to(self._folder):
            self._connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", spans)
            self._names.add(self.n_articles, names)
            if dated:
                self._connection.execute("INSERT INTO dated VALUES (?, ?)", (self.n_articles, dated))
        self._content.update(f"{checked}{spans}".encode())
        for each in words:
            self._words.update(set(each))
        self.n_articles += 1
        self.n_passages += len(passages)
        self.end_row = first + len(passages)
        self.fingerprint += fingerprint(article.id, article.sha256)
        return range(first, self.end_row)

    def count_words(self, counts: Mapping[str, int]) -> None:
        """Change the vocabulary by `counts`. A segment's are added to those before it: what it took from them is negative."""
        for word, count in counts.items():
            self._words[word] += count

    def keep_pairs(self, pairs: Iterable[tuple[str, str]], retold: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keep the pairs of near-copies (ids, the later article first), and the stories that articles of earlier segments have now."""
        with writing_to(self._folder):
            self._connection.executemany(_PAIR, pairs)
            self._connection.executemany("INSERT INTO retold VALUES (?, ?)", retold.items())

    @property
    def content(self) -> str:
        """SHA-256, hex, over every article and passage so far: the other files of a generation carry it too."""
        return self._content.hexdigest()

    def tell_stories(self, originals: Mapping[str, str]) -> None:
        """Give the passages of each article the id of its story (article id -> id of the earliest near-copy); others have none."""
        with writing_to(self._folder):
            _tell(self._connection, originals)

    def close(self) -> None:
        """Write the vocabulary and finish the file. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        words = sorted((word, count) for word, count in self._words.items() if count)
        with writing_to(self._folder), closing(self._connection):
            self._connection.executemany("INSERT INTO words VALUES (?, ?)", words)
            self._connection.execute("INSERT INTO content VALUES (?)", (self.content,))
            self._connection.execute("CREATE INDEX published ON articles (published)")
            self._connection.execute("CREATE INDEX outlet ON articles (outlet)")
            self._connection.execute("CREATE INDEX pair ON pairs (b)")
            self._names.finish()
            self._connection.execute("COMMIT")


def amend(folder: Path, pairs: Iterable[tuple[str, str]], originals: Mapping[str, str]) -> None:
    """Put pairs of near-copies and stories into a file that is finished, but in no generation yet: all of them or none."""
    with writing_to(folder), closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.executemany(_PAIR, pairs)
        _tell(connection, originals)
        connection.execute("COMMIT")


def _tell(connection: sqlite3.Connection, originals: Mapping[str, str]) -> None:
    connection.execute("UPDATE passages SET story = '' WHERE story != ''")
    connection.executemany(
        "UPDATE passages SET story = ? WHERE row IN (SELECT row FROM articles JOIN passages ON row >= first_row "
        "AND row < first_row + articles.passages WHERE articles.id = ?)",
        [(story, id_) for id_, story in originals.items()],
    )
