"""Which files are read together by one task: consecutive ones, up to a number of bytes; the order of reading stays.

A shard's key says what it holds and how it is read. The same files give the same keys, so that what was made of them is found
again; a file that has changed gives another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa import __version__

if TYPE_CHECKING:
    from qa.corpus.reading.files import FoundFile

BYTES = 32 * 1024 * 1024  # of files that one task reads; a larger file is a shard of its own


@dataclass(frozen=True, slots=True)
class Shard:
    """Files of one task, as (path, source), and the key under which its part is kept."""

    key: str
    files: tuple[tuple[str, str], ...]
    size: int


def shards(found: Iterable[FoundFile], *, max_bytes: int, size: int = BYTES) -> Iterator[Shard]:
    """The files as shards of about `size` bytes, in their order."""
    taken: list[tuple[str, str]] = []
    marks: list[tuple[object, ...]] = []
    total = 0
    for file in found:
        status = file.path.stat()
        if taken and total + status.st_size > size:
            yield _shard(taken, marks, total, max_bytes)
            taken, marks, total = [], [], 0
        taken.append((str(file.path), file.source))
        marks.append((str(file.path), file.source, status.st_size, status.st_mtime_ns))
        total += status.st_size
    if taken:
        yield _shard(taken, marks, total, max_bytes)


def key_of(*parts: object) -> str:
    """32 hex digits over what something is made from, and over this version of what makes it."""
    return hashlib.sha256(repr((__version__, parts)).encode(errors="surrogatepass")).hexdigest()[:32]


def _shard(taken: list[tuple[str, str]], marks: list[tuple[object, ...]], total: int, max_bytes: int) -> Shard:
    return Shard(key_of(marks, max_bytes), tuple(taken), total)
