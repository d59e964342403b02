"""A row of the table of articles, checked against its hashes before anything of it is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from qa.index.store.writer import digest
from qa.schema import Article, Mask, Passage

COLUMNS = "number, id, source, sha256, title, outlet, author, published, url, masks, first_row, passages, digest, text"


def day_of(text: str | None) -> date | None:
    """A day as the table has it."""
    return date.fromisoformat(text) if text else None


class StoredArticle:
    """A row of the table of articles, checked against its hashes: one flipped bit of a text would be cited word for word.

    Raises ValueError when it is not what was written. Hashing costs some 9 µs for an article of usual length.
    """

    def __init__(self, row: Sequence[Any]) -> None:
        *facts, checked, text = row
        _, self.id, source, sha256, self.title, outlet, author, published, url, masks, self.first, self.count = facts
        if digest(facts) != checked or hashlib.sha256(text.encode()).hexdigest() != sha256:
            raise ValueError(f"article {self.id!r} was altered: it does not have the hash that it was written with")
        self._published = day_of(published)
        self._text = text
        self._rest = {"source": source, "sha256": sha256, "outlet": outlet, "author": author, "url": url}
        self._masks = masks

    def article(self) -> Article:
        """The whole article."""
        masks = tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in json.loads(self._masks))
        return Article(
            id=self.id, text=self._text, title=self.title, published=self._published, masks=masks, **self._rest
        )  # fmt: skip

    def passage(self, row: int, start: int, end: int, story: str) -> Passage:
        """The passage of `row`, cut from the text. Raises ValueError where the article has no such passage."""
        if not (self.first <= row < self.first + self.count and 0 <= start < end <= len(self._text)):
            raise ValueError(f"passage {row} was altered: article {self.id!r} has no such passage")
        return Passage(
            id=f"{self.id}:{start}-{end}",
            article_id=self.id,
            start=start,
            end=end,
            text=self._text[start:end],
            title=self.title,
            outlet=self._rest["outlet"],
            published=self._published,
            story=story,
        )
