"""What a browser sends is of the kind that was asked for, or it is refused."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa.errors import UsageError
from qa.web.render.parts import renewed, sent


def test_a_value_of_another_kind_is_refused():
    event = SimpleNamespace(turn=3, name="x", flag=True)
    assert sent(event, "turn", int) == 3
    assert sent(event, "name", str) == "x"
    for name, kind in (("turn", str), ("name", int), ("flag", int), ("none", str)):
        with pytest.raises(UsageError, match=name):
            sent(event, name, kind)


def test_the_same_html_counts_as_new_again():
    assert renewed("<p>x</p>") != renewed("<p>x</p>")
    assert "<p>x</p>" in renewed("<p>x</p>")
