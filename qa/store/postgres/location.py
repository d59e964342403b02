"""Where the database is: postgresql://USER@HOST:5432/DATABASE, or postgresql:///DATABASE?host=/run/postgresql."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from qa.errors import UsageError

KINDS = ("postgresql", "postgres")
PORT = 5432
SHAPE = "postgresql://USER@HOST/DATABASE"
OPTIONS = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
"""What may be behind the question mark: where the server is, and how the way to it is sealed."""


@dataclass(frozen=True, slots=True)
class Location:
    """A database as its client wants it; what is "" is the client's own default (PGHOST, PGUSER, …)."""

    host: str
    port: int
    database: str
    user: str = ""
    options: tuple[tuple[str, str], ...] = ()  # sslmode and the like

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        if self.host.startswith("/"):
            return f"postgresql://{user}/{self.database}?host={self.host}&port={self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{user}{host}:{self.port}/{self.database}"

    def parameters(self) -> dict[str, str | int]:
        """As the client's keywords."""
        given: dict[str, str | int] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.user,
            **dict(self.options),
        }
        return {name: value for name, value in given.items() if value}


def location(url: str) -> Location:
    """The parts of `url`. Raises UsageError for another kind of address, and for a password in it, which is not repeated."""
    secret = UsageError(
        "--articles holds a password, which every user of this machine can read. Cure: QA_ARTICLES__PASSWORD, or a file ~/.pgpass"
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its words repeat what may be a password
        raise UsageError(f"--articles is no address of a database (it is not repeated). Cure: {SHAPE}") from None
    if parts.password is not None:
        raise secret
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "password" in options:
        raise secret
    if parts.scheme not in KINDS:
        raise UsageError(f"--articles: unknown kind of store {parts.scheme[:20]!r}. Cure: {SHAPE}")
    if strange := sorted(options.keys() - set(OPTIONS)):
        raise UsageError(f"--articles: unknown option {strange[0][:20]!r}. Known options: {', '.join(OPTIONS)}")
    database = unquote(parts.path.strip("/"))
    if not database or "/" in database or parts.fragment:
        raise UsageError(f"--articles names no database. Cure: {SHAPE}")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    given = options.pop("port", "")
    if given and not given.isdecimal():
        raise UsageError(f"--articles: {given[:20]!r} is no port. Cure: {SHAPE}")
    return Location(host, int(given or port or PORT), database, unquote(parts.username or ""), tuple(sorted(options.items())))
