"""Files, folders and records to articles. What cannot be read is reported by name and the rest is still read."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.corpus.reading.apart import Apart
from qa.corpus.reading.files import FoundFile, files, opened, unopened
from qa.corpus.reading.formats import FORMATS, Read
from qa.corpus.reading.layout import About, describe
from qa.corpus.reading.records import records
from qa.errors import ReadError, UsageError
from qa.schema import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

RECORDS = (".jsonl", ".csv")
ENDINGS = (*FORMATS, *RECORDS)

LONGEST_WORD = 100_000
"""Characters without white space that a text may have; languages written without spaces have lines and paragraphs."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Noted:
    """A file that was read, and what to look at in it."""

    source: str
    what: str


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
    on_note: Callable[[Noted], None] | None = None,
    follow_links: bool = False,
    progress: Callable[[str], None] | None = None,
    choose: Callable[[FoundFile], bool] | None = None,
) -> Iterator[Article]:
    """The articles of files, folders of any depth and record files, in the order given, folders by name; without masks.

    `source` is the path below the folder that was given (a file given by itself: its name; a record: its id, else
    "file:line"). An article's id is the record's own, else the file's stem with a hash of the text: the same file has the same
    id on every machine. Hidden files are passed over, links out of a folder too unless `follow_links`, which `on_skip` hears.
    `on_note` hears of what was read and should be looked at. `progress` is called with each file's name before it is read.
    A file that `choose` says no to is passed over.
    """
    if isinstance(paths, str | Path):
        raise UsageError(f"paths must be a list of files and folders, not the one {paths!r}. Cure: [{str(paths)!r}]")
    listed = files(paths, ENDINGS, lambda error: on_skip(Skipped(error.source, error.why)), follow_links=follow_links)
    chosen = listed if choose is None else (found for found in listed if choose(found))
    yield from read_files(chosen, max_bytes=max_bytes, on_skip=on_skip, on_note=on_note, progress=progress)


def read_files(
    listed: Iterable[FoundFile],
    *,
    max_bytes: int,
    on_skip: Callable[[Skipped], None],
    on_note: Callable[[Noted], None] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Article]:
    """As `read`, of files that `qa.corpus.reading.files` has found; of two articles with one id among them the first is taken."""
    seen: dict[str, str] = {}

    def skip(error: ReadError) -> None:
        on_skip(Skipped(error.source, error.why))

    def note(source: str, what: str) -> None:
        if on_note:
            on_note(Noted(source, what))

    with Apart(max_bytes) as apart:
        for found in listed:
            if progress:
                progress(found.source)
            for article in _articles(found, max_bytes, apart, skip, note):
                if article.id in seen:
                    skip(ReadError(article.source, taken(article.id, seen[article.id])))
                else:
                    seen[article.id] = article.source
                    yield article


def taken(article_id: str, first: str) -> str:
    """Why an article is not read whose id another one has, that was read from `first`."""
    return f"has the same id ('{article_id}') as {first}, which was read before"


def count(paths: Sequence[Path | str], *, follow_links: bool = False) -> int:
    """About how many articles `read` will give, without reading one: a file is one, and so is a line of records."""
    return sum(
        _lines(found) if _ending(found) in RECORDS else 1 for found in files(paths, ENDINGS, _unsaid, follow_links=follow_links)
    )


def article_of(text: str, source: str, *, article_id: str = "", about: About | None = None) -> Article:
    """An article from its text, with what the text says of itself. `article_id` as `read` makes it when not given."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    described = describe(text, given=about)
    return Article(
        id=article_id or f"{_slug(source)}-{sha256[:8]}",
        text=text,
        source=source,
        sha256=sha256,
        title=described.title,
        outlet=described.outlet,
        author=described.author,
        published=described.published,
        url=described.url,
    )


def _articles(
    found: FoundFile, max_bytes: int, apart: Apart, skip: Callable[[ReadError], None], note: Callable[[str, str], None]
) -> Iterator[Article]:
    try:
        if _ending(found) in RECORDS:
            for own, place, text, about in records(found, max_bytes, skip, note):
                try:
                    yield article_of(_readable(text, place), own or place, article_id=own, about=about)
                except ReadError as error:
                    skip(error)
        else:
            text, about, encoding = load(found, max_bytes, apart)
            if not encoding.sure:
                note(found.source, encoding.note())
            yield article_of(text, found.source, about=about)
    except ReadError as error:
        skip(error)


def load(found: FoundFile, max_bytes: int, apart: Apart) -> Read:
    """The text of one file. Raises ReadError for one that is empty, too large, unreadable or of another kind."""
    try:
        with opened(found) as stream:
            size = os.fstat(stream.fileno()).st_size
            data = (stream.read(max_bytes + 1) or b"") if size <= max_bytes else b""
    except OSError as error:
        raise unopened(found.source, error) from error
    if (size := max(size, len(data))) > max_bytes:
        raise ReadError(
            found.source, f"is too large: {size:,} bytes, and at most {max_bytes:,} are read (setting corpus.max_bytes)"
        )
    if not data.strip():
        raise ReadError(found.source, "is empty")
    text, about, encoding = apart.read(_ending(found), data, found.source)
    if not text.strip():
        raise ReadError(found.source, "is empty: it holds no text")
    for value in (text, about.title, about.outlet, about.author, about.url):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ReadError(found.source, "holds half of a surrogate pair, which is no character") from error
    return _readable(text, found.source), about, encoding


def _readable(text: str, source: str) -> str:
    """`text` itself. Raises ReadError for a word that no language has: every later step would hold it whole, several times."""
    if len(text) > LONGEST_WORD:
        for word in _WORD.finditer(text):  # each is passed over whole: a pattern that counts would begin again at every character
            if word.end() - word.start() > LONGEST_WORD:
                raise ReadError(
                    source, f"is no text: '{word[0][:20]}…' continues for over {LONGEST_WORD:,} characters without white space"
                )
    return text


def _lines(found: FoundFile) -> int:
    try:
        with opened(found) as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, ReadError):
        return 0


def _unsaid(_: ReadError) -> None:
    """`read` will say it."""


def _ending(found: FoundFile) -> str:
    return Path(found.source).suffix.lower()


def _slug(source: str) -> str:
    """The stem of a path in characters that an id may hold everywhere."""
    stem = Path(source).stem if not re.search(r":\d+$", source) else source
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "article"
