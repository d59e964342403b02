"""Is what answers among what was found?

Binary relevance: a passage is relevant when it overlaps a marked span. Where whole articles were judged (TREC qrels), an article
has the rank of its best passage, and is relevant from grade 1 on; nDCG alone looks at how high the grade is.

Symbols: r_i = 1 when the passage at rank i (from 1) is relevant, else 0; R = how many relevant passages the index has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def recall_at(relevant: Sequence[bool], total: int, k: int) -> float:
    """recall@k = (r_1 + … + r_k) / R.

    Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), chapter 8. With several articles that
    tell the same thing R > 1, so recall@1 stays under 1; `success_at` asks for one of them only.
    """
    return sum(relevant[:k]) / total if total else 0.0


def success_at(relevant: Sequence[bool], k: int) -> float:
    """success@k = 1 when any of r_1 … r_k is 1, else 0 (also called hit rate@k). Source: TREC, as in ir-measures' `Success`."""
    return float(any(relevant[:k]))


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """RR = 1 / (the first rank i with r_i = 1), 0 when there is none; its mean over questions is MRR.

    Source: Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    return next((1 / rank for rank, hit in enumerate(relevant, start=1) if hit), 0.0)


def ndcg_at(relevant: Sequence[bool], total: int, k: int = 10) -> float:
    """nDCG@k = DCG@k / IDCG@k, DCG@k = sum over i <= k of r_i / log2(i + 1), IDCG@k = the same with the R relevant ones first.

    Source: Järvelin and Kekäläinen, ACM TOIS 20(4), 2002 (grades 0 and 1, so that gain and 2^gain - 1 agree).
    """
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(total, k) + 1))
    gained = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(relevant[:k], start=1) if hit)
    return gained / ideal if ideal else 0.0


def graded_ndcg_at(grades: Sequence[int], judged: Sequence[int], k: int = 10) -> float:
    """nDCG@k with gain = grade: DCG@k = sum over i <= k of g_i / log2(i + 1), IDCG@k = the same over the judged grades, highest first.

    `grades`: of what was found, by rank, 0 for what nobody judged; `judged`: every grade of the question. Equal to `ndcg_at` where
    all grades are 1. Source: Järvelin and Kekäläinen, ACM TOIS 20(4), 2002; linear gain as in trec_eval's ndcg_cut.
    """
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(sorted(judged, reverse=True)[:k], start=1))
    gained = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:k], start=1))
    return gained / ideal if ideal else 0.0


def average_precision(relevant: Sequence[bool], total: int) -> float:
    """AP = (1 / R) x sum over ranks i with r_i = 1 of (r_1 + … + r_i) / i; its mean over questions is MAP.

    Source: Manning, Raghavan and Schütze (2008), chapter 8.
    """
    found = 0
    gained = 0.0
    for rank, hit in enumerate(relevant, start=1):
        if hit:
            found += 1
            gained += found / rank
    return gained / total if total else 0.0
