"""How an index is made of files, here or on a cluster, and where it is searched: by its own files, or in a store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from qa.corpus.reading.read import Noted, Skipped
    from qa.index.generation import Generation
    from qa.index.store.article_tables import ArticleStore
    from qa.schema import Article
    from qa.settings import Settings


def built_from(
    paths: Sequence[str | Path],
    index: str,
    settings: Settings,
    skipped: list[Skipped],
    *,
    on_skip: Callable[[Skipped], None] | None,
    on_note: Callable[[Noted], None] | None,
    progress: bool,
    scheduler: str = "",
) -> Generation:
    """A new generation of `index` from `paths`: read, cut and encoded here, or by the workers of a Dask scheduler."""
    from qa.corpus.reading.read import count
    from qa.index import generation
    from qa.index.encode import open_encoder

    encoder = open_encoder(settings.encoder)
    how: dict[str, Any] = {
        "passage_chars": settings.corpus.passage_chars,
        "unmask": settings.corpus.unmask,
        "exact_below": settings.retrieve.exact_below,
        "lists_above": settings.retrieve.lists_above,
        "progress": progress,
        "store": article_store(settings),
    }
    if not scheduler:
        articles = read_articles(paths, settings, skipped, on_skip, on_note=on_note)
        total = count(paths, follow_links=settings.corpus.follow_links) if progress else None
        resume = repr(([os.path.realpath(path) for path in paths], settings.corpus.model_dump()))
        return generation.build(settings.indexes, index, articles, encoder, total=total, resume=resume, **how)
    from qa.index.segments import items
    from qa.ingest.distribute import connected

    with connected(scheduler, index, settings, encoder, block=items.MASKED_TOGETHER, progress=progress) as cluster:
        prepared = cluster.prepared(paths, _both(skipped, on_skip), on_note)
        return generation.build(settings.indexes, index, (), encoder, prepared=prepared, **how)


def article_store(settings: Settings) -> ArticleStore:
    """Where the articles' tables lie: in the index's files, or in the database that is set. Raises StoreError where it does not answer."""
    from qa.index.store.article_tables import FILES

    if not settings.articles.url:
        return FILES
    from qa.store.postgres.shared_articles import shared_articles

    return shared_articles(settings.articles)


def placed(generation: Generation, settings: Settings, *, changed: bool = False, progress: bool = False) -> Generation:
    """The generation as it is searched: by its own files, or in the store that is set, which is updated first where it has `changed`."""
    if not settings.store.url:
        return generation
    from qa.store.publish import attached, publish

    if changed:
        publish(generation, settings.store, progress=progress)
    return attached(generation, settings.store)


def read_articles(
    paths: Sequence[str | Path],
    settings: Settings,
    skipped: list[Skipped],
    on_skip: Callable[[Skipped], None] | None,
    progress: Callable[[str], None] | None = None,
    *,
    on_note: Callable[[Noted], None] | None = None,
) -> Iterator[Article]:
    """The articles of `paths` as they are read; what is left out is added to `skipped` and handed to `on_skip`."""
    from qa.corpus.reading.read import read

    corpus = settings.corpus
    return read(
        paths,
        max_bytes=corpus.max_bytes,
        on_skip=_both(skipped, on_skip),
        on_note=on_note,
        follow_links=corpus.follow_links,
        progress=progress,
    )


def _both(skipped: list[Skipped], on_skip: Callable[[Skipped], None] | None) -> Callable[[Skipped], None]:
    def skip(what: Skipped) -> None:
        skipped.append(what)
        if on_skip:
            on_skip(what)

    return skip
