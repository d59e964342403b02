"""Charts: the same bytes every time, and the intervals that they show are Wilson's."""

import base64
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.report.html import page
from qa.evaluation.report.plots import bins, reliability_chart, risk_coverage_chart, slice_chart, wilson
from qa.evaluation.run.run import run


@pytest.mark.parametrize("draw", [risk_coverage_chart, reliability_chart, slice_chart])
def test_a_chart_is_whole_svg_without_a_date_and_the_same_every_time(draw, suite, archive, answers, scripted):
    report = run(scripted(answers), suite, archive)
    first = draw(report)
    assert ET.fromstring(first).tag.endswith("svg")
    assert "<dc:date>" not in first
    assert first == draw(report)


def test_the_charts_of_a_page_load_nothing(suite, archive, answers, scripted):
    html = page(run(scripted(answers), suite, archive), archive)
    drawn = [base64.b64decode(found).decode() for found in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)]
    assert len(drawn) == html.count("<img") == 3
    assert not any("<image" in svg or "url(http" in svg or "@import" in svg for svg in drawn)


def test_wilson_by_hand():
    low, high = wilson(8, 10)  # p = 0.8, z^2 = 3.8416: middle 0.99208, spread 0.32704, over 1.38416
    assert (low, high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 50), st.integers(0, 50))
def test_an_interval_holds_its_share(a, b):
    n = a + b
    low, high = wilson(a, n)
    assert 0 <= low <= (a / n if n else 0.5) + 1e-9
    assert (a / n if n else 0.5) - 1e-9 <= high <= 1


def test_bins_are_those_of_the_calibration_error():
    assert bins([0.05, 0.95, 1.0], [0, 1, 0]) == [(0.05, 0.0, 1), (pytest.approx(0.975), 0.5, 2)]
