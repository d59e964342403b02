"""What the operator lets readers do with the archive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """`edit`: add, correct and remove articles; `fetch`: have this machine fetch an address that a reader names (never a private one)."""

    edit: bool = True
    fetch: bool = False
    max_bytes: int = 5_000_000  # of one article
