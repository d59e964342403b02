"""One body of tests over every engine: the index's own files, and Milvus over TCP. What each must give is computed by obvious code."""

from __future__ import annotations

import math
import uuid
from datetime import date

import numpy as np
import pytest

from qa.allowed import Allowed
from qa.answer.verify import check
from qa.assistant import Assistant
from qa.errors import StoreError
from qa.settings import load
from qa.store import ranked as ranking
from qa.store.address import address
from qa.store.calls import Calls
from qa.store.collection import Collection, collection_name
from qa.store.publish import _connected, attached, connected, publish, withdraw

pytestmark = pytest.mark.filterwarnings("ignore")
OVER_TCP = [pytest.mark.extra("pymilvus", "milvus_lite"), pytest.mark.integration]
OUTLETS = ("Koran Pagi", 'Harian "Senja"', "Radio Kota")
THINGS = ("pasar", "jembatan", "sekolah", "pelabuhan", "museum", "bendungan")
PLACES = ("Melati", "Kenanga", "Cempaka", "Mawar", "Teratai")
QUESTIONS = (
    "Kapan pasar Melati dibuka?",
    "Siapa yang membangun jembatan Kenanga?",
    "berapa pengunjung museum",
    "Radio Kota pelabuhan",
)


def written(number, more=""):
    thing, place = THINGS[number % len(THINGS)], PLACES[number % len(PLACES)]
    text = (
        f"Wali Kota {place} membuka {thing} {place} yang ke-{number}.\n\nPembangunan {thing} itu memakan biaya {number} miliar rupiah. "
        f"{'Pengunjung datang dari seluruh provinsi. ' * (number % 4)}{more}\n"
    )
    return {
        "id": f"a{number}",
        "title": f"{thing.title()} {place} dibuka",
        "text": text,
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}",
    }


def records(path, items):
    import json

    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["embedded", pytest.param("milvus-lite", marks=OVER_TCP)])
def options(request, tmp_path_factory):
    """The settings under which an index lies in this engine; its name is no other test's."""
    made = {"indexes": tmp_path_factory.mktemp("indexes"), "index": f"t{uuid.uuid4().hex[:8]}", "corpus.passage_chars": 150}
    return made | ({"store.url": request.getfixturevalue("milvus")} if request.param != "embedded" else {})


@pytest.fixture(scope="module")
def built(options, tmp_path_factory):
    """An assistant over sixty articles; nobody writes to it."""
    path = records(tmp_path_factory.mktemp("articles") / "sixty.jsonl", [written(number) for number in range(60)])
    return Assistant.build([path], options["index"], settings=load(options))


@pytest.fixture
def own(options, tmp_path):
    """Builds an index of the test's own in the same engine."""

    def build(numbers, index=None):
        settings = load(options | {"indexes": tmp_path / "indexes", "index": index or f"o{uuid.uuid4().hex[:8]}"})
        path = records(tmp_path / f"{uuid.uuid4().hex}.jsonl", [written(number) for number in numbers])
        return Assistant.build([path], settings.index, settings=settings)

    return build


def bm25(generation, tokens, rows):
    """The formula of qa/index/lexical.py, row by row."""
    every = [generation.lexical.terms(row) for row in range(generation.n_passages)]
    n, mean = len(every), sum(map(len, every)) / len(every)
    scores = {}
    for row in rows:
        words, total = every[row], 0.0
        for token in dict.fromkeys(tokens):
            df, tf = sum(token in other for other in every), words.count(token)
            total += math.log(1 + (n - df + 0.5) / (df + 0.5)) * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(words) / mean))
        if total > 0:
            scores[row] = total
    return scores


def asked(generation, question):
    from qa.language.text import question_terms

    return question_terms(question, lambda term: generation.lexical.document_frequency(term) > 0)


def filters(generation):
    """Rows allowed in every form that a search may be given them."""
    articles = generation.articles
    window, outlet = (date(2024, 2, 1), date(2024, 6, 30)), (OUTLETS[1].upper(),)
    yield None, range(generation.n_passages)
    for days, outlets in ((window, ()), (None, outlet), (window, outlet), ((date(1999, 1, 1), date(1999, 1, 2)), ())):
        rows = list(articles.rows_in(days, outlets))
        yield Allowed.of(articles.rows_in(days, outlets), days, outlets), rows
        yield rows, rows


