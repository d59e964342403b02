"""`qa sync` and `qa compact`: an index kept equal to a folder, and its segments joined."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.cli.options import index_options, settings_of
from qa.errors import QaError
from qa.safety.printable import visible, visible_lines

if TYPE_CHECKING:
    from types import FrameType

    from qa.corpus.reading.read import Skipped
    from qa.index.syncing import Synced
    from qa.settings import Settings

LOOK = 500  # milliseconds after which a watch without news gives a sign of life
UNREAD = "unread.jsonl"
"""The file beside an index that lists what its last build or sync could not read."""


def add_commands(commands: Any, command: Any) -> None:
    """Put the commands among the others."""
    sync = command(
        commands,
        "sync",
        run_sync,
        "keep an index equal to a folder: new, changed and gone articles",
        "qa sync articles/ --index mine",
    )
    sync.add_argument("folder", type=Path, metavar="FOLDER", help="folder of articles, of any depth")
    index_options(sync)
    sync.add_argument(
        "--follow-links", action="store_true", default=None, help="read what symbolic links in the folder lead to outside of it"
    )
    sync.add_argument(
        "--watch", action="store_true", help="keep running: every change of the folder is taken in as it comes, until Ctrl-C"
    )
    compact = command(
        commands,
        "compact",
        run_compact,
        "join an index's segments and drop what was removed, as one build would write it",
        "qa compact --index mine",
    )
    index_options(compact)


def report(settings: Settings, skipped: Sequence[Skipped]) -> Path | None:
    """Write what was not read beside the index, one JSON object a line, and give the file; None, and no file, where all was read."""
    path = settings.indexes / settings.index / UNREAD
    if not skipped:
        path.unlink(missing_ok=True)
        return None
    lines = (json.dumps({"source": each.source, "why": each.why}, ensure_ascii=False) + "\n" for each in skipped)
    path.write_text("".join(lines), encoding="utf-8", errors="backslashreplace")
    return path


def run_sync(arguments: argparse.Namespace) -> int:
    """`qa sync`."""
    settings = settings_of(arguments)
    status = _sync(settings, arguments.folder)
    if arguments.watch:
        with contextlib.suppress(KeyboardInterrupt):
            _watch(settings, arguments.folder)
        return 0
    return status


def _watch(settings: Settings, folder: Path) -> None:
    """Take in every change until Ctrl-C. What changed before the watch began is looked for once, when it has."""
    from watchfiles import watch

    begun = False
    with _interrupt() as stop:
        for changes in watch(folder, raise_interrupt=False, rust_timeout=LOOK, yield_on_timeout=True, stop_event=stop):
            if not begun:
                print(f"watching {visible(str(folder))}; Ctrl-C ends it", file=sys.stderr, flush=True)
                begun = True
            elif not changes:
                continue
            try:
                _sync(settings, folder, quiet=True)
            except QaError as error:  # another writer, an empty folder: the next change tries again
                _complain(f"error: {error}")


@contextlib.contextmanager
def _interrupt() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets, so that what is being written is finished; the second one ends at once.

    As an exception it may come inside a destructor, where Python drops it.
    """
    stop = threading.Event()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def run_compact(arguments: argparse.Namespace) -> int:
    """`qa compact`."""
    from qa.index import generation
    from qa.indexing import article_store, placed

    settings = settings_of(arguments)
    store = article_store(settings)
    before = generation.open(settings.indexes, settings.index, store=store)
    retrieve = settings.retrieve
    after = generation.compact(
        settings.indexes,
        settings.index,
        exact_below=retrieve.exact_below,
        lists_above=retrieve.lists_above,
        progress=True,
        store=store,
    )
    placed(after, settings, changed=True, progress=True)
    print(
        f"index '{after.name}': {len(before.segments)} segments before, {len(after.segments)} now; "
        f"{after.n_articles} articles, {after.n_passages} passages, generation {after.id}"
    )
    return 0


def _sync(settings: Settings, folder: Path, *, quiet: bool = False) -> int:
    from qa.index import generation
    from qa.index.encode import open_encoder
    from qa.index.syncing import sync
    from qa.indexing import article_store, placed

    name, store = settings.encoder, article_store(settings)
    if settings.index in generation.names(settings.indexes):
        name = generation.open(settings.indexes, settings.index, store=store).encoder_name
    done = sync(
        settings,
        settings.index,
        folder,
        open_encoder(name),
        on_skip=lambda skipped: _complain(visible(f"skipped {skipped.source}: {skipped.why}")),
        progress=True,
        store=store,
    )
    placed(done.served, settings, changed=True, progress=True)
    if not quiet or done.added or done.removed:
        print(_summary(done), flush=True)
    if file := report(settings, done.skipped):
        _complain(f"{len(done.skipped)} skipped; they are listed in {visible(str(file))}")
    return 1 if done.skipped else 0


def _summary(done: Synced) -> str:
    return (
        f"index '{done.served.name}': {done.added} articles added, {done.removed} removed, {done.read} files read; "
        f"now {done.served.n_articles} articles, {done.served.n_passages} passages, generation {done.served.id}"
    )


def _complain(message: str) -> None:
    print(visible_lines(message), file=sys.stderr, flush=True)
