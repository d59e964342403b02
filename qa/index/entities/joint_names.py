"""The entities of an archive that stands in several files, read as if they stood in one.

Entities of two files are one where one's name is a spelling of the other. Which articles name an entity is exact; how many they are may
count articles that were removed since, until the files are joined again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.corpus.entities.local import Named, key_of
from qa.index.entities.name_lookup import Entities, Entity, Place

MORE = 4  # times the names asked for that are taken of each file, before they are counted together


@dataclass(frozen=True, slots=True)
class Part:
    """The entities of one file, and whether an article of it is still part of the archive."""

    entities: Entities
    alive: Callable[[str], bool] = lambda _: True


class JointEntities:
    """What `Entities` offers, over several files. Files from before names were kept have none."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(part for part in parts if part.entities.known)
        self._members: list[tuple[tuple[int, Entity], ...]] = []  # by the joint entity's id: (place of the part, its entity)
        self._ids: dict[tuple[tuple[int, int], ...], int] = {}
        self.known = bool(self._parts)

    def meant(self, name: str) -> Entity | None:
        """The one entity that has `name` among its spellings; None where none or several have."""
        found = {place: entity for place, part in enumerate(self._parts) if (entity := part.entities.meant(name)) is not None}
        if not found or (
            len(key_of(name)) == 1 and any(self._open(place, name) for place in range(len(self._parts)) if place not in found)
        ):
            return None
        spellings = {form for entity in found.values() for form in (entity.name, *(spelt for spelt, _ in entity.spellings))}
        for place, part in enumerate(self._parts):
            others = {one.id: one for form in sorted(spellings) if (one := part.entities.meant(form)) is not None}
            if place not in found and len(others) == 1:
                found[place] = next(iter(others.values()))
        members = {(place, entity.id): entity for place, entity in found.items()}
        for place, part in enumerate(self._parts):  # "Jokowi", which another file explains
            words = {form for form in spellings if len(key_of(form)) == 1}
            alone = [one for form in sorted(words) if (one := part.entities.alone(form)) is not None]
            members.update({(place, one.id): one for one in alone})
        return self._joint(tuple((place, entity) for (place, _), entity in sorted(members.items(), key=lambda each: each[0])))

    def possible(self, name: str) -> tuple[Entity, ...]:
        """Every entity that is called `name` somewhere, in full or in short, those of most articles first."""
        return self._together(entity for part in self._parts for entity in part.entities.possible(name))

    def most(self, n: int, *, kinds: Sequence[str] = (), holding: str = "") -> tuple[Entity, ...]:
        """The entities named in most articles, at most `n`; see `Entities.most`."""
        found = (entity for part in self._parts for entity in part.entities.most(MORE * n, kinds=kinds, holding=holding))
        return self._together(found)[:n]

    def places(
        self, entity: Entity, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
    ) -> tuple[Place, ...]:
        """The articles of `window` and `outlets` that name an entity, in the order of the files, each with its forms there."""
        return tuple(
            place
            for number, own in self._members[entity.id]
            for place in self._parts[number].entities.places(own, window=window, outlets=outlets)
            if self._parts[number].alive(place.article_id)
        )

    def entity_of(self, name: str) -> int | None:
        """The id of the entity that a name as some article has it in full belongs to; None for a name that none has."""
        for part in self._parts:
            id_ = part.entities.entity_of(name)
            own = part.entities.by_id(id_) if id_ is not None else None
            if own is not None:
                joint = self.meant(own.name)
                return joint.id if joint else None
        return None

    def named_in(self, article_id: str, form: str) -> Entity | None:
        """Whom an article means by one of its forms; see `Entities.named_in`."""
        for part in self._parts:
            own = part.entities.named_in(article_id, form) if part.alive(article_id) else None
            if own is not None:
                return self.meant(own.name)
        return None

    def of_article(self, article_id: str) -> tuple[Named, ...] | None:
        """What an article names, as it was found when it was indexed; None where no file has it with names."""
        for part in reversed(self._parts):
            found = part.entities.of_article(article_id) if part.alive(article_id) else None
            if found:
                return found
        return () if self.known else None

    def _open(self, place: int, name: str) -> bool:
        """May a single word be several entities in one file?"""
        return bool(self._parts[place].entities.possible(name))

    def _together(self, found: Iterable[Entity]) -> tuple[Entity, ...]:
        """Each entity once, over all files; one word for several people stays as its file has it, added up."""
        once: dict[object, Entity] = {}
        for entity in found:
            joint = self.meant(entity.name)
            if joint is not None:
                once.setdefault(joint.id, joint)
                continue
            before = once.get(entity.name)
            once[entity.name] = entity if before is None else _added(before, entity)
        return tuple(sorted(once.values(), key=lambda one: (-one.articles, -one.mentions, one.name)))

    def _joint(self, members: tuple[tuple[int, Entity], ...]) -> Entity:
        key = tuple((place, entity.id) for place, entity in members)
        if key not in self._ids:
            self._ids[key] = len(self._members)
            self._members.append(members)
        first, *rest = sorted((entity for _, entity in members), key=lambda one: (-one.articles, one.name))
        for other in rest:
            first = _added(first, other)
        return replace(first, id=self._ids[key])


def _added(one: Entity, other: Entity) -> Entity:
    spellings, short = Counter(dict(one.spellings)), Counter(dict(one.short))
    spellings.update(dict(other.spellings))
    short.update(dict(other.short))
    return replace(
        one,
        kind=one.kind or other.kind,
        mentions=one.mentions + other.mentions,
        articles=one.articles + other.articles,
        spellings=tuple(spellings.most_common()),
        short=tuple(short.most_common()),
    )
