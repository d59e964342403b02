"""Which stories change when articles come and go: only those of the articles that are near-copies of these are recomputed.

A pair of near-copies is kept with the segment of its later article and holds as long as both are what they were then. Stories are
what pairs join; the earliest article of a story leads it, by day, those without a day after the dated, then as they came: as
qa.corpus.stories finds them among all articles at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qa.corpus.stories import Sketch, Stories, paired, sketch_of
from qa.index.segments.segment import Segment

if TYPE_CHECKING:
    from qa.index.segments.joint_articles import SegmentedArticles


def copies_among(old: Sequence[Segment], new: Stories, gone: Collection[str]) -> Iterator[tuple[str, str]]:
    """(new id, old id) of each pair that one of `new` makes with an article of the `old` segments that is not `gone`."""
    import numpy as np

    mine = new.keys  # (BANDS, new)
    for segment in old if len(new) else ():
        shared: dict[int, set[int]] = defaultdict(set)  # number there -> places here
        for theirs, ours in zip(segment.sketches, mine, strict=True):
            hits = np.flatnonzero(np.isin(theirs, ours))
            order = np.argsort(ours, kind="stable")
            left = np.searchsorted(ours[order], theirs[hits], side="left")
            right = np.searchsorted(ours[order], theirs[hits], side="right")
            for number, start, stop in zip(hits.tolist(), left.tolist(), right.tolist(), strict=True):
                shared[number].update(order[start:stop].tolist())
        for number in sorted(shared.keys() - segment.dead):
            article = segment.articles.numbered(number)[0]
            if article.id in gone:
                continue
            there = sketch_of(article, -1)
            for place in sorted(shared[number]):
                if paired(there, here := new.sketch(place)):
                    yield here.id, article.id


class Kinship:
    """The pairs that hold after a change: articles `gone` are no more, `new` ones came, with `pairs` among them and to older ones.

    An article that is replaced is in both.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        articles: SegmentedArticles,
        *,
        gone: Collection[str] = (),
        new: Sequence[Sketch] = (),
        pairs: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._segments = segments
        self._articles = articles
        self._gone = frozenset(gone)
        self._new = {sketch.id: (number, sketch.published) for number, sketch in enumerate(new)}
        self._joined: dict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            self._joined[one].add(other)
            self._joined[other].add(one)

    def stories(self, touched: Iterable[str]) -> dict[str, str]:
        """Article id -> id of the earliest of its story, "" for one that has no near-copy, for all whom `touched` are joined to."""
        leaders: dict[str, str] = {}
        for id_ in touched:
            if id_ not in leaders and self._home(id_) is not None:
                story = self._component(id_)
                leader = min(story, key=self._age)
                leaders.update(dict.fromkeys(story, leader if len(story) > 1 else ""))
        return leaders

    def copies(self, article_id: str) -> set[str]:
        """The ids of the near-copies of an article, as they are now."""
        found = set(self._joined.get(article_id, ()))
        if article_id in self._gone:
            return found
        home = self._home(article_id)
        for level, segment in enumerate(self._segments):
            if home is not None and home <= level:
                found |= {
                    other
                    for other in segment.articles.copies(article_id)
                    if other not in self._gone and (there := self._home(other)) is not None and there <= level
                }
        return found

    def _component(self, article_id: str) -> set[str]:
        story, waiting = {article_id}, [article_id]
        while waiting:
            fresh = self.copies(waiting.pop()) - story
            story |= fresh
            waiting += fresh
        return story

    def _home(self, article_id: str) -> int | None:
        """The segment that an article is in, the one to be written after all; None for one that is not there."""
        if article_id in self._new:
            return len(self._segments)
        placed = None if article_id in self._gone else self._articles.place(article_id)
        return placed[0] if placed else None

    def _age(self, article_id: str) -> tuple[date, int, int]:
        if article_id in self._new:
            number, published = self._new[article_id]
            return published or date.max, len(self._segments), number
        level, place = self._articles.place(article_id) or (0, None)
        if place is None:  # a pair holds between articles that are there
            raise LookupError(article_id)
        published = self._segments[level].articles.published(place.number)
        return published or date.max, level, place.number


def retold(leaders: Mapping[str, str], new: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """(stories of the new articles, stories of those that were there before)."""
    return (
        {id_: story for id_, story in leaders.items() if id_ in new and story},
        {id_: story for id_, story in leaders.items() if id_ not in new},
    )
