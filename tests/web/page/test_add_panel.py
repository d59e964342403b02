"""What adds articles is offered only where the operator allows it."""

from __future__ import annotations

from qa.web.wording.languages import words


def test_adding_and_fetching_are_seen_where_they_are_allowed(fake, page_of):
    closed = page_of(fake, edit=False).archive.adding
    assert not closed.accordion.visible
    usual = page_of(fake).archive.adding
    assert usual.accordion.visible
    assert not usual.by_address.visible
    assert page_of(fake, fetch=True).archive.adding.by_address.visible
    assert len(usual.switched(words("en"))) == len(usual.outputs())
