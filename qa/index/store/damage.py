"""What the engines make of damaged, full or read-only storage becomes an error of ours that names the file and the cure.

SQLite, tantivy, numpy and FAISS each fail in their own ways; tantivy's panics are no Exception at all. A caller, a server above
all, should have to know none of that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import IndexBrokenError, StoreError

REBUILD = "Cure: build the index again with 'qa build', or save what is whole with 'qa doctor --repair'"

_READING = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    sqlite3.DatabaseError,
)  # fmt: skip


def broken(path: Path, why: object) -> IndexBrokenError:
    """The error for a file of an index that does not hold what it must."""
    lines = str(why).strip().splitlines() or ["it cannot be read"]
    return IndexBrokenError(f"{path}: {lines[0]}. {REBUILD}")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever an engine raises while it reads `path` is an IndexBrokenError; our own errors and a closed file stay what they are."""
    try:
        yield
    except (StoreError, sqlite3.ProgrammingError):
        raise
    except _READING as error:
        raise broken(path, f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        if _is_panic(error):
            raise broken(path, f"the engine gave up on it ({error})") from error
        raise


@contextmanager
def writing_to(folder: Path, also: type[Exception] = OSError) -> Iterator[None]:
    """A disk that is full or may not be written to is a StoreError, and so is what an engine raises `also` over it."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, also) as error:
        raise unwritten(folder, error) from error
    except BaseException as error:
        if _is_panic(error):
            raise unwritten(folder, error) from error
        raise


def unwritten(folder: Path, error: BaseException) -> StoreError:
    """The error for a folder that could not be written to."""
    why = (getattr(error, "strerror", None) or str(error).strip() or type(error).__name__).splitlines()[0]
    return StoreError(
        f"{folder} cannot be written: {why}. What was served before is served still. "
        "Cure: free some space, or make the folder writable, then try again; --indexes names another place"
    )


def _is_panic(error: BaseException) -> bool:
    """Whether it is the one that Rust's panics come as; its class can be imported from nowhere."""
    return type(error).__name__ == "PanicException" and type(error).__module__ == "pyo3_runtime"
