"""New articles on their way into an index: masked together, so that it shows which lines an outlet puts under all, and cut."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from qa.index.prepare import Prepared, prepare_all
from qa.schema import Article

if TYPE_CHECKING:
    from qa.index.store.articles import Articles

MASKED_TOGETHER = 10_000
"""Articles held in memory at a time; lines that recur in an outlet are counted among these."""

BESIDE = 100
"""Articles of an outlet that a new one of it is compared with when it is added."""


def fresh(
    articles: Iterable[Article],
    passage_chars: int,
    workers: int,
    besides: Sequence[Article] = (),
    unmask: Sequence[str] = (),
) -> Iterator[tuple[Prepared, None]]:
    """New articles, masked and cut. `besides` are articles that show what recurs in an outlet, and are not given back."""
    from qa.corpus.clean import masked

    def stream() -> Iterator[Article]:
        rest = iter(articles)
        while block := list(islice(rest, MASKED_TOGETHER)):
            yield from masked([*besides, *block], unmask)[len(besides) :]

    for prepared in prepare_all(stream(), passage_chars, workers=workers):
        yield prepared, None


def beside(old: Articles, new: Collection[Article]) -> list[Article]:
    """The latest articles of the new ones' outlets: a single article cannot show which lines its outlet puts under all."""
    wanted = {article.outlet.casefold() for article in new if article.outlet}
    replaced = {article.id for article in new}
    latest: dict[str, list[str]] = {outlet: [] for outlet in wanted}
    for listing in reversed(old.articles()):
        ids = latest.get(listing.outlet.casefold())
        if ids is not None and len(ids) < BESIDE and listing.id not in replaced:
            ids.append(listing.id)
    return [old.article(article_id) for ids in latest.values() for article_id in ids]
