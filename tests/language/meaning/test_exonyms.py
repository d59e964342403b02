"""The table of exonyms: every form of it is reached from every other, in either language."""

from __future__ import annotations

from itertools import pairwise

import pytest

from qa.answer.verify.support import unsupported
from qa.language import lists
from qa.language.meaning.exonyms import is_country, same_name, spellings
from qa.language.text.words import fold, terms

ROWS = lists.table("exonyms").rows
KINDS = {"body", "city", "continent", "country", "direction", "office", "region", "union"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2])
def test_each_form_of_a_row_is_every_other(row):
    kind, iso, english, indonesian = row
    forms = [*english.split("|"), *indonesian.split("|")]
    assert kind in KINDS
    assert not iso or (kind == "country" and len(iso) == 2 and iso.isupper())
    for form, other in pairwise([*forms, forms[0]]):
        assert form == fold(form)
        assert other in spellings(form)
        assert same_name(form.title(), frozenset(terms(other)), by_sound=False) == ""
        assert is_country(form.title(), whole=True) or kind not in {"country", "union"}


def test_a_country_is_listed_once():
    codes = [row[1] for row in ROWS if row[1]]
    assert len(codes) == len(set(codes)) >= 190
    firsts = [row[2].split("|")[0] for row in ROWS]
    assert len(firsts) == len(set(firsts))


def test_no_two_countries_share_a_form():
    seen: dict[str, str] = {}
    for kind, _, english, indonesian in ROWS:
        if kind == "country":
            for form in {*english.split("|"), *indonesian.split("|")}:
                assert seen.setdefault(form, english) == english, form


@pytest.mark.parametrize(("claim", "quote"), [("Croatia has defeated Morocco.", "Kroasia mengalahkan Maroko."), ("Ivory Coast exports cocoa.", "Pantai Gading mengekspor kakao."), ("The Maldives closed its embassy.", "Maladewa menutup kedutaannya.")])  # fmt: skip
def test_a_country_is_the_same_in_both_languages(claim, quote):
    assert unsupported(claim, quote) == ""
