"""How long does a question take? Over the wall seconds of every question, a crash included: it was waited for too."""

from __future__ import annotations

import math
from collections.abc import Sequence

SHARES = (0.5, 0.95, 0.99)


def latency(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99, the longest, and the sum, all in seconds; zeros where nothing was asked.

    Under 100 questions p99 is the longest: a suite cannot tell more of its tail than it has.
    """
    return {
        **{f"p{share * 100:.0f}": percentile(seconds, share) for share in SHARES},
        "max": max(seconds, default=0.0),
        "sum": sum(seconds),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed: x_(ceil(share x n)); 0 without values.

    It is always a value that was measured. Source: Hyndman and Fan, The American Statistician 50(4), 1996, definition 1.
    """
    if not values:
        return 0.0
    rank = math.ceil(share * len(values) - 1e-9)  # 0.95 x 20 is 19, whatever the last bit of the product says
    return sorted(values)[max(1, rank) - 1]
