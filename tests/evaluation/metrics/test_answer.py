"""EM, F1 and contains, by hand and against the definition."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.answer import answer_contains, exact_match, f1, polarity, said
from qa.evaluation.text.normalise import indonesian

WORDS = st.lists(st.sampled_from(["rudal", "satelit", "kosmodrom", "putin", "kim", "dua"]), max_size=6).map(" ".join)


def test_f1_by_hand():
    # shared {sekitar, satu, jam} of 4 and of 3 tokens: P = 3/4, R = 1, F1 = 6/7
    assert f1("sekitar satu jam saja", ["sekitar satu jam"]) == pytest.approx(6 / 7)


def test_f1_counts_a_repeated_word_once_a_mention():
    # p = {dua x2}, g = {dua, rudal}: shared 1, P = 1/2, R = 1/2
    assert f1("dua dua", ["dua rudal"]) == pytest.approx(1 / 2)


def test_the_best_accepted_answer_counts():
    assert f1("5 jam", ["lebih dari 5 jam", "5 jam"]) == 1.0
    assert exact_match("5 jam.", ["lebih dari 5 jam", "5 jam"]) == 1.0


def test_nothing_matches_only_nothing():
    assert f1("", ["x"]) == 0.0
    assert f1("!", ["?"]) == 1.0
    assert f1("x", []) == 0.0


def test_the_indonesian_pair_sees_through_number_words_and_affixes():
    assert exact_match("2 rudal", ["dua rudal"]) == 0.0
    assert exact_match("2 rudal", ["dua rudal"], indonesian) == 1.0


@given(WORDS, WORDS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(predicted, gold):
    p, g = Counter(predicted.split()), Counter(gold.split())
    shared = (p & g).total()
    if not p or not g:
        expected = float(p == g)
    elif not shared:
        expected = 0.0
    else:
        precision, recall = shared / p.total(), shared / g.total()
        expected = 2 * precision * recall / (precision + recall)
    assert f1(predicted, [gold]) == pytest.approx(expected)


def test_contains_looks_in_the_prose_and_in_the_short_form():
    assert answer_contains("Peluncuran terjadi 28 April 2016.", "", ["2016"]) == 1.0
    assert answer_contains("…", "28 April 2016", ["28 april"]) == 1.0
    assert answer_contains("tahun 20161", "", ["2016"]) == 0.0


@pytest.mark.parametrize(
    ("text", "short", "right"),
    [
        ("Landasan itu belum selesai.", "Tidak", 1.0),
        ("Landasan itu belum selesai.", "Ya", 0.0),  # the right sentence under the wrong side is wrong
        ("Landasan itu belum selesai.", "", 1.0),  # no side taken: the proving words decide
        ("Landasan itu besar.", "", 0.0),
        ("Tidak. Landasan itu besar.", "", 1.0),
        ("No.", "", 1.0),
    ],
)
def test_a_yes_no_answer_is_judged_by_its_side_and_else_by_its_proof(text, short, right):
    assert answer_contains(text, short, ["Tidak", "belum selesai"], yes_no=True) == right


def test_polarity_is_read_from_the_first_word_only():
    assert (polarity("Ya, benar"), polarity("Belum."), polarity("Yang lain"), polarity("")) == (True, False, None, None)


def test_markers_of_citations_are_no_words_of_the_answer():
    text = "Peluncuran pertama gagal. [1] Yang kedua berhasil [2]. Lihat [3]."
    assert said(text, (1, 2)) == "Peluncuran pertama gagal. Yang kedua berhasil. Lihat [3]."
    assert answer_contains(said("Ada beberapa satelit. [2]", (2,)), "", ["2"]) == 0.0


def test_an_accepted_answer_that_says_nothing_counts_only_where_none_says_more():
    assert exact_match("", ["The", "roket"]) == 0.0
    assert f1("", ["The", "roket"]) == 0.0
    assert (exact_match("", ["The"]), f1("", ["The"])) == (1.0, 1.0)