@pytest.mark.parametrize("named", [1000, 3])
@pytest.mark.parametrize("question", QUESTIONS)
def test_words_are_scored_by_the_formula_under_every_filter(built, question, named, monkeypatch):
    monkeypatch.setattr(ranking, "_NAMED", named)  # above so many rows the results are filtered and not the search
    generation = built.generation
    tokens = asked(generation, question)
    for allowed, rows in filters(generation):
        right = bm25(generation, tokens, rows)
        found = generation.lexical.search(tokens, 10, allowed)
        assert len(found) == min(10, len(right))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        for row, score in found:
            assert score == pytest.approx(right[row], rel=0.1)  # tantivy keeps a passage's length in one byte
        best = sorted(right.values(), reverse=True)[: len(found)]
        assert [score for _, score in found] == pytest.approx(best, rel=0.1)


@pytest.mark.parametrize("named", [1000, 3])
@pytest.mark.parametrize("question", QUESTIONS)
def test_vectors_are_compared_exactly_under_every_filter(built, question, named, monkeypatch):
    monkeypatch.setattr(ranking, "_NAMED", named)
    generation = built.generation
    vector = built._encoder.question(question)
    every = generation.vectors.vectors(0, generation.n_passages)
    cosines = every @ vector / np.linalg.norm(vector)
    for allowed, rows in filters(generation):
        found = generation.vectors.search(vector, 10, allowed)
        assert len(found) == min(10, len(rows))
        assert {row for row, _ in found} <= set(rows)
        for row, score in found:
            assert score == pytest.approx(float(cosines[row]), abs=2e-3)
        best = sorted((float(cosines[row]) for row in rows), reverse=True)[: len(found)]
        assert [score for _, score in found] == pytest.approx(best, abs=2e-3)


def test_k_beyond_the_passages_gives_all_and_no_k_none(built):
    generation = built.generation
    vector = built._encoder.question(QUESTIONS[0])
    n = generation.n_passages
    assert len(generation.vectors.search(vector, 10 * n)) == n == len(generation.vectors) == len(generation.lexical)
    assert generation.vectors.search(vector, 0) == []
    assert generation.lexical.search(["pasar"], 0) == []


def test_equal_passages_come_in_the_order_of_their_rows(own):
    assistant = own([1])
    same = [written(1) | {"id": f"b{number}", "outlet": f"Koran {number}"} for number in range(30)]
    settings = assistant.settings
    path = records(settings.indexes.parent / "same.jsonl", same)
    built = Assistant.build([path], settings.index, settings=settings)
    found = built.generation.lexical.search(["pasar", "jembatan"], 7)
    rows = [row for row, score in found if score == pytest.approx(found[0][1], rel=1e-6)]
    assert rows == sorted(rows)


def test_terms_and_their_frequency_are_those_of_the_passages(built):
    generation = built.generation
    every = [generation.lexical.terms(row) for row in range(generation.n_passages)]
    assert all(every)
    for term in {term for terms in every[:6] for term in terms}:
        assert generation.lexical.document_frequency(term) == sum(term in terms for terms in every)
    assert generation.lexical.document_frequency("tidak-ada-kata-ini") == 0
    with pytest.raises(IndexError):
        generation.lexical.terms(generation.n_passages)


@pytest.mark.parametrize("word", ["' or zq == zq --", '"', "\\", "pasar' and 'a", "\ud800", "", "  ", "字", "%"])
def test_a_hostile_word_is_a_word_and_never_syntax(built, word):
    assert built.generation.lexical.search([word], 5) == []
    assert built.generation.lexical.document_frequency(word) == 0


def test_a_vector_of_zeros_finds_nothing_and_a_wrong_one_is_refused(built):
    store = built.generation.vectors
    assert store.search(np.zeros(store.dim, dtype=np.float32), 5) == []
    for wrong in (np.ones(3, dtype=np.float32), np.full(store.dim, np.nan, dtype=np.float32)):
        with pytest.raises(StoreError, match="Cure"):
            store.search(wrong, 5)


def test_answers_are_cited_and_stand_in_their_articles(built):
    answer = built.ask("Berapa biaya pembangunan jembatan Kenanga?")
    assert answer.citations
    assert not check(answer, built.article)


def test_what_is_added_is_found_what_is_changed_is_new_and_what_is_removed_is_gone(own, tmp_path):
    assistant = own(range(12))
    news = written(3, more="Penjaga pintu bernama Zulkarnain Hadiputra.")
    assistant.add([records(tmp_path / "new.jsonl", [written(100), news])])
    assert assistant.generation.n_articles == 13
    assert {hit.passage.article_id for hit in assistant.search("museum Melati ke-100", read=False)} >= {"a100"}
    first = assistant.search("penjaga pintu Zulkarnain Hadiputra", read=False)[0].passage
    assert first.article_id == "a3"
    assert len(assistant.generation.lexical.search(["zulkarnain"], 10)) == 1
    every = assistant.generation.vectors.vectors(0, assistant.generation.n_passages)
    assert len(assistant.generation.vectors.search(every[0], 10**4)) == len(every)  # nothing of the older article is left
    assistant.remove(["a3"])
    assert assistant.generation.lexical.search(["zulkarnain"], 10) == []
    assert "a3" not in {hit.passage.article_id for hit in assistant.search("penjaga pintu Zulkarnain", read=False)}


