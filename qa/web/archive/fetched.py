"""A page of the web, fetched for the archive where the operator allows it: never from a private address, at no redirect either.

The name is resolved here, every address that it has is looked at, and the connection goes to the address that was looked at: a name
that answers otherwise the second time leads nowhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from qa.errors import UsageError
from qa.web.render.source import web_address

if TYPE_CHECKING:
    from urllib.parse import SplitResult

MOST = 5 * 1024 * 1024  # bytes of a page
REDIRECTS = 5
SECONDS = 20.0  # for the whole of it, redirects included
_WAIT = 8.0  # seconds for one step
_PORTS = frozenset({80, 443})
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AGENT = "Sitasi"

Public = Callable[[str, int], bool]
"""Whether this machine may connect to an address and a port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came, from where it came in the end, and the ending that a file of its kind has."""

    url: str
    data: bytes
    ending: str


def public(address: str, port: int) -> bool:
    """Whether an address is one of the open internet: not this machine's, a local network's, or one that hides such an address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if hidden is not None:
            return public(str(hidden), port)
        if found in _NAT64:
            return False
    return port in _PORTS and found.is_global and not found.is_multicast


def fetch(url: str, *, allowed: Public = public, most: int = MOST) -> Fetched:
    """The page at an address. Raises UsageError, with the cure, for an address that is none or not public, and for what is no page."""
    until = time.monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        parts = _parts(url)
        try:
            status, headers, data = _get(parts, _address(parts, allowed), until, most)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise UsageError(
                f"{parts.hostname} did not answer ({type(error).__name__}). Cure: try again, or paste the text"
            ) from error
        if status in {301, 302, 303, 307, 308} and headers.get("location"):
            url = urljoin(url, headers["location"])
            continue
        if status != 200:
            raise UsageError(f"{parts.hostname} answered {status}. Cure: the address of the article itself, or paste the text")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _ENDINGS:
            raise UsageError(f"{parts.hostname} sent {kind or 'no kind of file'!r}, which is no article. Cure: paste the text")
        return Fetched(url=url, data=data, ending=_ENDINGS[kind])
    raise UsageError(f"the address leads on more than {REDIRECTS} times. Cure: the address of the article itself")


def _parts(url: str) -> SplitResult:
    if not web_address(url):
        raise UsageError(f"{url[:80]!r} is no web address. Cure: one that begins with https://")
    return urlsplit(url)


def _address(parts: SplitResult, allowed: Public) -> tuple[str, int]:
    """An address of the host, after a look at every one that it has."""
    host = parts.hostname or ""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError) as error:
        raise UsageError(f"no machine is known as {host!r}. Cure: look at the address again") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address, port) for address in addresses):
        raise UsageError(f"{host} is no public address. Cure: an address of the open web, or paste the text")
    return addresses[0], port


def _get(parts: SplitResult, address: tuple[str, int], until: float, most: int) -> tuple[int, dict[str, str], bytes]:
    """(status, headers in small letters, body) of one request to one address. Raises OSError, and UsageError for too much."""
    host = parts.hostname or ""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection(host, address[1], timeout=_WAIT)
    plain = socket.create_connection(address, timeout=min(_WAIT, _left(until)))
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        )
        asked = {
            "Host": parts.netloc,
            "User-Agent": _AGENT,
            "Accept": ", ".join(_ENDINGS),
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request(
            "GET", target.encode("ascii", "ignore").decode() if target.isascii() else _escaped(target), headers=asked
        )
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.status != 200:
            return answer.status, headers, b""
        if headers.get("content-encoding", "identity") != "identity":
            raise UsageError(f"{host} sent a packed page. Cure: paste the text")
        data = bytearray()
        while part := answer.read1(1 << 16):
            data += part
            if len(data) > most:
                raise UsageError(f"{host} sent more than {most:,} bytes. Cure: paste the text")
            _left(until)
        return answer.status, headers, bytes(data)
    finally:
        connection.close()
        plain.close()


def _left(until: float) -> float:
    """Seconds that are left. Raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _escaped(target: str) -> str:
    from urllib.parse import quote

    return quote(target, safe="/?&=%+:,;@!$'()*~-._")
