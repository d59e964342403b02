"""What the tabs share."""

from __future__ import annotations

from qa.web.archive.article_table import Order
from qa.web.narrowing.filters import WHOLE, Narrowing
from qa.web.page.controller import Desk
from qa.web.page.shared import chips, shelf
from qa.web.wording.languages import words

ID = words("id")


def test_the_chips_above_the_question_and_above_the_list_have_fields_of_their_own_and_one_is_unfolded(fake):
    above, beside = chips(Desk(fake), WHOLE, ID, opened="archive")
    assert 'id="ask-since"' in above
    assert 'id="archive-since"' in beside
    assert '<details class="narrow-by" open>' in beside
    assert " open>" not in above


def test_the_list_is_filtered_narrowed_and_sorted_at_once(fake):
    html = shelf(Desk(fake), "pasar", ID, Narrowing(outlets=("Koran Uji",)), Order(column="day"))
    assert 'data-article="pasar"' in html
    assert 'data-article="hujan"' not in html
    assert 'aria-sort="ascending"' in html
