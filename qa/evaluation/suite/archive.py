"""What the evals need to know of the articles behind an assistant: their text, and where their passages lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.evaluation.suite.gold import Place
from qa.schema import Article, EvalCase

if TYPE_CHECKING:
    from qa.assistant import Assistant

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The articles that a suite's gold names, with the passages that the index cut from them.

    `article` gives any article of the index by id, since an answer may cite one that no case marked.
    """

    by_source: Mapping[str, Article]
    passages: Mapping[str, Sequence[Span]]  # article id -> spans
    article: Callable[[str], Article]
    corpus: str = ""  # hash over every article of the index

    def relevant(self, places: Sequence[Place]) -> int:
        """How many passages of the index overlap one of the places."""
        return sum(
            any(place.meets(article_id, start, end) for place in places)
            for article_id in sorted({place.article_id for place in places})
            for start, end in self.passages.get(article_id, ())
        )


def archive_of(assistant: Assistant, cases: Sequence[EvalCase]) -> Archive:
    """The archive behind an opened assistant, holding only the articles that the cases name."""
    stored = assistant.generation.articles
    wanted = {gold.source for case in cases for gold in case.sources}
    wanted |= {judged.source for case in cases for judged in case.relevant}
    by_source = {listing.source: stored.article(listing.id) for listing in stored.articles() if listing.source in wanted}
    passages = {
        article.id: tuple((passage.start, passage.end) for passage in stored.passages(stored.rows_of(article.id)))
        for article in by_source.values()
    }
    return Archive(by_source=by_source, passages=passages, article=stored.article, corpus=stored.fingerprint())
