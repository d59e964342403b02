"""Joining segments: the same articles, rows and answers in fewer files.

Every addition leaves a segment, and each costs a search something. Segments are joined with their neighbours, as in Lucene and
tantivy the small ones often and the large ones seldom, so that an article is written again a few times only, however many come.
Rows stay what they are, and so the lexical index is not touched: the engine joins its own files by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.corpus.sketches import BANDS
from qa.index import vectors
from qa.index.engines import row_store
from qa.index.segments.building import manifest_of, published
from qa.index.segments.kinship import Kinship
from qa.index.segments.segment import Segment
from qa.index.segments.writing import Plan, finish, save_sketches
from qa.index.store.linking import link
from qa.index.store.manifest import Manifest, SegmentEntry
from qa.index.store.writer import ArticleWriter
from qa.timing import Stages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.index.segments.snapshot import Generation

AT_MOST = 8
"""So many segments of one level are joined: to one of the next level, about."""

LEVELS = (1_000, 10_000, 100_000)
"""Passages that a segment of each level has fewer of. What is larger is joined by `compact` alone."""

AT_ONCE = 2_000
"""Passages that are joined while somebody waits for an addition, at most: some tenths of a second."""


def few(entries: Sequence[SegmentEntry], built: int = 0) -> range | None:
    """The segments at the end that should be one and can be in no time; None where there is no need."""
    run = due(entries, built)
    return run if run and sum(entries[place].passages for place in run) <= AT_ONCE else None


def due(entries: Sequence[SegmentEntry], built: int = 0) -> range | None:
    """The segments at the end that should be one: those of the lowest level that has AT_MOST. The first segment stays, and so do those
    of rows below `built`.
    """
    for level in LEVELS:
        start = len(entries)
        while start > 1 and entries[start - 1].passages < level and entries[start - 1].first_row >= built:
            start -= 1
        if len(entries) - start >= AT_MOST:
            return range(start, len(entries))
    return None


def merge(old: Generation, plan: Plan, run: range) -> Path:
    """Serve `old` with the segments `run`, neighbours, in one, and give the generation's folder. The caller holds the index."""
    return published(plan, lambda building: _merged(old, plan, run, building))


def _merged(old: Generation, plan: Plan, run: range, building: Path) -> Manifest:
    clock, joined = Stages(), [old.segments[place] for place in run]
    linked = {
        name: entry
        for name, entry in old.manifest.files.items()
        if not any(name.startswith(f"{segment.entry.folder}/") for segment in joined)
    }
    with clock.at("links"):
        link(old.folder, building, linked)
    folder = building / f"s{1 + max(int(segment.entry.folder[1:]) for segment in old.segments)}"
    folder.mkdir()
    first_row, end_row = joined[0].entry.first_row, joined[-1].entry.end_row
    plan.on_stage("passages")
    with ArticleWriter(folder, first_row, store=plan.articles) as writer:
        store = vectors.ExactVectors(plan.dim)
        with clock.at("articles"):
            for segment in joined:
                for place in segment.places():
                    article, passages, first = segment.articles.numbered(place.number)
                    names = segment.articles.entities.of_article(article.id) or ()
                    writer.add(article, passages, names=names, dated=segment.articles.dated.line(article), first=first)
                    store.add(old.vectors.vectors(first, first + len(passages)))
            _tell(old, run, writer)
            writer.close()
        plan.on_stage("vectors")
        with clock.at("vectors"):
            name = finish(folder, store, row_store(writer.n_passages, plan.exact_below), writer.content)
            save_sketches(folder, _sketches(joined))
    entry = SegmentEntry(
        folder=folder.name,
        store=name,
        first_row=first_row,
        end_row=end_row,
        articles=writer.n_articles,
        passages=writer.n_passages,
        content=writer.content,
    )
    entries = [segment.entry for segment in old.segments]
    entries[run.start : run.stop] = [entry]
    return manifest_of(plan, building, tuple(entries), int(old.manifest.corpus_sha256, 16), clock=clock, known=linked)


def _tell(old: Generation, run: range, writer: ArticleWriter) -> None:
    """The words, pairs and stories of the joined segments, as far as they still hold."""
    words: Counter[str] = Counter()
    pairs: dict[tuple[str, str], None] = {}
    others: dict[str, str] = {}
    own: dict[str, str] = {}
    now = old.articles
    kinship = Kinship(old.segments, now)
    for place in run:
        segment = old.segments[place]
        for word, count in segment.articles.words():
            words[word] += count
        pairs.update(dict.fromkeys(pair for pair in segment.articles.pairs() if pair[1] in kinship.copies(pair[0])))
        for id_, _ in segment.articles.retold():
            if (placed := now.place(id_)) and placed[0] < run.start:
                others[id_] = now.story(id_)
        for number, id_ in segment.articles.ids():
            if number not in segment.dead and (story := now.story(id_)):
                own[id_] = story
    writer.count_words(words)
    writer.keep_pairs(pairs, others)
    writer.tell_stories(own)


def _sketches(joined: Sequence[Segment]) -> NDArray[np.uint32]:
    import numpy as np

    parts: list[NDArray[np.uint32]] = [np.zeros((BANDS, 0), dtype=np.uint32)]
    parts += [segment.sketches[:, [place.number for place in segment.places()]] for segment in joined]
    return np.concatenate(parts, axis=1)
