"""An index and its copy in Milvus: there whole or not at all, and refused where it is not."""

from __future__ import annotations

import uuid

import pytest

from qa.assistant import Assistant
from qa.errors import StoreError
from qa.settings import load
from qa.store.address import address
from qa.store.calls import Calls
from qa.store.collection import Collection, collection_name
from qa.store.publish import _connected, attached, connected, publish, withdraw

pytestmark = [pytest.mark.extra("pymilvus", "milvus_lite"), pytest.mark.integration, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def small(milvus, tmp_path, make_article, make_records):
    """An index of a few articles, built here, and the settings of a store that does not hold it yet."""
    settings = load({"indexes": tmp_path, "index": f"s{uuid.uuid4().hex[:8]}"})
    path = make_records(tmp_path / "small.jsonl", [make_article(number) for number in range(8)])
    assistant = Assistant.build([path], settings.index, settings=settings)
    return assistant.generation, load({"store.url": milvus, "store.seconds": 5}).store


def test_a_generation_that_is_not_there_is_refused_with_the_cure(small):
    generation, store = small
    with pytest.raises(StoreError, match=rf"does not hold generation {generation.id} .*Cure: qa build"):
        attached(generation, store)


def test_published_twice_it_is_there_once_and_withdrawn_it_is_gone(small):
    generation, store = small
    publish(generation, store)
    publish(generation, store)
    held = Collection(connected(store), collection_name(generation.name))
    assert held.count() == generation.n_passages
    assert withdraw(generation.name, store)
    assert not withdraw(generation.name, store)
    with pytest.raises(StoreError, match="does not hold"):
        attached(generation, store)


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "over an earlier generation"])
def test_a_publication_that_breaks_off_serves_nothing_and_is_finished_by_the_next(
    small, tmp_path, monkeypatch, again, *, make_article, make_records
):
    generation, store = small
    if again:
        from qa.index import generation as index
        from qa.indexing import read_articles

        publish(generation, store)
        encoder = Assistant.open(generation.name, settings=load({"indexes": tmp_path, "index": generation.name}))._encoder
        more = read_articles(
            [make_records(tmp_path / "more.jsonl", [make_article(9), make_article(2, "Baru.")])], load(), [], None
        )
        generation = index.add(tmp_path, generation.name, more, encoder)
    write = Collection.write

    def broken(self, passages):
        write(self, [passage for passage, _ in zip(passages, range(2), strict=False)])
        raise StoreError("the network broke")

    monkeypatch.setattr(Collection, "write", broken)
    with pytest.raises(StoreError, match="broke"):
        publish(generation, store)
    with pytest.raises(StoreError, match="does not hold"):
        attached(generation, store)
    monkeypatch.setattr(Collection, "write", write)
    publish(generation, store)
    attached(generation, store)
    assert Collection(connected(store), collection_name(generation.name)).count() == generation.n_passages


def test_of_a_server_too_old_for_words_the_vectors_are_used_and_the_words_are_searched_here(small, monkeypatch):
    generation, store = small
    monkeypatch.setattr(Calls, "words", property(lambda _: False))
    publish(generation, store)
    found = attached(generation, store)
    assert found.lexical is generation.lexical
    assert found.vectors is not generation.vectors
    vector = generation.vectors.vectors(0, 1)[0]
    assert found.vectors.search(vector, 3)[0][0] == 0


def test_a_passage_without_a_known_token_is_there_and_never_near(small, monkeypatch):
    generation, store = small
    rows = generation.vectors.vectors(0, generation.n_passages)
    rows[2] = 0.0
    monkeypatch.setattr(type(generation.vectors), "vectors", lambda _, start, stop: rows[start:stop])
    publish(generation, store)
    found = attached(generation, store).vectors.search(rows[0], 10**4)
    assert len(found) == generation.n_passages - 1
    assert 2 not in {row for row, _ in found}


def test_what_the_store_has_beyond_this_generation_is_no_result(small):
    generation, store = small
    publish(generation, store)
    found = attached(generation, store)
    ahead = found.lexical._places._rows_of
    found.lexical._places._rows_of = lambda article: range(0) if article == "a1" else ahead(article)
    rows = {row for row, _ in found.vectors.search(generation.vectors.vectors(0, 1)[0], 10**4)}
    assert rows == set(range(generation.n_passages)) - set(generation.articles.rows_of("a1"))


def test_the_connection_is_made_once(small):
    _, store = small
    assert connected(store) is connected(store)
    assert _connected.cache_info().hits
    assert str(address(store.url)) in str(connected(store).address)


def test_a_server_that_finds_nothing_of_what_it_holds_is_asked_again_and_refused_in_words(small, monkeypatch):
    generation, settings = small
    publish(generation, settings)
    store = attached(generation, settings).vectors
    vector, by_vector, asked = store.vectors(0, 1)[0], Collection.by_vector, []

    def loading(self, *query):
        asked.append(query)
        return [] if len(asked) % 3 else by_vector(self, *query)

    monkeypatch.setattr(Collection, "by_vector", loading)
    assert store.search(vector, 3)[0][0] == 0
    assert len(asked) == 3
    monkeypatch.setattr(Collection, "by_vector", lambda *_: [])
    monkeypatch.setattr(store._collection.calls, "seconds", 0.5)
    with pytest.raises(StoreError, match=rf"finds none of {generation.n_passages} passages .*loading.*Cure: ask again"):
        store.search(vector, 3)
    assert store.search(vector, 3, range(0)) == []
