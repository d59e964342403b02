"""Files that visitors send: kept in a folder of this process alone, forgotten once they are read, and the only ones that are read.

Gradio lets a request name files by their path. Whatever a request says, a path outside this folder is refused here, twice:
when the request comes in (`strangers`), and when files are handed to the archive (`inside`).
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ENVIRONMENT = "GRADIO_TEMP_DIR"  # where Gradio keeps uploads; by default a folder that every program of the machine shares
MOST = 500 * 1024 * 1024  # bytes of one upload
MOST_KEPT = 2 * 1024 * 1024 * 1024  # bytes of all uploads that wait to be read
AGE = 3600  # seconds after which an upload that nobody added is removed


@functools.cache
def folder() -> Path:
    """This process's own folder for uploads, readable by its user alone and removed at the end; Gradio is told of it."""
    made = Path(tempfile.mkdtemp(prefix="sitasi-uploads-", dir=_parent())).resolve()
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ[ENVIRONMENT] = str(made)
    return made


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
            if path.is_dir():
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
