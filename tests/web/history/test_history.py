"""Kept conversations: each its visitor's own, found, renamed and deleted, on a disk that may fail."""

from __future__ import annotations

import threading

import pytest

from qa.errors import StoreError
from qa.web.history import history as module
from qa.web.history.history import NAMED, History


@pytest.fixture
def kept(tmp_path):
    return History(tmp_path / "h")


def test_a_conversation_comes_back_turn_by_turn(kept):
    place, first = kept.begin("a", "", "Siapa?", "{}")
    kept.finish("a", first, "Budi.", '{"x": 1}')
    same, second = kept.begin("a", place, "Kapan?", "{}")
    assert same == place
    assert [(t.n, t.question, t.body) for t in kept.turns("a", place)] == [
        (first, "Siapa?", '{"x": 1}'),
        (second, "Kapan?", "{}"),
    ]
    (past,) = kept.listed("a")
    assert (past.name, past.turns) == ("Siapa?", 2)


def test_nobody_sees_changes_or_deletes_what_is_anothers(kept):
    place, row = kept.begin("a", "", "Rahasia?", "{}")
    assert kept.turns("b", place) == ()
    assert kept.listed("b") == ()
    assert kept.listed("b", "rahasia") == ()
    kept.rename("b", place, "milik b")
    kept.forget("b", place)
    kept.finish("b", row, "palsu", "palsu")
    other, _ = kept.begin("b", place, "Boleh?", "{}")  # a guessed id makes a conversation of b's own
    assert other != place
    assert [(t.question, t.body) for t in kept.turns("a", place)] == [("Rahasia?", "{}")]
    assert kept.listed("a")[0].name == "Rahasia?"


def test_every_word_is_sought_in_names_questions_and_answers_and_signs_are_signs(kept):
    one, row = kept.begin("a", "", "Berapa kios?", "{}")
    kept.finish("a", row, "Ada 320 kios, 100%_penuh.", "{}")
    kept.begin("a", "", "Siapa wali kota?", "{}")
    assert [p.id for p in kept.listed("a", "KIOS 320")] == [one]
    assert [p.id for p in kept.listed("a", "0%_p")] == [one]
    assert kept.listed("a", "3%0") == ()
    assert kept.listed("a", "kios wali") == ()
    kept.rename("a", one, "  Pasar \n lama ")
    assert kept.listed("a", "lama")[0].name == "Pasar lama"
    kept.rename("a", one, "  ")
    assert kept.listed("a", "lama")


def test_what_is_deleted_is_gone_from_the_disk_too(kept):
    place, row = kept.begin("a", "", "Zarqunda?", "{}")
    kept.finish("a", row, "Zarqunda.", "Zarqunda")
    assert b"Zarqunda" in kept.path.read_bytes()
    kept.forget("a", place)
    assert kept.turns("a", place) == ()
    assert b"Zarqunda" not in kept.path.read_bytes()


def test_the_file_is_its_owners_alone(kept):
    kept.listed("a")
    assert kept.path.stat().st_mode & 0o077 == 0
    assert kept.path.parent.stat().st_mode & 0o077 == 0


def test_the_oldest_conversations_go_first_and_names_are_short(kept, monkeypatch):
    monkeypatch.setattr(module, "MOST_OWN", 3)
    for i in range(5):
        kept.begin("a", "", f"{i} " + "x" * 500, "{}")
    kept.begin("b", "", "lain", "{}")
    names = [p.name for p in kept.listed("a")]
    assert [name[0] for name in names] == ["4", "3", "2"]
    assert max(map(len, names)) <= NAMED
    assert len(kept.listed("b")) == 1


def test_a_long_first_question_names_its_conversation_up_to_a_word_and_says_that_it_goes_on(kept):
    kept.begin("a", "", "Berapa panjang dermaga Bolo? " + "Saya ingin tahu sebelum berangkat ke sana. " * 9, "{}")
    kept.begin("b", "", "x" * 500, "{}")
    (long,), (word,) = kept.listed("a"), kept.listed("b")
    assert long.name.endswith(" sebelum berangkat ke sana…")
    assert len(long.name) <= NAMED
    assert word.name == "x" * (NAMED - 1) + "…"


def test_many_write_at_once_and_nothing_is_lost(kept):
    place, _ = kept.begin("a", "", "mula", "{}")
    threads = [threading.Thread(target=kept.begin, args=("a", place, str(i), "{}")) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.turns("a", place)) == 13


def test_a_file_that_is_no_database_is_an_error_with_its_cure(kept):
    kept.path.parent.mkdir()
    kept.path.write_bytes(b"bukan basis data " * 100)
    with pytest.raises(StoreError, match="Cure"):
        kept.listed("a")
