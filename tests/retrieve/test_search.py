from __future__ import annotations

import hashlib
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index import generation
from qa.retrieve.ranking import reordered, shipped, words_found
from qa.retrieve.search import _dense, _lexical, _rows, fuse, gathered, search
from qa.schema import Article, Query
from qa.settings import Retrieve
from qa.testing import HashEncoder

TEXTS = {
    "kereta": ("Kontan", date(2023, 9, 13), "Kim Jong Un tiba di Rusia dengan kereta lapis baja."),
    "putin": ("Tribunnews", date(2023, 9, 14), "Vladimir Putin menyambut tamunya di Kosmodrom Vostochny."),
    "beras": ("Kontan", date(2023, 9, 20), "Harga beras di Rusia naik sepuluh persen menurut pedagang."),
    "banjir": ("Kompas", None, "Banjir di Jakarta memaksa warga mengungsi ke sekolah."),
}


@pytest.fixture(scope="module")
def encoder():
    return HashEncoder(256)


@pytest.fixture(scope="module")
def index(tmp_path_factory, encoder):
    articles = [
        Article(
            id=id_, text=text, source=f"{id_}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), outlet=outlet, published=day
        )
        for id_, (outlet, day, text) in TEXTS.items()
    ]
    return generation.build(tmp_path_factory.mktemp("search"), "uji", articles, encoder, workers=0)


def found(hits) -> list[str]:
    return [hit.passage.article_id for hit in hits]


def lexical_alone(query, index, settings) -> list[tuple[int, float]]:
    return _lexical(query, index, settings.top, _rows(query, index))


def dense_alone(query, index, encoder, settings) -> list[tuple[int, float]]:
    return _dense(query, index, encoder, settings.top, _rows(query, index))


def articles_of(ranking, index) -> list[str]:
    return [index.articles.passage(row).article_id for row, _ in ranking]


SIZES = {"passages": 99, "rare_words": 2.0, "power": 2.0}
WHOLE = 2.0 * math.log(100)

scored = st.lists(st.tuples(st.integers(0, 15), st.floats(0, 30)), unique_by=lambda pair: pair[0], max_size=12)


def test_fuse_by_hand():
    # 7: half of the whole, squared, and the last cosine; 3: a quarter, squared, and its own
    got = fuse([(7, WHOLE / 2), (3, WHOLE / 4)], [(3, 0.6), (9, 0.4)], **SIZES)
    assert got == [(3, pytest.approx(0.0625 + 0.6)), (7, pytest.approx(0.25 + 0.4)), (9, pytest.approx(0.4))]


def test_fuse_of_nothing_is_nothing():
    assert fuse([], [], **SIZES) == []


def test_one_list_keeps_its_order():
    assert [row for row, _ in fuse([(5, 3.0), (2, 2.0), (9, 1.0)], [], **SIZES)] == [5, 2, 9]
    assert [row for row, _ in fuse([], [(5, 0.3), (2, 0.2), (9, 0.1)], **SIZES)] == [5, 2, 9]


def test_ties_go_to_the_lower_row():
    assert [row for row, _ in fuse([(9, 2.0), (1, 2.0)], [], **SIZES)] == [1, 9]


@given(scored, scored, st.integers(1, 10**6), st.floats(0.5, 5), st.floats(0.5, 4))
def test_fuse_equals_its_formula(lexical, dense, passages, rare_words, power):
    dense = sorted(dense, key=lambda pair: -pair[1])
    got = dict(fuse(lexical, dense, passages=passages, rare_words=rare_words, power=power))
    assert set(got) == {row for row, _ in lexical} | {row for row, _ in dense}
    for row, score in got.items():
        words = sum(value for other, value in lexical if other == row)
        cosine = next((value for other, value in dense if other == row), dense[-1][1] if dense else 0.0)
        assert score == pytest.approx((words / (rare_words * math.log(1 + passages))) ** power + cosine)


@given(scored, scored, st.randoms())
def test_fuse_does_not_depend_on_the_order_of_the_lexical_list(lexical, dense, rng):
    shuffled = list(lexical)
    rng.shuffle(shuffled)
    assert fuse(shuffled, dense, **SIZES) == fuse(lexical, dense, **SIZES)


def test_many_words_outweigh_the_cosine_and_one_hardly_counts():
    dense = [(1, 0.7), (2, 0.4)]
    assert fuse([(2, WHOLE)], dense, **SIZES)[0][0] == 2
    assert fuse([(2, WHOLE / 8)], dense, **SIZES)[0][0] == 1


