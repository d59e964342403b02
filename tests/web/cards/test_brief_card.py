"""The brief of an archive as a card."""

from __future__ import annotations

from qa.web.cards.brief_card import brief_html
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def test_the_card_tells_size_days_and_names_that_lead_to_their_timeline(assistant):
    html = brief_html(assistant, ID)
    brief = assistant.brief(0)
    assert f"{ID.number(brief.articles)} artikel" in html
    assert ID.day(brief.first) in html
    assert brief.names
    assert f'data-timeline="{brief.names[0].name}"' in html
    assert "What this archive holds" in brief_html(assistant, EN)


def test_an_assistant_without_a_brief_or_with_a_broken_one_has_no_card(fake):
    assert brief_html(fake, ID) == ""
    fake.brief = lambda _: 1 / 0
    assert brief_html(fake, ID) == ""
