"""A moment by which work in this thread should be done, looked at where it can be given up: between two pairs of the reader.

Nothing is interrupted. Whoever does the work asks `check()`; whoever set the moment hears OutOfTimeError and answers otherwise.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from qa.errors import OutOfTimeError


class _Here(threading.local):
    moment: float | None = None


_here = _Here()


@contextmanager
def until(moment: float | None) -> Iterator[None]:
    """Within, `check()` raises once `time.monotonic()` has passed `moment` (None: never). An earlier moment around it still holds."""
    before = _here.moment
    _here.moment = min((each for each in (before, moment) if each is not None), default=None)
    try:
        yield
    finally:
        _here.moment = before


def check() -> None:
    """Raises OutOfTimeError when the moment has passed."""
    moment = _here.moment
    if moment is not None and (over := time.monotonic() - moment) > 0:
        raise OutOfTimeError(f"the question's time was over by {over:.1f} s. Cure: a longer web.budget, or more workers")
