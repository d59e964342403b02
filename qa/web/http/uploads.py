"""Files that visitors send: kept in a folder of this process alone, forgotten once they are read, and the only ones that are read.

Gradio lets a request name files by their path. Whatever a request says, a path outside this folder is refused here, twice:
when the request comes in (`strangers`), and when files are handed to the archive (`inside`).
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ENVIRONMENT = "GRADIO_TEMP_DIR"  # where Gradio keeps uploads; by default a folder that every program of the machine shares
MOST = 500 * 1024 * 1024  # bytes of one upload
MOST_KEPT = 2 * 1024 * 1024 * 1024  # bytes of all uploads that wait to be read
AGE = 3600  # seconds after which an upload that nobody added is removed

_PREFIX = "sitasi-uploads-"
_LOCK = ".lock"  # locked by the process whose folder it is; the system releases it when that dies
_descriptors: list[int] = []  # descriptors


@functools.cache
def folder() -> Path:
    """This process's own folder for uploads, readable by its user alone and removed at the end; Gradio is configured with it."""
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_parent())).resolve()
    _descriptors.append(_lock_of(made))
    _bury(made.parent)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ[ENVIRONMENT] = str(made)
    return made


def _lock_of(made: Path) -> int:
    """The lock of a folder, as a descriptor that is kept. Raises BlockingIOError where another process lives in it."""
    descriptor = os.open(made / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _bury(parent: Path) -> None:
    """Remove what processes left that were killed: an upload may be somebody's private article. One just made has its lock soon."""
    for left in parent.glob(f"{_PREFIX}*"):
        try:
            status = left.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mtime > time.time() - 60:
                continue
            descriptor = _lock_of(left)
        except OSError:  # it lives, or went meanwhile
            continue
        shutil.rmtree(left, ignore_errors=True)
        os.close(descriptor)


def inside(path: object) -> bool:
    """Whether a path is a file of the upload folder, links followed."""
    if not isinstance(path, str | Path):
        return False
    try:
        real = Path(path).resolve()
        return real.is_relative_to(folder()) and real.is_file()
    except (OSError, ValueError):  # a name that is too long or holds a NUL
        return False


def strangers(data: Any, *, files: bool) -> bool:
    """Whether JSON names a file that was not uploaded here, or any file at all where `files` are not wanted."""
    left = [data]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, dict):
            left.extend(value.values())
            if "path" in value and not (files and isinstance(value.get("meta"), dict) and inside(value["path"])):
                return True
    return False


def forget(paths: Iterable[str | Path]) -> None:
    """Remove uploads that were read."""
    for path in paths:
        if inside(path):
            Path(path).unlink(missing_ok=True)


def sweep(now: float | None = None) -> int:
    """Remove what nobody added within the hour, and what an upload that broke off left; gives the bytes that remain."""
    oldest = (time.time() if now is None else now) - AGE
    kept = 0
    for path in folder().rglob("*"):
        try:
            status = path.lstat()
            if path.is_dir() or path.name == _LOCK:
                continue
            if status.st_mtime < oldest:
                path.unlink()
            else:
                kept += status.st_size
        except FileNotFoundError:  # another request was quicker
            continue
    return kept


def _parent() -> str | None:
    """Where the user wants temporary files of Gradio, if the user says so."""
    wanted = os.environ.get(ENVIRONMENT)
    if wanted:
        Path(wanted).mkdir(parents=True, exist_ok=True)
    return wanted or None
