"""A generation, opened: what its manifest lists, read as one index, until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import IndexBrokenError, StoreError
from qa.index import inverted_lists
from qa.index.inverted_lists import InvertedLists
from qa.index.lexical import Lexical
from qa.index.segments.joint_articles import SegmentedArticles
from qa.index.segments.joint_vectors import SegmentedVectors
from qa.index.segments.segment import Segment
from qa.index.store import manifest, word_file
from qa.index.store.article_tables import FILES, ArticleStore
from qa.index.store.damage import REBUILD
from qa.index.store.manifest import Manifest, SegmentEntry
from qa.index.store.word_file import WordFile
from qa.protocols import LexicalIndex, VectorIndex

if TYPE_CHECKING:
    from qa.protocols import Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """An opened generation. Safe to read from many threads, until it is closed, whatever is published meanwhile."""

    folder: Path
    manifest: Manifest
    segments: tuple[Segment, ...]
    articles: SegmentedArticles
    lexical: LexicalIndex
    vectors: VectorIndex
    lists: InvertedLists | None = None  # of the build that it begins with, where that was large
    words: WordFile | None = None  # the same

    @property
    def id(self) -> str:
        """12 hex digits over the manifest, and so over every byte."""
        return self.manifest.id

    @property
    def name(self) -> str:
        """Of the index."""
        return self.manifest.name

    @property
    def encoder_name(self) -> str:
        """The encoder that its vectors come from; questions must be encoded with the same."""
        return self.manifest.encoder

    @property
    def built_rows(self) -> int:
        """The rows that the files of a large build know, which go by its segments: these stay as they are; 0 without such a file."""
        return max(len(self.lists) if self.lists else 0, self.words.end_row if self.words else 0)

    @property
    def n_articles(self) -> int:
        """How many articles it has."""
        return self.manifest.articles

    @property
    def n_passages(self) -> int:
        """How many passages, and so rows, it has."""
        return self.manifest.passages

    def check_encoder(self, encoder: Encoder) -> None:
        """Raises StoreError when `encoder` is not the one that made the vectors."""
        made = (self.manifest.encoder, self.manifest.dim, self.manifest.encoder_sha256)
        given = (encoder.name, encoder.dim, weights(encoder))
        if made != given:
            differs = "name" if made[0] != given[0] else "dimension" if made[1] != given[1] else "weights"
            raise StoreError(
                f"index '{self.name}' was built with encoder '{made[0]}' ({made[1]} dimensions, weights {made[2][:12] or 'unknown'}); "
                f"'{given[0]}' ({given[1]}, {given[2][:12] or 'unknown'}) has another {differs}. "
                f"Cure: qa build PATH… --index {self.name}, or ask with the encoder that built it"
            )

    def verify(self) -> None:
        """Compare every byte with the manifest, and every row of a database. Raises IndexBrokenError naming the file that differs."""
        manifest.verify(self.folder, self.manifest)
        for segment in self.segments:
            segment.articles.tables.verify()


def opened(folder: Path, before: Generation | None = None, articles: ArticleStore = FILES) -> Generation:
    """The generation in `folder`; what it shares with the one `before` is not opened again. `articles` keeps their tables."""
    written = manifest.read(folder)
    known = {_identity(before.manifest, segment.entry): segment for segment in before.segments} if before else {}
    segments = []
    for entry in written.segments:
        same = known.get(_identity(written, entry))
        segments.append(
            same.after(folder / entry.folder, entry) if same else Segment(folder / entry.folder, entry, articles=articles)
        )
    lists, words = _lists(folder, written, before), _words(folder, written, before)
    generation = Generation(
        folder=folder,
        manifest=written,
        segments=tuple(segments),
        articles=SegmentedArticles(segments, written.name, words),
        lexical=Lexical(folder, segments[-1].entry.end_row),
        vectors=SegmentedVectors(segments, lists),
        lists=lists,
        words=words,
    )
    rows = (generation.articles.n_passages, len(generation.lexical), len(generation.vectors))
    if rows != (written.passages,) * 3:
        raise IndexBrokenError(f"{folder} has {rows} passages, terms and vectors instead of {written.passages}. {REBUILD}")
    return generation


def _lists(folder: Path, written: Manifest, before: Generation | None) -> InvertedLists | None:
    if (entry := written.files.get(inverted_lists.FILE)) is None:
        return None
    if before and before.lists and before.manifest.files.get(inverted_lists.FILE) == entry:
        return before.lists
    return InvertedLists.open(folder)


def _words(folder: Path, written: Manifest, before: Generation | None) -> WordFile | None:
    if (entry := written.files.get(word_file.FILE)) is None:
        return None
    if before and before.words and before.manifest.files.get(word_file.FILE) == entry:
        return before.words
    return WordFile(folder)


def _identity(written: Manifest, entry: SegmentEntry) -> tuple[str, ...]:
    """The hashes of a segment's files."""
    return tuple(file.sha256 for name, file in written.files.items() if name.startswith(f"{entry.folder}/"))


def weights(encoder: Encoder) -> str:
    """The hash of the encoder's weights, where it gives one."""
    return encoder.sha256
