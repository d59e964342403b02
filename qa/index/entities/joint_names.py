"""The entities of all segments, read as those of one archive.

Each segment has joined the names of its own articles. An entity of a later segment is one of an earlier segment where that has its name;
two that only the text of both segments together would join stay two until `qa compact` writes the archive as one. Counts are sums over
the segments, and take in articles that were removed since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from qa.corpus.entities.local import key_of
from qa.index.entities.name_lookup import Entities, Entity, EntityMention
from qa.index.entities.name_tables import NameRow

_LEVEL = 2**40
"""Ids of one segment lie below it; the number of the segment counts above."""


class Level(NamedTuple):
    """A segment's tables of names, and whether an article is a living one of it."""

    entities: Entities
    alive: Callable[[str], bool]


class JointEntities:
    """As `Entities`, over several tables. An archive of which a part has no names has none: `known` is False."""

    def __init__(self, levels: Sequence[Level]) -> None:
        self._levels = tuple(levels)
        self.known = all(level.entities.known for level in levels)

    def __len__(self) -> int:
        return (
            len({self._home(level, each) for level in range(len(self._levels)) for each in self._all(level)}) if self.known else 0
        )

    def most(self, n: int, *, kinds: Sequence[str] = (), holding: str = "") -> tuple[Entity, ...]:
        """The entities named in most articles, at most `n`; of `kinds` alone, and with `holding` in one of their forms, where given."""
        if not self.known:
            return ()
        found = [
            (level, each)
            for level, (entities, _) in enumerate(self._levels)
            for each in entities.most(n, kinds=kinds, holding=holding)
        ]
        return self._joined(found)[:n]

    def meant(self, name: str) -> Entity | None:
        """The one entity that has `name` among its spellings; None where none or several have. A short form such as "Kim" alone means none."""
        called = self._with_form(name)
        found = [entity for entity, own in called if own]
        if len(found) != 1:
            return None
        return found[0] if len(key_of(name)) > 1 or (len(called) == 1 and not found[0].several) else None

    def possible(self, name: str) -> tuple[Entity, ...]:
        """Every entity that is called `name` somewhere, in full or in short, those of most articles first."""
        return tuple(entity for entity, _ in self._with_form(name))

    def places(
        self, entity: Entity, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
    ) -> tuple[EntityMention, ...]:
        """The articles of `window` and `outlets` that name an entity, in the order of the index, each with its forms there."""
        return tuple(
            place
            for (entities, alive), own in zip(self._levels, self._parts(entity.id), strict=True)
            if own is not None
            for place in entities.places(own, window=window, outlets=outlets)
            if alive(place.article_id)
        )

    def entity_of(self, name: str) -> int | None:
        """The id of the entity that a name as some article has it in full belongs to; None for a name that none has."""
        for level, (entities, _) in enumerate(self._levels):
            if (found := entities.entity_of(name)) is not None:
                return self._home(level, entities.get(found))
        return None

    def named_in(self, article_id: str, form: str) -> Entity | None:
        """Whom an article means by one of its forms; None where that stays open, or where it is one word that may be several people."""
        for level, (entities, alive) in enumerate(self._levels):
            if alive(article_id):
                found = entities.named_in(article_id, form)
                return None if found is None else self._joined([(level, found)])[0]
        return None

    def of_article(self, article_id: str) -> tuple[NameRow, ...] | None:
        """What an article names, as it was found when it was indexed; None in an index without names."""
        return next((entities.of_article(article_id) for entities, alive in self._levels if alive(article_id)), None)

    def _with_form(self, name: str) -> list[tuple[Entity, bool]]:
        if not self.known:
            return []
        found = [(level, *each) for level, (entities, _) in enumerate(self._levels) for each in entities.with_form(name)]
        own: dict[int, bool] = {}
        for level, entity, spelled in found:
            home = self._home(level, entity)
            own[home] = own.get(home, False) or spelled
        return [(entity, own[entity.id]) for entity in self._joined([(level, entity) for level, entity, _ in found])]

    def _all(self, level: int) -> tuple[Entity, ...]:
        return self._levels[level].entities.most(_LEVEL)

    def _home(self, level: int, entity: Entity) -> int:
        """The id of an entity of a segment: that of the first segment that has its name."""
        for before in range(level):
            if (found := self._levels[before].entities.entity_of(entity.name)) is not None:
                return before * _LEVEL + found
        return level * _LEVEL + entity.id

    def _parts(self, id_: int) -> list[Entity | None]:
        """An entity as each segment has it."""
        home, own = divmod(id_, _LEVEL)
        first = self._levels[home].entities.get(own)
        parts: list[Entity | None] = [None] * home + [first]
        for entities, _ in self._levels[home + 1 :]:
            found = entities.entity_of(first.name)
            parts.append(None if found is None else entities.get(found))
        return parts

    def _joined(self, found: Sequence[tuple[int, Entity]]) -> tuple[Entity, ...]:
        """Each entity once, with what all segments say of it, those of most articles first."""
        if len(self._levels) == 1:
            return tuple(entity for _, entity in found)
        whole = []
        for id_ in dict.fromkeys(self._home(level, entity) for level, entity in found):
            parts = [part for part in self._parts(id_) if part]
            whole.append(
                replace(
                    parts[0],
                    id=id_,
                    mentions=sum(part.mentions for part in parts),
                    articles=sum(part.articles for part in parts),
                    spellings=_sum([part.spellings for part in parts]),
                    short=_sum([part.short for part in parts]),
                )
            )
        return tuple(sorted(whole, key=lambda entity: (-entity.articles, -entity.mentions, entity.id)))


def _sum(counted: Sequence[Sequence[tuple[str, int]]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for each in counted:
        total.update(dict(each))
    return tuple(total.most_common())
