"""The entities of an archive, read: who a name means, under which forms each article has it, and who is named most."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa.corpus.entities.local import key_of
from qa.index.entities.name_tables import NOBODY, NameRow, joined_key

Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

_ENTITY = "id, entities.name, kind, mentions, articles, spellings, entities.short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that the archive names: `spellings` are its full forms and those that the archive explains, each counted.

    `short` are forms that stand for it within some article and may be another's elsewhere. `kind`: "person", "place", "thing" or "".
    """

    id: int
    name: str
    kind: str
    mentions: int
    articles: int
    spellings: tuple[tuple[str, int], ...]
    short: tuple[tuple[str, int], ...]

    @property
    def several(self) -> bool:
        """Is it one word for people that no article names in full? Then it may be as many people as there are articles."""
        return (
            self.kind not in {"place", "thing"}
            and len(key_of(self.name)) == 1
            and len({key_of(f) for f, _ in self.spellings}) == 1
        )


@dataclass(frozen=True, slots=True)
class EntityMention:
    """An article that names an entity, and the forms in which it does."""

    article_id: str
    forms: tuple[str, ...]


class Entities:
    """The tables of names of one generation. An index that was built before there were any has none: `known` is False."""

    def __init__(self, select: Select, *, known: bool = True) -> None:
        self._select = select
        self.known = known

    def __len__(self) -> int:
        return int(self._select("SELECT count(*) FROM entities", ())[0][0]) if self.known else 0

    def most(self, n: int, *, kinds: Sequence[str] = (), holding: str = "") -> tuple[Entity, ...]:
        """The entities named in most articles, at most `n`; of `kinds` alone, and with `holding` in one of their forms, where given."""
        words = key_of(holding)
        if not self.known or (holding and not words):
            return ()
        where, values = [], list[object]()
        if kinds:
            where.append(f"kind IN ({', '.join('?' * len(kinds))})")
            values += kinds
        if words:
            where.append("id IN (SELECT entity FROM entity_forms WHERE ' ' || form || ' ' LIKE ? ESCAPE '\\')")
            values.append(f"% {joined_key(words)} %")
        clause = f"WHERE {' AND '.join(where)}" if where else ""
        found = self._select(f"SELECT {_ENTITY} FROM entities {clause} ORDER BY id LIMIT ?", (*values, n))  # noqa: S608 - only question marks are put in
        return tuple(map(_entity, found))

    def meant(self, name: str) -> Entity | None:
        """The one entity that has `name` among its spellings; None where none or several have. A short form such as "Kim" alone means none."""
        called = self.with_form(name)
        found = [entity for entity, own in called if own]
        if len(found) != 1:
            return None
        return found[0] if len(key_of(name)) > 1 or (len(called) == 1 and not found[0].several) else None

    def possible(self, name: str) -> tuple[Entity, ...]:
        """Every entity that is called `name` somewhere, in full or in short, those of most articles first."""
        return tuple(entity for entity, _ in self.with_form(name))

    def places(
        self, entity: Entity, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
    ) -> tuple[EntityMention, ...]:
        """The articles of `window` and `outlets` that name an entity, in the order of the index, each with its forms there."""
        where, values = "", list[object]([entity.id])
        if window is not None:
            where = "AND published BETWEEN ? AND ?"
            values += [day.isoformat() for day in window]
        found = self._select(
            "SELECT articles.id, named.name, forms, outlet FROM name_keys JOIN named ON named.key = name_keys.id "  # noqa: S608 - a constant
            f"JOIN articles ON articles.number = named.article WHERE entity = ? {where} ORDER BY named.article",
            values,
        )
        wanted = {outlet.casefold() for outlet in outlets}
        forms: dict[str, list[str]] = {}
        for article, name, counted, outlet in found:
            if not wanted or outlet.casefold() in wanted:
                forms.setdefault(article, []).extend([form for form, _ in json.loads(counted)] if counted else [name])
        return tuple(EntityMention(article, tuple(dict.fromkeys(each))) for article, each in forms.items())

    def entity_of(self, name: str) -> int | None:
        """The id of the entity that a name as some article has it in full belongs to; None for a name that none has."""
        found = self._select("SELECT entity FROM name_keys WHERE key = ?", (joined_key(key_of(name)),)) if self.known else []
        return found[0][0] if found and found[0][0] != NOBODY else None

    def named_in(self, article_id: str, form: str) -> Entity | None:
        """Whom an article means by one of its forms; None where that stays open, or where it is one word that may be several people."""
        if not self.known:
            return None
        rows = self._select(
            "SELECT named.name, forms, entity FROM named JOIN name_keys ON name_keys.id = named.key "
            "WHERE article = (SELECT number FROM articles WHERE id = ?)",
            (article_id,),
        )
        found = {entity for name, forms, entity in rows if form in ([each for each, _ in json.loads(forms)] if forms else [name])}
        if len(found) != 1 or NOBODY in found:
            return None
        entity = self.get(found.pop())
        return None if entity.several else entity

    def of_article(self, article_id: str) -> tuple[NameRow, ...] | None:
        """What an article names, as it was found when it was indexed; None in an index without names."""
        if not self.known:
            return None
        found = self._select(
            "SELECT name, forms, short, person, place, thing, opens FROM named WHERE article = (SELECT number FROM articles WHERE id = ?) ORDER BY rowid",
            (article_id,),
        )
        return tuple(found)

    def get(self, id_: int) -> Entity:
        """An entity by its id."""
        return _entity(self._select(f"SELECT {_ENTITY} FROM entities WHERE id = ?", (id_,))[0])  # noqa: S608 - a constant

    def with_form(self, name: str) -> list[tuple[Entity, bool]]:
        """Each entity that is called `name` somewhere, and whether it is one of its spellings."""
        form = joined_key(key_of(name))
        if not self.known or not form:
            return []
        forms = {form, form.casefold(), form.upper() if " " not in form else form}
        marks = ", ".join("?" * len(forms))
        found = self._select(
            f"SELECT {_ENTITY}, max(own) FROM entity_forms JOIN entities ON entities.id = entity WHERE form IN ({marks}) "  # noqa: S608 - only question marks are put in
            f"GROUP BY {_ENTITY} ORDER BY id",
            sorted(forms),
        )
        return [(_entity(row[:-1]), bool(row[-1])) for row in found]


def _entity(row: Sequence[Any]) -> Entity:
    id_, name, kind, mentions, articles, spellings, short = row
    return Entity(
        id=id_,
        name=name,
        kind=kind,
        mentions=mentions,
        articles=articles,
        spellings=tuple((form, count) for form, count in json.loads(spellings)),
        short=tuple((form, count) for form, count in json.loads(short)),
    )
