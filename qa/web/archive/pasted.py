"""An article that a reader pastes, or whose page was fetched: read as a record of a file is, with what the reader says of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qa.corpus.reading.read import read
from qa.errors import CorpusError
from qa.web.http import uploads

if TYPE_CHECKING:
    from qa.corpus.reading.read import Skipped
    from qa.schema import Article
    from qa.web.archive.fetched import Fetched

_NO_NAME = re.compile(r"[^\w-]+")
_LONGEST_NAME = 40


def pasted(text: str, facts: dict[str, str], max_bytes: int) -> tuple[Article, ...]:
    """The article of a text with what its reader says of it (title, outlet, published, url; "" where the text is to tell).

    Raises CorpusError saying why it cannot be read.
    """
    first = facts.get("title") or next((line.strip() for line in text.splitlines() if line.strip()), "")
    record = {"id": _identity(first, text), "text": text, **{name: value for name, value in facts.items() if value}}
    return _read("tempel.jsonl", json.dumps(record, ensure_ascii=False).encode(), max_bytes)


def fetched(page: Fetched, max_bytes: int) -> tuple[Article, ...]:
    """The article of a page that came from the web, its address kept. Raises CorpusError saying why it cannot be read."""
    host = urlsplit(page.url).hostname or "web"
    found = _read(f"{_NO_NAME.sub('-', host)}{page.ending}", page.data, max_bytes)
    return tuple(
        replace(one, id=_identity(f"{host} {one.title}", one.text), source=f"{host}/{one.title or 'halaman'}"[:200], url=page.url)
        for one in found
    )


def _read(name: str, data: bytes, max_bytes: int) -> tuple[Article, ...]:
    """The articles of one small file, which is gone afterwards."""
    folder = uploads.folder() / hashlib.sha256(data).hexdigest()[:24]
    folder.mkdir(mode=0o700, exist_ok=True)
    path = Path(folder / name)
    skipped: list[Skipped] = []
    try:
        path.write_bytes(data)
        found = tuple(read([path], max_bytes=max_bytes, on_skip=skipped.append))
    finally:
        path.unlink(missing_ok=True)
        folder.rmdir()
    if not found:
        raise CorpusError(_why(skipped))
    return found


def _why(skipped: Sequence[Skipped]) -> str:
    return f"this {skipped[0].why if skipped else 'holds no text'}. Cure: the text of one article, as it was printed"


def _identity(title: str, text: str) -> str:
    stem = _NO_NAME.sub("-", title.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{stem or 'artikel'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
