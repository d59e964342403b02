"""The value types of how sources relate to one another."""

from __future__ import annotations

import pytest

from qa.agreement import Comparison, Side

SIDES = (Side(value="6", quotes=(("Enam.", 1),), confidence=0.8), Side(value="9", quotes=(("Sembilan.", 2),), confidence=0.5))


@pytest.mark.parametrize(
    ("verdict", "confidence"), [("contradict", 1 - 0.2 * 0.5), ("update", 1 - 0.2 * 0.5), ("agree", 0.8), ("single", 0.8)]
)
def test_the_confidence_is_that_of_the_values_that_are_shown(verdict, confidence):
    assert Comparison(verdict=verdict, sides=SIDES, independent=2).confidence == pytest.approx(confidence)
