"""A generation is written into a folder that nobody reads, gets its manifest last, and is served when it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType

from qa.errors import CorpusError, IndexBrokenError, IndexMissingError, StoreError
from qa.index.segments.writing import Plan
from qa.index.store import manifest
from qa.index.store.damage import writing_to
from qa.index.store.manifest import FileEntry, Manifest, SegmentEntry
from qa.timing import Stages

PARTS = ".parts"
"""The folder that lists the finished parts of a build, see qa.index.segments.build_parts."""

STAGES = ("passages", "vectors", "hashes", "publish", "point", "clean")
"""In this order `on_stage` hears of them. Up to "publish" the folder is one that no reader looks at; from "point" on it is whole."""


def published(plan: Plan, fill: Callable[[Path], Manifest], unfinished: Path | None = None) -> Path:
    """Have `fill` write a generation's files into a folder of its own, serve it, and give its folder.

    unfinished    the folder, where it may be there already with parts of the work, and may be left with them

    The caller holds the index. What was served before is served still, whatever happens.
    """
    with writing_to(plan.folder):
        building = unfinished or Path(mkdtemp(prefix=f".building-{os.getpid()}-", dir=plan.folder))
        building.mkdir(exist_ok=True)
    try:
        building.chmod(0o755)  # mkdtemp's folders are closed to everybody else
        made = fill(building)
        plan.on_stage("publish")
        with writing_to(plan.folder):
            final = manifest.publish(building, made)
    except BaseException:
        if not any((building / PARTS).glob("*.json")):
            removed(plan, building)
        raise
    plan.on_stage("point")
    before = _served(plan.folder)
    try:
        with writing_to(plan.folder):
            manifest.point(final)
    except BaseException:
        if final != before:
            removed(plan, final)
        raise
    plan.on_stage("clean")
    for other in plan.folder.glob("gen-*"):
        if other not in (final, before):  # a reader may be about to open the one before
            removed(plan, other)
    return final


def removed(plan: Plan, folder: Path) -> None:
    """Take a folder away with what the store keeps for it. Where the store cannot be reached it stays, and the next writer tries again."""
    with suppress(StoreError):
        plan.articles.forget(folder)
        shutil.rmtree(folder, ignore_errors=True)


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
