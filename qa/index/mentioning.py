"""Every article that mentions a name: no ranking, nothing left out.

A name that one entity of the archive has is looked for under all its forms; any other one by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qa.language.text import fold

if TYPE_CHECKING:
    from qa.index.entities.joint_names import JointEntities
    from qa.index.entities.name_lookup import Entity
    from qa.index.segments.snapshot import Generation
    from qa.schema import Article

_WORD = re.compile(r"\w+")


def name_words(name: str) -> frozenset[str]:
    """The words of a name, folded and without hyphens: "Kim Jong-un" -> {"kim", "jong", "un"}."""
    return frozenset(_WORD.findall(fold(name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Whom a name means in an archive: `forms` are the words of each form by which an article names that entity, by article id."""

    entity: Entity
    entities: JointEntities
    forms: Mapping[str, tuple[frozenset[str], ...]]

    def means(self, article_id: str, spoken: str) -> bool:
        """Does `spoken`, a name as an article has it in full or in short, mean this entity there?"""
        wanted = name_words(spoken)
        if wanted in self.forms.get(article_id, ()):
            return True
        own = self.entities.entity_of(spoken)
        if own is not None:
            return own == self.entity.id
        return any(len(form) > 1 and form <= wanted for form in self.forms.get(article_id, ()))


def called(
    generation: Generation, name: str, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> Called | None:
    """The one entity that `name` means, with its forms in the articles of `window` and `outlets`; None where that stays open."""
    entities = generation.articles.entities
    entity = entities.meant(name)
    if entity is None:
        return None
    places = entities.places(entity, window=window, outlets=outlets)
    forms = {place.article_id: tuple(dict.fromkeys(map(name_words, place.forms))) for place in places}
    return Called(entity=entity, entities=entities, forms=forms)


def naming(
    generation: Generation, name: str, who: Called | None, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> Iterator[Article]:
    """The articles that name `who`, under any form; where that stays open, those that have every word of `name` in a passage."""
    if who is None:
        yield from mentioning(generation, name, window=window, outlets=outlets)
        return
    for article_id in who.forms:
        yield generation.articles.article(article_id)


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
