"""One writer an index: a lock that the system lets go when its holder dies."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qa.errors import IndexBusyError, StoreError
from qa.index.store.damage import unwritten, writing_to

FILE = ".lock"


@contextmanager
def writing(folder: Path, forget: Callable[[Path], None] = lambda _: None) -> Iterator[None]:
    """Hold the index in `folder`. Raises IndexBusyError with the holder's process id when another writer has it.

    The file stays behind: removing it would let two writers hold two files of the same name. A dead holder's lock is free,
    whatever its file says, and so is what it left half built: `forget` is told of each such folder before it goes.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritten(folder, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
            raise IndexBusyError(
                f"index '{folder.name}' is being written by process {holder}. Cure: wait until it has finished, then try again"
            ) from None
        _own(descriptor, folder, forget)
        yield
    finally:
        os.close(descriptor)


def _own(descriptor: int, folder: Path, forget: Callable[[Path], None]) -> None:
    """Say whose it is, and remove what writers that died left half done."""
    with writing_to(folder):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    for left in folder.glob(".building-*"):
        with suppress(StoreError):  # where the store cannot be reached the next writer tries again
            forget(left)
            shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(".current-*"):
        left.unlink(missing_ok=True)
