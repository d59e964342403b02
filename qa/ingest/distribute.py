"""A build whose reading, masking, cutting and encoding are done by the workers of a Dask cluster.

    files ──shards──▶ read_shard … ──ids──▶ blocks ──▶ mask_block … ──▶ prepare_chunk … ──in order──▶ one writer

The index is the one that a build in one process makes, byte for byte: the order is kept, of two articles with one id the first
is taken, and articles are masked in the same blocks. Tasks are tried again, elsewhere where a worker is lost; what a part holds
is not made twice, not even by a build that is started again.
"""

from __future__ import annotations

import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import __version__
from qa.errors import MissingExtraError, ReadError, StoreError
from qa.ingest.part_files import read_prepared
from qa.ingest.shards import key_of, shards
from qa.ingest.tasks import How, Places, mask_block, prepare_chunk, read_shard

if TYPE_CHECKING:
    from qa.corpus.reading.read import Noted, Skipped
    from qa.index.prepare import Prepared
    from qa.protocols import Encoder, Matrix
    from qa.settings import Settings

RETRIES = 3  # of a task that fails; a worker that is lost does not count
CHUNK = 500  # articles that one task cuts and encodes
AHEAD = 8  # chunks a worker has made or is at, before they are written: so the folder of parts stays small
CONNECT = 20  # seconds
_PARTS = ".parts"


class Distributed:
    """Articles prepared by a cluster. Open it with `connected`."""

    def __init__(self, client: Any, folder: Path, settings: Settings, encoder: Encoder, *, block: int, progress: bool) -> None:
        self._client = client
        self._folder = str(folder)
        self._settings = settings
        self._how = How(settings.corpus.passage_chars, encoder.name, encoder.sha256)
        self._block = block
        self._progress = progress

    def prepared(
        self,
        paths: Sequence[str | Path],
        on_skip: Callable[[Skipped], None],
        on_note: Callable[[Noted], None] | None = None,
    ) -> Iterator[tuple[Prepared, Matrix]]:
        """Each article of `paths` with its passages, terms and vectors, in the order in which one process would read them."""
        places = self._read(paths, on_skip, on_note)
        chunks = list(self._chunks(places))
        waiting: deque[Any] = deque()
        most = AHEAD * max(1, len(self._client.scheduler_info()["workers"]))
        blocks: dict[str, Any] = {}
        with self._bar(len(chunks), "preparing", "chunk") as bar:
            for number, (block, part, first, whole) in enumerate(chunks):
                if block not in blocks:
                    blocks[block] = self._submit(mask_block, block, whole, tuple(self._settings.corpus.unmask), __version__)
                key = key_of("chunk", block, first, len(part), self._how)
                options = {"first": first, "how": self._how, "version": __version__}
                waiting.append(self._submit(prepare_chunk, key, _grouped(part), blocks[block], **options))
                if len(waiting) >= most or number == len(chunks) - 1:
                    while waiting and (len(waiting) >= most or number == len(chunks) - 1):
                        yield from read_prepared(Path(self._folder), self._result(waiting.popleft()))
                        bar.update()

    def _read(
        self, paths: Sequence[str | Path], on_skip: Callable[[Skipped], None], on_note: Callable[[Noted], None] | None
    ) -> list[tuple[str, int]]:
        """(part, line) of every article that is taken."""
        from qa.corpus.reading.files import files
        from qa.corpus.reading.read import ENDINGS, Noted, Skipped, taken

        corpus = self._settings.corpus

        def skip(error: ReadError) -> None:
            on_skip(Skipped(error.source, error.why))

        listed = list(shards(files(paths, ENDINGS, skip, follow_links=corpus.follow_links), max_bytes=corpus.max_bytes))
        futures = [self._submit(read_shard, shard.key, shard.files, corpus.max_bytes, __version__) for shard in listed]
        seen: dict[str, str] = {}
        places: list[tuple[str, int]] = []
        with self._bar(len(listed), "reading", "shard") as bar:
            for shard, future in zip(listed, futures, strict=True):
                reply = self._result(future)
                bar.update()
                for source, why in reply["skipped"]:
                    on_skip(Skipped(source, why))
                for source, what in reply["noted"]:
                    if on_note:
                        on_note(Noted(source, what))
                for line, (id_, source) in enumerate(reply["ids"]):
                    if id_ in seen:
                        on_skip(Skipped(source, taken(id_, seen[id_])))
                    else:
                        seen[id_] = source
                        places.append((shard.key, line))
        return places

    def _chunks(self, places: list[tuple[str, int]]) -> Iterator[tuple[str, list[tuple[str, int]], int, Places]]:
        """(key of the block, a chunk of it, where the chunk begins in it, the block's articles)."""
        for start in range(0, len(places), self._block):
            block = places[start : start + self._block]
            whole = _grouped(block)
            key = key_of("block", whole, tuple(self._settings.corpus.unmask))
            for first in range(0, len(block), CHUNK):
                yield key, block[first : first + CHUNK], first, whole

    def _submit(self, task: Callable[..., Any], key: str, *more: Any, **options: Any) -> Any:
        name = f"{task.__name__}-{key}"
        return self._client.submit(task, self._folder, key, *more, **options, key=name, retries=RETRIES, pure=False)

    @staticmethod
    def _result(future: Any) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as error:
            raise StoreError(
                f"a task ended every worker that took it ({error}). Cure: more memory for the workers, or look at their log"
            ) from error
        except OSError as error:
            raise StoreError(
                f"a worker cannot read or write ({error}). Cure: the articles and the folder of the indexes must lie under the same "
                "path on every worker"
            ) from error

    def _bar(self, total: int, doing: str, unit: str) -> Any:
        from tqdm import tqdm

        return tqdm(total=total, desc=doing, unit=unit, file=sys.stderr, disable=not self._progress, delay=2)


@contextmanager
def connected(
    scheduler: str, index: str, settings: Settings, encoder: Encoder, *, block: int, progress: bool = False
) -> Iterator[Distributed]:
    """The cluster behind a scheduler's address (tcp://HOST:8786). Its parts lie beside the indexes, and go when the build is done.

    Raises MissingExtraError, and StoreError when nobody answers there or no worker is there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError("distributed", "dask", "--scheduler") from error
    folder = (settings.indexes / _PARTS / index).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        client = Client(scheduler, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise StoreError(
            f"no Dask scheduler answers at {scheduler} ({error}). Cure: dask scheduler, and its address here"
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise StoreError(f"the scheduler at {scheduler} has no worker. Cure: dask worker {scheduler}")
        yield Distributed(client, folder, settings, encoder, block=block, progress=progress)
    shutil.rmtree(folder, ignore_errors=True)


def _grouped(places: Sequence[tuple[str, int]]) -> Places:
    """Places of one part after another as one entry each."""
    found: Places = []
    for key, line in places:
        if not found or found[-1][0] != key:
            found.append((key, []))
        found[-1][1].append(line)
    return found
