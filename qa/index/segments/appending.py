"""Adding, changing and removing write what changed, and link the rest: a new segment, and tombstones in those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.corpus.stories import Stories
from qa.index.lexical import FOLDER as LEXICAL
from qa.index.lexical import LexicalWriter
from qa.index.segments.building import manifest_of, published
from qa.index.segments.kinship import Kinship, copies_among, retold
from qa.index.segments.writing import Made, Plan, progress, write_segment
from qa.index.store.linking import copy, link
from qa.index.store.manifest import Manifest, SegmentEntry
from qa.index.store.writer import fingerprint
from qa.timing import Stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.index.segments.snapshot import Generation
    from qa.index.segments.writing import Item
    from qa.index.store.articles import Place
    from qa.index.store.writer import ArticleWriter
    from qa.protocols import Encoder

REPLACED = ("meta.json", ".managed.json")
"""The lexical engine's lists of its files, which it replaces when it adds some."""


def append(old: Generation, plan: Plan, items: Iterable[Item], gone: Collection[str], encoder: Encoder | None) -> Path:
    """Serve `old` with `items` behind it and without the articles `gone`, and give the generation's folder.

    An article that is changed is in both. The caller holds the index, and `old` is what it serves.
    """
    return published(plan, lambda building: _Appending(old, plan, gone).write(building, items, encoder))


class _Appending:
    def __init__(self, old: Generation, plan: Plan, gone: Collection[str]) -> None:
        self._old = old
        self._plan = plan
        self._gone: dict[str, tuple[int, Place]] = {id_: placed for id_ in sorted(gone) if (placed := old.articles.place(id_))}
        self._rows = [row for _, place in self._gone.values() for row in range(place.first, place.first + place.passages)]

    def write(self, building: Path, items: Iterable[Item], encoder: Encoder | None) -> Manifest:
        """Every file but the manifest, which is given back."""
        old, clock = self._old, Stages()
        linked = [name for name in old.manifest.files if name.split("/")[-1] not in REPLACED]
        with clock.at("links"):
            link(old.folder, building, linked)
            copy(old.folder / LEXICAL, building / LEXICAL, REPLACED)
        first_row = old.segments[-1].entry.end_row
        folder = building / next_folder(entry.folder for entry in old.manifest.segments)
        new = Stories(building)
        with LexicalWriter(building, first_row) as lexical, progress(self._plan) as bar:
            lexical.remove(self._rows)
            made = write_segment(
                self._plan, folder, items, encoder, first_row=first_row, lexical=lexical, stories=new, bar=bar, clock=clock,
                also=lambda writer: self._tell(writer, new),
            )  # fmt: skip
            with clock.at("lexical"):
                lexical.close()
        return manifest_of(
            self._plan,
            building,
            (*self._buried(), made.entry),
            self._fingerprint(made),
            clock=clock,
            known={name: old.manifest.files[name] for name in linked},
        )

    def _tell(self, writer: ArticleWriter, new: Stories) -> None:
        """What the segment changes in the vocabulary and in the stories of those before it."""
        old = self._old
        lost: Counter[str] = Counter()
        for row in self._rows:
            lost.update(set(old.lexical.terms(row)))
        writer.count_words({word: -count for word, count in lost.items()})
        if not len(new) and not self._gone:
            return
        before = Kinship(old.segments, old.articles)
        touched = {other for id_ in self._gone for other in before.copies(id_)}
        pairs = [(pair.b, pair.a) for pair in new.pairs]
        pairs += copies_among(old.segments, new, self._gone)
        sketches = [new.sketch(number) for number in range(len(new))]
        ids = [sketch.id for sketch in sketches]
        now = Kinship(old.segments, old.articles, gone=self._gone, new=sketches, pairs=pairs)
        own, others = retold(now.stories([*ids, *sorted(touched)]), frozenset(ids))
        writer.keep_pairs(pairs, others)
        writer.tell_stories(own)

    def _buried(self) -> list[SegmentEntry]:
        """The segments so far, with tombstones for what is gone."""
        dead: dict[int, list[tuple[int, int, int]]] = {}
        for level, place in self._gone.values():
            dead.setdefault(level, []).append((place.number, place.first, place.passages))
        return [
            replace(segment.entry, dead=tuple(sorted([*segment.entry.dead, *dead.get(level, ())])))
            for level, segment in enumerate(self._old.segments)
        ]

    def _fingerprint(self, made: Made) -> int:
        lost = sum(fingerprint(id_, place.sha256) for id_, (_, place) in self._gone.items())
        return int(self._old.manifest.corpus_sha256, 16) - lost + made.fingerprint


def next_folder(taken: Iterable[str]) -> str:
    """A folder that no segment has."""
    return f"s{1 + max(int(name[1:]) for name in taken)}"
