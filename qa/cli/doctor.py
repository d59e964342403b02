"""`qa doctor`: is everything here that a question needs?"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.safety.printable import visible

if TYPE_CHECKING:
    from qa.index.store.article_tables import ArticleStore
    from qa.settings import Settings

_NEEDED = (
    "numpy",
    "tantivy",
    "faiss-cpu",
    "tokenizers",
    "safetensors",
    "pydantic-settings",
    "trafilatura",
    "pypdf",
    "python-docx",
    "gradio",
    "onnxruntime",
)
_OPTIONAL = (
    ("sentence-transformers", "encoders", "other encoders"),
    ("torch", "train", "training"),
    ("onnx", "train", "exporting models"),
    ("langchain", "chat", "prose by a chat model"),
    ("psycopg", "postgres", "articles in PostgreSQL"),
    ("mcp", "mcp", "the endpoint /mcp of qa serve"),
)


def examine(settings: Settings, *, mend: bool = False) -> int:
    """Print one line a finding: ok, note (works without it) or BAD with the cure. Status 1 when anything is bad.

    mend    indexes that are damaged are rewritten from the articles in them that are whole
    """
    bad = 0
    for state, what in _findings(settings, mend=mend):
        print(f"{state:<5} {visible(what)}")
        bad += state == "BAD"
    print(f"{bad} problem{'' if bad == 1 else 's'} found")
    return 1 if bad else 0


def _findings(settings: Settings, *, mend: bool) -> Iterator[tuple[str, str]]:
    yield "ok", f"Python {sys.version.split()[0]}, settings {settings.fingerprint()}"
    for package in _NEEDED:
        version = _installed(package)
        yield ("ok", f"{package} {version}") if version else ("BAD", f"{package} is missing. Cure: pip install sitasi")
    for package, extra, purpose in _OPTIONAL:
        version = _installed(package)
        yield (
            ("ok", f"{package} {version}")
            if version
            else ("note", f"{package} is absent ({purpose}): pip install 'sitasi[{extra}]'")
        )
    chromium = shutil.which("chromium")
    yield ("ok", f"Chromium at {chromium}") if chromium else ("note", "Chromium is absent: the browser tests will be skipped")
    yield from _models()
    yield from _indexes(settings, mend=mend)


def _installed(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _models() -> Iterator[tuple[str, str]]:
    for folder in sorted(
        path for path in (Path(__file__).parents[1] / "models").iterdir() if path.is_dir() and not path.name.startswith("_")
    ):
        hashes = folder / "hashes.json"
        if not hashes.is_file():
            yield "BAD", f"model {folder.name}: hashes.json is missing. Cure: install again"
            continue
        wrong = [
            name
            for name, expected in json.loads(hashes.read_text(encoding="utf-8")).items()
            if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected
        ]
        yield (
            ("BAD", f"model {folder.name}: {', '.join(wrong)} missing or altered. Cure: install again")
            if wrong
            else ("ok", f"model {folder.name}")
        )


def _indexes(settings: Settings, *, mend: bool) -> Iterator[tuple[str, str]]:
    from qa.index import generation
    from qa.index.store.article_tables import REFERENCE
    from qa.indexing import article_store

    try:
        store = article_store(settings)
    except QaError as error:
        yield "BAD", str(error)
        return
    try:
        known = generation.found(settings.indexes)
    except QaError as error:
        yield "BAD", str(error)
        return
    if not known:
        yield "note", f"no index in '{settings.indexes}' yet: qa build seeds --index seeds"
    for name in known:
        try:
            opened = generation.open(settings.indexes, name, store=store)
            opened.verify()
        except QaError as error:
            if mend:
                yield "note", f"index '{name}': {error}"
                yield from _mended(settings, name, store)
            else:
                yield "BAD", f"index '{name}': {error}"
        else:
            shared = any(file.endswith(REFERENCE) for file in opened.manifest.files)
            where = ", articles in PostgreSQL" if shared else ""
            yield "ok", f"index '{name}': {opened.n_articles} articles, {opened.n_passages} passages{where}, every hash right"


def _mended(settings: Settings, name: str, store: ArticleStore) -> Iterator[tuple[str, str]]:
    from qa.index.encode import open_encoder
    from qa.index.repairing import repair
    from qa.indexing import placed

    try:
        done = repair(
            settings.indexes,
            name,
            encoder=settings.encoder,
            passage_chars=settings.corpus.passage_chars,
            open_encoder=open_encoder,
            store=store,
        )
    except QaError as error:
        yield "BAD", f"index '{name}' could not be repaired: {error}"
        return
    for aside in done.aside:
        yield "note", f"index '{name}': what was damaged lies in {aside} now; delete it when you have no more use for it"
    for lost in done.lost:
        yield "BAD", f"index '{name}': lost: {lost}"
    try:
        placed(done.served, settings, changed=True)
    except QaError as error:
        yield "BAD", f"index '{name}': {error}"
    yield "ok", f"index '{name}' was repaired: {done.served.n_articles} articles, {done.served.n_passages} passages"
