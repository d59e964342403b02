"""One stream of prepared articles -> the files of a segment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from qa.corpus.stories import Stories
from qa.errors import StoreError
from qa.index import vectors
from qa.index.engines import LISTS_ABOVE, row_store
from qa.index.lexical import LexicalWriter
from qa.index.prepare import Prepared
from qa.index.segments.segment import SKETCHES
from qa.index.store import manifest
from qa.index.store.article_tables import FILES, ArticleStore
from qa.index.store.damage import writing_to
from qa.index.store.manifest import SegmentEntry
from qa.index.store.writer import ArticleWriter
from qa.timing import Stages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.protocols import Encoder, Matrix, VectorStore

Item: TypeAlias = "tuple[Prepared, Matrix | None]"
"""An article with the vectors of its passages, where they are known."""

_BATCH = 2048  # passages encoded together


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a generation is to be, before it is."""

    folder: Path  # of the index
    encoder_name: str
    encoder_sha256: str
    dim: int
    passage_chars: int
    exact_below: int  # see qa.index.engines
    lists_above: int = LISTS_ABOVE
    progress: bool = False
    articles: ArticleStore = FILES  # keeps their tables
    total: int | None = None  # articles to come, where that is known
    on_stage: Callable[[str], None] = field(default=lambda _: None)


class _Writers(NamedTuple):
    folder: Path
    bar: Any
    articles: ArticleWriter
    lexical: LexicalWriter
    vectors: vectors.ExactVectors
    stories: Stories


class Made(NamedTuple):
    """A segment that was written."""

    entry: SegmentEntry
    fingerprint: int  # see qa.index.store.writer


def write_segment(
    plan: Plan,
    folder: Path,
    items: Iterable[Item],
    encoder: Encoder | None,
    *,
    first_row: int = 0,
    lexical: LexicalWriter,
    stories: Stories,
    bar: Any,
    clock: Stages,
    also: Callable[[ArticleWriter], None] = lambda _: None,
) -> Made:
    """Write the files of a segment from `items`, whose terms go to `lexical` and whose sketches to `stories`.

    also    called when all articles are in, to write what else the segment says
    """
    plan.on_stage("passages")
    with writing_to(plan.folder):
        folder.mkdir()
    with ArticleWriter(folder, first_row, store=plan.articles) as articles:
        writers = _Writers(plan.folder, bar, articles, lexical, vectors.ExactVectors(plan.dim), stories)
        _passages(plan, items, encoder, writers, clock)
        with clock.at("stories"), writing_to(plan.folder):
            also(articles)
        with clock.at("articles"):
            articles.close()
    plan.on_stage("vectors")
    with clock.at("vectors"), writing_to(plan.folder):
        store = finish(folder, writers.vectors, row_store(articles.n_passages, plan.exact_below), articles.content)
        save_sketches(folder, stories.keys[:, len(stories) - articles.n_articles :])
    entry = SegmentEntry(
        folder=folder.name,
        store=store,
        first_row=first_row,
        end_row=articles.end_row,
        articles=articles.n_articles,
        passages=articles.n_passages,
        content=articles.content,
    )
    return Made(entry, articles.fingerprint)


def finish(folder: Path, rows: vectors.ExactVectors, backend: str, content: str) -> str:
    """Save vectors in the store called `backend`, signed as those of a segment that holds `content`; gives the store's name."""
    store = _in_store(rows, backend)
    store.save(folder)
    manifest.sign(folder / store.file, content)
    return store.backend


def save_sketches(folder: Path, sketches: NDArray[np.uint32]) -> None:
    """Write what near-copies of a segment's articles share, one column an article."""
    import numpy as np

    np.save(folder / SKETCHES, np.ascontiguousarray(sketches), allow_pickle=False)


def _passages(plan: Plan, items: Iterable[Item], encoder: Encoder | None, writers: _Writers, clock: Stages) -> None:
    """Every stage that sees a passage, in batches, so that memory holds a batch and the segment's vectors."""
    with ThreadPoolExecutor(1, thread_name_prefix="encode") as encoding:
        waiting: tuple[list[Item], Future[Matrix]] | None = None
        for batch in chain(_batches(clock.over("prepare", items)), [None]):
            # One batch is encoded while the one before is written and the one after is prepared.
            coming = (batch, encoding.submit(_encoded, encoder, batch, plan.dim)) if batch else None
            if waiting:
                done, future = waiting
                with clock.at("encode"):
                    fresh = future.result()
                _store(done, fresh, writers, clock)
                writers.bar.update(len(done))
                rows = writers.articles.end_row
                writers.bar.set_postfix_str(f"{rows} passages, {rows / clock.elapsed():.0f}/s", refresh=False)
            waiting = coming


def _store(batch: list[Item], fresh: Matrix, writers: _Writers, clock: Stages) -> None:
    """Put a batch where it is kept; `fresh` has the vectors of those that brought none, in their order."""
    import numpy as np

    with clock.at("articles"):
        for prepared, _ in batch:
            writers.articles.add(prepared.article, prepared.passages, prepared.terms, prepared.names, dated=prepared.dated)
    with clock.at("stories"), writing_to(writers.folder):
        for prepared, _ in batch:
            writers.stories.add(prepared.article)
    with clock.at("lexical"):
        for prepared, _ in batch:
            article = prepared.article
            for terms in prepared.terms:
                writers.lexical.add(terms, day=article.published, outlet=article.outlet)
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


def progress(plan: Plan) -> Any:
    """A bar on stderr: articles, rate, time left where the number of them is known."""
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
