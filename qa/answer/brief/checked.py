"""Which questions an archive answers, found out by asking it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from qa.answer.brief.overview import Brief, Sample, overview
from qa.answer.brief.sample_questions import facts, right

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.index.segments.joint_articles import SegmentedArticles
    from qa.schema import Answer, Article

LOOKED = 60  # articles that facts are taken from, spread evenly over the archive
TRIES = 20  # facts that are asked about at most: each costs the time of an answer

_log = logging.getLogger(__name__)


def answered(articles: SegmentedArticles, ask: Callable[[str], Answer], n: int) -> tuple[Sample, ...]:
    """Up to `n` questions that `ask` answers right."""
    kept: list[Sample] = []
    if n < 1:
        return ()
    for fact in islice(facts(_spread(articles)), TRIES):
        answer = ask(fact.question)
        if not right(answer, fact):
            _log.info("not in the brief: %s", fact.question)
            continue
        kept.append(Sample(question=fact.question, short=answer.short, text=answer.text, citation=answer.citations[0]))
        if len(kept) == n:
            break
    return tuple(kept)


class Briefs:
    """The briefs of the generations that were asked for one: checking its questions takes seconds, so it is done once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, int], Brief] = {}

    def of(self, generation: Generation, ask: Callable[[str], Answer], questions: int) -> Brief:
        """The brief of `generation` with up to `questions` that `ask` answers right."""
        if questions < 1:
            return overview(generation)
        with self._lock:
            key = generation.id, questions
            if key not in self._kept:
                asked = answered(generation.articles, ask, questions)
                self._kept = {key: replace(overview(generation), questions=asked)}
            return self._kept[key]


def _spread(articles: SegmentedArticles) -> Sequence[Article]:
    """Articles spread evenly over the archive."""
    rows = articles.articles()
    step = max(1, len(rows) // LOOKED)
    return [articles.article(row.id) for row in rows[::step][:LOOKED]]
