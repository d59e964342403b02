"""Records: .jsonl and .csv with {"id", "title", "text", "outlet", "published", "url"}, one article each; only "text" is needed."""

from __future__ import annotations

import codecs
import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.corpus.formats import decode
from qa.corpus.layout import About
from qa.errors import ReadError
from qa.language.dates import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BLOCK = 1 << 20

Record = tuple[str, str, str, About]  # id ("" for none), "file:line", text, what it says of itself


def records(path: Path, source: str, max_bytes: int, on_bad: Callable[[ReadError], None]) -> Iterator[Record]:
    """The records of one file, line by line, so that the file may be larger than memory; `max_bytes` is a record's limit.

    A bad record is handed to `on_bad` with its line and the rest goes on; raises ReadError where the file as a whole is bad.
    """
    try:
        encoding = _encoding(path, source)
        with path.open(encoding=encoding, newline="" if path.suffix.lower() == ".csv" else "\n") as stream:
            rows = (
                _csv(stream, source, max_bytes, on_bad)
                if path.suffix.lower() == ".csv"
                else _jsonl(stream, source, max_bytes, on_bad)
            )
            for line, row in rows:
                try:
                    yield _record(row, f"{source}:{line}", max_bytes)
                except ReadError as error:
                    on_bad(error)
    except OSError as error:
        raise ReadError(source, f"cannot be opened: {error.strerror or error}") from error


def _encoding(path: Path, source: str) -> str:
    """The encoding of the whole file, so that no record fails half way."""
    with path.open("rb") as stream:
        head = stream.read(_BLOCK)
        if not head.strip():
            raise ReadError(source, "is empty")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            block = head
            while block:
                if b"\0" in block:
                    raise ReadError(source, "is binary, not text (it holds NUL bytes)")
                decoder.decode(block)
                block = stream.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            decode(head, source)
            return "cp1252"
    return "utf-8-sig"


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


def _record(row: dict[str, Any], place: str, max_bytes: int) -> Record:
    text = row.get("text")
    if not isinstance(text, str):
        raise ReadError(place, f"'text' is {'missing' if text is None else type(text).__name__}, not text")
    if not text.strip():
        raise ReadError(place, "is empty: 'text' holds nothing")
    if "\0" in text:
        raise ReadError(place, "is binary: 'text' holds NUL characters")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise ReadError(place, "'text' holds half of a surrogate pair, which is no character") from error
    if size > max_bytes:
        raise ReadError(place, f"is too large: {size:,} bytes, and at most {max_bytes:,} are read (setting corpus.max_bytes)")
    fields = {name: _field(row, name, place) for name in ("id", "title", "outlet", "author", "url")}
    about = About(
        title=fields["title"],
        outlet=fields["outlet"],
        author=fields["author"],
        published=_published(row, place),
        url=fields["url"],
    )
    return fields["id"], place, text, about


def _field(row: dict[str, Any], name: str, place: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ReadError(place, f"'{name}' is a {type(value).__name__}, not text")
    return str(value).strip()


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
