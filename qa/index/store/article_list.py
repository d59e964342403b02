"""An article in a list, and the near-copies listed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An article without its text."""

    id: str
    title: str
    outlet: str
    published: date | None
    source: str
    passages: int
    length: int = 0  # characters from the first passage's first to the last one's last


def copies(rows: Sequence[Listing], stories: Mapping[str, str], article_id: str) -> tuple[Listing, ...]:
    """The other articles of one's story among `rows`; `stories` gives an article's story, for those that share one."""
    story = stories.get(article_id)
    return tuple(row for row in rows if story and row.id != article_id and stories.get(row.id) == story)
