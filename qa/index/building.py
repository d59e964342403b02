"""One stream of prepared articles -> the files of a generation, published at the end."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from qa.corpus.stories import Stories, originals
from qa.errors import CorpusError, IndexBrokenError, IndexMissingError, StoreError
from qa.index import vectors
from qa.index.lexical import LexicalWriter
from qa.index.prepare import Prepared
from qa.index.store import manifest
from qa.index.store.articles import Articles, ArticleWriter
from qa.index.store.damage import writing_to
from qa.index.store.manifest import Manifest

if TYPE_CHECKING:
    from qa.protocols import Encoder, Matrix, VectorStore

Item: TypeAlias = "tuple[Prepared, Matrix | None]"
"""An article with the vectors of its passages, where they are known."""

STAGES = ("passages", "vectors", "hashes", "publish", "point", "clean")
"""In this order `on_stage` hears of them. Up to "publish" the folder is one that no reader looks at; from "point" on it is whole."""

_BATCH = 2048  # passages encoded together


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a generation is to be, before it is."""

    folder: Path  # of the index
    encoder_name: str
    encoder_sha256: str
    dim: int
    passage_chars: int
    exact_below: int  # up to so many passages vectors are compared exactly
    progress: bool = False
    total: int | None = None  # articles to come, where that is known
    on_stage: Callable[[str], None] = field(default=lambda _: None)


class _Writers(NamedTuple):
    articles: ArticleWriter
    lexical: LexicalWriter
    vectors: vectors.ExactVectors
    stories: Stories


def write(plan: Plan, items: Iterable[Item], encoder: Encoder | None) -> Path:
    """Write `items` as a generation, serve it, and give its folder. An item without vectors is encoded.

    The caller holds the index. Raises CorpusError when no passage came; what was served before is served still, whatever happens.
    """
    with writing_to(plan.folder):
        building = Path(mkdtemp(prefix=f".building-{os.getpid()}-", dir=plan.folder))
    try:
        building.chmod(0o755)  # mkdtemp's folders are closed to everybody else
        made = _written(plan, building, items, encoder)
        plan.on_stage("publish")
        with writing_to(plan.folder):
            final = manifest.publish(building, made)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    plan.on_stage("point")
    before = _served(plan.folder)
    try:
        with writing_to(plan.folder):
            manifest.point(final)
    except BaseException:
        if final != before:
            shutil.rmtree(final, ignore_errors=True)
        raise
    plan.on_stage("clean")
    for other in plan.folder.glob("gen-*"):
        if other not in (final, before):  # a reader may be about to open the one before
            shutil.rmtree(other, ignore_errors=True)
    return final


def _written(plan: Plan, building: Path, items: Iterable[Item], encoder: Encoder | None) -> Manifest:
    """Every file but the manifest, which is given back."""
    clock = _Clock()
    plan.on_stage("passages")
    with ArticleWriter(building) as articles, LexicalWriter(building) as lexical:
        writers = _Writers(articles, lexical, vectors.ExactVectors(plan.dim), Stories())
        _passages(plan, items, encoder, writers, clock)
        n_articles, n_passages, content = articles.n_articles, articles.n_passages, articles.content
        if not n_passages:
            raise CorpusError(
                f"no article with text to index in '{plan.folder.name}'. Cure: give files or records that have article text"
            )
        with clock.at("lexical"):
            lexical.close()
        with clock.at("stories"):
            articles.tell_stories(originals(writers.stories.found()))
        with clock.at("articles"):
            articles.close()
    plan.on_stage("vectors")
    with clock.at("vectors"), writing_to(plan.folder):
        store = _in_store(writers.vectors, vectors.backend_for(n_passages, plan.exact_below))
        store.save(building)
        manifest.sign(building / store.file, content)
    plan.on_stage("hashes")
    with clock.at("hashes"), writing_to(plan.folder):
        files = manifest.listed(building)
    return Manifest(
        format=manifest.FORMAT,
        name=plan.folder.name,
        created=datetime.now(UTC).isoformat(),
        encoder=plan.encoder_name,
        encoder_sha256=plan.encoder_sha256,
        dim=plan.dim,
        store=store.backend,
        passage_chars=plan.passage_chars,
        articles=n_articles,
        passages=n_passages,
        corpus_sha256=_fingerprint(building),
        content=content,
        seconds=clock.seconds,
        files=files,
    )


