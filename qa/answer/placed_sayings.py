"""Quotations of the articles that were found, each within the passage that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.answer.extractive.candidates import trimmed
from qa.language import text
from qa.language.speech.attribution import Quotation, quotations
from qa.schema import Article, Claim, Hit

ARTICLES = 10
"""Articles of the hits whose quotations are read."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation within a hit's passage: `start` to `end` are its words there, `first` to `last` the whole sentences that hold it."""

    hit: Hit
    quotation: Quotation
    start: int
    end: int
    first: int
    last: int

    @property
    def words(self) -> str:
        """The words, as they are in the article."""
        return self.hit.passage.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentences that hold them."""
        return self.hit.passage.text[self.first : self.last]

    @property
    def with_before(self) -> str:
        """The same with the sentence before."""
        body = self.hit.passage.text
        before = [start for start, end in text.sentences(body) if end <= self.first][-1:]
        return body[before[0] if before else self.first : self.last]

    @property
    def with_title(self) -> str:
        """The same with the article's title."""
        return f"{self.hit.passage.title}. {self.with_before}"

    @property
    def claim(self) -> Claim:
        """The sentences that hold them, as they are in the article."""
        return Claim(text=self.sentence, quote=self.sentence, hit_rank=self.hit.rank)


def placed(hits: Sequence[Hit], article_of: Callable[[str], Article]) -> list[Placed]:
    """The quotations of the articles of `hits` that lie in one of their passages, the better passage first."""
    found: list[Placed] = []
    for article_id in list(dict.fromkeys(hit.passage.article_id for hit in hits))[:ARTICLES]:
        article = article_of(article_id)
        passages = [hit for hit in hits if hit.passage.article_id == article_id]
        for one in quotations(article.text, [(mask.start, mask.end) for mask in article.masks], title=article.title):
            found += list(_within(one, passages))[:1]
    return sorted(found, key=lambda one: (one.hit.rank, one.start))


def _within(one: Quotation, hits: Sequence[Hit]) -> Iterator[Placed]:
    for hit in hits:
        passage = hit.passage
        if not passage.start <= one.start < one.end <= passage.end:
            continue
        start, end = trimmed(passage.text, one.start - passage.start, one.end - passage.start)
        covering = [(a, b) for a, b in text.sentences(passage.text) if a < end and start < b]
        if covering and start < end:
            yield Placed(hit, one, start, end, covering[0][0], covering[-1][1])
