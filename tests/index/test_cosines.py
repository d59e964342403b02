from __future__ import annotations

import numpy as np
import pytest

from qa.errors import StoreError
from qa.index.cosines import best, chosen_rows, known_rows, unit_query, unit_rows


def test_the_best_are_in_order_of_score_then_row_and_those_of_minus_infinity_never_come():
    scores, rows = np.array([0.5, 0.9, 0.5, -np.inf, 0.5], dtype=np.float32), np.array([9, 4, 2, 1, 7])
    assert best(scores, rows, 3) == [(4, pytest.approx(0.9)), (2, 0.5), (7, 0.5)]
    assert [row for row, _ in best(scores, rows, 10)] == [4, 2, 7, 9]


def test_rows_are_brought_to_unit_length_and_those_of_a_store_stay_as_they_are():
    rows = unit_rows(np.array([[3, 4], [0, 0]]), 2, 0)
    assert rows.astype(float) == pytest.approx(np.array([[0.6, 0.8], [0, 0]]), abs=1e-3)
    assert (unit_rows(rows.astype(np.float32), 2, 0) == rows).all()
    with pytest.raises(StoreError, match="row 6"):
        unit_rows(np.array([[1, 0], [np.nan, 0]]), 2, 5)


def test_a_question_is_of_unit_length_and_of_the_width_of_the_index():
    assert unit_query(np.array([3, 4]), 2) == pytest.approx([0.6, 0.8])
    assert unit_query(np.zeros(2), 2) is None
    with pytest.raises(StoreError, match=r"\(3,\)"):
        unit_query(np.zeros(3), 2)


def test_row_numbers_rise_and_come_once():
    assert known_rows([3, 1, 3], 4).tolist() == [1, 3]
    assert chosen_rows(None) is None
    assert chosen_rows([2, 0, 2]).tolist() == [0, 2]
    with pytest.raises(IndexError, match="4"):
        known_rows([4], 4)
