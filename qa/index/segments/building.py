"""A generation is written into a folder that nobody reads, gets its manifest last, and is served when it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import TYPE_CHECKING

from qa.errors import CorpusError, IndexBrokenError, IndexMissingError
from qa.index.lexical import LexicalWriter
from qa.index.segments.writing import Item, Plan, write_segment
from qa.index.store import manifest
from qa.index.store.damage import writing_to
from qa.index.store.manifest import FileEntry, Manifest, SegmentEntry
from qa.timing import Stages

if TYPE_CHECKING:
    from qa.protocols import Encoder

STAGES = ("passages", "vectors", "hashes", "publish", "point", "clean")
"""In this order `on_stage` hears of them. Up to "publish" the folder is one that no reader looks at; from "point" on it is whole."""

FIRST = "s0"
"""The folder of a whole build's segment."""


def write(plan: Plan, items: Iterable[Item], encoder: Encoder | None) -> Path:
    """Write `items` as a whole generation, serve it, and give its folder. An item without vectors is encoded.

    The caller holds the index. Raises CorpusError when no passage came; what was served before is served still, whatever happens.
    """
    return published(plan, lambda building: _written(plan, building, items, encoder))


def published(plan: Plan, fill: Callable[[Path], Manifest]) -> Path:
    """Have `fill` write a generation's files into a folder of its own, serve it, and give its folder.

    The caller holds the index. What was served before is served still, whatever happens.
    """
    with writing_to(plan.folder):
        building = Path(mkdtemp(prefix=f".building-{os.getpid()}-", dir=plan.folder))
    try:
        building.chmod(0o755)  # mkdtemp's folders are closed to everybody else
        made = fill(building)
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
    clock = Stages()
    with LexicalWriter(building) as lexical:
        made = write_segment(plan, building / FIRST, items, encoder, lexical=lexical, clock=clock)
        with clock.at("lexical"):
            lexical.close()
    return manifest_of(plan, building, (made.entry,), made.fingerprint, clock=clock)


def manifest_of(
    plan: Plan,
    building: Path,
    segments: tuple[SegmentEntry, ...],
    fingerprint: int,
    *,
    clock: Stages,
    known: Mapping[str, FileEntry] = MappingProxyType({}),
) -> Manifest:
    """What to say of `building`; the files of `known` are not read again. Raises CorpusError where there is no passage."""
    articles = sum(entry.articles - len(entry.dead) for entry in segments)
    passages = sum(entry.passages - sum(count for _, _, count in entry.dead) for entry in segments)
    if not passages:
        raise CorpusError(
            f"no article with text to index in '{plan.folder.name}'. Cure: give files or records that have article text"
        )
    plan.on_stage("hashes")
    with clock.at("hashes"), writing_to(plan.folder):
        files = manifest.listed(building, known)
    return Manifest(
        format=manifest.FORMAT,
        name=plan.folder.name,
        created=datetime.now(UTC).isoformat(),
        encoder=plan.encoder_name,
        encoder_sha256=plan.encoder_sha256,
        dim=plan.dim,
        store=segments[0].store,
        passage_chars=plan.passage_chars,
        articles=articles,
        passages=passages,
        corpus_sha256=f"{fingerprint % 2**256:064x}",
        content=hashlib.sha256("".join(entry.content for entry in segments).encode()).hexdigest(),
        seconds=clock.seconds,
        files=files,
        segments=segments,
    )


def _served(folder: Path) -> Path | None:
    try:
        return manifest.current(folder.parent, folder.name)
    except (IndexMissingError, IndexBrokenError):  # the first generation, or one that mends a broken pointer
        return None