def _passages(plan: Plan, items: Iterable[Item], encoder: Encoder | None, writers: _Writers, clock: _Clock) -> None:
    """Every stage that sees a passage, in batches, so that memory holds a batch and the vectors."""
    with _bar(plan) as bar, ThreadPoolExecutor(1, thread_name_prefix="encode") as encoding:
        waiting: tuple[list[Item], Future[Matrix]] | None = None
        for batch in chain(_batches(clock.over("prepare", items)), [None]):
            # One batch is encoded while the one before is written and the one after is prepared.
            coming = (batch, encoding.submit(_encoded, encoder, batch, plan.dim)) if batch else None
            if waiting:
                done, future = waiting
                with clock.at("encode"):
                    fresh = future.result()
                _store(done, fresh, writers, clock)
                bar.update(len(done))
                bar.set_postfix_str(
                    f"{writers.articles.n_passages} passages, {writers.articles.n_passages / clock.elapsed():.0f}/s",
                    refresh=False,
                )
            waiting = coming


def _store(batch: list[Item], fresh: Matrix, writers: _Writers, clock: _Clock) -> None:
    """Put a batch where it is kept; `fresh` has the vectors of those that brought none, in their order."""
    import numpy as np

    with clock.at("articles"):
        for prepared, _ in batch:
            writers.articles.add(prepared.article, prepared.passages, prepared.terms, prepared.names)
    with clock.at("stories"):
        for prepared, _ in batch:
            writers.stories.add(prepared.article)
    with clock.at("lexical"):
        for prepared, _ in batch:
            for terms in prepared.terms:
                writers.lexical.add(terms)
    with clock.at("vectors"):
        parts, start = [], 0
        for prepared, known in batch:
            stop = start if known is not None else start + len(prepared.passages)
            parts.append(fresh[start:stop] if known is None else known)
            start = stop
        writers.vectors.add(np.concatenate(parts))


def _encoded(encoder: Encoder | None, batch: list[Item], dim: int) -> Matrix:
    """The vectors of the passages that brought none."""
    import numpy as np

    texts = [text for prepared, known in batch if known is None for text in prepared.contexts]
    if not texts:
        return np.zeros((0, dim), dtype=np.float32)
    if encoder is None:  # only `remove` comes without one, and it has nothing new
        raise StoreError("passages without vectors and no encoder to make them")
    encoded = encoder.passages(texts)
    if encoded.shape != (len(texts), dim):
        raise StoreError(f"encoder '{encoder.name}' gave the shape {encoded.shape} for {len(texts)} texts of {dim} dimensions")
    return encoded


def _in_store(exact: vectors.ExactVectors, backend: str) -> VectorStore:
    """The same rows in the store called `backend`."""
    if backend == exact.backend:
        return exact
    other = vectors.store(backend)(exact.dim)
    for start in range(0, len(exact), _BATCH):
        other.add(exact.vectors(start, start + _BATCH))
    return other


def _fingerprint(folder: Path) -> str:
    articles = Articles(folder)
    try:
        return articles.fingerprint()
    finally:
        articles.close()


def _served(folder: Path) -> Path | None:
    try:
        return manifest.current(folder.parent, folder.name)
    except (IndexMissingError, IndexBrokenError):  # the first generation, or one that mends a broken pointer
        return None


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Whole articles, until a batch has _BATCH passages."""
    batch: list[Item] = []
    passages = 0
    for item in items:
        batch.append(item)
        passages += len(item[0].passages)
        if passages >= _BATCH:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _bar(plan: Plan) -> Any:
    from tqdm import tqdm

    # `delay`: nothing is shown for what takes less than two seconds.
    return tqdm(
        total=plan.total,
        desc=f"build {plan.folder.name}",
        unit=" articles",
        delay=2,
        disable=not plan.progress,
        file=sys.stderr,
        mininterval=0.5,
    )


class _Clock:
    """Wall seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = time.perf_counter()

    def elapsed(self) -> float:
        return time.perf_counter() - self._began

    @contextmanager
    def at(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - began, 4)

    def over(self, stage: str, items: Iterable[Any]) -> Iterator[Any]:
        """`items`, with the time of waiting for each booked on `stage`."""
        stream = iter(items)
        while True:
            with self.at(stage):
                item = next(stream, None)
            if item is None:
                return
            yield item
