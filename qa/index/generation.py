"""Build, open, add, remove, verify: an index is a row of generations, each complete or absent.

A generation is written in a folder beside the others, gets its manifest last, is renamed, and only then does the pointer name
it. Whoever is killed on the way leaves the old generation served. A change writes a generation too, but of what changed alone: a
segment with the new articles, tombstones for what is gone, and links to the files that are as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import CorpusError, DuplicateError, IndexBrokenError
from qa.index import inverted_lists
from qa.index.engines import EXACT_BELOW, LISTS_ABOVE, wants_lists
from qa.index.segments import joining
from qa.index.segments.appending import append
from qa.index.segments.build_parts import go_on, write
from qa.index.segments.items import beside, fresh, kept
from qa.index.segments.snapshot import Generation, opened, weights
from qa.index.segments.writing import Plan
from qa.index.store import lock, manifest
from qa.index.store.article_tables import FILE, FILES, REFERENCE, ArticleStore
from qa.index.store.manifest import found, names
from qa.schema import Article

if TYPE_CHECKING:
    from qa.index.prepare import Prepared
    from qa.protocols import Encoder, Matrix

__all__ = ["Generation", "add", "build", "change", "compact", "found", "names", "open", "remove", "tidy"]


def open(  # noqa: A001 - generation.open reads as it should
    root: Path, name: str, encoder: Encoder | None = None, store: ArticleStore = FILES
) -> Generation:
    """The generation of `name` that is served, after a check of its manifest and the sizes of its files.

    Raises IndexMissingError listing the indexes there are, IndexBrokenError naming the file, and StoreError when `encoder` is
    given and is not the one that built it. `store` keeps the articles that are in no file of the index.
    """
    while True:
        folder = manifest.current(root, name)
        try:
            generation = opened(folder, articles=store)
            break
        except IndexBrokenError:
            if manifest.current(root, name) == folder:  # else it was replaced between the pointer and the files
                raise
    if encoder is not None:
        generation.check_encoder(encoder)
    return generation


def build(
    root: Path,
    name: str,
    articles: Iterable[Article],
    encoder: Encoder,
    *,
    passage_chars: int = 700,
    unmask: Sequence[str] = (),
    exact_below: int = EXACT_BELOW,
    lists_above: int = LISTS_ABOVE,
    workers: int = 2,
    progress: bool = False,
    total: int | None = None,
    on_stage: Callable[[str], None] | None = None,
    prepared: Iterable[tuple[Prepared, Matrix | None]] | None = None,
    resume: str = "",
    store: ArticleStore = FILES,
) -> Generation:
    """Write a whole new generation of `name` from `articles` and serve it.

    unmask         rules that mask nothing, and lines that no rule masks
    exact_below    up to so many passages the vectors are compared in numpy, above in FAISS (see qa.index.engines)
    lists_above    a build of more passages gets an inverted file, by which its vectors are found
    workers        processes that cut and count words when there is much to do; 0: none
    progress       a bar on stderr, when it takes over two seconds; `total` articles let it tell the time left
    on_stage       called with the name of each stage as it begins
    prepared       articles that were masked and cut elsewhere (qa/ingest), in place of `articles`
    resume         what `articles` are called: a build that was killed continues where the same name is given; "": it starts over

    Raises CorpusError when there is no article with text, DuplicateError, IndexBusyError. Nothing changes then.
    """
    plan = Plan(
        folder=root / manifest.checked_name(name),
        encoder_name=encoder.name,
        encoder_sha256=weights(encoder),
        dim=encoder.dim,
        passage_chars=passage_chars,
        exact_below=exact_below,
        lists_above=lists_above,
        progress=progress,
        total=total,
        on_stage=on_stage or _silent,
        articles=store,
    )
    with lock.writing(plan.folder, store.forget):
        if prepared is not None:
            return opened(write(plan, prepared, encoder), articles=store)
        if not resume:
            return opened(write(plan, fresh(articles, passage_chars, workers, unmask=unmask), encoder), articles=store)
        return opened(
            go_on(
                plan,
                resume,
                lambda done, passed: fresh(articles, passage_chars, workers, unmask=unmask, passed=passed, skip=done),
                encoder,
            ),
            articles=store,
        )


def add(
    root: Path,
    name: str,
    articles: Iterable[Article],
    encoder: Encoder,
    *,
    unmask: Sequence[str] = (),
    exact_below: int = EXACT_BELOW,
    workers: int = 2,
    progress: bool = False,
    on_stage: Callable[[str], None] | None = None,
    served: Generation | None = None,
    store: ArticleStore = FILES,
) -> Generation:
    """A new generation with `articles` too. One whose id is there with the same text is left as it is, with another text it
    takes the old one's place at the end. Without anything new the served generation is given back as it is.

    served    the generation of `name` that the caller holds, so that its files need not be opened again

    Raises DuplicateError when two of `articles` have one id, and what `open` and `build` raise.
    """
    return change(
        root, name, articles, encoder=encoder, unmask=unmask, exact_below=exact_below, workers=workers, progress=progress, on_stage=on_stage, served=served, store=store
    )  # fmt: skip


def remove(
    root: Path,
    name: str,
    article_ids: Collection[str],
    *,
    exact_below: int = EXACT_BELOW,
    progress: bool = False,
    on_stage: Callable[[str], None] | None = None,
    served: Generation | None = None,
    store: ArticleStore = FILES,
) -> Generation:
    """A new generation without `article_ids`. Raises CorpusError for an id that is not there, or when no article would be left."""
    gone = [article_ids] if isinstance(article_ids, str) else article_ids
    return change(
        root, name, gone=gone, exact_below=exact_below, progress=progress, on_stage=on_stage, served=served, store=store
    )


def change(
    root: Path,
    name: str,
    articles: Iterable[Article] = (),
    gone: Collection[str] = (),
    *,
    encoder: Encoder | None = None,
    unmask: Sequence[str] = (),
    exact_below: int = EXACT_BELOW,
    workers: int = 2,
    progress: bool = False,
    on_stage: Callable[[str], None] | None = None,
    served: Generation | None = None,
    store: ArticleStore = FILES,
) -> Generation:
    """`add` and `remove` in one step: a reader sees both or neither. An id that is in both is the new article's."""
    with lock.writing(manifest.current(root, name).parent, store.forget):
        old = _served(root, name, encoder, served, store)
        new: dict[str, Article] = {}
        for article in articles:
            if article.id in new:
                raise DuplicateError(
                    f"{article.source}: the id {article.id!r} is taken by {new[article.id].source}. Cure: give each record its own id"
                )
            new[article.id] = article
        left = {id_ for id_, article in new.items() if old.articles.place(id_) and _same(old.articles.article(id_), article)}
        new = {id_: article for id_, article in new.items() if id_ not in left}
        for article_id in sorted(set(gone) - left):
            old.articles.rows_of(article_id)
        buried = {id_ for id_ in {*gone, *new} - left if old.articles.place(id_)}
        if not new and not buried:
            return old
        if len(buried) == old.n_articles and not new:
            raise CorpusError(f"no article would be left in '{name}'. Cure: leave one, or delete the folder {old.folder.parent}")
        added = fresh(new.values(), old.manifest.passage_chars, workers, beside(old, new.values()), unmask=unmask)
        plan = _after(old, len(new), exact_below, store, progress=progress, on_stage=on_stage)
        if old.manifest.format == manifest.UNSEGMENTED:  # it has not what a segment could be added to
            return opened(write(plan, chain(kept(old, buried), added), encoder), articles=store)
        after = opened(append(old, plan, added, buried, encoder), old, store)
        return _tidied(after, plan)