def test_hits_are_ranked_from_one_with_falling_scores(index, encoder):
    hits = search(Query(text="Kim Jong Un naik kereta di Rusia"), index, encoder, Retrieve())
    assert found(hits)[0] == "kereta"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.stage for hit in hits} == {"fused"}


def test_passages_are_gathered_as_both_arms_merge_and_ordered_by_what_speaks_for_them(index, encoder):
    query = Query(text="harga kereta di Kosmodrom", terms=(("harga", 0.5), ("kereta", 1.0)))
    settings = Retrieve(rare_words=1.1, lexical_power=2.5)
    lexical, dense = lexical_alone(query, index, settings), dense_alone(query, index, encoder, settings)
    numbers = {index.articles.passage(row).id: row for row in range(index.n_passages)}
    hits, known = gathered(query, index, encoder, settings)
    assert [(numbers[hit.passage.id], hit.score) for hit in hits] == fuse(
        lexical, dense, passages=index.n_passages, rare_words=1.1, power=2.5
    )
    for hit, one in zip(hits, known, strict=True):
        row = numbers[hit.passage.id]
        assert one.cosine == pytest.approx(dict(dense).get(row, dense[-1][1]))
        assert one.bm25 == pytest.approx(dict(lexical).get(row, 0.0) / (1.1 * math.log(1 + index.n_passages)))
        assert one.words == words_found(query, hit.passage)
    assert search(query, index, encoder, settings) == reordered(hits, known, shipped())


def test_top_cuts_what_is_shown_and_depth_what_each_arm_brings(index, encoder):
    query = Query(text="Rusia kereta Putin banjir")
    assert len(search(query, index, encoder, Retrieve(top=2))) == 2
    assert len(search(query, index, encoder, Retrieve(depth=1))) <= 2


def test_the_window_restricts_both_arms(index, encoder):
    window = (date(2023, 9, 14), date(2023, 9, 20))
    query = Query(text="Kim Jong Un kereta Rusia Jakarta banjir", window=window)
    assert set(found(search(query, index, encoder, Retrieve()))) == {"putin", "beras"}
    assert set(articles_of(lexical_alone(query, index, Retrieve()), index)) == {"beras"}
    assert set(articles_of(dense_alone(query, index, encoder, Retrieve()), index)) == {"putin", "beras"}


def test_outlets_restrict_both_arms_whatever_their_case(index, encoder):
    query = Query(text="Rusia Putin", outlets=("KONTAN",))
    assert set(found(search(query, index, encoder, Retrieve()))) == {"kereta", "beras"}


def test_filters_that_leave_nothing_give_nothing(index, encoder):
    assert search(Query(text="Rusia", outlets=("Antara",)), index, encoder, Retrieve()) == ()
    assert search(Query(text="Rusia", window=(date(1999, 1, 1), date(1999, 1, 2))), index, encoder, Retrieve()) == ()


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "\U0001f680"])
def test_a_query_without_a_word_finds_nothing(index, encoder, text):
    assert search(Query(text=text), index, encoder, Retrieve()) == ()
    assert lexical_alone(Query(text=text), index, Retrieve()) == []
    assert dense_alone(Query(text=text), index, encoder, Retrieve()) == []


class Speechless(HashEncoder):
    """Knows no token of any question."""

    def question(self, text):
        return np.zeros(self.dim, dtype=np.float32)


def test_no_shared_term_and_no_known_token_find_nothing(index):
    assert search(Query(text="xylofon zwart"), index, Speechless(256), Retrieve()) == ()


def test_an_arm_that_finds_nothing_leaves_the_other_its_order(index, encoder):
    query = Query(text="Rusia beras")
    words = articles_of(lexical_alone(query, index, Retrieve()), index)
    assert found(search(query, index, Speechless(256), Retrieve())) == words


@pytest.mark.parametrize(
    "text", ['"kereta"', "kereta AND NOT Rusia", "terms:kereta", "kereta*", "(kereta", "kereta~1^9", "kereta\0\ud800"]
)
def test_engine_syntax_in_a_question_is_words(index, encoder, text):
    assert found(search(Query(text=text), index, encoder, Retrieve()))[0] == "kereta"


def test_the_same_question_gives_the_same_hits(index, encoder):
    query = Query(text="siapa yang tiba di Rusia dengan kereta?")
    assert search(query, index, encoder, Retrieve()) == search(query, index, encoder, Retrieve())
