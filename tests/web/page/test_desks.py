"""Indexes to choose among."""

from __future__ import annotations

import pytest

from qa.errors import IndexMissingError
from qa.web.page.controller import Desk
from qa.web.page.desks import Desks


def test_an_index_is_opened_when_it_is_first_chosen_and_then_kept(fake, make_fake):
    opened = []

    def open_(name):
        opened.append(name)
        return make_fake(fake.shelf, name=name)

    desks = Desks(Desk(fake), ("lain", "uji"), open_)
    assert desks.names == ("uji", "lain")
    assert desks.at("") is desks.first
    assert desks.at("uji") is desks.first
    assert opened == []
    assert desks.at("lain").assistant.name == "lain"
    assert desks.at("lain") is desks.at("lain")
    assert opened == ["lain"]


def test_what_is_not_offered_is_never_opened_and_what_cannot_be_opened_is_reported(fake):
    def open_(name):
        raise IndexMissingError(f"no index {name}")

    desks = Desks(Desk(fake), ("hilang",), open_)
    assert desks.at("../rahasia") is desks.first
    with pytest.raises(IndexMissingError):
        desks.at("hilang")
    assert Desks(Desk(fake), ("lain",)).names == ("uji",)
