"""What adds articles is offered only where the operator allows it."""

from __future__ import annotations

from qa.web.page.add_panel import MAX_BYTES, most
from qa.web.wording.languages import words


def test_adding_and_fetching_are_seen_where_they_are_allowed(fake, page_of):
    closed = page_of(fake, edit=False).archive.adding
    assert not closed.accordion.visible
    usual = page_of(fake).archive.adding
    assert usual.accordion.visible
    assert not usual.by_address.visible
    assert page_of(fake, fetch=True).archive.adding.by_address.visible
    assert len(usual.switched(words("en"))) == len(usual.outputs())


def test_the_longest_article_is_the_settings_own(fake, assistant):
    assert most(assistant) == assistant.settings.corpus.max_bytes
    assert most(fake) == MAX_BYTES
