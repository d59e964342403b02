"""The tables in PostgreSQL, and the queries of qa/index, which are in words that SQLite understands too, as PostgreSQL reads them.

Every table has the number of the segment before its own columns. A query is given the rows of one segment under the names that it
knows: `articles` is then all that this segment's table would hold if it were alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

SCHEMA = "sitasi"
LAYOUT = 1
"""Goes up with every change that an older program would misread."""

OLDEST = 120000
"""PostgreSQL 12 is the first that looks into a common table expression as into a view (NOT MATERIALIZED)."""

TABLES = {
    "articles": (
        "number int, id text, source text, sha256 text, title text, outlet text, author text, published text, url text, masks text, "
        "first_row int, passages int, digest text, text text"
    ),
    "passages": '"row" int, article int, start int, "end" int, story text',
    "words": "word text, passages int",
    "pairs": "a text, b text",
    "retold": "id text, story text",
    "content": "sha256 text",
    "dated": "article int, sentences text",
    "named": "article int, key int, name text, forms text, short text, person int, place int, thing int, opens int",
    "name_keys": "id int, key text, entity int",
    "entities": "id int, name text, kind text, mentions int, articles int, spellings text, short text",
    "entity_forms": "form text, entity int, own int",
}
"""In the order of their columns in SQLite. Text is compared byte by byte there, and so here: COLLATE "C"."""

ORDER = {
    "articles": "number", "passages": '"row"', "words": "word", "pairs": "a, b", "retold": "id", "content": "sha256", "dated": "article",
    "named": "rowid", "name_keys": "id", "entities": "id", "entity_forms": "form, entity, own",
}  # fmt: skip
"""In which the rows of a segment are hashed."""

_KEYS = {"articles": "number", "passages": '"row"', "dated": "article", "name_keys": "id", "entities": "id"}

# What is looked up by a text has a hash index, for the text may be longer than an index of another kind takes.
_INDEXES = (
    ("articles", "hash (id)"),
    ("articles", "btree (segment, published)"),
    ("words", "btree (segment)"),
    ("pairs", "btree (segment)"),
    ("pairs", "hash (a)"),
    ("pairs", "hash (b)"),
    ("retold", "btree (segment)"),
    ("content", "btree (segment)"),
    ("named", "btree (segment, article)"),
    ("named", "btree (segment, key)"),
    ("name_keys", "btree (segment, entity)"),
    ("name_keys", "hash (key)"),
    ("entity_forms", "btree (segment, entity)"),
    ("entity_forms", "hash (form)"),
)

_TAKEN = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")


def columns(table: str) -> str:
    """The names of a table's own columns, in their order."""
    return ", ".join(column.split()[0] for column in TABLES[table].split(", "))


def layout() -> list[str]:
    """The statements that make the tables where there are none."""
    made = [
        f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}.layout (version int NOT NULL)",
        f"INSERT INTO {SCHEMA}.layout SELECT {LAYOUT} WHERE NOT EXISTS (SELECT 1 FROM {SCHEMA}.layout)",  # noqa: S608 - constants
        (
            f"CREATE TABLE IF NOT EXISTS {SCHEMA}.segments (id serial PRIMARY KEY, key text NOT NULL UNIQUE, index text NOT NULL, "
            "home text NOT NULL, created timestamptz NOT NULL DEFAULT now(), dropped boolean NOT NULL DEFAULT false)"
        ),
    ]
    for table, described in TABLES.items():
        own = ", ".join(
            f"{each}{_C if each.endswith(' text') else ''}{_NULL.get(each, ' NOT NULL')}" for each in described.split(", ")
        )
        order = (
            "rowid bigint GENERATED ALWAYS AS IDENTITY, " if table == "named" else ""
        )  # the order of writing, as SQLite keeps it
        key = f", PRIMARY KEY (segment, {_KEYS[table]})" if table in _KEYS else ""
        made.append(f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{table} (segment int NOT NULL, {order}{own}{key})")
    for place, (table, what) in enumerate(_INDEXES):
        made.append(f"CREATE INDEX IF NOT EXISTS {table}_{place} ON {SCHEMA}.{table} USING {what}")
    gone = " ".join(f"DELETE FROM {SCHEMA}.{table} WHERE segment = OLD.id;" for table in TABLES)  # noqa: S608 - constants
    made += [
        f"CREATE OR REPLACE FUNCTION {SCHEMA}.forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {gone} RETURN OLD; END $$",
        f"DROP TRIGGER IF EXISTS forget ON {SCHEMA}.segments",
        f"CREATE TRIGGER forget AFTER DELETE ON {SCHEMA}.segments FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.forget()",
    ]
    return made


_C = ' COLLATE "C"'
_NULL = {"published text": ""}


@lru_cache(maxsize=4096)
def translated(sql: str, segment: int) -> str:
    """A query over the tables of one segment."""
    words = re.sub(r"\brow\b", '"row"', sql.replace("%", "%%")).replace("?", "%s").replace(" LIKE ", " ILIKE ")
    taken = dict.fromkeys(_TAKEN.findall(sql))
    views = ", ".join(
        f"{table} AS NOT MATERIALIZED (SELECT * FROM {SCHEMA}.{table} WHERE segment = {segment})"  # noqa: S608 - a name of ours and a number
        for table in taken
        if table in TABLES
    )
    return f"WITH {views} {words}" if views else words