def compact(
    root: Path,
    name: str,
    *,
    exact_below: int = EXACT_BELOW,
    lists_above: int = LISTS_ABOVE,
    progress: bool = False,
    on_stage: Callable[[str], None] | None = None,
    store: ArticleStore = FILES,
) -> Generation:
    """A generation that holds what the served one does, as one build of these articles gives it, without encoding any.

    What is in another store than `store` is moved to it.
    """
    with lock.writing(manifest.current(root, name).parent, store.forget):
        old = open(root, name, store=store)
        listed = (inverted_lists.FILE in old.manifest.files) == wants_lists(old.n_passages, lists_above)
        moved = all(name.rpartition("/")[2] != (FILE if store.file != FILE else REFERENCE) for name in old.manifest.files)
        if len(old.segments) == 1 and not old.segments[0].dead and old.manifest.format == manifest.FORMAT and listed and moved:
            return old
        plan = _after(old, old.n_articles, exact_below, store, progress=progress, on_stage=on_stage)
        plan = replace(plan, lists_above=lists_above)
        return opened(write(plan, kept(old, ()), None), articles=store)


def tidy(root: Path, name: str, *, exact_below: int = EXACT_BELOW, store: ArticleStore = FILES) -> Generation:
    """What is served with its small segments joined as far as is due: the same answers from fewer files. Takes no long time for most
    changes, and some seconds for few of them; `compact` rewrites everything.
    """
    with lock.writing(manifest.current(root, name).parent, store.forget):
        served = open(root, name, store=store)
        while run := joining.due(served.manifest.segments, served.built_rows):
            plan = _after(served, 0, exact_below, store, progress=False, on_stage=None)
            served = opened(joining.merge(served, plan, run), served, store)
        return served


def _served(root: Path, name: str, encoder: Encoder | None, current: Generation | None, store: ArticleStore) -> Generation:
    """What is served: the generation that the caller holds, where it still is."""
    if current is None or current.folder != manifest.current(root, name):
        return open(root, name, encoder, store)
    if encoder is not None:
        current.check_encoder(encoder)
    return current


def _tidied(generation: Generation, plan: Plan) -> Generation:
    """The same with the small segments at its end in one, where there are many: joining few articles takes little time."""
    run = joining.few(generation.manifest.segments, generation.built_rows)
    return opened(joining.merge(generation, plan, run), generation, plan.articles) if run else generation


def _after(
    old: Generation,
    total: int,
    exact_below: int,
    store: ArticleStore = FILES,
    *,
    progress: bool,
    on_stage: Callable[[str], None] | None,
) -> Plan:
    return Plan(
        folder=old.folder.parent,
        encoder_name=old.manifest.encoder,
        encoder_sha256=old.manifest.encoder_sha256,
        dim=old.manifest.dim,
        passage_chars=old.manifest.passage_chars,
        exact_below=exact_below,
        progress=progress,
        total=total,
        on_stage=on_stage or _silent,
        articles=store,
    )


def _same(stored: Article, read: Article) -> bool:
    """Equal but for the masks, which only the stored one has."""
    return replace(stored, masks=()) == replace(read, masks=())


def _silent(_: str) -> None:
    """Nobody wants to hear of the stages."""
