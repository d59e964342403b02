"""Percentiles of waiting, by hand and against numpy's inverted distribution function."""

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.latency import SHARES, latency, percentile


def test_percentiles_are_values_that_were_measured():
    assert [percentile([4, 1, 3, 2], share) for share in (0.25, 0.5, 0.95, 1.0)] == [1, 2, 4, 4]
    assert percentile([], 0.5) == 0


def test_latency_by_hand():
    # 200 questions of 1 … 200 seconds: ceil(0.5 x 200) = 100th, ceil(0.95 x 200) = 190th, ceil(0.99 x 200) = 198th
    assert latency(list(range(200, 0, -1))) == {"p50": 100, "p95": 190, "p99": 198, "max": 200, "sum": 20100}
    assert latency([]) == {"p50": 0, "p95": 0, "p99": 0, "max": 0, "sum": 0}


@given(st.lists(st.floats(0, 100), min_size=1, max_size=120), st.sampled_from(SHARES))
def test_percentiles_equal_those_of_numpy(values, share):
    import numpy as np

    assert percentile(values, share) == np.quantile(values, share, method="inverted_cdf")
