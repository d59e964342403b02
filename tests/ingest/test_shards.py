"""Shards: consecutive files, each in one, under a key that says what they are."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.reading.files import FoundFile
from qa.ingest.shards import shards


def found(folder, sizes):
    made = []
    for number, size in enumerate(sizes):
        path = folder / f"{number:03}.txt"
        path.write_bytes(b"x" * size)
        made.append(FoundFile(path, path.name))
    return made


@given(st.lists(st.integers(0, 300), max_size=30), st.integers(1, 400))
def test_every_file_is_in_one_shard_in_its_order_and_none_is_too_large(tmp_path_factory, sizes, size):
    files = found(tmp_path_factory.mktemp("files"), sizes)
    made = list(shards(files, max_bytes=1, size=size))
    assert [source for shard in made for _, source in shard.files] == [file.source for file in files]
    assert all(shard.files and (shard.size <= size or len(shard.files) == 1) for shard in made)
    assert len({shard.key for shard in made}) == len(made)


def test_the_same_files_have_the_same_key_and_a_changed_one_another(tmp_path):
    files = found(tmp_path, [5, 5])
    (first,) = shards(files, max_bytes=10)
    assert next(shards(files, max_bytes=10)) == first
    assert next(shards(files, max_bytes=11)).key != first.key  # another limit: other files are skipped
    os.utime(files[1].path, ns=(1, 1))
    assert next(shards(files, max_bytes=10)).key != first.key
