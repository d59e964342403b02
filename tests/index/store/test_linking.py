from __future__ import annotations

import os

import pytest

from qa.index.store.linking import copy, link


def test_a_file_gets_a_second_name_and_its_bytes_go_with_the_last(tmp_path):
    (tmp_path / "old" / "lexical").mkdir(parents=True)
    (tmp_path / "old" / "lexical" / "a.idx").write_bytes(b"words")
    link(tmp_path / "old", tmp_path / "new", ["lexical/a.idx"])
    assert (tmp_path / "new" / "lexical" / "a.idx").samefile(tmp_path / "old" / "lexical" / "a.idx")
    (tmp_path / "old" / "lexical" / "a.idx").unlink()
    assert (tmp_path / "new" / "lexical" / "a.idx").read_bytes() == b"words"


def test_where_there_are_no_hard_links_it_is_copied(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(95, "Operation not supported")

    (tmp_path / "a").write_bytes(b"words")
    monkeypatch.setattr(os, "link", refused)
    link(tmp_path, tmp_path / "new", ["a"])
    assert (tmp_path / "new" / "a").read_bytes() == b"words"
    assert not (tmp_path / "new" / "a").samefile(tmp_path / "a")


def test_a_file_that_is_not_there_is_reported(tmp_path):
    with pytest.raises(FileNotFoundError):
        link(tmp_path, tmp_path / "new", ["missing"])


def test_a_copy_may_be_written_to(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "meta.json").write_bytes(b"{}")
    copy(tmp_path, tmp_path / "new", ["meta.json"])
    (tmp_path / "new" / "meta.json").write_bytes(b"[]")
    assert (tmp_path / "meta.json").read_bytes() == b"{}"
