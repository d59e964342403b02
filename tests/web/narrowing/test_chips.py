"""The chips above a question, and the fields that set them."""

from __future__ import annotations

from datetime import date

from qa.web.narrowing.chips import narrowed_html, narrowing_html
from qa.web.narrowing.filters import Narrowing
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def test_each_thing_that_is_set_is_a_chip_that_says_what_a_click_takes_away(fake):
    now = Narrowing(since=date(2024, 3, 4), outlets=("Koran Uji",), articles=("hujan",))
    html = narrowing_html(now, fake, ID, "ask")
    assert 'data-narrow="-since"' in html
    assert "Hapus saringan: sejak 4 Maret 2024" in html
    assert 'data-value="Koran Uji"' in html
    assert "artikel: Hujan deras di Bogor" in html
    assert 'data-narrow="clear"' in html
    assert "since 4 March 2024" in narrowing_html(now, fake, EN, "ask")


def test_the_fields_have_labels_and_offer_the_outlets_that_are_not_chosen(fake):
    html = narrowing_html(Narrowing(), fake, ID, "ask")
    for field in ("ask-since", "ask-until", "ask-outlet"):
        assert f'for="{field}"' in html
        assert f'id="{field}"' in html
    assert "Koran Uji (1)" in html
    assert "Koran Uji (1)" not in narrowing_html(Narrowing(outlets=("Koran Uji",)), fake, ID, "ask")
    assert "data-narrow" not in html


def test_an_answer_says_what_it_was_narrowed_to_and_offers_the_whole_archive():
    html = narrowed_html(Narrowing(outlets=("<b>Koran",)), {}, ID, "Siapa?")
    assert "Dicari hanya dalam" in html
    assert "&lt;b&gt;Koran" in html
    assert 'data-wide="Siapa?"' in html
    assert narrowed_html(Narrowing(), {}, ID, "Siapa?") == ""


def test_an_article_that_went_meanwhile_is_a_chip_still(fake):
    assert ID.untitled in narrowing_html(Narrowing(articles=("weg",)), fake, ID, "ask")
