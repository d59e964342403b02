"""An index kept equal to a folder: what is new there is added, what changed replaced, what is gone removed, in one step.

Which file gave which articles is noted beside the index, with the size and times that the file had. A file that looks as it did is
not read again; the note is a memory and no more: without it everything is read, and what the index has already is left as it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.corpus.reading.read import Skipped, read
from qa.errors import IndexMissingError, UsageError
from qa.index import generation
from qa.index.store.article_tables import FILES, ArticleStore
from qa.index.store.damage import writing_to
from qa.index.store.manifest import checked_name

if TYPE_CHECKING:
    from qa.corpus.reading.files import FoundFile
    from qa.protocols import Encoder
    from qa.schema import Article
    from qa.settings import Settings

NOTE = ".synced.json"

Look = list[int]
"""Size, time of change in nanoseconds, time of change of anything about it, number on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What a folder's files did to an index."""

    served: generation.Generation
    added: int  # articles, those with another text among them
    removed: int  # articles, those that were replaced among them
    read: int  # files
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class _File:
    """What is noted of a file."""

    look: Look
    articles: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # (source, why)


def sync(
    settings: Settings,
    name: str,
    folder: Path,
    encoder: Encoder,
    *,
    on_skip: Callable[[Skipped], None],
    progress: bool = False,
    store: ArticleStore = FILES,
) -> Synced:
    """Make the index `name` hold the articles of `folder` and no others; where there is none it is built.

    Raises CorpusError when the folder has no article that could be read: an index is never emptied, for a folder may be away.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Cure: give the folder that the index is to be kept equal to")
    try:
        old = generation.open(settings.indexes, checked_name(name), encoder, store)
    except IndexMissingError:
        old = None
    watching = _Reading(folder, _noted(settings.indexes / name / NOTE, folder) if old else {}, old, on_skip)
    corpus = settings.corpus
    shared: dict[str, Any] = {"exact_below": settings.retrieve.exact_below, "progress": progress, "store": store}
    articles = watching.articles(corpus.max_bytes, follow_links=corpus.follow_links)
    if old is None:
        served = generation.build(
            settings.indexes, name, articles, encoder, passage_chars=corpus.passage_chars, unmask=corpus.unmask,
            lists_above=settings.retrieve.lists_above, **shared,
        )  # fmt: skip
    else:
        new = list(articles)
        gone = {listing.id for listing in old.articles.articles()} - watching.ids()
        served = generation.change(settings.indexes, name, new, gone, encoder=encoder, unmask=corpus.unmask, served=old, **shared)
    _note(settings.indexes / name / NOTE, folder, watching.files)
    added, removed = _difference(old, served, watching.ids())
    if old is not None and served.id != old.id:
        served = generation.tidy(settings.indexes, name, exact_below=settings.retrieve.exact_below, store=store)
    return Synced(served=served, added=added, removed=removed, read=watching.read, skipped=tuple(watching.skipped))


class _Reading:
    """The files of a folder: those that look as they did are taken as they are noted, the others are read."""

    def __init__(
        self, folder: Path, noted: dict[str, _File], old: generation.Generation | None, on_skip: Callable[[Skipped], None]
    ) -> None:
        self.files: dict[str, _File] = {}
        self.skipped: list[Skipped] = []
        self.read = 0
        self._folder, self._noted, self._old, self._on_skip = folder, noted, old, on_skip
        self._now = ""  # the file that is being read
        self._unchanged: set[str] = set()

    def ids(self) -> set[str]:
        """Of every article that the folder has."""
        return {id_ for file in self.files.values() for id_ in file.articles}

    def articles(self, max_bytes: int, *, follow_links: bool) -> Iterator[Article]:
        """Of the files that are read."""
        found = read(
            [self._folder], max_bytes=max_bytes, on_skip=self._skip, follow_links=follow_links, progress=self._begin, choose=self._choose
        )  # fmt: skip
        for article in found:
            if article.id in self._unchanged:
                self._skip(Skipped(article.source, f"has the same id ('{article.id}') as an article of another file"))
                continue
            self.files[self._now].articles.append(article.id)
            yield article

    def _choose(self, found: FoundFile) -> bool:
        self._now = ""
        try:
            seen = found.path.stat()
        except OSError:  # it went while the folder was read: `read` says so
            return True
        look = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
        before = self._noted.get(found.source)
        if before and before.look == look and self._old and all(map(self._old.articles.place, before.articles)):
            self.files[found.source] = before
            self._unchanged.update(before.articles)
            for source, why in before.skipped:
                self._tell(Skipped(source, why))
            return False
        self.files[found.source] = _File(look)
        return True

    def _begin(self, source: str) -> None:
        self._now = source
        self.read += 1

    def _skip(self, skipped: Skipped) -> None:
        if self._now in self.files:
            self.files[self._now].skipped.append((skipped.source, skipped.why))
        self._tell(skipped)

    def _tell(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)
        self._on_skip(skipped)


def _difference(old: generation.Generation | None, served: generation.Generation, ids: set[str]) -> tuple[int, int]:
    """How many articles came, and how many went; one that was replaced did both."""
    if old is None:
        return served.n_articles, 0
    places = ((old.articles.place(id_), served.articles.place(id_)) for id_ in ids)
    stayed = sum(1 for before, now in places if before and now and before[1].sha256 == now[1].sha256)
    return served.n_articles - stayed, old.n_articles - stayed


def _noted(path: Path, folder: Path) -> dict[str, _File]:
    """What was noted of `folder`; nothing where there is no such note, or none that can be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["folder"] != os.path.realpath(folder):
            return {}
        return {
            source: _File(list(look), list(articles), [(where, why) for where, why in skipped])
            for source, (look, articles, skipped) in record["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _note(path: Path, folder: Path, files: dict[str, _File]) -> None:
    fresh = path.with_name(f".current-{os.getpid()}-synced")  # a writer that dies leaves it, and the next one removes it
    values = {
        "folder": os.path.realpath(folder),
        "files": {source: (file.look, file.articles, file.skipped) for source, file in files.items()},
    }
    with writing_to(path.parent):
        fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
