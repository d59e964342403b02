"""Where a store is: milvus+http://host:19530, milvus+https://host:19530/database."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.errors import UsageError

KINDS = ("milvus+http", "milvus+https")
PORT = 19530


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address for its client, and the database on it ("": the default one)."""

    uri: str
    database: str = ""

    def __str__(self) -> str:
        return f"{self.uri}/{self.database}" if self.database else self.uri


def address(url: str) -> Address:
    """The parts of `url`. Raises UsageError for another kind of store, and for a user or a password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError as error:
        raise UsageError(f"--store {url!r}: {error}. Cure: milvus+http://HOST:{PORT}") from None
    if parts.scheme not in KINDS or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"unknown store {url!r}. Known kinds: {', '.join(f'{kind}://HOST:{PORT}' for kind in KINDS)}")
    if parts.username or parts.password:
        raise UsageError(
            "--store holds a password, which every user of this machine can read. Cure: QA_STORE__TOKEN=USER:PASSWORD"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(f"{parts.scheme.removeprefix('milvus+')}://{host}:{port}", parts.path.strip("/"))
