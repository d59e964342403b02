"""A link carries what narrows its question, and says what of it an archive cannot do."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from qa.web.narrowing.filters import MOST, WHOLE, Narrowing
from qa.web.narrowing.narrowing_link import SHOWN, from_link, link_of
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def read(link: str, assistant, said=ID):
    told = parse_qs(link)
    days = told.get("since", [""])[0], told.get("until", [""])[0]
    return from_link(days, told.get("outlet", []), told.get("articles", []), assistant, said)


def test_what_narrows_a_question_is_read_back_from_its_link(fake):
    only = Narrowing(since=date(2024, 3, 1), until=date(2024, 3, 9), outlets=("Koran Uji",), articles=("pasar", "hujan"))
    assert read(link_of(only), fake) == (only, ())
    assert link_of(WHOLE) == ""


def test_an_outlet_is_found_however_it_is_written(fake):
    assert read("outlet=KORAN+uji&outlet=Koran+Uji", fake) == (Narrowing(outlets=("Koran Uji",)), ())


@pytest.mark.parametrize(
    ("link", "value"),
    [("since=2024-13-01", "2024-13-01"), ("until=kemarin", "kemarin"), ("outlet=Tempo", "Tempo"), ("articles=../etc", "../etc")],
)
def test_each_bad_value_is_named_in_the_page_s_language_and_the_rest_is_kept(fake, link, value):
    for said in (ID, EN):
        only, (fault,) = read(f"{link}&outlet=Koran+Uji", fake, said)
        assert only == Narrowing(outlets=("Koran Uji",))
        assert value in fault
        assert ("Tautan" in fault) == (said is ID)


def test_a_very_long_value_is_cut_and_too_many_are_reported(fake):
    _, faults = read(f"outlet={'x' * 5000}&" + "&".join(["articles=pasar"] * (MOST + 1)), fake)
    assert len(faults) == 2
    assert all(len(fault) < SHOWN + 120 for fault in faults)
    assert str(MOST) in faults[1]
