"""Parts: there whole or not at all, and what was put in comes out."""

from __future__ import annotations

import hashlib
from datetime import date

import numpy as np
import pytest

from qa.corpus.clean import masked
from qa.errors import StoreError
from qa.index.prepare import prepare
from qa.ingest.part_files import VECTORS, lines, packed, read_prepared, unpacked, write_lines, write_prepared, written
from qa.schema import Article

TEXT = (
    "Wali Kota membuka pasar\u2028itu.\n\nBaca juga: Harga cabai naik\n\nPasar itu memiliki 320 kios 🥬. Pedagang senang sekali."
)


def article(number=1):
    text = f"{TEXT} Nomor {number}."
    told = {"title": "Pasar", "outlet": "Koran", "author": "Siti", "published": date(2024, 3, 4), "url": "https://x.example/1"}
    return Article(id=f"a{number}", text=text, source=f"a{number}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), **told)


def test_an_article_comes_back_as_it_was(tmp_path):
    write_lines(tmp_path / "part", [packed(article())])
    assert [unpacked(told) for told in lines(tmp_path / "part")] == [article()]


def test_what_was_prepared_comes_back_with_its_vectors(tmp_path):
    made = [prepare(each, 100) for each in masked([article(1), article(2)])]
    vectors = np.random.default_rng(1).random((sum(len(each.passages) for each in made), 4), dtype=np.float32)
    write_prepared(tmp_path, "key", made, vectors)
    again = list(read_prepared(tmp_path, "key"))
    assert [each.article for each, _ in again] == [each.article for each in made]
    assert [each.passages for each, _ in again] == [each.passages for each in made]
    assert [each.terms for each, _ in again] == [each.terms for each in made]
    assert [each.names for each, _ in again] == [each.names for each in made]
    assert np.array_equal(np.concatenate([rows for _, rows in again]), vectors)


def test_a_part_that_breaks_off_is_not_there_and_leaves_nothing(tmp_path):
    def breaking():
        with written(tmp_path / "part") as file:
            file.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaking()
    assert not list(tmp_path.iterdir())


def test_written_again_it_is_the_same(tmp_path):
    for _ in range(2):
        write_lines(tmp_path / "part", [1, 2])
    assert list(lines(tmp_path / "part")) == [1, 2]
    assert len(list(tmp_path.iterdir())) == 1


def test_parts_that_are_missing_cut_or_of_two_makings_are_refused_by_name(tmp_path):
    with pytest.raises(StoreError, match=r"key\.vectors\.npy.*Cure"):
        list(read_prepared(tmp_path, "key"))
    made = [prepare(article(), 100)]
    write_prepared(tmp_path, "key", made, np.zeros((len(made[0].passages), 4), dtype=np.float32))
    np.save(tmp_path / f"key{VECTORS}", np.zeros((99, 4), dtype=np.float32))
    with pytest.raises(StoreError, match="99 vectors"):
        list(read_prepared(tmp_path, "key"))
    (tmp_path / "half").write_text('["a"', encoding="utf-8")
    with pytest.raises(StoreError, match="half"):
        list(lines(tmp_path / "half"))
