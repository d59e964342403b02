"""Records: .jsonl and .csv with {"id", "title", "text", "outlet", "published", "url"}, one article each; only "text" is needed."""

from __future__ import annotations

import codecs
import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from qa.corpus.reading.encodings import SAMPLE, Encoding, judged, marked
from qa.corpus.reading.files import FoundFile, opened, unopened
from qa.corpus.reading.layout import About
from qa.errors import ReadError
from qa.language.time.dates import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_FIELD = 4_000
"""Characters of an id, title, outlet, author or address: they are kept, shown and searched with every passage of the article."""

_BLOCK = 1 << 20
_BAD = "qa.corpus.reading.records"  # the name of our way to decode bytes that an encoding lacks

Record = tuple[str, str, str, About]  # id ("" for none), "file:line", text, what it says of itself


def records(
    found: FoundFile,
    max_bytes: int,
    on_bad: Callable[[ReadError], None],
    on_note: Callable[[str, str], None],
) -> Iterator[Record]:
    """The records of one file, line by line, so that the file may be larger than memory; `max_bytes` is a record's limit.

    A bad record is handed to `on_bad` with its line and the rest is still read; raises ReadError where the file as a whole is bad.
    `on_note` hears (source, what) when the file's encoding was judged by its letters alone.
    """
    table = found.source.lower().endswith(".csv")
    try:
        with opened(found) as raw:
            encoding = _encoding(raw, found.source)
            raw.seek(0)
            with io.TextIOWrapper(raw, encoding.name, errors=_BAD, newline="" if table else "\n") as stream:
                rows = (_csv if table else _jsonl)(stream, found.source, max_bytes, on_bad)
                if not encoding.sure:
                    on_note(found.source, encoding.note())
                for line, row in rows:
                    try:
                        yield _record(row, f"{found.source}:{line}", max_bytes, encoding.name)
                    except ReadError as error:
                        on_bad(error)
    except OSError as error:
        raise unopened(found.source, error) from error


def _marked(error: UnicodeError) -> tuple[str, int]:
    """Each byte that the encoding lacks as a character that no encoding has, so that its record can be distinguished from the others."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error(_BAD, _marked)


def _encoding(stream: BinaryIO, source: str) -> Encoding:
    """The encoding of the whole file, from all of it: what is true of its first lines need not be true of the rest.

    UTF-8 where more lines are valid in it than not, of those that hold more than ASCII; else judged as a text file is, by the
    lines that are not.
    """
    head = stream.read(4)
    if stated := marked(head):
        return Encoding(stated, sure=True)
    stream.seek(0)
    valid = bad = 0
    empty = True
    sample = bytearray()
    for line in iter(lambda: stream.readline(_BLOCK), b""):
        if b"\0" in line:
            raise ReadError(source, "is binary, not text (it holds NUL bytes)")
        empty = empty and not line.strip()
        if line.isascii():
            continue
        try:
            line.decode()
            valid += 1
        except UnicodeDecodeError as error:
            cut = len(line) == _BLOCK and error.end == len(line) and error.reason == "unexpected end of data"
            bad += not cut
            if not cut and len(sample) < SAMPLE:
                sample += line
    if empty:
        raise ReadError(source, "is empty")
    return judged(bytes(sample), source) if bad > valid else Encoding("utf-8", sure=True)


def _jsonl(stream: Any, source: str, max_bytes: int, on_bad: Callable[[ReadError], None]) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    while text := stream.readline(max_bytes + 1):
        number += 1
        if len(text) > max_bytes:
            on_bad(
                ReadError(
                    f"{source}:{number}", f"is too large: over {max_bytes:,} bytes in one record (setting corpus.max_bytes)"
                )
            )
            while text and not text.endswith("\n"):
                text = stream.readline(_BLOCK)
            continue
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError) as error:
            on_bad(ReadError(f"{source}:{number}", f"is no JSON: {error}"))
            continue
        if not isinstance(row, dict):
            on_bad(
                ReadError(f"{source}:{number}", f'is a {type(row).__name__}, not an object like {{"id": "...", "text": "..."}}')
            )
            continue
        yield number, row


def _csv(stream: Any, source: str, max_bytes: int, on_bad: Callable[[ReadError], None]) -> Iterator[tuple[int, dict[str, Any]]]:
    head = stream.readline(_BLOCK)
    stream.seek(0)
    delimiter = max(",;\t|", key=head.count)
    before = csv.field_size_limit(max(max_bytes, 131_072))
    try:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            names = [name.strip().lower() for name in next(reader, [])]
        except csv.Error as error:
            raise ReadError(f"{source}:1", f"is no CSV: {error}") from error
        if "text" not in names:
            raise ReadError(source, f"has no column 'text'; its columns are {', '.join(repr(name) for name in names[:12])}")
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                on_bad(ReadError(f"{source}:{line}", f"is no CSV: {error}"))
                continue
            if any(cell.strip() for cell in row):
                yield line, dict(zip(names, row, strict=False))
    finally:
        csv.field_size_limit(before)


def _record(row: dict[str, Any], place: str, max_bytes: int, encoding: str) -> Record:
    text = row.get("text")
    if not isinstance(text, str):
        raise ReadError(place, f"'text' is {'missing' if text is None else type(text).__name__}, not text")
    if not text.strip():
        raise ReadError(place, "is empty: 'text' holds nothing")
    size = len(_whole(text, "text", place, encoding).encode())
    if size > max_bytes:
        raise ReadError(place, f"is too large: {size:,} bytes, and at most {max_bytes:,} are read (setting corpus.max_bytes)")
    fields = {
        name: _whole(_field(row, name, place), name, place, encoding) for name in ("id", "title", "outlet", "author", "url")
    }
    about = About(
        title=fields["title"],
        outlet=fields["outlet"],
        author=fields["author"],
        published=_published(row, place),
        url=fields["url"],
    )
    return fields["id"], place, text, about


def _whole(value: str, name: str, place: str, encoding: str) -> str:
    """`value` itself. Raises ReadError where it holds what no text can contain."""
    if "\udcff" in value:
        raise ReadError(place, f"'{name}' holds a byte that {encoding} lacks; save the file as UTF-8")
    if "\0" in value:
        raise ReadError(place, f"is binary: '{name}' holds NUL characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ReadError(place, f"'{name}' holds half of a surrogate pair, which is no character") from error
    return value


def _field(row: dict[str, Any], name: str, place: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ReadError(place, f"'{name}' is a {type(value).__name__}, not text")
    text = str(value).strip()
    if len(text) > LONGEST_FIELD:
        raise ReadError(place, f"'{name}' has {len(text):,} characters, and at most {LONGEST_FIELD:,} are read")
    return text


def _published(row: dict[str, Any], place: str) -> date | None:
    value = row.get("published")
    if value is None or value == "":
        return None
    days = [one.first for one in find(str(value)) if one.first == one.last]
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        if days:
            return days[0]
    raise ReadError(place, f"'published' is {str(value)[:60]!r}, not a day like 2023-09-13")
