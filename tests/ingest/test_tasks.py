"""Tasks: done again they change nothing, and a worker of another release is refused."""

from __future__ import annotations

import numpy as np
import pytest

from qa import __version__
from qa.corpus.clean import masked
from qa.corpus.reading.read import read
from qa.errors import StoreError
from qa.index.encode import open_encoder
from qa.index.prepare import prepare
from qa.ingest.part_files import read_prepared
from qa.ingest.tasks import How, mask_block, prepare_chunk, read_shard


@pytest.fixture
def files(root):
    return tuple((str(path), path.name) for path in sorted((root / "seeds").glob("*.txt")))


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_three_tasks_make_what_one_process_makes_and_nothing_the_second_time(tmp_path, root, files):
    encoder = open_encoder("static")
    how = How(700, encoder.name, encoder.sha256)
    folder = str(tmp_path)

    def all_three():
        told = read_shard(folder, "s", files, 10**6, __version__)
        places = [("s", list(range(len(told["ids"]))))]
        mask_block(folder, "m", places, (), __version__)
        prepare_chunk(folder, "p", [("s", [1, 3])], "m", first=1, how=how, version=__version__)
        return told

    told = all_three()
    before = everything(tmp_path)
    assert all_three() == told
    assert everything(tmp_path) == before
    articles = masked(read([root / "seeds"], max_bytes=10**6, on_skip=print))
    assert [id_ for id_, _ in told["ids"]] == [article.id for article in articles]
    (made, rows), *_ = read_prepared(tmp_path, "p")
    right = prepare(articles[1], 700)
    assert (made.article, made.passages, made.terms, made.names) == (right.article, right.passages, right.terms, right.names)
    assert np.array_equal(rows, encoder.passages(right.contexts))


def test_what_is_skipped_is_reported(tmp_path, files):
    told = read_shard(str(tmp_path), "s", files, 10, __version__)
    assert len(told["skipped"]) == len(files)
    assert all("too large" in why for _, why in told["skipped"])


def test_another_release_or_another_encoder_is_refused_with_the_cure(tmp_path, files):
    with pytest.raises(StoreError, match=r"0\.0\.0.*Cure: install the same release"):
        read_shard(str(tmp_path), "s", files, 10**6, "0.0.0")
    read_shard(str(tmp_path), "s", files, 10**6, __version__)
    mask_block(str(tmp_path), "m", [("s", [0])], (), __version__)
    with pytest.raises(StoreError, match="weights"):
        prepare_chunk(str(tmp_path), "p", [("s", [0])], "m", first=0, how=How(700, "static", "0" * 64), version=__version__)
