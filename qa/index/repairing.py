"""`qa doctor --repair`: an index that is damaged is rewritten from the articles in it that are whole. Nothing is deleted.

The articles are the only thing that cannot be made again: passages, words, vectors and stories come from them. Each article is held
against its hashes, so what is saved is what was read once, letter for letter; what is not is named. The damaged generation is moved
aside, where a person may look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import IndexBrokenError, QaError
from qa.index.engines import EXACT_BELOW
from qa.index.segments.build_parts import write
from qa.index.segments.items import fresh
from qa.index.segments.snapshot import Generation, opened, weights
from qa.index.segments.writing import Plan
from qa.index.store import lock, manifest
from qa.index.store.article_tables import FILE, FILES, REFERENCE, ArticleStore
from qa.index.store.articles import Articles
from qa.index.store.damage import writing_to
from qa.index.store.manifest import Manifest

if TYPE_CHECKING:
    from qa.protocols import Encoder
    from qa.schema import Article

QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was done: `served` is what answers now; `lost` names what could not be saved and why; `aside` is what was moved."""

    served: Generation
    lost: tuple[str, ...]
    aside: tuple[Path, ...]


def repair(
    root: Path,
    name: str,
    *,
    encoder: str,
    passage_chars: int,
    open_encoder: Callable[[str], Encoder],
    store: ArticleStore = FILES,
) -> Repaired:
    """Have index `name` answer again. `encoder` and `passage_chars` are taken where the index cannot say which it was built with.

    The generation that was served comes first, then the one before it: one that is whole is served as it is. Raises IndexBrokenError where no article is left.
    """
    folder = root / manifest.checked_name(name)
    with lock.writing(folder, store.forget):
        generations = _newest_first(folder)
        lost: list[str] = []
        for place, each in enumerate(generations):
            if whole := _whole(each, store):
                with writing_to(folder):
                    manifest.point(each)
                return Repaired(served=whole, lost=tuple(lost), aside=tuple(map(_moved, generations[:place])))
            found: dict[str, Article] = {}
            missing: list[str] = []
            known = _manifest_of(each)
            for article in _saved(each, known, missing, store):
                found.pop(article.id, None)
                found[article.id] = article
            lost += missing
            if found:
                made_with = open_encoder(known.encoder if known else encoder)
                plan = Plan(
                    folder=folder, encoder_name=made_with.name, encoder_sha256=weights(made_with), dim=made_with.dim,
                    passage_chars=known.passage_chars if known else passage_chars, exact_below=EXACT_BELOW, total=len(found), articles=store,
                )  # fmt: skip
                aside = tuple(map(_moved, generations))
                return Repaired(
                    served=opened(write(plan, fresh(found.values(), plan.passage_chars, 2), made_with), articles=store),
                    lost=tuple(lost),
                    aside=aside,
                )
    raise IndexBrokenError(
        f"{folder} has no article that is whole. Cure: build the index again with 'qa build PATH… --index {name}'"
    )


def _newest_first(folder: Path) -> list[Path]:
    """The generations, what is served first, then as they were written."""
    every = sorted(folder.glob("gen-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    try:
        served = manifest.current(folder.parent, folder.name)
    except QaError:
        return every
    return sorted(every, key=lambda path: path != served)


def _whole(folder: Path, store: ArticleStore) -> Generation | None:
    try:
        generation = opened(folder, articles=store)
        generation.verify()
    except QaError:
        return None
    return generation


def _manifest_of(folder: Path) -> Manifest | None:
    """What the manifest says, if it is whole, whatever of its files is."""
    try:
        return manifest.parsed(folder)
    except QaError:
        return None


def _saved(folder: Path, known: Manifest | None, lost: list[str], store: ArticleStore) -> Iterator[Article]:
    """The articles that are whole, in their order; those that were removed only where nothing says so any more."""
    if known:
        parts = [(folder / entry.folder, {number for number, _, _ in entry.dead}) for entry in known.segments]
    else:
        found = (*folder.rglob(FILE), *folder.rglob(REFERENCE))
        files = sorted(found, key=lambda path: (len(path.parent.name), path.parent.name))
        parts = [(path.parent, set[int]()) for path in files]
    for part, dead in parts:
        try:
            with Articles(part, store) as articles:
                for number, article_id in articles.ids():
                    if number not in dead:
                        try:
                            yield articles.numbered(number)[0]
                        except QaError as error:
                            lost.append(f"article {article_id!r}: {error}")
        except QaError as error:
            lost.append(str(error))


def _moved(generation: Path) -> Path:
    """Put a generation aside, under a name that nobody serves or cleans up."""
    n = 0
    while (target := generation.with_name(f"{QUARANTINE}-{n}-{generation.name}")).exists():
        n += 1
    with writing_to(generation.parent):
        generation.rename(target)
    return target
