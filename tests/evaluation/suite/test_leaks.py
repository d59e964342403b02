"""The quick search for near questions finds what comparing all with all finds."""

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.suite.cases import Suite
from qa.evaluation.suite.leaks import ALIKE, _Asked, _near
from qa.schema import EvalCase

QUESTIONS = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8).map(" ".join), max_size=12)


@given(QUESTIONS)
def test_no_pair_that_is_alike_enough_is_passed_over(questions):
    suite = Suite(path=Path("s"), cases=(), lines=(), sha256="")
    asked = [_Asked(suite, row, EvalCase(id=str(row), question=text)) for row, text in enumerate(questions)]
    found = {(a.line, b.line) for a, b in _near(asked)}
    for a, b in combinations(asked, 2):
        if len(a.words & b.words) >= ALIKE * len(a.words | b.words):
            assert (a.line, b.line) in found
