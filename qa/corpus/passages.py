"""Article to passages: whole sentences, never across a mask, spans exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.language import calendar
from qa.language.text import sentences
from qa.schema import Article, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_MONTHS = calendar.printed("id")

HEAD = 1_000
"""Characters of a title or first sentence put before each passage: of a longer one every passage would carry it all."""


def sentence_spans(article: Article) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The sentences outside the masks, those of each stretch between two masks together."""
    return tuple(tuple(sentences(article.text, start, end)) for start, end in _unmasked(article))


def cut(article: Article, *, passage_chars: int, spans: Sequence[Sequence[tuple[int, int]]] | None = None) -> tuple[Passage, ...]:
    """Passages of consecutive whole sentences, up to `passage_chars` characters, without overlap, in order.

    spans: the article's `sentence_spans`, where they are known.

    A longer sentence is a passage by itself. A mask ends a passage. Every character outside the masks that is not white space
    lies in exactly one passage.
    """
    return tuple(
        passage(article, start, end)
        for stretch in (sentence_spans(article) if spans is None else spans)
        for start, end in _joined(stretch, passage_chars)
    )


def passage(article: Article, start: int, end: int, story: str = "") -> Passage:
    """The passage at text[start:end] of `article`; its words are taken from there, so that they cannot differ."""
    return Passage(
        id=f"{article.id}:{start}-{end}",
        article_id=article.id,
        start=start,
        end=end,
        text=article.text[start:end],
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        story=story,
    )


def context(passage: Passage, lead: str = "") -> str:
    """What the index encodes for a passage and nobody cites: its title, or the article's first sentence, before its words."""
    head = (passage.title or ("" if passage.text.startswith(lead) else lead))[:HEAD]
    return f"{head} — {passage.text}" if head else passage.text


def heading(title: str, outlet: str = "", published: date | None = None) -> str:
    """What the reader sees of an article before a passage's words: "title · outlet · 12 September 2019", what is known of it."""
    day = f"{published.day} {_MONTHS[published.month - 1]} {published.year}" if published else ""
    return " · ".join(part for part in (title, outlet, day) if part)


def lead(passages: tuple[Passage, ...]) -> str:
    """The first sentence of an article, from its first passage; "" for an article without passages."""
    if not passages:
        return ""
    text = passages[0].text
    start, end = sentences(text)[0]
    return text[start:end]


def _unmasked(article: Article) -> Iterator[tuple[int, int]]:
    """The spans between the masks."""
    at = 0
    for mask in article.masks:
        if mask.start > at:
            yield at, mask.start
        at = max(at, mask.end)
    if at < len(article.text):
        yield at, len(article.text)


def _joined(stretch: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Sentences joined while they fit."""
    first = last = -1
    for begin, stop in stretch:
        if first >= 0 and stop - first > most:
            yield first, last
            first = -1
        if first < 0:
            first = begin
        last = stop
    if first >= 0:
        yield first, last
