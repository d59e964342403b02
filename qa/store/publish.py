"""An index and its copy in Milvus: published whole or by its changes, and asked in place of the engines here.

A build fills a collection of its own and then moves the index's alias to it, so that it is there whole or not at all. An addition
or removal writes what is new, marks the collection as holding the new generation, and then deletes what is gone: whoever still
reads the generation before misses at most passages that are gone by now. A second alias says which generation a collection holds;
an index whose generation is not there is refused, never answered from something else.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection as Sized
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from qa.errors import StoreError
from qa.store.address import address
from qa.store.calls import Calls
from qa.store.collection import WRITING, Collection, Stored, collection_name
from qa.store.milvus_vectors import MilvusVectors
from qa.store.milvus_words import MilvusWords
from qa.store.ranked import Places

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.schema import Article
    from qa.settings import Store


def attached(generation: Generation, store: Store) -> Generation:
    """The same generation, searched in Milvus; where the server is too old for words, these are searched here.

    Raises StoreError when the server does not answer or holds another generation.
    """
    calls = connected(store)
    if not (name := _target(calls, collection_name(generation.name, generation.id))):
        raise StoreError(
            f"Milvus at {calls.address} does not hold generation {generation.id} of index '{generation.name}'. "
            f"Cure: qa build PATH… --index {generation.name} --store URL"
        )
    collection, places = Collection(calls, name), Places(generation.articles)
    return replace(
        generation,
        lexical=MilvusWords(collection, places, generation.lexical) if calls.words else generation.lexical,
        vectors=MilvusVectors(collection, places, generation.manifest.dim),
    )


def publish(generation: Generation, store: Store, *, progress: bool = False) -> None:
    """Make Milvus hold `generation`: by its changes where an earlier one with the same encoder is there, else from scratch."""
    calls = connected(store)
    current, pinned = collection_name(generation.name), collection_name(generation.name, generation.id)
    if _target(calls, pinned):
        return
    before, made_so = _target(calls, current), _how(generation, words=calls.words)
    if before.endswith(made_so):
        _change(Collection(calls, before), generation, (current, pinned), progress=progress)
        return
    fresh = Collection.create(calls, f"{pinned}_{made_so}", dim=generation.manifest.dim, passages=generation.n_passages)
    fresh.write(_stored(generation, None, progress=progress))
    fresh.flush()
    _point(calls, current, fresh.name)
    _point(calls, pinned, fresh.name)
    if before and before != fresh.name:
        Collection(calls, before).drop()


def withdraw(name: str, store: Store) -> bool:
    """Take an index's collection out of Milvus; says whether there was one."""
    calls = connected(store)
    if target := _target(calls, collection_name(name)):
        Collection(calls, target).drop()
    return bool(target)


def connected(store: Store) -> Calls:
    """The connection to a store, one a process and address. Raises StoreError when there is no answer."""
    return _connected(store.url, store.token.get_secret_value(), store.seconds)


@cache
def _connected(url: str, token: str, seconds: float) -> Calls:
    return Calls(address(url), token=token, seconds=seconds)


def _change(collection: Collection, generation: Generation, aliases: tuple[str, str], *, progress: bool) -> None:
    """Bring a collection from whatever it holds to `generation`; done again after a kill, it does what is left.

    `aliases` are the index's own and the one that says which generation it holds.
    """
    there = collection.versions()
    wanted = {article.id: _version(article, generation) for article, _ in generation.articles.stream()}
    changed = {article for article, version in wanted.items() if there.get(article) != {version}}
    collection.write(_stored(generation, changed, progress=progress))
    older = collection.calls("listing aliases", lambda client, timeout: client.list_aliases(collection.name, timeout=timeout))
    _point(collection.calls, aliases[1], collection.name)
    for article in sorted(changed & there.keys()):
        collection.remove_older(article, wanted[article])
    collection.remove(sorted(there.keys() - wanted.keys()))
    collection.flush()
    for alias in older.get("aliases", []):
        if alias not in aliases:

            def drop(client: Any, timeout: float, alias: str = alias) -> None:
                client.drop_alias(alias, timeout=timeout)

            collection.calls("dropping an alias", drop)


def _stored(generation: Generation, only: Sized[str] | None, *, progress: bool) -> Iterator[Stored]:
    from tqdm import tqdm

    bar = tqdm(total=generation.n_passages, desc="publishing", unit="passage", file=sys.stderr, disable=not progress, delay=2)
    with bar:
        for article, passages in generation.articles.stream():
            bar.update(len(passages))
            if only is not None and article.id not in only:
                continue
            rows = generation.articles.rows_of(article.id)
            version, vectors = _version(article, generation), generation.vectors.vectors(rows.start, rows.stop)
            for part, passage in enumerate(passages):
                yield Stored(
                    id=passage.id,
                    article=article.id,
                    part=part,
                    version=version,
                    day=article.published,
                    outlet=article.outlet,
                    terms=generation.lexical.terms(rows[part]),
                    vector=vectors[part],
                )


def _version(article: Article, generation: Generation) -> str:
    """Everything of an article that a passage's terms and vector come from, and how they were cut."""
    summary = (
        article.sha256,
        article.title,
        article.outlet,
        str(article.published),
        generation.manifest.passage_chars,
        article.masks,
    )
    return hashlib.sha256(repr(summary).encode()).hexdigest()[:16]


def _how(generation: Generation, *, words: bool) -> str:
    """What a collection's vectors and terms come from, as the end of its name: another encoder takes another collection."""
    identity = (generation.encoder_name, generation.manifest.encoder_sha256, generation.manifest.dim, words)
    return hashlib.sha256(repr(identity).encode()).hexdigest()[:8]


def _target(calls: Calls, alias: str) -> str:
    """The collection that an alias names; "" where there is no such alias."""

    def follow(client: Any, timeout: float) -> str:
        if alias not in client.list_aliases(timeout=timeout).get("aliases", []):
            return ""
        return str(client.describe_alias(alias, timeout=timeout)["collection_name"])

    return calls("following an alias", follow)


def _point(calls: Calls, alias: str, collection: str) -> None:
    """Let an alias name a collection, whatever it named before."""

    def point(client: Any, timeout: float) -> None:
        known = client.list_aliases(timeout=timeout).get("aliases", [])
        change = client.alter_alias if alias in known else client.create_alias
        change(collection, alias, timeout=timeout)

    calls("moving an alias", point, seconds=WRITING)
