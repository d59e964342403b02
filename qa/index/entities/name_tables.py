"""The tables of names in the file of articles: what each article names, and the entities that the archive makes of it.

`named` has what was found in each article, one by one, so that a generation that keeps the article need not look for it again;
`name_keys` says which entity each of those names is; `entities` and `entity_forms` are read by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Protocol

from qa.corpus.entities.local import Named, key_of, named
from qa.corpus.entities.merging import Merging
from qa.schema import Mask

SCHEMA = """
CREATE TABLE named (
    article INTEGER NOT NULL, key INTEGER NOT NULL, name TEXT NOT NULL, forms TEXT NOT NULL, short TEXT NOT NULL,
    person INTEGER NOT NULL, place INTEGER NOT NULL, thing INTEGER NOT NULL, opens INTEGER NOT NULL
);
CREATE TABLE name_keys (id INTEGER PRIMARY KEY, key TEXT NOT NULL, entity INTEGER NOT NULL);
CREATE TABLE entities (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, mentions INTEGER NOT NULL, articles INTEGER NOT NULL,
    spellings TEXT NOT NULL, short TEXT NOT NULL
);
CREATE TABLE entity_forms (form TEXT NOT NULL, entity INTEGER NOT NULL, own INTEGER NOT NULL);
"""

INDEXES = (
    "CREATE INDEX named_article ON named (article)",
    "CREATE INDEX named_key ON named (key)",
    "CREATE INDEX key_entity ON name_keys (entity)",
    "CREATE UNIQUE INDEX key_text ON name_keys (key)",
    "CREATE INDEX form_text ON entity_forms (form)",
)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

NameRow = tuple[str, str, str, int, int, int, int]
"""A name of an article as it is stored and sent: name, forms and explained short forms in JSON, person, place, thing, flags."""

NOBODY = -1
"""The entity of a word that only ever opens sentences."""


def joined_key(key: Sequence[str]) -> str:
    """A key as the tables spell it."""
    return " ".join(key)


class _Tables(Protocol):
    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None: ...


class NameTables:
    """Writes the tables, article by article; `finish` joins the names to entities."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._keys: dict[tuple[str, ...], int] = {}
        self._merging = Merging()

    def add(self, article: int, found: Sequence[NameRow]) -> None:
        """What the article with this number names."""
        keys = self._keys
        self._tables.insert("named", [(article, keys.setdefault(key_of(one[0]), len(keys)), *one) for one in found])
        self._merging.add([stored(*one) for one in found])

    def finish(self) -> None:
        """Join the names and write the entities, those of most articles first."""
        home, entities = self._merging.joined()
        self._merging = Merging()  # a hundred megabytes of a large part
        numbers = {entity.key: number for number, entity in enumerate(entities)}
        for key in home.values():  # a name that only occurs behind its bearer's office and place
            self._keys.setdefault(key, len(self._keys))
        self._tables.insert(
            "name_keys", ((id_, joined_key(key), numbers.get(home.get(key, key), NOBODY)) for key, id_ in self._keys.items())
        )
        self._tables.insert(
            "entities",
            (
                (number, one.name, one.kind, one.mentions, one.articles, _json(one.spellings), _json(one.short))
                for number, one in enumerate(entities)
            ),
        )
        self._tables.insert(
            "entity_forms",
            (
                (form, number, own)
                for number, one in enumerate(entities)
                for forms, own in ((one.spellings, 1), (one.short, 0))
                for form in dict.fromkeys(joined_key(key_of(form)) for form, _ in forms)
            ),
        )


def name_rows(text: str, masks: Iterable[Mask] = ()) -> tuple[NameRow, ...]:
    """What a text names outside its masks, see qa.corpus.entities.local."""
    return tuple(map(row, named(text, [(mask.start, mask.end) for mask in masks])))


def row(one: Named) -> NameRow:
    """A name as it is stored; forms are left out where the name itself, once, is the only one."""
    forms = "" if one.forms == ((one.name, 1),) else _json(one.forms)
    return one.name, forms, _json(one.short) if one.short else "", one.person, one.place, one.thing, one.opens + 2 * one.governed


def stored(name: str, forms: str, short: str, *evidence: int) -> Named:
    """The name that a row was made of."""
    person, place, thing, flags = evidence
    counted = tuple((form, count) for form, count in json.loads(forms)) if forms else ((name, 1),)
    explained = tuple(json.loads(short)) if short else ()
    return Named(
        name=name, forms=counted, short=explained, person=person, place=place, thing=thing,
        opens=bool(flags & 1), governed=bool(flags & 2),
    )  # fmt: skip
