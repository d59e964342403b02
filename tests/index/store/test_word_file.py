from __future__ import annotations

import sqlite3

import pytest

from qa.errors import IndexBrokenError
from qa.index.store import word_file
from qa.index.store.word_file import WordFile
from qa.index.store.writer import ArticleWriter

PARTS = ({"pelabuhan": 3, "di": 9, "2024": 2}, {"di": 5, "ñandu": 1, "kapal": 4, "pelabuhan": 1})


@pytest.fixture
def folder(tmp_path):
    for number, counts in enumerate(PARTS):
        (tmp_path / f"s{number}").mkdir()
        with ArticleWriter(tmp_path / f"s{number}") as writer:
            writer.count_words(counts)
    word_file.write(tmp_path, [tmp_path / "s0", tmp_path / "s1"], 14)
    return tmp_path


def test_the_counts_of_all_parts_are_added_up(folder):
    words = WordFile(folder)
    assert dict(words.words()) == {"di": 14, "pelabuhan": 4, "kapal": 4, "2024": 2, "ñandu": 1}
    assert [words.count(word) for word in ("di", "ñandu", "perahu", "\ud800")] == [14, 1, 0, 0]
    assert words.end_row == 14
    assert list(words.commonest.items())[:2] == [("di", 14), ("kapal", 4)]
    assert words.whole


def test_words_of_letters_are_found_by_length_and_by_consonants(folder):
    words = WordFile(folder)
    assert words.of_length(5) == ["kapal", "ñandu"]
    assert words.of_length(4) == []
    assert words.of_length(2) == []
    assert words.with_consonants("kpl") == ["kapal"]
    assert words.with_consonants("\ud800") == []


def test_a_file_that_is_missing_or_holds_something_else_is_broken(folder):
    path = folder / word_file.FILE
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM commonest")
    connection.close()
    with pytest.raises(IndexBrokenError, match="no word"):
        WordFile(folder)
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(IndexBrokenError, match=word_file.FILE):
        WordFile(folder)
    path.unlink()
    with pytest.raises(IndexBrokenError, match="missing"):
        WordFile(folder)
