"""Bytes to text, one function per format. Each raises ReadError(source, why)."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from qa.corpus.layout import About
from qa.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = re.compile(r"[\x20-\x7e\s\u2013\u2014\u2018-\u201e\u2020-\u2026\u2030\u20ac\u2122\xa0-\xff]*")
_SAMPLE = 1_000_000  # bytes that an unknown encoding is judged by


def decode(data: bytes, source: str) -> str:
    """Text of unknown encoding: a byte order mark, UTF-8, Windows-1252 where it reads as Western print, else the likeliest.

    A byte order mark is no part of the text; every other character is, line ends as they are.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        raise ReadError(source, "is binary, not text (it holds NUL bytes)")
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            if encoding:
                raise ReadError(source, f"says it is {encoding} and is not: {error.reason} at byte {error.start}") from error
            continue
        if name != "cp1252" or (_WESTERN.fullmatch(text) and sum(byte > 127 for byte in data) * 10 <= len(data)):
            return _checked(text, source)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ReadError(source, "is in no encoding that we can tell; save it as UTF-8")
    try:
        return _checked(data.decode(best.encoding), source)
    except UnicodeDecodeError as error:
        raise ReadError(source, f"looks like {best.encoding} and is not; save it as UTF-8") from error


def _checked(text: str, source: str) -> str:
    """Text without control characters beyond those of print; more of them mean that the bytes were no text."""
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    if "\0" in text or controls * 50 > len(text):
        raise ReadError(source, "is binary, not text")
    return text


def plain(data: bytes, source: str) -> tuple[str, About]:
    """.txt and .md: the characters as they are."""
    return decode(data, source), About()


def html(data: bytes, source: str) -> tuple[str, About]:
    """The article of a page, and what its meta tags say of it."""
    import trafilatura

    page = decode(data, source)
    if "<" not in page:
        raise ReadError(source, "holds no HTML")
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or not found.text:
        raise ReadError(source, "holds no article that can be told from the page around it")
    outlet, author, title, url = (value or "" for value in (found.sitename, found.author, found.title, found.url))
    return found.text, About(title=title, outlet=outlet, author=author, published=_iso(found.date), url=url)


def pdf(data: bytes, source: str) -> tuple[str, About]:
    """The text of each page, with the lines of a paragraph joined."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        text = "" if locked else "\n\n".join(_unwrapped(page.extract_text()) for page in reader.pages)
        author = "" if locked or not reader.metadata else str(reader.metadata.author or "")
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
        raise ReadError(source, f"is no PDF that can be read: {error}") from error  # a damaged file fails in many ways
    if locked:
        raise ReadError(source, "is encrypted; save a copy without a password")
    return text, About(author=author)


def _unwrapped(page: str) -> str:
    """A printed page breaks lines for want of room: a full line that ends no sentence runs on in the next."""
    rows = [row.strip() for row in page.splitlines()]
    width = max((len(row) for row in rows), default=0)
    out: list[str] = []
    for before, row in zip(["", *rows], rows, strict=False):
        if out and row and before and len(before) > 0.7 * width and before[-1] not in '.!?:"”':
            out[-1] += row if before.endswith("-") else f" {row}"
        else:
            out.append(row)
    return "\n".join(out)


def docx(data: bytes, source: str) -> tuple[str, About]:
    """Paragraphs and the cells of tables, one a line."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
        rows: list[str] = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                rows += [" | ".join(cell.text.replace("\n", " ") for cell in row.cells) for row in item.rows]
            else:
                rows.append(item.text)
        facts = document.core_properties
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError(source, "is no .docx document that can be read (an old .doc or a damaged file?)") from error
    return "\n".join(rows), About(title=facts.title or "", author=facts.author if facts.author != "python-docx" else "")


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat((day or "")[:10])
    except ValueError:
        return None


FORMATS: dict[str, Callable[[bytes, str], tuple[str, About]]] = {
    ".txt": plain,
    ".md": plain,
    ".html": html,
    ".htm": html,
    ".pdf": pdf,
    ".docx": docx,
}
"""Endings of files that hold one article each."""


def load(path: Path, source: str, max_bytes: int) -> tuple[str, About]:
    """The text of one file. Raises ReadError for one that is empty, too large, unreadable or of another kind."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ReadError(
                source, f"is too large: {size:,} bytes, and at most {max_bytes:,} are read (setting corpus.max_bytes)"
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(source, f"cannot be opened: {error.strerror or error}") from error
    if not data.strip():
        raise ReadError(source, "is empty")
    text, about = FORMATS[path.suffix.lower()](data, source)
    if not text.strip():
        raise ReadError(source, "is empty: it holds no text")
    return text, about
