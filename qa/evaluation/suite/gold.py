"""Where the words that gold marks are in an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where marked words are: every occurrence in its article, offsets in code points, half open."""

    article_id: str
    spans: tuple[tuple[int, int], ...]

    def meets(self, article_id: str, start: int, end: int) -> bool:
        """Does the span start:end of that article overlap these words?"""
        return article_id == self.article_id and any(start < right and left < end for left, right in self.spans)
