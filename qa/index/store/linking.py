"""The files of a generation that do not change, given to the next one: one file on the disk with two names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def link(folder: Path, into: Path, names: Iterable[str]) -> None:
    """Give the files `names` of `folder` to `into` too, by the same names; copied where the file system has no hard links.

    Both generations may be read and either deleted: the bytes go with the last name. Nobody may write into such a file.
    """
    for name in names:
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(folder / name, target)
        except (PermissionError, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            shutil.copyfile(folder / name, target)


def copy(folder: Path, into: Path, names: Iterable[str]) -> None:
    """Copies of the files `names`, for whoever is going to replace them."""
    for name in names:
        shutil.copyfile(folder / name, into / name)
