"""Every article that mentions a name: no ranking, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qa.language.text import fold

if TYPE_CHECKING:
    from qa.index.segments.snapshot import Generation
    from qa.schema import Article

_WORD = re.compile(r"\w+")


def name_words(name: str) -> frozenset[str]:
    """The words of a name, folded and without hyphens: "Kim Jong-un" -> {"kim", "jong", "un"}."""
    return frozenset(_WORD.findall(fold(name)))


def mentioning(
    generation: Generation, name: str, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> Iterator[Article]:
    """The articles published in `window` by `outlets` of which one passage has every word of `name`, in the order of the index.

    The lexical index says which passages may: those that have the rarest of the words.
    """
    wanted = name_words(name)
    known = [word for word in sorted(wanted) if generation.lexical.document_frequency(word) > 0]
    if not wanted or len(known) < len(wanted):
        return
    rarest = min(known, key=generation.lexical.document_frequency)  # a compound is indexed with its parts: "jong-un" has "un"
    allowed = generation.articles.rows_in(window, outlets)
    rows = sorted(row for row, _ in generation.lexical.search([rarest], generation.lexical.document_frequency(rarest), allowed))
    seen: set[str] = set()
    for start in range(0, len(rows), 500):
        for passage in generation.articles.passages(rows[start : start + 500]):
            if passage.article_id not in seen and wanted <= name_words(f"{passage.title} {passage.text}"):
                seen.add(passage.article_id)
                yield generation.articles.article(passage.article_id)
