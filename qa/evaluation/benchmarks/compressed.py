"""Files of a benchmark: opened whatever they are compressed with, read as JSON or by lines, and every fault with its place."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from qa.errors import SuiteError

_OPENERS = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


@contextmanager
def reading(path: Path) -> Iterator[TextIO]:
    """The text of a file, decompressed by its ending. Raises SuiteError where it cannot be read or is not UTF-8."""
    opener: Any = _OPENERS.get(path.suffix.lower(), open)
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as stream:
            yield stream
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: not UTF-8 at byte {error.start}. Cure: save it as UTF-8") from error
    except (EOFError, lzma.LZMAError) as error:
        raise SuiteError(f"{path}: broken {path.suffix} file ({error}). Cure: fetch it again") from error
    except OSError as error:
        raise SuiteError(f"{path}: cannot be read ({error.strerror or error}). Cure: give the path of the file") from error


def ending(path: Path) -> str:
    """The ending that says what is in a file: ".json" of "dev.json.gz"."""
    return (path.with_suffix("") if path.suffix.lower() in _OPENERS else path).suffix.lower()


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """("file:line", the line without its end) for every line that holds something."""
    with reading(path) as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield f"{path}:{number}", line.rstrip("\r\n")


def objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """("file:line", the object) of a file of JSON lines."""
    for place, line in lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SuiteError(f"{place}: not JSON ({error}). Cure: one object a line") from error
        if not isinstance(record, dict):
            raise SuiteError(f"{place}: a {type(record).__name__}, not an object. Cure: one object a line")
        yield place, record


def whole(path: Path) -> Any:
    """The one JSON value of a file."""
    with reading(path) as stream:
        try:
            return json.load(stream)
        except UnicodeDecodeError:
            raise
        except (ValueError, RecursionError) as error:
            raise SuiteError(f"{path}: not JSON ({error}). Cure: give the file as it was published") from error


def text_of(record: Any, key: str, place: str, *, empty: bool = False) -> str:
    """A field that must be text. Raises SuiteError naming the place and the field."""
    value = record.get(key) if isinstance(record, dict) else None
    if not isinstance(value, str) or not (empty or value.strip()):
        raise SuiteError(f"{place}: {key!r} must be text, not {value!r:.80}. Cure: give the file as it was published")
    if value != whole_characters(value):
        raise SuiteError(
            f"{place}: {key!r} holds half of a surrogate pair, which is no character. Cure: write the whole character"
        )
    return value


def whole_characters(text: str) -> str:
    """The text with "?" for each half of a surrogate pair, which JSON can say and no file can hold."""
    return text.encode(errors="replace").decode()


def list_of(record: Any, key: str, place: str) -> list[Any]:
    """A field that must be a list. Raises SuiteError naming the place and the field."""
    value = record.get(key) if isinstance(record, dict) else None
    if not isinstance(value, list):
        raise SuiteError(f"{place}: {key!r} must be a list, not {value!r:.80}. Cure: give the file as it was published")
    return value
