"""One index in its own files and in a Milvus of several processes: equal answers, also while a query node dies. Run by `make test-cluster`."""

from __future__ import annotations

import time

import numpy as np
import pytest

from qa.errors import StoreError
from qa.store.address import address
from qa.store.calls import Calls
from qa.store.collection import Collection, collection_name
from qa.store.publish import connected

pytestmark = [pytest.mark.extra("pymilvus"), pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]
SOON = 30.0  # seconds until a search by "Bounded" must see what was written


def ids(assistant, question):
    return [hit.passage.id for hit in assistant.search(question, read=False)[:10]]


def shared(pair, questions):
    files = pair.files()
    both = [(set(ids(files, question)), set(ids(pair.there, question))) for question in questions]
    assert all(here for here, _ in both)
    return sum(len(here & there) for here, there in both) / sum(len(here) for here, _ in both)


def collection(pair):
    return Collection(connected(pair.settings.store), collection_name(pair.settings.index))


def collection_of(pair):
    (name,) = connected(pair.settings.store)("listing", lambda client, timeout: client.list_collections(timeout=timeout))
    return name


def groups(pair):
    """The query nodes of each replica; none while no server says so."""
    try:
        asked = collection_of(pair)
        found = connected(pair.settings.store)("asking", lambda client, timeout: client.describe_replica(asked, timeout=timeout))
    except StoreError:
        return []
    return [group.group_nodes for group in found]


def count(pair):
    try:
        return collection(pair).count()
    except StoreError:
        return -1


def test_three_query_nodes_hold_two_replicas_of_vectors_and_words_are_searched_here(pair):
    calls = connected(pair.settings.store)
    assert sorted(map(len, groups(pair))) == [1, 2]
    assert not calls.words
    assert count(pair) == pair.there.generation.n_passages > 200
    assert type(pair.there.generation.lexical) is type(pair.files().generation.lexical)
    assert pair.there.generation.vectors.backend == "milvus"


def test_the_top_ten_are_those_of_the_index_here(pair, questions):
    assert shared(pair, questions) >= 0.95


def test_vectors_are_compared_exactly_under_every_filter(pair, every_filter):
    generation = pair.there.generation
    every = pair.files().generation.vectors.vectors(0, generation.n_passages)
    vector = every[7]
    cosines = every @ vector / np.linalg.norm(vector)
    for allowed, rows in every_filter(generation):
        found = generation.vectors.search(vector, 10, allowed)
        assert {row for row, _ in found} <= set(rows)
        best = sorted((float(cosines[row]) for row in rows), reverse=True)[:10]
        assert [score for _, score in found] == pytest.approx(best, abs=2e-3)


def test_what_is_added_is_found_and_what_is_removed_is_gone(pair, tmp_path, make_article, make_records, questions):
    before = count(pair)
    pair.there.add([make_records(tmp_path / "more.jsonl", [make_article(number, "Kereta gantung.") for number in (200, 201)])])
    assert count(pair) == pair.there.generation.n_passages > before
    row = pair.there.generation.articles.rows_of("a200")[0]
    vector = pair.files().generation.vectors.vectors(row, row + 1)[0]
    end = time.monotonic() + SOON
    while row not in [found for found, _ in pair.there.generation.vectors.search(vector, 5)]:
        assert time.monotonic() < end, "an added passage is not found"
        time.sleep(0.5)
    assert shared(pair, questions) >= 0.95
    assert pair.there.remove(["a200", "a201"]) == 2
    assert count(pair) == before
    assert not {"a200", "a201"} & {hit.passage.article_id for hit in pair.there.search("Kereta gantung", read=False)}


@pytest.mark.parametrize("token", ["root:wrong", ""])
def test_a_wrong_token_is_refused_in_words(cluster, token):
    with pytest.raises(StoreError, match=r"refuses the token\. Cure: QA_STORE__TOKEN"):
        Calls(address(cluster.url), token=token)


def test_more_replicas_than_query_nodes_are_refused_by_the_name_of_the_setting(cluster, bench):
    calls = Calls(address(cluster.url), token=bench.TOKEN)
    with pytest.raises(StoreError, match=r"store\.replicas = 4 .*nodes not enough"):
        Collection.create(calls, "many", dim=8, passages=1, replicas=4)
    Collection(calls, "many").drop()
    calls.close()


def test_a_server_too_old_for_words_is_noted_when_an_index_is_published(pair, caplog, tmp_path, make_article, make_records):
    from qa.store import publish

    publish._note_age.cache_clear()
    pair.there.add([make_records(tmp_path / "noted.jsonl", [make_article(210)])])
    assert "Milvus v2.3.5" in caplog.text
    assert "scores no words" in caplog.text
    pair.there.remove(["a210"])


@pytest.fixture
def mended(pair, cluster):
    """Starts again what a test killed: tests come in any order."""
    yield
    for name in [name for name, process in cluster.processes.items() if process.poll() is not None]:
        cluster.role(name.rstrip("0123456789"), name)
    end = time.monotonic() + 120
    full = 0
    while full < 10:  # a node that has just come counts nothing until it has loaded
        assert time.monotonic() < end, f"nodes of replicas: {groups(pair)}"
        full = full + 1 if sum(map(len, groups(pair))) == 3 and count(pair) == pair.there.generation.n_passages else 0
        time.sleep(0.2)


def test_a_query_node_killed_under_load_costs_no_answer_and_none_is_wrong(pair, cluster, under_load, mended):
    leader = cluster.leader(connected(pair.settings.store), collection_of(pair))
    kill, again = (lambda: cluster.kill(leader)), (lambda: cluster.role("querynode", leader))
    result = under_load(pair.files(), pair.there, kill, again, seconds=100, at=(5.0, 75.0))
    print(result)
    assert result["after_failure"] > 100
    assert result["wrong"] == 0
    assert result["failure_rate"] <= 0.01, result
    assert result["slowest_after_s"] < 4 * pair.settings.store.seconds + 1
    assert result["calm_after_s"] < 45


def test_a_server_that_is_gone_is_told_in_seconds(pair, cluster, mended):
    cluster.kill("proxy")  # what clients talk to
    vectors = pair.there.generation.vectors
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"gave no answer.*Cure: is it running"):
        vectors.search(np.ones(vectors.dim, dtype=np.float32), 3)
    assert time.monotonic() - began < 3 * pair.settings.store.seconds + 2
