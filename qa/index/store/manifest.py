"""What a generation consists of: manifest.json is written last, so that where it exists everything else is whole.

The folder of an index:

    indexes/<name>/
      current            the id of the generation that is served: one line, replaced whole
      gen-<12 hex>/      manifest.json and the files that it lists, with their sizes and hashes; files that did not change since
                         the generation before are hard links to that one's
      .building-…        a generation being written, .current-… what `current` is replaced by; the next writer removes both
      .lock              held by the one writer
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qa.errors import IndexBrokenError, IndexMissingError, StoreError, UsageError
from qa.index.store.damage import reading

FORMAT = 4
"""Goes up with every change that an older program, or an older index, would misread."""

UNFILTERED = 3  # without days and outlets in the lexical index: it is read and added to, and filtered by row numbers
UNSEGMENTED = 2  # one segment, its files beside the manifest: it is read still, and rewritten by the first change

FILE = "manifest.json"
POINTER = "current"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_GENERATION = re.compile(r"gen-[0-9a-f]{12}")
_CURE = "Cure: build the index again with 'qa build PATH… --index {name}', or save what is whole with 'qa doctor --repair'"

SAMPLES = 16
SAMPLED = 16_384
"""A file larger than SAMPLES blocks of SAMPLED bytes is compared by so many of them when it is opened, a smaller one whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file of a generation: its size in bytes, its SHA-256 in hex, and that of its sample."""

    size: int
    sha256: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEntry:
    """A part of a generation that never changes: the articles that were written together, in their order.

    Rows are given once. Where articles were removed before segments were merged, some between two others are nobody's.
    """

    folder: str  # below the generation; "" where the files lie beside the manifest
    store: str  # key of qa.index.vectors.STORES
    first_row: int
    end_row: int
    articles: int  # in its files, the removed ones among them
    passages: int
    content: str  # over everything that was written of them; the articles' and the vectors' files carry it too
    dead: tuple[tuple[int, int, int], ...] = ()  # (number, first row, passages) of each article removed or replaced since


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that a reader has to know before it opens a file."""

    format: int
    name: str
    created: str  # ISO 8601, UTC
    encoder: str
    encoder_sha256: str  # of its weights; "" where the encoder gives none
    dim: int
    store: str  # of the first segment
    passage_chars: int
    articles: int  # that can be found, over all segments
    passages: int
    corpus_sha256: str  # over the articles' ids and hashes, whatever their order
    content: str  # over the segments' contents
    seconds: dict[str, float]  # wall time of each stage of the build
    files: dict[str, FileEntry]  # by path below the generation, '/' between folders
    segments: tuple[SegmentEntry, ...]

    @property
    def id(self) -> str:
        """12 hex digits over the whole manifest."""
        return hashlib.sha256(_dump(self).encode()).hexdigest()[:12]


def checked_name(name: str) -> str:
    """`name` itself. Raises UsageError for one that could not be a folder of its own below indexes/."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise UsageError(
            f"{name!r} cannot be the name of an index. Cure: letters, digits, '.', '_' and '-', at most 64, a letter or digit first"
        )
    return name


def names(root: Path) -> list[str]:
    """The indexes below `root` that can be asked, in alphabetical order."""
    return [name for name in found(root) if (root / name / POINTER).is_file()]


def found(root: Path) -> list[str]:
    """The indexes below `root`, in alphabetical order, those that lost the file that says what is served among them."""
    try:
        folders = [folder for folder in root.iterdir() if _NAME.fullmatch(folder.name) and folder.is_dir()]
        return sorted(folder.name for folder in folders if (folder / POINTER).exists() or any(folder.glob("gen-*")))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unread(root, error) from error


def unread(path: Path, error: OSError) -> StoreError:
    """The error for a file or folder of an index that the system does not let us read."""
    return StoreError(f"{path} cannot be read: {error.strerror or error}. Cure: give this user the right to read it")


def current(root: Path, name: str) -> Path:
    """The folder of the generation that is served. Raises IndexMissingError, IndexBrokenError."""
    pointer = root / checked_name(name) / POINTER
    try:
        generation = pointer.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if any(pointer.parent.glob("gen-*")):
            raise IndexBrokenError(
                f"{pointer} is missing, and with it which generation is served. {_CURE.format(name=name)}"
            ) from None
        known = ", ".join(names(root)) or "none yet"
        given = name if name == "seeds" and Path(name).is_dir() else "PATH…"  # what a checkout brings
        missing = f"no index '{name}' in {root} (there are: {known}). Cure: qa build {given} --index {name}"
        raise IndexMissingError(missing) from None
    except UnicodeDecodeError as error:
        raise IndexBrokenError(f"{pointer} does not name a generation. {_CURE.format(name=name)}") from error
    except OSError as error:
        raise unread(pointer, error) from error
    if not _GENERATION.fullmatch(generation):
        raise IndexBrokenError(f"{pointer} holds {generation[:40]!r} and not the id of a generation. {_CURE.format(name=name)}")
    return pointer.parent / generation


def parsed(folder: Path) -> Manifest:
    """The manifest in `folder`, checked against the folder's name. Raises IndexBrokenError."""
    name = folder.parent.name
    path = folder / FILE
    cure = _CURE.format(name=name)
    try:
        data = path.read_bytes()
        values: dict[str, Any] = json.loads(data)
        if values["format"] not in {FORMAT, UNFILTERED, UNSEGMENTED}:
            raise IndexBrokenError(f"{path} has format {values['format']!r}; this version of qa reads format {FORMAT}. {cure}")
        files = {file: FileEntry(**entry) for file, entry in values["files"].items()}
        manifest = Manifest(**{**values, "files": files, "segments": _segments(values)})
    except FileNotFoundError:
        if not folder.is_dir():
            raise IndexBrokenError(f"{folder.parent / POINTER} names {folder.name}, which is not there. {cure}") from None
        raise IndexBrokenError(f"{path} is missing: the generation is not whole. {cure}") from None
    except OSError as error:
        raise unread(path, error) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexBrokenError(f"{path} cannot be read ({type(error).__name__}: {error}). {cure}") from error
    found = hashlib.sha256(data).hexdigest()[:12]
    if folder.name != f"gen-{found}":
        raise IndexBrokenError(f"{path} was altered: its hash is {found}, its folder {folder.name}. {cure}")
    return manifest


