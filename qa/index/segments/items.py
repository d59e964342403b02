"""What a segment is written from: new articles, masked and cut, and those that a generation has, with their terms and vectors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from qa.index.prepare import Prepared, prepare_all
from qa.schema import Article

if TYPE_CHECKING:
    from qa.index.segments.snapshot import Generation
    from qa.protocols import Matrix

MASKED_TOGETHER = 10_000
"""Articles held in memory at a time; lines that recur in an outlet are counted among these."""

BESIDE = 100
"""Articles of an outlet that a new one of it is compared with when it is added."""


def fresh(
    articles: Iterable[Article],
    passage_chars: int,
    workers: int,
    also: Sequence[Article] = (),
    *,
    unmask: Sequence[str] = (),
    passed: Callable[[Sequence[Article]], None] | None = None,
    skip: int = 0,
) -> Iterator[tuple[Prepared, None]]:
    """New articles, masked and cut. `also` are articles that show what recurs in an outlet, and are not given back.

    skip    articles at the beginning that were done before; each block of them is handed to `passed`
    """
    from qa.corpus.clean import with_repeated

    def stream() -> Iterator[tuple[Article, frozenset[str]]]:
        rest, at = iter(articles), 0
        while block := list(islice(rest, MASKED_TOGETHER)):
            done = min(max(skip - at, 0), len(block))
            at += len(block)
            if passed and done:
                passed(block[:done])
            if done < len(block):
                yield from islice(with_repeated([*also, *block]), len(also) + done, None)

    for prepared in prepare_all(stream(), passage_chars, unmask, workers=workers):
        yield prepared, None


def beside(old: Generation, new: Collection[Article]) -> list[Article]:
    """The latest articles of the new ones' outlets: a single article cannot show which lines its outlet puts under all."""
    wanted = {article.outlet.casefold() for article in new if article.outlet}
    replaced = {article.id for article in new}
    spelt: dict[str, list[str]] = {}
    for outlet in old.articles.outlets():
        if outlet.casefold() in wanted:
            spelt.setdefault(outlet.casefold(), []).append(outlet)
    latest = (
        [id_ for id_ in old.articles.latest(names, BESIDE + len(replaced)) if id_ not in replaced] for names in spelt.values()
    )
    return [old.articles.article(article_id) for ids in latest for article_id in ids[:BESIDE]]


def kept(old: Generation, without: Collection[str]) -> Iterator[tuple[Prepared, Matrix]]:
    """What `old` has, but for the articles `without`, with the vectors, terms and names that it has for them."""
    from qa.index.entities.name_tables import name_rows

    for article, passages, start in old.articles.rows():
        if article.id not in without:
            stop = start + len(passages)
            untold = tuple(replace(passage, story="") for passage in passages)  # stories are found again among all
            terms = tuple(tuple(old.lexical.terms(each)) for each in range(start, stop))
            names = old.articles.entities.of_article(article.id)
            if names is None:  # an index from before names were kept
                names = name_rows(article.text, article.masks)
            line = old.articles.dated_line(article)
            prepared = Prepared(article=article, passages=untold, contexts=(), terms=terms, names=names, dated=line)
            yield prepared, old.vectors.vectors(start, stop)
