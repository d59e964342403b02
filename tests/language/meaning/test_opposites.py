"""Words of states that exclude one another."""

from __future__ import annotations

import pytest

from qa.language import lists
from qa.language.meaning.opposites import opposed, states, tells_both


@pytest.mark.parametrize(
    ("statement", "sentence", "opposite"),
    [
        ("pendaki itu meninggal", "Pendaki ditemukan hidup.", True),
        ("jembatan itu dibuka", "Jembatan ditutup sejak Senin.", True),
        ("DPR mengesahkan undang-undang itu", "DPR menolak undang-undang tersebut.", True),
        ("the hikers survived", "All hikers died in the storm.", True),
        ("pendaki itu meninggal", "Pendaki itu wafat di rumah sakit.", False),
        ("pendaki itu meninggal", "Pendaki tidak selamat.", False),
        ("pendaki itu tidak meninggal", "Pendaki selamat.", False),
        ("jembatan itu dibuka", "Jembatan dibuka setelah ditutup sepekan.", False),
        ("jembatan itu dibuka", "Jembatan itu panjang.", False),
    ],
)
def test_the_opposite_is_told_where_nothing_is_denied_and_the_state_itself_is_not_told(statement, sentence, opposite):
    assert opposed(statement, sentence) is opposite


def test_a_sentence_may_tell_both():
    assert tells_both("jembatan itu dibuka", "Jembatan dibuka setelah ditutup sepekan.")
    assert not tells_both("jembatan itu dibuka", "Jembatan dibuka.")


def test_words_of_one_side_say_the_same():
    assert states("tewas") == states("meninggal") == states("died")
    assert states("selamat") != states("tewas")


def test_each_row_has_an_opposite_in_its_language():
    rows = lists.table("opposites").rows
    for of, side, language, _ in rows:
        assert any(row[0] == of and row[1] != side and row[2] == language for row in rows), (of, side, language)
