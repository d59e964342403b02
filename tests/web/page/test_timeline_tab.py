"""The tab of the timeline."""

from __future__ import annotations

from qa.web.wording.languages import words


def test_the_other_language_changes_every_part_that_says_something(assistant, page_of):
    line = page_of(assistant).line
    said = line.switched(words("en"), "", "  Vostochny ")
    assert len(said) == len(line.outputs())
    assert "events of Vostochny" in said[line.outputs().index(line.table)]