def read(folder: Path) -> Manifest:
    """The manifest in `folder`, after a look at every file's presence, size and sample. Raises IndexBrokenError naming the file."""
    manifest = parsed(folder)
    cure = _CURE.format(name=folder.parent.name)
    for file, entry in manifest.files.items():
        try:
            size = (folder / file).stat().st_size
        except OSError:
            raise IndexBrokenError(f"{folder / file} is missing. {cure}") from None
        if size != entry.size:
            raise IndexBrokenError(f"{folder / file} has {size} bytes instead of {entry.size}. {cure}")
        try:
            sample = sample_of(folder / file)
        except OSError as error:
            raise unread(folder / file, error) from error
        if sample != entry.sample:
            raise IndexBrokenError(f"{folder / file} was altered: its sample is {sample[:12]}… not {entry.sample[:12]}…. {cure}")
    return manifest


def _segments(values: dict[str, Any]) -> tuple[SegmentEntry, ...]:
    if values["format"] == UNSEGMENTED:
        summary = {key: values[key] for key in ("store", "articles", "passages", "content")}
        return (SegmentEntry(folder="", first_row=0, end_row=values["passages"], **summary),)
    return tuple(SegmentEntry(**{**entry, "dead": tuple(map(tuple, entry["dead"]))}) for entry in values["segments"])


def verify(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its hash. Raises IndexBrokenError naming the first that differs."""
    for file, entry in manifest.files.items():
        try:
            found = sha256_of(folder / file)
        except OSError as error:
            raise IndexBrokenError(f"{folder / file} cannot be read ({error}). {_CURE.format(name=manifest.name)}") from error
        if found != entry.sha256:
            raise IndexBrokenError(
                f"{folder / file} was altered: SHA-256 {found[:12]}… instead of {entry.sha256[:12]}…. {_CURE.format(name=manifest.name)}"
            )


def listed(folder: Path, known: Mapping[str, FileEntry] = MappingProxyType({})) -> dict[str, FileEntry]:
    """Size and hash of every file in `folder`, each flushed to the disk first; those of `known` are taken as given."""
    entries = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in known:
            entries[name] = known[name]
            continue
        _sync(path)
        entries[name] = FileEntry(size=path.stat().st_size, sha256=sha256_of(path), sample=sample_of(path))
    return entries


def publish(building: Path, manifest: Manifest) -> Path:
    """Write the manifest into `building` and give the folder its final name. Nobody is sent there yet."""
    (building / FILE).write_text(_dump(manifest), encoding="utf-8")
    _sync(building / FILE)
    for folder in (*(path for path in building.rglob("*") if path.is_dir()), building):
        _sync(folder)
    final = building.parent / f"gen-{manifest.id}"
    building.rename(final)
    _sync(final.parent)
    return final


def point(final: Path) -> None:
    """Serve `final` from now on."""
    pointer = final.parent / POINTER
    fresh = final.parent / f".{POINTER}-{os.getpid()}"
    try:
        fresh.write_text(final.name + "\n", encoding="ascii")
        _sync(fresh)
        fresh.replace(pointer)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(final.parent)


def sign(path: Path, content: str) -> None:
    """Put the hash of what a generation holds (hex) behind the vectors in `path`, where no reader of theirs looks."""
    with path.open("ab") as file:
        file.write(bytes.fromhex(content))


def signature(path: Path) -> str:
    """What `sign` put there."""
    with reading(path), path.open("rb") as file:
        file.seek(-32, os.SEEK_END)
        return file.read().hex()


def sha256_of(path: Path) -> str:
    """Of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sample_of(path: Path) -> str:
    """SHA-256, hex, over blocks spread evenly over a file, its first and last bytes among them; over all of a small one."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= SAMPLES * SAMPLED:
            return hashlib.file_digest(file, "sha256").hexdigest()
        digest = hashlib.sha256()
        for n in range(SAMPLES):
            file.seek((size - SAMPLED) * n // (SAMPLES - 1))
            digest.update(file.read(SAMPLED))
        return digest.hexdigest()


def _dump(manifest: Manifest) -> str:
    values = {key: value for key, value in asdict(manifest).items() if key != "segments" or manifest.format != UNSEGMENTED}
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _sync(path: Path) -> None:
    """Flush a file or a folder to the disk, so that a power cut finds it as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
