"""Precision and recall of abstaining, by hand and against the sets themselves."""

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.abstention import abstention
from qa.evaluation.metrics.registry import means


def test_precision_and_recall_by_hand():
    # five cases, (answerable, abstained): U has 2 and one was declined; A has 3 and two were withheld; S has 3 and one is right
    pairs = [(False, True), (False, False), (True, True), (True, True), (True, False)]
    figures = means([abstention(answerable=answerable, abstained=abstained) for answerable, abstained in pairs])
    assert figures == {"withheld": (2 / 3, 3), "declined": (1 / 2, 2), "abstention_precision": (1 / 3, 3)}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_the_means_are_precision_and_recall_of_the_sets(pairs):
    figures = means([abstention(answerable=answerable, abstained=abstained) for answerable, abstained in pairs])
    silent = {row for row, (_, abstained) in enumerate(pairs) if abstained}
    unanswerable = {row for row, (answerable, _) in enumerate(pairs) if not answerable}
    answerable = set(range(len(pairs))) - unanswerable
    for name, hits, over in (
        ("declined", silent & unanswerable, unanswerable),
        ("abstention_precision", silent & unanswerable, silent),
        ("withheld", silent & answerable, answerable),
    ):
        assert figures.get(name) == ((len(hits) / len(over), len(over)) if over else None)
