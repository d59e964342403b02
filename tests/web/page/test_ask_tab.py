"""The tab where questions are asked."""

from __future__ import annotations

from qa.web.narrowing.filters import Narrowing
from qa.web.wording.languages import words


def test_the_other_language_changes_every_part_that_says_something(fake, page_of):
    ask = page_of(fake).ask
    said = ask.switched(words("en"), "", (), "", Narrowing(outlets=("Koran Uji",)))
    assert len(said) == len(ask.outputs())
    assert "What would you like to know?" in said[ask.outputs().index(ask.chat)]
    assert "Remove the filter: Koran Uji" in said[ask.outputs().index(ask.chips)]
