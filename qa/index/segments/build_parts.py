"""A whole build, in parts: memory holds one part, however large the corpus is, and a build that was killed continues after the last.

Each part is a segment. When its files are written its terms are committed in the lexical index, and that is the moment from which
it stays: a part whose terms are not there is written again. Stories are found at the end, when all articles are known.

    .unfinished-<key>/    a build of these inputs and settings that was not finished
      .parts/<n>.json     the part's entry, and the hashes of its files; gone from a build that is finished
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.corpus.stories import Stories, originals
from qa.errors import DuplicateError, QaError, StoreError
from qa.index import inverted_lists, vectors
from qa.index.engines import wants_lists, wants_word_file
from qa.index.lexical import Lexical, LexicalWriter
from qa.index.segments.building import PARTS, manifest_of, published, removed
from qa.index.segments.writing import Item, Made, Plan, progress, write_segment
from qa.index.store import manifest, word_file
from qa.index.store.article_tables import FILE, REFERENCE
from qa.index.store.articles import Articles
from qa.index.store.damage import writing_to
from qa.index.store.manifest import FileEntry, Manifest, SegmentEntry
from qa.index.store.writer import amend, fingerprint
from qa.timing import Stages

if TYPE_CHECKING:
    from qa.protocols import Encoder, Matrix
    from qa.schema import Article

PART = 100_000
"""Passages of a part, about: some 250 MB of memory while it is written."""

UNFINISHED = ".unfinished-"

Source = Callable[[int, Callable[["Sequence[Article]"], None]], Iterable[Item]]
"""(articles to pass over, who is shown them) -> the others."""


def write(plan: Plan, items: Iterable[Item], encoder: Encoder | None) -> Path:
    """Write `items` as a whole generation, serve it, and give its folder. An item without vectors is encoded.

    The caller holds the index. Raises CorpusError when no passage came; what was served before is served still, whatever happens.
    """
    return published(plan, lambda building: _Build(plan, building, encoder).write(lambda _, __: items))


def go_on(plan: Plan, key: str, source: Source, encoder: Encoder) -> Path:
    """As `write`, after the last part of a build with the same `key` that was killed, if there is one.

    Raises StoreError when the articles are not those that it began with; the next call then starts over.
    """
    sizes = (plan.dim, plan.passage_chars, plan.exact_below, plan.lists_above)
    identity = [key, plan.encoder_name, plan.encoder_sha256, *sizes, manifest.FORMAT]
    unfinished = plan.folder / f"{UNFINISHED}{hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:12]}"
    for other in plan.folder.glob(f"{UNFINISHED}*"):
        if other != unfinished:
            removed(plan, other)
    return published(plan, lambda building: _Build(plan, building, encoder).write(source), unfinished)


class _Build:
    def __init__(self, plan: Plan, building: Path, encoder: Encoder | None) -> None:
        self._plan, self._building, self._encoder = plan, building, encoder
        self._parts: list[Made] = []
        self._known: dict[str, FileEntry] = {}
        self._earlier: list[Articles] = []
        self._ids = _Ids()
        self._passed = 0
        self._seen = 0

    def write(self, source: Source) -> Manifest:
        """Every file but the manifest, which is given back."""
        plan, clock = self._plan, Stages()
        self._find()
        stories = Stories(self._building)
        for part in self._earlier:
            for number, _ in part.ids():
                stories.add(part.numbered(number)[0])
        row = self._parts[-1].entry.end_row if self._parts else None
        done = sum(part.entry.articles for part in self._parts)
        items = _ahead(self._unique(clock.over("prepare", source(done, self._pass))))
        with LexicalWriter(self._building, row, large=True) as lexical, progress(plan) as bar:
            bar.update(done)
            while items.more() or not self._parts:
                made = write_segment(
                    plan, self._building / f"s{len(self._parts)}", items.some(PART), self._encoder,
                    first_row=row or 0, lexical=lexical, stories=stories, bar=bar, clock=clock,
                )  # fmt: skip
                row = made.entry.end_row
                self._keep(made, lexical)
            if self._passed < done:
                self._pass(())
            with clock.at("lexical"):
                lexical.close()
        with clock.at("stories"), writing_to(plan.folder):
            self._tell(stories)
        with clock.at("lists"), writing_to(plan.folder):
            self._list()
        with clock.at("words"):
            self._count_words()
        shutil.rmtree(self._building / PARTS)
        known = {name: entry for name, entry in self._known.items() if not name.endswith((FILE, REFERENCE))}
        entries = tuple(part.entry for part in self._parts)
        return manifest_of(plan, self._building, entries, sum(part.fingerprint for part in self._parts), clock=clock, known=known)

    def _find(self) -> None:
        """The parts that are whole and whose terms are committed; what is beyond them is removed."""
        notes = sorted((self._building / PARTS).glob("*.json"), key=lambda path: int(path.stem))
        for note in notes:
            try:
                record = json.loads(note.read_text(encoding="utf-8"))
                files = {name: FileEntry(**entry) for name, entry in record["files"].items()}
                whole = all(manifest.sample_of(self._building / name) == entry.sample for name, entry in files.items())
                made = Made(SegmentEntry(**{**record["entry"], "dead": ()}), int(record["fingerprint"], 16))
            except (OSError, ValueError, TypeError, KeyError):
                break
            if not whole:
                break
            self._parts.append(made)
            self._known.update(files)
        committed = self._committed()
        while self._parts and self._parts[-1].entry.end_row > committed:
            self._parts.pop()
        if not self._parts or self._parts[-1].entry.end_row != committed:
            self._parts.clear()
            for path in self._building.iterdir():
                self._plan.articles.forget(path)
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        else:
            kept = {part.entry.folder for part in self._parts}
            for path in self._building.glob("s*"):
                if path.name not in kept:
                    self._plan.articles.forget(path)
                    shutil.rmtree(path)
            for note in notes[len(self._parts) :]:
                note.unlink()
        self._known = {
            name: entry for name, entry in self._known.items() if name.split("/")[0] in {p.entry.folder for p in self._parts}
        }
        self._earlier = [Articles(self._building / part.entry.folder, self._plan.articles) for part in self._parts]
        self._ids.add(id_ for part in self._earlier for _, id_ in part.ids())
        (self._building / PARTS).mkdir(exist_ok=True)

    def _committed(self) -> int:
        """How many passages the lexical index has for good."""
        try:
            return len(Lexical(self._building, self._parts[-1].entry.end_row)) if self._parts else 0
        except QaError:
            return -1

    def _keep(self, made: Made, lexical: LexicalWriter) -> None:
        """From now on the part stays."""
        folder = self._building / made.entry.folder
        with writing_to(self._plan.folder):
            files = {f"{folder.name}/{name}": entry for name, entry in manifest.listed(folder).items()}
            record = {
                "entry": asdict(made.entry),
                "fingerprint": f"{made.fingerprint:x}",
                "files": {k: asdict(v) for k, v in files.items()},
            }
            note = self._building / PARTS / f"{len(self._parts)}.json"
            fresh = note.with_suffix(".new")
            fresh.write_text(json.dumps(record), encoding="utf-8")
            fresh.replace(note)
        lexical.commit()
        self._parts.append(made)
        self._known.update(files)
        self._earlier.append(Articles(folder, self._plan.articles))
        self._ids.add(id_ for _, id_ in self._earlier[-1].ids())
        _give_back()

    def _unique(self, items: Iterable[Item]) -> Iterator[Item]:
        """Raises DuplicateError for an id that an earlier part has."""
        for item in items:
            article = item[0].article
            if self._ids.may_have(article.id) and any(part.place(article.id) for part in self._earlier):
                raise DuplicateError(
                    f"{article.source}: the id {article.id!r} is taken by another article. Cure: give each record its own id"
                )
            yield item

    def _pass(self, articles: Sequence[Article]) -> None:
        """The articles of the finished parts come by again: are they still the same? None come any more when there are none here."""
        self._passed += len(articles)
        self._seen += sum(fingerprint(article.id, article.sha256) for article in articles)
        done = sum(part.entry.articles for part in self._parts)
        expected = sum(part.fingerprint for part in self._parts)
        if (not articles and self._passed < done) or (self._passed == done and (self._seen - expected) % 2**256):
            shutil.rmtree(self._building / PARTS, ignore_errors=True)
            raise StoreError(
                f"the articles changed since the build of '{self._plan.folder.name}' was interrupted, and what it had done is of no use. "
                "Cure: build again; it starts over"
            )

    def _tell(self, stories: Stories) -> None:
        """Put the pairs and stories into the parts that their articles are in."""
        ends = list(accumulate(part.entry.articles for part in self._parts))
        stories_of = originals(stories.found())
        pairs: dict[int, list[tuple[str, str]]] = defaultdict(list)
        own: dict[int, dict[str, str]] = defaultdict(dict)
        for one, other, pair in stories.joined():
            pairs[bisect_right(ends, other)].append((pair.b, pair.a))
            own[bisect_right(ends, one)][pair.a] = stories_of[pair.a]
            own[bisect_right(ends, other)][pair.b] = stories_of[pair.b]
        for articles in self._earlier:
            articles.close()
        for number, part in enumerate(self._parts):
            if own[number]:
                amend(self._building / part.entry.folder, pairs[number], own[number], self._plan.articles)

    def _list(self) -> None:
        """Write the inverted file over the rows of all parts, where there are so many; one that a killed build left goes."""
        import numpy as np

        (self._building / inverted_lists.FILE).unlink(missing_ok=True)
        entries = [part.entry for part in self._parts]
        if not wants_lists(entries[-1].end_row, self._plan.lists_above):
            return
        stores = [vectors.store(entry.store).open(self._building / entry.folder) for entry in entries]

        def rows(start: int, stop: int) -> Matrix:
            parts = [
                store.vectors(max(start - entry.first_row, 0), stop - entry.first_row)
                for entry, store in zip(entries, stores, strict=True)
                if start < entry.end_row and stop > entry.first_row
            ]
            return np.concatenate(parts)

        inverted_lists.write(self._building, entries[-1].end_row, self._plan.dim, rows)

    def _count_words(self) -> None:
        """Write the file of all words, where there are many and they are in files; one that a killed build left goes."""
        (self._building / word_file.FILE).unlink(missing_ok=True)
        entries = [part.entry for part in self._parts]
        folders = [self._building / entry.folder for entry in entries]
        if wants_word_file(sum(entry.passages for entry in entries)) and all((folder / FILE).is_file() for folder in folders):
            word_file.write(self._building, folders, entries[-1].end_row)


class _Ids:
    """Ids as hashes, eight bytes each: of a new one it is nearly always known without a look into the parts that it is new."""

    def __init__(self) -> None:
        import numpy as np

        self._hashes = np.empty(0, dtype=np.int64)

    def add(self, ids: Iterable[str]) -> None:
        import numpy as np

        self._hashes = np.sort(np.append(self._hashes, np.fromiter(map(hash, ids), dtype=np.int64)))

    def may_have(self, id_: str) -> bool:
        """False where it was not put in."""
        place = int(self._hashes.searchsorted(hash(id_)))
        return place < len(self._hashes) and int(self._hashes[place]) == hash(id_)


def _give_back() -> None:
    """Give the memory that a finished part left free back to the system, where the C library can (glibc)."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class _ahead:  # noqa: N801 - reads as what it does
    """A stream of items from which some are taken at a time."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._next: Any = None

    def more(self) -> bool:
        """Is there another?"""
        if self._next is None:
            self._next = next(self._items, None)
        return self._next is not None

    def some(self, passages: int) -> Iterator[Item]:
        """Items, until they have so many passages."""
        taken = 0
        while taken < passages and self.more():
            item, self._next = self._next, None
            taken += len(item[0].passages)
            yield item
