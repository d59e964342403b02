"""An article in a list, and the near-copies that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.index.store.articles import Articles


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


def copies(articles: Articles, article_id: str) -> tuple[Listing, ...]:
    """The other articles of one's story, in the order of writing."""
    stories = articles.stories()
    story = stories.get(article_id)
    return tuple(row for row in articles.articles() if story and row.id != article_id and stories.get(row.id) == story)
