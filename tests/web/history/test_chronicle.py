"""The conversations of the page as they are kept; a disk that fails costs the history and never the answer."""

from __future__ import annotations

import pytest

from qa.web.history.chronicle import Chronicle, marked
from qa.web.page.controller import Desk
from qa.web.render.conversation import Exchange
from qa.web.wording.languages import words

ID = words("id")
QUESTION = "Berapa kios yang dimiliki Pasar itu?"


def kept_one(chronicle, fake, visitor="a", place=""):
    place, row = chronicle.begin(visitor, place, Exchange(question=QUESTION))
    chronicle.finish(visitor, Exchange(question=QUESTION, answer=fake.ask(QUESTION), kept=row))
    return place


def test_a_conversation_is_reopened_by_its_visitor_alone(fake, tmp_path):
    chronicle = Chronicle(Desk(fake), tmp_path)
    place = kept_one(chronicle, fake)
    (again,) = chronicle.reopen("a", place, ID)
    assert again.answer == fake.ask(QUESTION)
    assert chronicle.reopen("b", place, ID) == ()
    assert QUESTION in chronicle.listing("a", "", place, ID)
    assert ID.past_none in chronicle.listing("b", "", place, ID)
    chronicle.rename("a", place, "Pasar")
    assert "Pasar" in chronicle.listing("a", "pasar", "", ID)
    chronicle.forget("a", place)
    assert ID.past_none in chronicle.listing("a", "", "", ID)


def test_nothing_is_kept_without_a_folder_nor_of_a_browser_without_a_number(fake, tmp_path):
    off = Chronicle(Desk(fake), None)
    assert not off.on
    assert off.begin("a", "", Exchange(question="?")) == ("", 0)
    assert off.reopen("a", "x", ID) == ()
    assert Chronicle(Desk(fake), tmp_path / "h").begin("", "", Exchange(question="?")) == ("", 0)
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("visitor", ["a", ""])
def test_a_disk_that_fails_gives_a_message_and_stops_no_answer(fake, tmp_path, visitor, caplog):
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    chronicle = Chronicle(Desk(fake), tmp_path / "berkas")
    assert chronicle.begin(visitor, "", Exchange(question="?")) == ("", 0)
    chronicle.finish(visitor, Exchange(question="?", kept=3))
    assert chronicle.reopen(visitor, "x", ID) == ()
    assert ("Cure" in chronicle.listing(visitor, "", "", ID)) == bool(visitor)


def test_the_last_exchange_learns_its_row():
    first, last = Exchange(question="1"), Exchange(question="2")
    assert [one.kept for one in marked((first, last), 5)] == [0, 5]
    assert marked((first,), 0) == (first,)
