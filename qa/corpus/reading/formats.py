"""Bytes to text, one function per format. Each raises ReadError(source, why).

The libraries that open pages, PDF and Word files were not made for files that mean harm: `qa.corpus.reading.apart` calls these
functions in a process of its own, with bounds on its time and memory. What can be recognised beforehand is refused here, with words.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING

from qa.corpus.reading.encodings import Encoding, decode
from qa.corpus.reading.layout import About
from qa.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document as WordDocument

MOST_UNPACKED = 64_000_000
"""Bytes that the parts of a .docx may unfold to; its XML takes ten times as much in memory."""

MOST_CELLS = 100_000
"""Cells that the tables of a .docx may have, each counted as wide as it says it is."""

MOST_ATTRIBUTES = 1_000
"""Attributes that one tag of a page may have: the time that trafilatura takes grows with their square."""

_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What libraries raise over damaged files beside their own errors; lxml's are SyntaxErrors."""

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SURE = Encoding("", sure=True)

Read = tuple[str, About, Encoding]
"""The text, what the file says of it beside, and the encoding that it was in."""


def plain(data: bytes, source: str) -> Read:
    """.txt and .md: the characters as they are."""
    text, encoding = decode(data, source)
    return text, About(), encoding


def html(data: bytes, source: str) -> Read:
    """The article of a page, and what its meta tags say of it."""
    page, encoding = decode(data, source)
    if "<" not in page:
        raise ReadError(source, "holds no HTML")
    if any(len(_QUOTED.sub("", tag.group()).split()) > MOST_ATTRIBUTES for tag in _TAG.finditer(page)):
        raise ReadError(source, f"has a tag with over {MOST_ATTRIBUTES:,} attributes; no page of an article needs them")
    import trafilatura

    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or not found.text:
        raise ReadError(source, "holds no article that can be separated from the page around it")
    outlet, author, title, url = (value or "" for value in (found.sitename, found.author, found.title, found.url))
    return found.text, About(title=title, outlet=outlet, author=author, published=_iso(found.date), url=url), encoding


def pdf(data: bytes, source: str) -> Read:
    """The text of each page, with the lines of a paragraph joined."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        text = "" if locked else "\n\n".join(_unwrapped(page.extract_text()) for page in reader.pages)
        author = "" if locked or not reader.metadata else str(reader.metadata.author or "")
    except (PyPdfError, *_DAMAGED) as error:
        raise ReadError(source, f"is no PDF that can be read: {error}") from error
    if locked:
        raise ReadError(source, "is encrypted; save a copy without a password")
    return text, About(author=author), _SURE


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


def docx(data: bytes, source: str) -> Read:
    """Paragraphs and the cells of tables, one a line."""
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        _bounded(data, source)
        document = Document(io.BytesIO(data))
        _counted(document, source)
        text = "\n".join(_rows(document))
        facts = document.core_properties
        about = About(title=facts.title or "", author=facts.author if facts.author != "python-docx" else "")
    except (OpcError, zipfile.BadZipFile, zlib.error, *_DAMAGED) as error:
        raise ReadError(source, "is no .docx document that can be read (an old .doc or a damaged file?)") from error
    return text, about, _SURE


def _bounded(data: bytes, source: str) -> None:
    """Raises ReadError for an archive that would unfold to too much; zipfile reads no more of a part than is stated here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels")))
    if unpacked > MOST_UNPACKED:
        raise ReadError(source, f"unfolds to {unpacked:,} bytes of XML, and at most {MOST_UNPACKED:,} are read")


def _counted(document: WordDocument, source: str) -> None:
    """Raises ReadError for more cells than any table of an article has."""
    body = document.element.body
    if body is None:
        raise ReadError(source, "is a .docx document without a body")
    cells = len(body.xpath(".//w:tc"))
    cells += sum(abs(int(wide)) for wide in body.xpath(".//w:gridSpan/@w:val | .//w:gridBefore/@w:val | .//w:gridAfter/@w:val"))
    if cells > MOST_CELLS:
        raise ReadError(source, f"has tables of {cells:,} cells, and at most {MOST_CELLS:,} are read")


def _rows(document: WordDocument) -> Iterator[str]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from (" | ".join(cell.text.replace("\n", " ") for cell in row.cells) for row in item.rows)
        else:
            yield item.text


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat((day or "")[:10])
    except ValueError:
        return None


FORMATS: dict[str, Callable[[bytes, str], Read]] = {
    ".txt": plain,
    ".md": plain,
    ".html": html,
    ".htm": html,
    ".pdf": pdf,
    ".docx": docx,
}
"""Endings of files that hold one article each."""
