"""The tab of the archive."""

from __future__ import annotations

from qa.web.archive.article_table import AS_IT_IS
from qa.web.narrowing.filters import WHOLE
from qa.web.wording.languages import words


def test_the_other_language_changes_every_part_that_says_something(fake, page_of):
    archive = page_of(fake).archive
    said = archive.switched(words("en"), "", "", WHOLE, AS_IT_IS)
    assert len(said) == len(archive.outputs())
    assert "4 March 2024" in said[archive.outputs().index(archive.listing)]
    assert "By month" in said[archive.outputs().index(archive.months)]
