"""One corpus in Milvus: a collection with a row a passage, found by its words (a BM25 function of the server) and by its vector.

Each row says which passage of which article it is; text is not stored there. Terms are written as words that every analyzer
leaves whole, so that the server counts what we count. Writes are upserts by passage id: writing again changes nothing.

Consistency: "Strong" for what is read after a write (counting, comparing), and for searches "Bounded" (the server's default): a
passage may be found some seconds after it was added, never half of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.errors import StoreError

if TYPE_CHECKING:
    from qa.index.allowed_rows import AllowedRows
    from qa.protocols import Vector
    from qa.store.calls import Calls

MOST = 16_384  # rows that Milvus gives for one search or query
BATCH = 1_000  # passages of one upsert: some 2 MB
WRITING = 30.0  # seconds of one attempt to write a batch
LONGEST = 65_535  # bytes of a text field
_EXACT = 50_000  # up to so many passages vectors are compared exactly, above by HNSW
_PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A passage as it is stored: the `part`-th of its article (from 0). `version` tells two texts of one article apart."""

    id: str
    article: str
    part: int
    version: str
    day: date | None
    outlet: str
    terms: Sequence[str]
    vector: Vector


Found = tuple[str, int, float]
"""(article, part, score): higher is nearer."""


class Collection:
    """A collection by its name or by an alias of it."""

    def __init__(self, calls: Calls, name: str) -> None:
        self.calls = calls
        self.name = name

    @classmethod
    def create(cls, calls: Calls, name: str, *, dim: int, passages: int, replicas: int = 1) -> Collection:
        """A new, empty one for about so many passages, loaded by so many groups of query nodes; one of the same name is dropped: it
        was never finished.
        """
        from pymilvus import DataType, Function, FunctionType, MilvusClient

        made = cls(calls, name)
        made.drop()
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=1024)
        schema.add_field("article", DataType.VARCHAR, max_length=1024)
        schema.add_field("part", DataType.INT32)
        schema.add_field("version", DataType.VARCHAR, max_length=64)
        schema.add_field("day", DataType.INT32)
        schema.add_field("outlet", DataType.VARCHAR, max_length=1024)
        schema.add_field("known", DataType.BOOL)  # false: a vector of zeros, which is never found
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
        indexes = MilvusClient.prepare_index_params()
        if passages <= _EXACT:
            indexes.add_index("vector", index_type="FLAT", metric_type="IP")
        else:
            indexes.add_index("vector", index_type="HNSW", metric_type="IP", params={"M": 24, "efConstruction": 200})
        if calls.words:
            split = {"tokenizer": "standard"}
            options = {"enable_analyzer": True, "analyzer_params": split}
            schema.add_field("terms", DataType.VARCHAR, max_length=LONGEST, **options)
            schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
            schema.add_function(Function("bm25", FunctionType.BM25, ["terms"], ["words"]))
            # The constants of qa/index/lexical.py; no small weight is left out of the index.
            bm25 = {"inverted_index_algo": "DAAT_MAXSCORE", "bm25_k1": 1.2, "bm25_b": 0.75, "drop_ratio_build": 0.0}
            indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=bm25)

        def create(client: Any, timeout: float) -> None:  # each of the three may be done again
            client.create_collection(name, schema=schema, consistency_level="Bounded", timeout=timeout)
            client.create_index(name, indexes, timeout=timeout)

        def load(client: Any, timeout: float) -> None:
            client.load_collection(name, replica_number=replicas, timeout=timeout)

        calls(f"creating {name}", create, seconds=WRITING)
        calls(f"loading {name} into store.replicas = {replicas} groups of query nodes", load, seconds=WRITING)
        return made

    # -- writing -----------------------------------------------------------------------------------------------------------

    def write(self, passages: Iterable[Stored]) -> int:
        """Upsert passages, a batch at a time; gives how many."""
        written = 0
        for batch in _batches(passages, BATCH):
            rows = [self._row(passage) for passage in batch]

            def upsert(client: Any, timeout: float, rows: list[dict[str, Any]] = rows) -> None:
                client.upsert(self.name, rows, timeout=timeout)

            self.calls(f"writing to {self.name}", upsert, seconds=WRITING)
            written += len(batch)
        return written

    def remove(self, articles: Iterable[str]) -> None:
        """Delete every passage of these articles; those that are not there are no matter."""
        for batch in _batches(articles, BATCH):
            self._delete(f"article in [{', '.join(map(quoted, batch))}]")

    def remove_older(self, article: str, version: str) -> None:
        """Delete the passages of another version of an article, once this one's are written."""
        self._delete(f"article == {quoted(article)} and version != {quoted(version)}")

    def _delete(self, where: str) -> None:
        self.calls(
            f"deleting from {self.name}",
            lambda client, timeout: client.delete(self.name, filter=where, timeout=timeout),
            seconds=WRITING,
        )

    def drop(self) -> None:
        """Take the whole collection away, if it is there, with its aliases."""

        def gone(client: Any, timeout: float) -> None:
            if client.has_collection(self.name, timeout=timeout):
                for alias in client.list_aliases(self.name, timeout=timeout).get("aliases", []):
                    client.drop_alias(alias, timeout=timeout)
                client.drop_collection(self.name, timeout=timeout)

        self.calls(f"dropping {self.name}", gone, seconds=WRITING)

    def flush(self) -> None:
        """Have what was written put on disk."""
        self.calls(f"flushing {self.name}", lambda client, timeout: client.flush(self.name, timeout=timeout), seconds=WRITING)

    def _row(self, passage: Stored) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": passage.id,
            "article": passage.article,
            "part": passage.part,
            "version": passage.version,
            "day": passage.day.toordinal() if passage.day else 0,
            "outlet": passage.outlet.casefold(),
            "known": bool(passage.vector.any()),
            "vector": passage.vector.tolist(),
        }
        if self.calls.words:
            row["terms"] = " ".join(map(whole, passage.terms))
            if len(row["terms"]) > LONGEST:
                raise StoreError(
                    f"passage {passage.id} has terms of {len(row['terms'])} bytes, and Milvus takes {LONGEST}. Cure: a smaller corpus.passage_chars"
                )
        return row

    # -- reading -----------------------------------------------------------------------------------------------------------

    def count(self, where: str = "") -> int:
        """How many passages it has, with everything that was written before."""

        def counted(client: Any, timeout: float) -> Any:
            return client.query(self.name, filter=where, output_fields=["count(*)"], consistency_level="Strong", timeout=timeout)

        return int(self.calls(f"counting {self.name}", counted)[0]["count(*)"])

    def by_words(self, terms: Sequence[str], k: int, where: str = "") -> list[Found]:
        """The k best passages by BM25."""
        found = self._search(" ".join(map(whole, terms)), "words", "BM25", k, where)
        return [(article, part, abs(score)) for article, part, score in found]  # Milvus Lite gives distances: nearer is lower

    def by_vector(self, vector: Vector, k: int, where: str = "") -> list[Found]:
        """The k nearest passages by cosine (of unit vectors the inner product)."""
        known = "known == true"
        return self._search(vector.tolist(), "vector", "IP", k, f"{known} and ({where})" if where else known)

    def rows(self, ids: Sequence[str], field: str) -> dict[str, Any]:
        """A field of passages by their ids; those that are not there are left out."""
        found: dict[str, Any] = {}
        for batch in _batches(ids, BATCH):

            def get(client: Any, timeout: float, batch: Sequence[str] = batch) -> Any:
                return client.get(self.name, ids=list(batch), output_fields=[field], consistency_level="Strong", timeout=timeout)

            found |= {row["id"]: row[field] for row in self.calls(f"reading from {self.name}", get)}
        return found

    def versions(self) -> dict[str, set[str]]:
        """Article -> versions of its first passage, for all that it has: two where a change broke off."""
        found: dict[str, set[str]] = {}
        last = ""
        while rows := self._page(f"part == 0 and id > {quoted(last)}", ("article", "version")):
            for row in rows:
                found.setdefault(row["article"], set()).add(row["version"])
            last = str(rows[-1]["id"])
        return found

    def _page(self, where: str, fields: Sequence[str]) -> list[dict[str, Any]]:
        # Rows of one query come in no stated order; an iterator of the client's goes by the primary key.
        def page(client: Any, timeout: float) -> list[dict[str, Any]]:
            options: dict[str, Any] = {"consistency_level": "Strong", "timeout": timeout, "batch_size": BATCH}
            found = client.query_iterator(self.name, filter=where, output_fields=["id", *fields], **options)
            try:
                return sorted(found.next(), key=lambda row: str(row["id"]).encode())
            finally:
                found.close()

        return self.calls(f"listing {self.name}", page, seconds=WRITING)

    def _search(self, query: Any, field: str, metric: str, k: int, where: str) -> list[Found]:
        asked = {"data": [query], "anns_field": field, "limit": k, "filter": where, "output_fields": ["article", "part"]}
        asked["search_params"] = {"metric_type": metric, "params": {"ef": max(2 * k, 64)} if field == "vector" else {}}

        def search(client: Any, timeout: float) -> Any:
            return client.search(self.name, **asked, timeout=timeout)

        hits = self.calls(f"searching {self.name}", search)[0]
        return [(hit["entity"]["article"], int(hit["entity"]["part"]), float(hit["distance"])) for hit in hits]