def test_two_corpora_on_one_server_do_not_see_each_other(own):
    one, other = own(range(6)), own(range(50, 56))
    assert one.name != other.name
    for assistant, ids in ((one, range(6)), (other, range(50, 56))):
        found = {hit.passage.article_id for question in QUESTIONS for hit in assistant.search(question, read=False)}
        assert found <= {f"a{number}" for number in ids}


def test_opened_again_it_answers_as_it_was_built(built, options):
    again = Assistant.open(settings=load(options))
    for question in QUESTIONS:
        assert again.search(question, read=False) == built.search(question, read=False)


@pytest.fixture
def files(built, options):
    """The same index, searched in its own files."""
    return Assistant.open(settings=load({name: value for name, value in options.items() if name != "store.url"}))


def test_the_top_ten_are_those_of_the_index_here(built, files):
    shared = total = 0
    for question in (*QUESTIONS, *(f"{thing} {place}" for thing in THINGS for place in PLACES)):
        here, there = ({hit.passage.id for hit in each.search(question, read=False)[:10]} for each in (files, built))
        shared, total = shared + len(here & there), total + len(here)
    assert shared / total >= 0.95


@pytest.mark.extra("pymilvus", "milvus_lite")
@pytest.mark.integration
class TestMilvus:
    """What only a server can get wrong."""

    @pytest.fixture
    def small(self, milvus, tmp_path):
        """An index of a few articles, built here, and the settings of a store that does not hold it yet."""
        settings = load({"indexes": tmp_path, "index": f"s{uuid.uuid4().hex[:8]}"})
        path = records(tmp_path / "small.jsonl", [written(number) for number in range(8)])
        assistant = Assistant.build([path], settings.index, settings=settings)
        return assistant.generation, load({"store.url": milvus, "store.seconds": 5}).store

    def test_a_generation_that_is_not_there_is_refused_with_the_cure(self, small):
        generation, store = small
        with pytest.raises(StoreError, match=rf"does not hold generation {generation.id} .*Cure: qa build"):
            attached(generation, store)

    def test_published_twice_it_is_there_once_and_withdrawn_it_is_gone(self, small):
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
    def test_a_publication_that_breaks_off_serves_nothing_and_is_finished_by_the_next(self, small, tmp_path, monkeypatch, again):
        generation, store = small
        if again:
            from qa.index import generation as index
            from qa.pipeline import read_articles

            publish(generation, store)
            encoder = Assistant.open(generation.name, settings=load({"indexes": tmp_path, "index": generation.name}))._encoder
            more = read_articles([records(tmp_path / "more.jsonl", [written(9), written(2, "Baru.")])], load(), [], None)
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

    def test_of_a_server_too_old_for_words_the_vectors_are_used_and_the_words_are_searched_here(self, small, monkeypatch):
        generation, store = small
        monkeypatch.setattr(Calls, "words", property(lambda _: False))
        publish(generation, store)
        found = attached(generation, store)
        assert found.lexical is generation.lexical
        assert found.vectors is not generation.vectors
        vector = generation.vectors.vectors(0, 1)[0]
        assert found.vectors.search(vector, 3)[0][0] == 0

    def test_a_passage_without_a_known_token_is_there_and_never_near(self, small, monkeypatch):
        generation, store = small
        rows = generation.vectors.vectors(0, generation.n_passages)
        rows[2] = 0.0
        monkeypatch.setattr(type(generation.vectors), "vectors", lambda _, start, stop: rows[start:stop])
        publish(generation, store)
        found = attached(generation, store).vectors.search(rows[0], 10**4)
        assert len(found) == generation.n_passages - 1
        assert 2 not in {row for row, _ in found}

    def test_what_the_store_has_beyond_this_generation_is_no_result(self, small):
        generation, store = small
        publish(generation, store)
        found = attached(generation, store)
        ahead = found.lexical._places._rows_of
        found.lexical._places._rows_of = lambda article: range(0) if article == "a1" else ahead(article)
        rows = {row for row, _ in found.vectors.search(generation.vectors.vectors(0, 1)[0], 10**4)}
        assert rows == set(range(generation.n_passages)) - set(generation.articles.rows_of("a1"))

    def test_the_connection_is_made_once(self, small):
        _, store = small
        assert connected(store) is connected(store)
        assert _connected.cache_info().hits
        assert str(address(store.url)) in str(connected(store).address)
