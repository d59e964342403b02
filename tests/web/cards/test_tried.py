"""A question is put to an assistant once for a generation of its index."""

from __future__ import annotations

from qa.errors import QaError
from qa.web.cards.tried import MOST, Tried


def test_what_was_found_is_remembered_until_the_generation_changes(fake):
    tried, question = Tried(lambda: fake), "Siapa yang membuka Pasar Minggu pada Senin?"
    assert not tried.known(question, "gen-1")
    short = tried.answer(question, "gen-1")
    assert short
    assert tried.known(question, "gen-1")
    assert tried.answer(question, "gen-1") == short
    assert len(fake.histories) == 1
    assert not tried.known(question, "gen-2")
    assert tried.answer(question, "gen-2") == short
    assert len(fake.histories) == 2


def test_what_is_withheld_or_fails_is_remembered_as_not_answered(fake):
    tried = Tried(lambda: fake)
    for question in ("Berapa harga tiket konser?", "galat", "meledak"):
        assert tried.answer(question, "gen-1") is None
        assert tried.known(question, "gen-1")


def test_the_memory_is_bounded(fake):
    def refuse(question, history=()):
        raise QaError("tidak bisa")

    fake.ask = refuse
    tried = Tried(lambda: fake)
    for n in range(MOST + 5):
        tried.answer(str(n), "gen-1")
    assert not tried.known("4", "gen-1")
    assert tried.known("5", "gen-1")


def test_a_new_generation_is_asked_of_a_reopened_assistant(fake, make_fake):
    opened = []

    def open_():
        opened.append(make_fake(fake.shelf))
        return opened[-1]

    tried = Tried(open_)
    for generation in ("gen-1", "gen-1", "gen-2"):
        tried.answer("Siapa yang membuka Pasar Minggu pada Senin?", generation)
    assert [len(one.histories) for one in opened] == [1, 1]
