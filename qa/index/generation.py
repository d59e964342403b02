"""Build, open, add, remove, verify: an index is a row of generations, each complete or absent.

A generation is built in a folder beside the others, gets its manifest last, is renamed, and only then does the pointer name
it. Whoever is killed on the way leaves the old generation served. Adding and removing write a new generation too, from the
same stream of rows that a whole build would see: unchanged articles bring their passages, terms and vectors along, so the
result is the one that building everything again would give, without encoding anything twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import DuplicateError, IndexBrokenError, StoreError
from qa.index import vectors
from qa.index.building import Plan, write
from qa.index.fresh_articles import beside, fresh
from qa.index.lexical import Lexical
from qa.index.prepare import Prepared
from qa.index.store import lock, manifest
from qa.index.store.articles import FILE as ARTICLES
from qa.index.store.articles import Articles
from qa.index.store.damage import broken
from qa.index.store.manifest import Manifest, found, names
from qa.protocols import LexicalIndex, VectorStore
from qa.schema import Article

if TYPE_CHECKING:
    from qa.protocols import Encoder, Matrix

__all__ = ["Generation", "add", "build", "found", "names", "open", "remove"]

EXACT_BELOW = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """An opened generation. Safe to read from many threads, and for as long as it is held, whatever is published meanwhile."""

    folder: Path
    manifest: Manifest
    articles: Articles
    lexical: LexicalIndex
    vectors: VectorStore

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
        given = (encoder.name, encoder.dim, _weights(encoder))
        if made != given:
            differs = "name" if made[0] != given[0] else "dimension" if made[1] != given[1] else "weights"
            raise StoreError(
                f"index '{self.name}' was built with encoder '{made[0]}' ({made[1]} dimensions, weights {made[2][:12] or 'unknown'}); "
                f"'{given[0]}' ({given[1]}, {given[2][:12] or 'unknown'}) has another {differs}. "
                f"Cure: qa build PATH… --index {self.name}, or ask with the encoder that built it"
            )

    def verify(self) -> None:
        """Compare every byte with the manifest. Raises IndexBrokenError naming the file that differs."""
        manifest.verify(self.folder, self.manifest)


def open(root: Path, name: str, encoder: Encoder | None = None) -> Generation:  # noqa: A001 - generation.open reads as it should
    """The generation of `name` that is served, after a check of its manifest and the sizes of its files.

    Raises IndexMissingError listing the indexes there are, IndexBrokenError naming the file, and StoreError when `encoder` is
    given and is not the one that built it.
    """
    while True:
        folder = manifest.current(root, name)
        try:
            generation = _opened(folder)
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
    workers: int = 2,
    progress: bool = False,
    total: int | None = None,
    on_stage: Callable[[str], None] | None = None,
    prepared: Iterable[tuple[Prepared, Matrix | None]] | None = None,
) -> Generation:
    """Write a whole new generation of `name` from `articles` and serve it.

    unmask         rules that mask nothing, and lines that no rule masks
    exact_below    up to so many passages the vectors are compared in numpy, above in FAISS
    workers        processes that cut and count words when there is much to do; 0: none
    progress       a bar on stderr, when it takes over two seconds; `total` articles let it tell the time left
    on_stage       called with the name of each stage as it begins
    prepared       articles that were masked and cut elsewhere (qa/ingest), in place of `articles`

    Raises CorpusError when there is no article with text, DuplicateError, IndexBusyError. Nothing changes then.
    """
    plan = Plan(
        folder=root / manifest.checked_name(name),
        encoder_name=encoder.name,
        encoder_sha256=_weights(encoder),
        dim=encoder.dim,
        passage_chars=passage_chars,
        exact_below=exact_below,
        progress=progress,
        total=total,
        on_stage=on_stage or _silent,
    )
    with lock.writing(plan.folder):
        items = fresh(articles, passage_chars, workers, unmask=unmask) if prepared is None else prepared
        return _opened(write(plan, items, encoder))


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
) -> Generation:
    """A new generation with `articles` too. One whose id is there with the same text is left as it is, with another text it
    takes the old one's place at the end. Without anything new the served generation is given back as it is.

    Raises DuplicateError when two of `articles` have one id, and what `open` and `build` raise.
    """
    with lock.writing(manifest.current(root, name).parent):
        old = open(root, name, encoder)
        before = {listing.id for listing in old.articles.articles()}
        new: dict[str, Article] = {}
        for article in articles:
            if article.id in new:
                raise DuplicateError(
                    f"{article.source}: the id {article.id!r} is taken by {new[article.id].source}. Cure: give each record its own id"
                )
            if article.id not in before or not _same(old.articles.article(article.id), article):
                new[article.id] = article
        if not new:
            return old
        added = fresh(new.values(), old.manifest.passage_chars, workers, beside(old.articles, new.values()), unmask)
        plan = _after(old, len(before | new.keys()), exact_below, progress=progress, on_stage=on_stage)
        return _opened(write(plan, chain(_kept(old, new), added), encoder))


def remove(
    root: Path,
    name: str,
    article_ids: Collection[str],
    *,
    exact_below: int = EXACT_BELOW,
    progress: bool = False,
    on_stage: Callable[[str], None] | None = None,
) -> Generation:
    """A new generation without `article_ids`. Raises CorpusError for an id that is not there, or when no article would be left."""
    gone = frozenset([article_ids] if isinstance(article_ids, str) else article_ids)
    with lock.writing(manifest.current(root, name).parent):
        old = open(root, name)
        for article_id in sorted(gone):
            old.articles.rows_of(article_id)
        if not gone:
            return old
        plan = _after(old, old.n_articles - len(gone), exact_below, progress=progress, on_stage=on_stage)
        return _opened(write(plan, _kept(old, gone), None))


def _opened(folder: Path) -> Generation:
    written = manifest.read(folder)
    generation = Generation(
        folder=folder,
        manifest=written,
        articles=Articles(folder),
        lexical=Lexical(folder),
        vectors=vectors.store(written.store).open(folder),
    )
    carried = {
        ARTICLES: generation.articles.content,
        generation.vectors.file: manifest.signature(folder / generation.vectors.file),
    }
    for file, content in carried.items():
        if content != written.content:
            raise broken(folder / file, "it belongs to another generation")
    rows = (generation.articles.n_passages, len(generation.lexical), len(generation.vectors))
    if rows != (written.passages,) * 3:
        raise IndexBrokenError(
            f"{folder} has {rows} passages, terms and vectors instead of {written.passages}. Cure: build the index again with 'qa build'"
        )
    return generation


def _kept(old: Generation, without: Collection[str]) -> Iterator[tuple[Prepared, Matrix]]:
    """What `old` has, but for the articles `without`, with the vectors, terms and names that it has for them."""
    from qa.corpus.entities.local import named

    row = 0
    for article, passages in old.articles.stream():
        start, row = row, row + len(passages)
        if article.id not in without:
            terms = tuple(tuple(old.lexical.terms(each)) for each in range(start, row))
            names = old.articles.entities.of_article(article.id)
            if names is None:  # an index from before names were kept
                names = named(article.text, [(mask.start, mask.end) for mask in article.masks])
            prepared = Prepared(article=article, passages=tuple(passages), contexts=(), terms=terms, names=names)
            yield prepared, old.vectors.vectors(start, row)


def _after(old: Generation, total: int, exact_below: int, *, progress: bool, on_stage: Callable[[str], None] | None) -> Plan:
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
    )


def _same(stored: Article, read: Article) -> bool:
    """Equal but for the masks, which only the stored one has."""
    return replace(stored, masks=()) == replace(read, masks=())


def _weights(encoder: Encoder) -> str:
    """The hash of the encoder's weights, where it gives one."""
    return encoder.sha256


def _silent(_: str) -> None:
    """Nobody wants to hear of the stages."""
