"""Writing the articles and passages of a segment; reading them is articles.py's part."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from qa.errors import CorpusError, DuplicateError
from qa.index.entities.name_tables import NameRow, NameTables
from qa.index.store.article_tables import FILES, ArticleStore
from qa.schema import Article, Passage


def digest(row: Sequence[object]) -> str:
    """SHA-256, hex, over a row's values but for its text, which has a hash of its own among them."""
    return hashlib.sha256("\0".join(map(str, row)).encode()).hexdigest()


def fingerprint(article_id: str, sha256: str) -> int:
    """What an article adds to the fingerprint of a corpus, which is the sum over its articles modulo 2 ** 256.

    A sum can be kept up to date when articles come and go, and does not depend on their order.
    """
    return int.from_bytes(hashlib.sha256(f"{article_id}\0{sha256}".encode()).digest())


class ArticleWriter:
    """Writes the tables, article by article. Nothing is readable before `close`."""

    def __init__(self, folder: Path, first_row: int = 0, *, store: ArticleStore = FILES) -> None:
        self._tables = store.create(folder)
        self._names = NameTables(self._tables)
        self._ids: set[str] = set()
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
            self._tables.abandon()

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        words: Iterable[Iterable[str]] = (),
        names: Sequence[NameRow] = (),
        *,
        dated: str = "",
        first: int | None = None,
    ) -> range:
        """The rows given to `passages`: the next ones, or those from `first`, which must not lie below.

        `words` are the words of each passage, for the vocabulary; repeated ones count once. `names` is what the article names, see
        qa.index.entities.name_tables, `dated` its dated sentences, see qa.corpus.dated.

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
        if article.id in self._ids:
            raise DuplicateError(
                f"{article.source}: the id {article.id!r} is taken by another article. Cure: give each record its own id"
            )
        try:
            if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
                raise CorpusError(f"{article.source}: its sha256 is not its text's. Cure: make articles with article_of")
            checked = digest(values)
        except UnicodeEncodeError as error:
            raise CorpusError(
                f"{article.source}: the text has half a character (a lone surrogate) at {error.start}. Cure: mend the file"
            ) from error
        spans = [(first + i, self.n_articles, passage.start, passage.end, passage.story) for i, passage in enumerate(passages)]
        self._tables.insert("articles", [(*values, checked, article.text)])
        self._tables.insert("passages", spans)
        self._names.add(self.n_articles, names)
        if dated:
            self._tables.insert("dated", [(self.n_articles, dated)])
        self._ids.add(article.id)
        self._content.update(f"{checked}{spans}".encode())
        self._words.update(chain.from_iterable(map(set, words)))
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
        self._tables.insert("pairs", pairs)
        self._tables.insert("retold", retold.items())

    @property
    def content(self) -> str:
        """SHA-256, hex, over every article and passage so far: the other files of a generation carry it too."""
        return self._content.hexdigest()

    def tell_stories(self, originals: Mapping[str, str]) -> None:
        """Give the passages of each article the id of its story (article id -> id of the earliest near-copy); others have none."""
        self._tables.tell(originals)

    def close(self) -> None:
        """Write the vocabulary and finish the tables. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self._tables.insert("words", sorted((word, count) for word, count in self._words.items() if count))
            self._words.clear()
            self._tables.insert("content", [(self.content,)])
            self._names.finish()
        except BaseException:
            self._tables.abandon()
            raise
        self._tables.finish()


def amend(folder: Path, pairs: Iterable[tuple[str, str]], originals: Mapping[str, str], store: ArticleStore = FILES) -> None:
    """Put pairs of near-copies and stories into a segment that is finished, but in no generation yet: all of them or none."""
    tables = store.amend(folder)
    try:
        tables.insert("pairs", pairs)
        tables.tell(originals)
    except BaseException:
        tables.abandon()
        raise
    tables.finish()
