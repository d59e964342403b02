"""Which files are read: those of folders of any depth, by name; no device, and no link that leads out of the folder.

A folder of articles may have come from anywhere. A link in it could bring a private file of this machine into an index that
others ask, and opening a pipe or a device waits for ever or does something to it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qa.errors import ReadError
from qa.safety.printable import visible

Skip = Callable[[ReadError], None]

_NO_FILE = "is neither a file nor a folder"


class FoundFile(NamedTuple):
    """A file to read: where it is when every link is followed, and its path below the folder that was given."""

    path: Path
    source: str


class _Folder(NamedTuple):
    """A folder on the way down: what is left of its entries, its path below the one given, its real path."""

    entries: Iterator[os.DirEntry[str]]
    below: str
    real: str


def files(paths: Sequence[Path | str], endings: Sequence[str], skip: Skip, *, follow_links: bool = False) -> Iterator[FoundFile]:
    """Each file to read, in the order given, folders by name, hidden entries passed over.

    A path that is given is followed wherever it leads: the caller named it. A link found inside a folder is read only where
    it leads to a file or folder below that folder, unless `follow_links`. What is not read is handed to `skip` by name.
    """
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _walk(path, endings, skip, follow_links=follow_links)
        elif path.is_file():
            if _known(path.name, endings, skip):
                yield FoundFile(Path(os.path.realpath(path)), path.name)
        else:
            why = _NO_FILE if path.exists() or path.is_symlink() else "does not exist"
            skip(ReadError(str(given), f"{why}; give files or folders of articles"))


def opened(found: FoundFile) -> BinaryIO:
    """The file, open for reading. Raises ReadError for anything but a regular file, whatever took its place since it was found."""
    try:
        if not stat.S_ISREG(os.lstat(found.path).st_mode):
            raise ReadError(found.source, _NO_FILE)
        # Without O_NONBLOCK a pipe that is put here between the two calls would wait for its writer.
        descriptor = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
        if why := _changed(found, os.fstat(descriptor)):
            os.close(descriptor)
            raise ReadError(found.source, why)
        return os.fdopen(descriptor, "rb")
    except OSError as error:
        raise unopened(found.source, error) from error


def _changed(found: FoundFile, status: os.stat_result) -> str:
    """Why what was opened is not what was found: a folder above it may have become a link that leads elsewhere; "" if it is."""
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    same = os.path.samestat(os.lstat(found.path), status) and os.path.realpath(found.path) == str(found.path)
    return "" if same else "was moved or replaced while it was read; read it again"


def unopened(source: str, error: OSError) -> ReadError:
    """What is said of a file or folder that the system does not let us read."""
    return ReadError(source, f"cannot be opened: {error.strerror or error}")


def _walk(given: Path, endings: Sequence[str], skip: Skip, *, follow_links: bool) -> Iterator[FoundFile]:
    """The files of a folder and those below it. No recursion: a tree may be deeper than Python's stack."""
    top = os.path.realpath(given)
    above = [found for found in [_entries(str(given), "", top, skip)] if found]
    while above:
        folder = above[-1]
        entry = next(folder.entries, None)
        if entry is None:
            above.pop()
            continue
        source = f"{folder.below}{entry.name}"
        if entry.name.startswith("."):
            continue
        try:
            source.encode()
        except UnicodeEncodeError:
            skip(ReadError(visible(source), "has a name that is no UTF-8; rename it"))
            continue
        try:
            real = os.path.realpath(entry.path) if entry.is_symlink() else f"{folder.real.rstrip('/')}/{entry.name}"
            if why := _refused(entry, real, [each.real for each in above], "" if follow_links else top):
                skip(ReadError(source, why))
            elif entry.is_dir():
                above += [found for found in [_entries(entry.path, f"{source}/", real, skip)] if found]
            elif _known(source, endings, skip):
                yield FoundFile(Path(real), source)
        except OSError as error:
            skip(unopened(source, error))


def _entries(path: str, below: str, real: str, skip: Skip) -> _Folder | None:
    try:
        with os.scandir(path) as entries:
            return _Folder(iter(sorted(entries, key=lambda entry: entry.name)), below, real)
    except OSError as error:
        skip(unopened(below or path, error))
        return None


def _refused(entry: os.DirEntry[str], real: str, above: list[str], within: str) -> str:
    """Why an entry is not read; "" for one that is. `within`: the folder that links must not lead out of; "" for none."""
    if not entry.is_symlink():
        return "" if entry.is_dir() or entry.is_file() else _NO_FILE
    if not os.path.exists(real):  # noqa: PTH110 - os.path.realpath gave it
        return "is a broken link"
    if real in above:
        return "is a link to a folder that it lies in"
    if within and not real.startswith(f"{within.rstrip('/')}/"):
        return f"is a link out of the folder, to {real}; --follow-links reads such links"
    return "" if entry.is_dir() or entry.is_file() else _NO_FILE


def _known(source: str, endings: Sequence[str], skip: Skip) -> bool:
    ending = Path(source).suffix
    if ending.lower() in endings:
        return True
    skip(ReadError(source, f"has the ending '{ending}', which is not read; the endings are {', '.join(endings)}"))
    return False
