"""The articles of all segments, read as if they were in one file: the removed ones left out, each article's story as it is now."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from qa.corpus.dated import Dated
from qa.index.entities.joint_names import JointEntities, Level
from qa.index.segments.joint_words import Changes, JointWords
from qa.index.segments.segment import Segment
from qa.index.store.article_list import Listing
from qa.index.store.articles import ArticlePlace, unknown
from qa.index.store.word_file import WordFile
from qa.schema import Article, Passage


class SegmentedArticles:
    """Safe from many threads; keeps working when its generation is deleted behind it."""

    def __init__(self, segments: Sequence[Segment], name: str, filed: WordFile | None = None) -> None:
        """`filed`: the words of the build that the index begins with, where that was large."""
        self._segments = tuple(segments)
        self._filed = filed
        self._name = name
        self._firsts = [segment.entry.first_row for segment in segments]
        self._vocabulary: Mapping[str, int] | None = None
        self._outlets: tuple[str, ...] | None = None
        self._last_day: tuple[date | None] | None = None
        self.entities = JointEntities([Level(segment.articles.entities, _living(segment)) for segment in segments])
        self._retold: dict[str, tuple[int, str]] = {
            id_: (level, story) for level, segment in enumerate(segments) if level for id_, story in segment.articles.retold()
        }

    def __len__(self) -> int:
        return sum(segment.n_articles for segment in self._segments)

    @property
    def n_passages(self) -> int:
        """How many rows there are."""
        return sum(segment.n_passages for segment in self._segments)

    def passage(self, row: int) -> Passage:
        """The passage of `row`. Raises IndexError for a row that is nobody's."""
        return self.passages([row])[0]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of `rows`, in that order, fetched together."""
        found: dict[int, Passage] = {}
        by_segment: dict[int, list[int]] = {}
        for row in rows:
            by_segment.setdefault(bisect_right(self._firsts, int(row)) - 1, []).append(int(row))
        for level, own in by_segment.items():
            if level < 0 or len(self._segments[level].alive(own)) < len(own):
                raise IndexError(f"one of the rows {own} is not among the {self.n_passages} passages of '{self._name}'")
            passages = self._segments[level].articles.passages(own)
            found.update(zip(own, (self._with_story(level, passage) for passage in passages), strict=True))
        return [found[int(row)] for row in rows]

    def article(self, article_id: str) -> Article:
        """The whole article, checked against its hashes. Raises CorpusError for an unknown id, IndexBrokenError for altered text."""
        level, place = self._placed(article_id)
        return self._segments[level].articles.numbered(place.number)[0]

    def place(self, article_id: str) -> tuple[int, ArticlePlace] | None:
        """(segment, place in it) of an article; None for an unknown id."""
        for level in range(len(self._segments) - 1, -1, -1):
            if place := self._segments[level].place(article_id):
                return level, place
        return None

    def articles(self) -> tuple[Listing, ...]:
        """Every article in the order of writing, without its text."""
        return tuple(row for segment in self._segments for row in segment.articles.articles(without=segment.dead))

    def latest(self, outlets: Sequence[str], most: int) -> Iterator[str]:
        """The ids of the `most` articles written last of `outlets`, as they are spelt, the last first."""
        left = most
        for segment in reversed(self._segments):
            for number, id_ in segment.articles.latest(outlets, left + len(segment.dead)):
                if number not in segment.dead and left:
                    left -= 1
                    yield id_

    def dated_line(self, article: Article) -> str:
        """The dated sentences of an article, packed."""
        return self._segments[self._placed(article.id)[0]].articles.dated.line(article)

    def dated(self, by: str, values: Sequence[int | str]) -> Iterator[tuple[Article, tuple[Dated, ...]]]:
        """Each article with one of the ids or rows that has a dated sentence, with these; by: "id" or "row"."""
        for segment in self._segments:
            for number, article, found in segment.articles.dated.of(by, values):
                if number not in segment.dead:
                    yield article, found

    def stream(self) -> Iterator[tuple[Article, list[Passage]]]:
        """Every article whole with its passages, in the order of the rows, one at a time in memory."""
        return ((article, passages) for article, passages, _ in self.rows())

    def rows(self) -> Iterator[tuple[Article, list[Passage], int]]:
        """As `stream`, each with the row of its first passage."""
        for level, segment in enumerate(self._segments):
            for number in range(segment.entry.articles):
                if number not in segment.dead:
                    article, passages, first = segment.articles.numbered(number)
                    yield article, [self._with_story(level, passage) for passage in passages], first

    def rows_of(self, article_id: str) -> range:
        """The rows of one article. Raises CorpusError for an unknown id."""
        place = self._placed(article_id)[1]
        return range(place.first, place.first + place.passages)

    def rows_in(
        self, window: tuple[date, date] | None = None, outlets: Sequence[str] = (), articles: Sequence[str] = ()
    ) -> Sequence[int] | None:
        """The rows of articles published in `window` (both days included) by one of `outlets` and, where ids are given, among
        `articles`; None: no filter was given.

        Case of an outlet's name does not matter. An article without a day of publication is in no window.
        """
        if window is None and not outlets and not articles:
            return None
        rows = array("q")
        for segment in self._segments:
            rows.frombytes(_living_rows(segment, segment.articles.rows_in(window, outlets, articles) or ()))
        return rows

    def undated_rows(self) -> Sequence[int]:
        """The rows of articles without a day of publication."""
        rows = array("q")
        for segment in self._segments:
            rows.frombytes(_living_rows(segment, segment.articles.undated_rows()))
        return rows

    def rows_beside(self, rows: Sequence[int]) -> set[int]:
        """Every row of the articles that these rows are of."""
        own = ((segment, segment.alive(rows)) for segment in self._segments)
        return {row for segment, living in own if len(living) for row in segment.articles.rows_beside(living.tolist())}

    def last_day(self) -> date | None:
        """The latest day of publication, None where no article has one."""
        if self._last_day is None:
            days = [segment.articles.last_day(without=segment.dead) for segment in self._segments]
            self._last_day = (max((day for day in days if day), default=None),)
        return self._last_day[0]

    def outlets(self) -> tuple[str, ...]:
        """Every outlet that has an article, in alphabetical order."""
        if self._outlets is None:
            found: set[str] = set()
            for segment in self._segments:
                more = set(segment.articles.outlets()) - found
                dead = len(segment.dead)
                found |= {
                    name
                    for name in more
                    if not dead or any(number not in segment.dead for number, _ in segment.articles.latest([name], dead + 1))
                }
            self._outlets = tuple(sorted(found))
        return self._outlets

    def vocabulary(self) -> Mapping[str, int]:
        """Each word of the passages -> how many have it. Read once, then kept; or looked up, where a file has them."""
        if (
            self._vocabulary is None
            and self._filed
            and any(segment.entry.end_row == self._filed.end_row for segment in self._segments)
        ):
            later = (segment for segment in self._segments if segment.entry.first_row >= self._filed.end_row)
            of = [Changes(each.articles.word_count, each.articles.words, each.entry.passages) for each in later]
            self._vocabulary = JointWords(self._filed, of)
        if self._vocabulary is None:
            first, *rest = self._segments
            if not rest:
                self._vocabulary = first.articles.vocabulary()
                return self._vocabulary
            words = dict(first.articles.vocabulary())
            for segment in rest:
                for word, count in segment.articles.words():
                    words[word] = words.get(word, 0) + count
                    if not words[word]:
                        del words[word]
            self._vocabulary = MappingProxyType(words)
        return self._vocabulary

    def story(self, article_id: str) -> str:
        """The id of its earliest near-copy as it is now; "" where it has none."""
        level, place = self._placed(article_id)
        return self._story(level, article_id, self._segments[level].articles.story(place.number))

    def stories(self) -> dict[str, str]:
        """Article id -> id of its earliest near-copy, for the articles that share a story."""
        found = {
            id_: self._story(level, id_, story)
            for level, segment in enumerate(self._segments)
            for number, id_, story in segment.articles.stories()
            if number not in segment.dead
        }
        for id_, (later, story) in self._retold.items():
            if (placed := self.place(id_)) and placed[0] < later and placed[1].passages:
                found[id_] = story
        return {id_: story for id_, story in found.items() if story}

    def fingerprint(self) -> str:
        """SHA-256, hex, over the ids and the texts' hashes in the order of writing."""
        digest = hashlib.sha256()
        for segment in self._segments:
            hashes = {place.number: place.sha256 for place in segment.places()}
            for number, id_ in segment.articles.ids():
                if number in hashes:
                    digest.update(f"{id_}\0{hashes[number]}\n".encode())
        return digest.hexdigest()

    def _placed(self, article_id: str) -> tuple[int, ArticlePlace]:
        if (placed := self.place(article_id)) is None:
            raise unknown(article_id, self._name)
        return placed

    def _with_story(self, level: int, passage: Passage) -> Passage:
        """The passage with its article's story as it is now."""
        story = self._story(level, passage.article_id, passage.story)
        return passage if story == passage.story else replace(passage, story=story)

    def _story(self, level: int, article_id: str, written: str) -> str:
        later, story = self._retold.get(article_id, (0, written))
        return story if later > level else written


def _living_rows(segment: Segment, rows: Sequence[int]) -> bytes:
    """Those of `rows` whose articles were not removed, as an array holds them."""
    return segment.alive(rows).tobytes() if segment.dead else array("q", rows).tobytes()


def _living(segment: Segment) -> Callable[[str], bool]:
    return lambda article_id: segment.place(article_id) is not None
