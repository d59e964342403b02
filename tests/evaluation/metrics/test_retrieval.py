"""Ours equals ir-measures (trec_eval) on random rankings, and a worked example on paper."""

import math
import random

import pytest

from qa.evaluation.metrics.retrieval import average_precision, ndcg_at, recall_at, reciprocal_rank, success_at

# Relevant at ranks 2 and 3, one of three relevant ones never found.
RANKING = [False, True, True, False]


def test_recall_by_hand():
    assert recall_at(RANKING, 3, 1) == 0
    assert recall_at(RANKING, 3, 2) == pytest.approx(1 / 3)
    assert recall_at(RANKING, 3, 20) == pytest.approx(2 / 3)


def test_reciprocal_rank_by_hand():
    assert reciprocal_rank(RANKING) == 1 / 2
    assert reciprocal_rank([False] * 4) == 0


def test_ndcg_by_hand():
    # DCG = 1/log2(3) + 1/log2(4); IDCG = 1/log2(2) + 1/log2(3) + 1/log2(4)
    gained = 1 / math.log2(3) + 1 / 2
    assert ndcg_at(RANKING, 3, 10) == pytest.approx(gained / (1 + gained))


def test_average_precision_by_hand():
    # precision at rank 2 is 1/2, at rank 3 it is 2/3; three relevant: (1/2 + 2/3) / 3
    assert average_precision(RANKING, 3) == pytest.approx((1 / 2 + 2 / 3) / 3)


def test_success_asks_for_one_only():
    assert (success_at(RANKING, 1), success_at(RANKING, 2)) == (0.0, 1.0)


def test_a_question_without_relevant_passages_scores_zero_and_does_not_divide_by_it():
    assert (recall_at([], 0, 5), ndcg_at([], 0), average_precision([], 0), reciprocal_rank([])) == (0, 0, 0, 0)


def test_every_metric_equals_trec_eval_on_random_rankings():
    import ir_measures
    from ir_measures import AP, RR, R, Success, nDCG

    draw = random.Random(7)
    for _ in range(40):
        length = draw.randint(1, 30)
        relevant = [draw.random() < 0.2 for _ in range(length)]
        missed = draw.randint(0, 4)
        total = sum(relevant) + missed
        if total == 0:
            continue
        qrels = [ir_measures.Qrel("q", f"d{i:03}", 1) for i, hit in enumerate(relevant) if hit]
        qrels += [ir_measures.Qrel("q", f"m{i}", 1) for i in range(missed)]
        run = [ir_measures.ScoredDoc("q", f"d{i:03}", float(length - i)) for i in range(length)]
        oracle = ir_measures.calc_aggregate([R @ 5, R @ 20, Success @ 5, RR, nDCG @ 10, AP], qrels, run)
        assert recall_at(relevant, total, 5) == pytest.approx(oracle[R @ 5])
        assert recall_at(relevant, total, 20) == pytest.approx(oracle[R @ 20])
        assert success_at(relevant, 5) == pytest.approx(oracle[Success @ 5])
        assert reciprocal_rank(relevant) == pytest.approx(oracle[RR])
        assert ndcg_at(relevant, total, 10) == pytest.approx(oracle[nDCG @ 10])
        assert average_precision(relevant, total) == pytest.approx(oracle[AP])
