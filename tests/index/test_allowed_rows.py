"""Rows that are allowed, with the filter that they come from: to an engine here they are numbers and nothing else."""

from __future__ import annotations

from array import array
from datetime import date

import numpy as np
import pytest

from qa.index.allowed_rows import AllowedRows

WINDOW = (date(2024, 1, 1), date(2024, 2, 1))


@pytest.mark.parametrize("rows", [array("q", [1, 5, 2**40]), [1, 5, 2**40], np.array([1, 5, 2**40]), range(3), array("q")])
def test_the_rows_are_those_that_were_given_whatever_holds_them(rows):
    made = AllowedRows.of(rows, WINDOW, ("Koran",))
    assert list(made) == list(rows)
    assert len(made) == len(rows)
    assert np.asarray(made, dtype=np.int64).tolist() == list(rows)
    assert (made.window, made.outlets) == (WINDOW, ("Koran",))
