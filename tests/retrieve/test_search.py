from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index import generation
from qa.retrieve.search import dense_only, fuse, lexical_only, search
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


def test_fuse_by_hand():
    # k = 1: row 3 has ranks 2 and 1: 1/3 + 1/2; row 7 rank 1: 1/2; row 9 rank 2: 1/3
    assert fuse([[7, 3], [3, 9]], k=1) == [(3, pytest.approx(5 / 6)), (7, pytest.approx(1 / 2)), (9, pytest.approx(1 / 3))]


def test_fuse_of_nothing_is_nothing():
    assert fuse([]) == fuse([[], []]) == []


def test_one_list_keeps_its_order():
    assert [row for row, _ in fuse([[5, 2, 9], []])] == [5, 2, 9]


def test_ties_go_to_the_lower_row():
    assert [row for row, _ in fuse([[9, 1], [1, 9]])] == [1, 9]


def test_a_row_twice_in_one_list_counts_at_its_better_rank():
    assert fuse([[4, 4, 6]]) == fuse([[4, 6]])


@given(st.lists(st.lists(st.integers(0, 15), unique=True, max_size=12), max_size=4), st.integers(1, 100))
def test_fuse_equals_the_formula_in_exact_fractions(rankings, k):
    exact = {
        row: sum((Fraction(1, k + ranking.index(row) + 1) for ranking in rankings if row in ranking), Fraction(0))
        for row in {row for ranking in rankings for row in ranking}
    }
    got = fuse(rankings, k=k)
    assert {row for row, _ in got} == set(exact)
    for row, score in got:
        assert score == pytest.approx(float(exact[row]))
    for (row, _), (after, _) in pairwise(got):
        # sums of floats may tie where fractions differ by less than a float can say
        assert exact[row] > exact[after] or float(exact[row]) == pytest.approx(float(exact[after]), rel=1e-12)


@given(st.lists(st.lists(st.integers(0, 9), unique=True, max_size=8), min_size=2, max_size=3), st.randoms())
def test_fuse_does_not_depend_on_the_order_of_the_lists(rankings, rng):
    shuffled = list(rankings)
    rng.shuffle(shuffled)
    assert fuse(shuffled) == fuse(rankings)


def test_hits_are_ranked_from_one_with_falling_scores(index, encoder):
    hits = search(Query(text="Kim Jong Un naik kereta di Rusia"), index, encoder, Retrieve())
    assert found(hits)[0] == "kereta"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.stage for hit in hits} == {"fused"}


def test_the_fused_ranking_is_that_of_both_arms(index, encoder):
    query = Query(text="harga kereta di Kosmodrom")
    settings = Retrieve(fusion_k=7, lexical_weight=2.5)
    arms = [lexical_only(query, index, settings), dense_only(query, index, encoder, settings)]
    numbers = {index.articles.passage(row).id: row for row in range(index.n_passages)}
    want = fuse([[numbers[hit.passage.id] for hit in arm] for arm in arms], k=7, weights=(2.5, 1.0))
    got = search(query, index, encoder, settings)
    assert [(numbers[hit.passage.id], hit.score) for hit in got] == want
    assert {hit.stage for hit in arms[0]} == {"lexical"}
    assert {hit.stage for hit in arms[1]} == {"dense"}


def test_an_english_question_weighs_both_arms_alike(index, encoder):
    query = Query(text="kereta Kosmodrom", language="en")
    heavy, even = Retrieve(lexical_weight=9.0), Retrieve(lexical_weight=1.0)
    assert search(query, index, encoder, heavy) == search(query, index, encoder, even)


def test_top_cuts_what_is_shown_and_depth_what_each_arm_brings(index, encoder):
    query = Query(text="Rusia kereta Putin banjir")
    assert len(search(query, index, encoder, Retrieve(top=2))) == 2
    assert len(search(query, index, encoder, Retrieve(depth=1))) <= 2


def test_the_window_restricts_both_arms(index, encoder):
    window = (date(2023, 9, 14), date(2023, 9, 20))
    query = Query(text="Kim Jong Un kereta Rusia Jakarta banjir", window=window)
    assert set(found(search(query, index, encoder, Retrieve()))) == {"putin", "beras"}
    assert set(found(lexical_only(query, index, Retrieve()))) == {"beras"}
    assert set(found(dense_only(query, index, encoder, Retrieve()))) == {"putin", "beras"}


def test_outlets_restrict_both_arms_whatever_their_case(index, encoder):
    query = Query(text="Rusia Putin", outlets=("KONTAN",))
    assert set(found(search(query, index, encoder, Retrieve()))) == {"kereta", "beras"}


def test_filters_that_leave_nothing_give_nothing(index, encoder):
    assert search(Query(text="Rusia", outlets=("Antara",)), index, encoder, Retrieve()) == ()
    assert search(Query(text="Rusia", window=(date(1999, 1, 1), date(1999, 1, 2))), index, encoder, Retrieve()) == ()


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "\U0001f680"])
def test_a_query_without_a_word_finds_nothing(index, encoder, text):
    assert search(Query(text=text), index, encoder, Retrieve()) == ()
    assert lexical_only(Query(text=text), index, Retrieve()) == ()
    assert dense_only(Query(text=text), index, encoder, Retrieve()) == ()


class Speechless(HashEncoder):
    """Knows no token of any question."""

    def question(self, text):
        return np.zeros(self.dim, dtype=np.float32)


def test_no_shared_term_and_no_known_token_find_nothing(index):
    assert search(Query(text="xylofon zwart"), index, Speechless(256), Retrieve()) == ()


def test_an_arm_that_finds_nothing_leaves_the_other_its_order(index, encoder):
    query = Query(text="Rusia beras")
    assert found(search(query, index, Speechless(256), Retrieve())) == found(lexical_only(query, index, Retrieve()))


@pytest.mark.parametrize(
    "text", ['"kereta"', "kereta AND NOT Rusia", "terms:kereta", "kereta*", "(kereta", "kereta~1^9", "kereta\0\ud800"]
)
def test_engine_syntax_in_a_question_is_words(index, encoder, text):
    assert found(search(Query(text=text), index, encoder, Retrieve()))[0] == "kereta"


def test_the_same_question_gives_the_same_hits(index, encoder):
    query = Query(text="siapa yang tiba di Rusia dengan kereta?")
    assert search(query, index, encoder, Retrieve()) == search(query, index, encoder, Retrieve())


def test_a_weight_counts_as_that_many_lists_do():
    lists = [[7, 3, 5], [3, 9]]
    assert [row for row, _ in fuse(lists, k=2, weights=(3.0, 1.0))] == [row for row, _ in fuse([lists[0]] * 3 + [lists[1]], k=2)]
    assert fuse(lists, k=2, weights=(1.0, 1.0)) == fuse(lists, k=2)
