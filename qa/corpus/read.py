"""Files, folders and records to articles. What cannot be read is reported by name and the rest goes on."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.corpus.formats import FORMATS, load
from qa.corpus.layout import About, describe
from qa.corpus.records import records
from qa.errors import ReadError
from qa.schema import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RECORDS = (".jsonl", ".csv")
ENDINGS = (*FORMATS, *RECORDS)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record ("file:line") that was not read, and why."""

    source: str
    why: str


def read(
    paths: Sequence[Path | str],
    *,
    max_bytes: int,
    on_skip: Callable[[Skipped], None],
    progress: Callable[[str], None] | None = None,
) -> Iterator[Article]:
    """The articles of files, folders of any depth and record files, in the order given, folders by name; without masks.

    `source` is the path below the folder that was given (a file given by itself: its name; a record: its id, else
    "file:line"). An article's id is the record's own, else the file's stem with a hash of the text: the same file has the same
    id on every machine. Hidden files are passed over. `progress` is told each file's name before it is read.
    """
    seen: dict[str, str] = {}

    def skip(error: ReadError) -> None:
        on_skip(Skipped(error.source, error.why))

    for path, source in _files(paths, skip):
        if progress:
            progress(source)
        for article in _articles(path, source, max_bytes, skip):
            if article.id in seen:
                skip(ReadError(article.source, f"has the same id ('{article.id}') as {seen[article.id]}, which was read before"))
            else:
                seen[article.id] = article.source
                yield article


def article_of(text: str, source: str, *, article_id: str = "", about: About | None = None) -> Article:
    """An article from its text, with what the text says of itself. `article_id` as `read` makes it when not given."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    told = describe(text, given=about)
    return Article(
        id=article_id or f"{_slug(source)}-{sha256[:8]}",
        text=text,
        source=source,
        sha256=sha256,
        title=told.title,
        outlet=told.outlet,
        author=told.author,
        published=told.published,
        url=told.url,
    )


def _articles(path: Path, source: str, max_bytes: int, skip: Callable[[ReadError], None]) -> Iterator[Article]:
    try:
        if path.suffix.lower() in RECORDS:
            for own, place, text, about in records(path, source, max_bytes, skip):
                yield article_of(text, own or place, article_id=own, about=about)
        else:
            text, about = load(path, source, max_bytes)
            yield article_of(text, source, about=about)
    except ReadError as error:
        skip(error)


def _slug(source: str) -> str:
    """The stem of a path in characters that an id may hold everywhere."""
    stem = Path(source).stem if not re.search(r":\d+$", source) else source
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "article"


def _files(paths: Sequence[Path | str], skip: Callable[[ReadError], None]) -> Iterator[tuple[Path, str]]:
    """Each file to read with its source."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _walk(path, "", skip, (os.path.realpath(path),))
        elif path.is_file():
            if _known(path, path.name, skip):
                yield path, path.name
        else:
            why = "is neither a file nor a folder" if path.exists() or path.is_symlink() else "does not exist"
            skip(ReadError(str(given), f"{why}; give files or folders of articles"))


def _walk(folder: Path, below: str, skip: Callable[[ReadError], None], above: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """The files of a folder and those below it, by name. `above`: the real paths that we came through, to see a loop of links."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        skip(ReadError(below or str(folder), f"cannot be opened: {error.strerror or error}"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path, source = Path(entry.path), f"{below}{entry.name}"
        try:
            if entry.is_dir():
                real = os.path.realpath(path)
                if real in above:
                    skip(ReadError(source, "is a link to a folder that it lies in"))
                else:
                    yield from _walk(path, f"{source}/", skip, (*above, real))
            elif not entry.is_file():
                skip(ReadError(source, "is a broken link" if entry.is_symlink() else "is neither a file nor a folder"))
            elif _known(path, source, skip):
                yield path, source
        except OSError as error:
            skip(ReadError(source, f"cannot be opened: {error.strerror or error}"))


def _known(path: Path, source: str, skip: Callable[[ReadError], None]) -> bool:
    if path.suffix.lower() in ENDINGS:
        return True
    skip(ReadError(source, f"has the ending '{path.suffix}', which is not read; the endings are {', '.join(ENDINGS)}"))
    return False
