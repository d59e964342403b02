"""Days and outlets narrow both arms, in every engine, and as many are found as are left."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import numpy as np
import pytest
import tantivy

from qa.corpus.passages import passage
from qa.index import generation, lexical
from qa.index.allowed_rows import AllowedRows
from qa.index.lexical import Lexical, LexicalWriter
from qa.index.prepare import Prepared
from qa.index.segments import joint_vectors
from qa.retrieve.search import _rows, search
from qa.schema import Article, Query
from qa.settings import Retrieve
from qa.testing import HashEncoder

MANY, FEW = 10_000, 12
DAY = date(2024, 5, 17)
ENCODER = HashEncoder(32)
WORDS = [f"kata{n}" for n in range(50)]


def prepared():
    """Articles of one short passage; twelve are of the outlet Warta and of one day, each with the words that all have."""
    table = ENCODER.passages(WORDS)
    for n in range(MANY):
        text = f"Berita {WORDS[n % 50]} nomor {n}."
        few = n % (MANY // FEW) == 0 and n // (MANY // FEW) < FEW
        article = Article(
            id=f"a{n}", text=text, source="x", sha256=hashlib.sha256(text.encode()).hexdigest(), outlet="Warta" if few else f"Harian {n % 7}",
            published=DAY if few else DAY + timedelta(days=1 + n % 300),
        )  # fmt: skip
        noise = np.random.default_rng(n).standard_normal(32).astype(np.float32) / 10
        yield (
            Prepared(
                article=article,
                passages=(passage(article, 0, len(text)),),
                contexts=(),
                terms=(("berita", WORDS[n % 50], f"n{n}"),),
            ),
            table[n % 50 : n % 50 + 1] + noise,
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    built = generation.build(tmp_path_factory.mktemp("large"), "besar", (), ENCODER, prepared=prepared(), lists_above=5_000)
    assert (built.n_passages, len(built.lists or ())) == (MANY, MANY)
    return built


@pytest.mark.parametrize("compared", [0, 4_000])
@pytest.mark.parametrize("k", [1, 5, 12, 20, 500])
@pytest.mark.parametrize(
    "only", [{"outlets": ("WARTA",)}, {"window": (DAY, DAY)}, {"window": (date.min, DAY), "outlets": ("Warta",)}]
)
def test_a_filter_that_leaves_twelve_of_ten_thousand_gives_as_many_as_are_wanted_and_there(large, monkeypatch, only, k, compared):
    monkeypatch.setattr(joint_vectors, "COMPARED", compared)  # 0: by the lists, not row by row
    query = Query(text="berita kata3", **only)
    fused = [hit.passage for hit in search(query, large, ENCODER, Retrieve(top=k, depth=k))]
    for passages in (fused, words_arm(query, large, k), vectors_arm(query, large, k)):
        assert len(passages) == min(k, FEW)
        assert {found.outlet for found in passages} == {"Warta"}
        assert {found.published for found in passages} == {DAY}


def words_arm(query, of, k):
    return of.articles.passages([row for row, _ in of.lexical.search(query.text.split(), k, _rows(query, of))])


def vectors_arm(query, of, k):
    return of.articles.passages([row for row, _ in of.vectors.search(ENCODER.question(query.text), k, _rows(query, of))])


def test_a_filter_that_leaves_most_is_filled_up_by_the_lists(large):
    query = Query(text="kata3", window=(DAY, DAY + timedelta(days=250)))
    hits = large.vectors.search(ENCODER.question(query.text), 100, _rows(query, large))
    assert len(hits) == 100
    rows = large.articles.rows_in(query.window)
    exact = np.sort(large.vectors.vectors(0, MANY)[rows] @ ENCODER.question(query.text))[::-1]
    assert np.mean([score for _, score in hits[:10]]) == pytest.approx(exact[:10].mean(), abs=0.005)


@pytest.fixture
def days(tmp_path):
    with LexicalWriter(tmp_path) as writer:
        for n, outlet in enumerate(("Warta", "", "Koran", "WARTA", "Koran")):
            writer.add(["berita", f"n{n}"], day=None if n == 1 else DAY + timedelta(days=n), outlet=outlet)
    return Lexical(tmp_path)


@pytest.mark.parametrize(
    ("window", "outlets", "rows"),
    [
        ((DAY, DAY + timedelta(days=2)), (), [0, 2]),
        (None, ("warta",), [0, 3]),
        ((DAY + timedelta(days=3), date.max), ("Warta", "Koran"), [3, 4]),
        ((date.min, date.max), (), [0, 2, 3, 4]),
    ],
)
def test_the_lexical_engine_looks_at_days_and_outlets_itself(days, window, outlets, rows):
    # the rows say nothing here: that the engine was asked for days and outlets shows in what it finds
    found = days.search(["berita"], 10, AllowedRows.of([0], window, outlets))
    assert [row for row, _ in found] == rows
    plain = dict(days.search(["berita"], 10))
    assert [score for _, score in found] == [plain[row] for row, _ in found]  # a filter changes no score


def test_an_index_of_an_earlier_format_is_filtered_by_rows_and_added_to(tmp_path, monkeypatch):
    def earlier():
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("row", indexed=True, fast=True)
        builder.add_text_field("terms", stored=True, tokenizer_name="whitespace", index_option="freq")
        return builder.build()

    monkeypatch.setattr(lexical, "_schema", earlier)
    with LexicalWriter(tmp_path) as writer:
        writer.add(["berita"], day=DAY, outlet="Warta")
    monkeypatch.undo()
    with LexicalWriter(tmp_path, 1) as writer:
        writer.add(["berita"], day=DAY, outlet="Koran")
    found = Lexical(tmp_path).search(["berita"], 5, AllowedRows.of([1], (DAY, DAY), ("Koran",)))
    assert [row for row, _ in found] == [1]