def whole(term: str) -> str:
    """A term as one word of ASCII letters and digits, which no analyzer splits or changes; different terms stay different.

    >>> whole("vostochny"), whole("2.1a"), whole("x2")
    ('tvostochny', 'x322e3161', 'tx2')
    """
    return f"t{term}" if _PLAIN.fullmatch(term) else f"x{term.encode().hex()}"


def term(word: str) -> str:
    """The term that `whole` made a word of."""
    return word[1:] if word.startswith("t") else bytes.fromhex(word[1:]).decode()


def narrowed(allowed: AllowedRows) -> str:
    """The filter of `allowed` as Milvus reads it."""
    parts = []
    if allowed.window is not None:
        first, last = (day.toordinal() for day in allowed.window)
        parts.append(f"day >= {first} and day <= {last}")
    if allowed.outlets:
        parts.append(f"outlet in [{', '.join(quoted(outlet.casefold()) for outlet in allowed.outlets)}]")
    return " and ".join(parts)


def quoted(text: str) -> str:
    """A text as a string of Milvus' filters: nothing in it ends the string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def collection_name(index: str, generation: str = "") -> str:
    """The name of an index's collection: letters, digits and _ alone, different for different indexes."""
    plain = re.sub(r"\W", "_", index, flags=re.ASCII)[:80]
    mark = hashlib.sha256(index.encode()).hexdigest()[:8]
    return f"sitasi_{plain}_{mark}" + (f"_{generation}" if generation else "")


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
