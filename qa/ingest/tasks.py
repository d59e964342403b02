"""What a worker does: read files, mask a block of articles, cut and encode some of them. Each leaves a part, and doing it again changes nothing.

A task is given where parts lie and by which keys, never their contents; what it gives back is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import __version__
from qa.errors import StoreError
from qa.ingest.part_files import ARTICLES, MASKS, PREPARED, lines, packed, unpacked, write_lines, write_prepared
from qa.schema import Article

if TYPE_CHECKING:
    from qa.protocols import Encoder

Places = list[tuple[str, list[int]]]
"""Articles by their place: (key of a part, line numbers from 0 after its header)."""


@dataclass(frozen=True, slots=True)
class How:
    """How articles are cut, and what encodes them: the encoder's name and the hash of its weights."""

    passage_chars: int
    encoder: str
    sha256: str


def read_shard(folder: str, key: str, files: tuple[tuple[str, str], ...], max_bytes: int, version: str) -> dict[str, Any]:
    """Read files; gives {"skipped": [(source, why)], "noted": [(source, what)], "ids": [(id, source)]}."""
    from qa.corpus.reading.files import FoundFile
    from qa.corpus.reading.read import Noted, Skipped, read_files

    _same_version(version)
    part = Path(folder) / f"{key}{ARTICLES}"
    if not part.is_file():
        skipped: list[Skipped] = []
        noted: list[Noted] = []
        found = [FoundFile(Path(path), source) for path, source in files]
        articles = list(read_files(found, max_bytes=max_bytes, on_skip=skipped.append, on_note=noted.append))
        header = {
            "skipped": [(each.source, each.why) for each in skipped],
            "noted": [(each.source, each.what) for each in noted],
            "ids": [(article.id, article.source) for article in articles],
        }
        write_lines(part, (header, *map(packed, articles)))
    facts: dict[str, Any] = next(lines(part))
    return facts


def mask_block(folder: str, key: str, places: Places, unmask: tuple[str, ...], version: str) -> str:
    """The masks of articles that are looked at together; gives the key of their part."""
    from qa.corpus.clean import masked

    _same_version(version)
    part = Path(folder) / f"{key}{MASKS}"
    if not part.is_file():
        found = masked(_articles(Path(folder), places), unmask)
        write_lines(part, ([[mask.start, mask.end, mask.rule] for mask in article.masks] for article in found))
    return key


def prepare_chunk(folder: str, key: str, places: Places, block: str, *, first: int, how: How, version: str) -> str:
    """Cut and encode articles whose masks are in the part of a block from line `first` on; gives the key of what was made."""
    from qa.index.prepare import prepare

    _same_version(version)
    if not (Path(folder) / f"{key}{PREPARED}").is_file():
        articles = _articles(Path(folder), places)
        masks = list(lines(Path(folder) / f"{block}{MASKS}"))[first : first + len(articles)]
        whole = [unpacked(packed(article), spans) for article, spans in zip(articles, masks, strict=True)]
        made = [prepare(article, how.passage_chars) for article in whole]
        vectors = _encoder(how.encoder, how.sha256).passages([context for each in made for context in each.contexts])
        write_prepared(Path(folder), key, made, vectors)
    return key


def _articles(folder: Path, places: Places) -> list[Article]:
    found = []
    for key, wanted in places:
        numbers = set(wanted)
        rows = lines(folder / f"{key}{ARTICLES}")
        next(rows)  # the header
        found += [unpacked(row) for number, row in enumerate(rows) if number in numbers]
    return found


@cache
def _encoder(name: str, sha256: str) -> Encoder:
    from qa.index.encode import open_encoder

    encoder = open_encoder(name)
    if (own := encoder.sha256) != sha256:
        raise StoreError(
            f"this worker's encoder '{name}' has the weights {own[:12]}, the build {sha256[:12]}. Cure: install the same release everywhere"
        )
    return encoder


def _same_version(version: str) -> None:
    if version != __version__:
        raise StoreError(f"this worker has sitasi {__version__}, the build {version}. Cure: install the same release everywhere")
